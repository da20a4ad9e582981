using Microsoft.Extensions.Configuration;
using Specgen.Configuration;

namespace Specgen.Scu;

/// <summary>A section of a configuration → the options of a user. What only code can say (presentation contexts, loggers) has no key.</summary>
internal static class ScuOptionsBinder
{
    public static ScuOptions Read(IConfiguration configuration)
    {
        var unread = new List<string>();
        var reader = new ConfigurationReader(configuration, unread);
        var port = 0;
        reader.Int(nameof(ScuOptions.Port), value => port = value);
        var options = new ScuOptions(reader.Text(nameof(ScuOptions.Host)) ?? "", port);
        reader.Text(nameof(options.CallingAE), value => options.CallingAE = value);
        reader.Text(nameof(options.CalledAE), value => options.CalledAE = value);
        reader.Time(nameof(options.ConnectTimeout), value => options.ConnectTimeout = value);
        reader.Time(nameof(options.AssociationTimeout), value => options.AssociationTimeout = value);
        reader.Time(nameof(options.RequestTimeout), value => options.RequestTimeout = value);
        reader.Time(nameof(options.ReleaseTimeout), value => options.ReleaseTimeout = value);
        reader.UInt(nameof(options.MaxPduLength), value => options.MaxPduLength = value);
        reader.Long(nameof(options.MaxMemory), value => options.MaxMemory = value);
        reader.Int(nameof(options.MinDataRate), value => options.MinDataRate = value);
        reader.Time(nameof(options.MinDataRateGracePeriod), value => options.MinDataRateGracePeriod = value);
        reader.Int(nameof(options.MaxAsyncOperations), value => options.MaxAsyncOperations = value);
        reader.Texts(nameof(options.ReceiveSopClasses), options.ReceiveSopClasses.Add);
        reader.Text(nameof(options.ReceiveFolder), value => options.ReceiveFolder = value);
        SharedOptions.ReadLimits(reader, nameof(options.DataSetLimits), options.DataSetLimits, value => options.DataSetLimits = value);
        reader.Name<UidCheck>(nameof(options.UidCheck), value => options.UidCheck = value);
        reader.Keys(nameof(options.UserIdentity), keys => ReadIdentity(keys, options));
        reader.Bool(nameof(options.ProposeRelationalQueries), value => options.ProposeRelationalQueries = value);
        reader.Bool(nameof(options.AskStorageSupport), value => options.AskStorageSupport = value);
        SharedOptions.ReadClientTls(reader, nameof(options.Tls), value => options.Tls = value);
        reader.Name<TlsProfile>(nameof(options.TlsProfile), value => options.TlsProfile = value);
        reader.End();

        var problems = new OptionProblems();
        problems.Add(unread);
        problems.Add(options.Problems().All);
        problems.ThrowIfAny();
        return options;
    }

    private static void ReadIdentity(ConfigurationReader keys, ScuOptions options)
    {
        var (name, passcode, token) = (keys.Text("UserName"), keys.Text("Passcode"), keys.Text("Jwt"));
        if (name is null == token is null || (token is not null && passcode is not null))
        {
            keys.Problem("UserName", "is needed, with Passcode or without, or Jwt instead of both");
            return;
        }

        options.UserIdentity = token is not null ? UserIdentity.Jwt(token) : UserIdentity.User(name!, passcode);
    }
}
