using Microsoft.Extensions.Configuration;
using Specgen.Configuration;

namespace Specgen.Scp;

/// <summary>A section of a configuration → the options of a server. Keys are named as the options are; what only code can say (checks, observers, filters, loggers) has none.</summary>
internal static class DicomScpOptionsBinder
{
    public static void Bind(IConfiguration configuration, DicomScpOptions options)
    {
        var reader = new ConfigurationReader(configuration, options.BindingProblems);
        reader.Text(nameof(options.Address), value => options.Address = value);
        reader.Int(nameof(options.Port), value => options.Port = value);
        reader.Text(nameof(options.AETitle), value => options.AETitle = value);
        reader.Bool(nameof(options.AcceptAnyCalledAETitle), value => options.AcceptAnyCalledAETitle = value);
        reader.Texts(nameof(options.CallingAETitles), title => options.CallingAETitles.Add(title));
        SharedOptions.ReadPeers(reader, nameof(options.Peers), options.Peers);
        reader.Texts(nameof(options.TransferSyntaxes), options.TransferSyntaxes.Add);
        reader.Texts(nameof(options.UnknownTransferSyntaxes), uid => options.UnknownTransferSyntaxes.Add(uid));
        reader.UInt(nameof(options.MaxPduLength), value => options.MaxPduLength = value);
        reader.Int(nameof(options.MaxAssociations), value => options.MaxAssociations = value);
        reader.Int(nameof(options.MaxPendingConnections), value => options.MaxPendingConnections = value);
        reader.Long(nameof(options.MaxMemory), value => options.MaxMemory = value);
        reader.Long(nameof(options.MaxMemoryPerAssociation), value => options.MaxMemoryPerAssociation = value);
        reader.Int(nameof(options.MinDataRate), value => options.MinDataRate = value);
        reader.Time(nameof(options.MinDataRateGracePeriod), value => options.MinDataRateGracePeriod = value);
        reader.Int(nameof(options.MaxAsyncOperations), value => options.MaxAsyncOperations = value);
        reader.Time(nameof(options.AssociationTimeout), value => options.AssociationTimeout = value);
        reader.Time(nameof(options.IdleTimeout), value => options.IdleTimeout = value);
        reader.Time(nameof(options.RequestTimeout), value => options.RequestTimeout = value);
        reader.Time(nameof(options.StopTimeout), value => options.StopTimeout = value);
        reader.Text(nameof(options.ReceiveFolder), value => options.ReceiveFolder = value);
        SharedOptions.ReadLimits(reader, nameof(options.DataSetLimits), options.DataSetLimits, value => options.DataSetLimits = value);
        reader.Name<UidCheck>(nameof(options.UidCheck), value => options.UidCheck = value);
        CertificateFiles.ReadOwn(reader, nameof(options.TlsCertificate), value => options.TlsCertificate = value);
        reader.Bool(nameof(options.TlsRequireClientCertificate), value => options.TlsRequireClientCertificate = value);
        CertificateFiles.ReadAuthorities(reader, nameof(options.TlsAuthorities), options.TlsAuthorities);
        reader.Name<TlsProfile>(nameof(options.TlsProfile), value => options.TlsProfile = value);
        reader.Bool(nameof(options.AcceptRelationalQueries), value => options.AcceptRelationalQueries = value);
        reader.Keys(nameof(options.StorageSupport), keys =>
        {
            var support = options.StorageSupport ?? new StorageSupport(StorageLevel.Full);
            keys.Name<StorageLevel>(nameof(support.Level), value => support = support with { Level = value });
            keys.Int(nameof(support.SignatureLevel), value => support = support with { SignatureLevel = (byte)Math.Clamp(value, byte.MinValue, byte.MaxValue) });
            keys.Bool(nameof(support.MayCoerce), value => support = support with { MayCoerce = value });
            options.StorageSupport = support;
        });
        reader.Bool(nameof(options.IncludeExceptionMessages), value => options.IncludeExceptionMessages = value);
        reader.End();
    }
}
