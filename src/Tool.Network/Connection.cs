using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;

namespace Specgen.Tool.Network;

/// <summary>What all commands that connect ask for: where the peer is, who is who, and TLS.</summary>
internal sealed class Connection
{
    private readonly Argument<string> _host = new("host") { Description = "Name or address of the peer" };
    private readonly Argument<int> _port = new("port") { Description = "Its port" };
    private readonly Argument<string> _called = new("aet") { Description = "Its AE title" };
    private readonly Option<int> _timeout = new("--timeout") { Description = "Seconds to wait for the connection, and for each answer", DefaultValueFactory = static _ => 60 };
    private readonly Identity _identity = new();
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON for programs" };

    public Connection(Command command)
    {
        _timeout.Limit(1, 86_400, "--timeout is a number of seconds, 1 to 86400.");
        command.Add(_host);
        command.Add(_port);
        command.Add(_called);
        command.Add(_timeout);
        _identity.AddTo(command);
        command.Add(_json);
    }

    public Terminal Terminal(ParseResult line) => new(line.GetValue(_json));

    public string CallingAE(ParseResult line) => _identity.Title(line);

    /// <summary>"ARCHIVE at 127.0.0.1:11112".</summary>
    public string Peer(ParseResult line) =>
        string.Create(CultureInfo.InvariantCulture, $"{line.GetRequiredValue(_called)} at {line.GetRequiredValue(_host)}:{line.GetRequiredValue(_port)}");

    /// <summary>Connects. Who interrupts the command need not wait for a peer that says nothing: an association that is not released soon after is aborted.</summary>
    public static async Task<ScuAssociation> ConnectAsync(IDimseUser user, ScuOptions options, CancellationToken cancellationToken)
    {
        var association = await user.ConnectAsync(options, cancellationToken).ConfigureAwait(false);
        cancellationToken.UnsafeRegister(static state => _ = AbortSoonAsync((ScuAssociation)state!), association);
        return association;
    }

    public ScuOptions Options(ParseResult line)
    {
        var patience = TimeSpan.FromSeconds(line.GetValue(_timeout));
        return new ScuOptions(line.GetRequiredValue(_host), line.GetRequiredValue(_port))
        {
            CalledAE = line.GetRequiredValue(_called),
            CallingAE = _identity.Title(line),
            ConnectTimeout = patience,
            AssociationTimeout = patience,
            RequestTimeout = patience,
            ReleaseTimeout = TimeSpan.FromSeconds(Math.Min(10, patience.TotalSeconds)),
            Tls = _identity.ClientTls(line),

            // What went wrong is the command's own error; where a program would log is nothing that its user can say.
            LoggerFactory = NullLoggerFactory.Instance,
        };
    }

    /// <summary>Aborting does nothing where the association is over by then.</summary>
    private static async Task AbortSoonAsync(ScuAssociation association)
    {
        await Task.Delay(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
        await association.AbortAsync().ConfigureAwait(false);
    }
}
