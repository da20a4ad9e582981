using System.CommandLine;
using Archive;
using Microsoft.Extensions.Configuration;
using Specgen;
using Specgen.Conformance;
using Spectre.Console;

if (Console.IsOutputRedirected)
{
    // What a file or another program reads: lines as long as they are, and no colours.
    AnsiConsole.Profile.Width = int.MaxValue;
    AnsiConsole.Profile.Capabilities.Ansi = false;
    AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
}

var files = new Argument<string[]>("files") { Description = "DICOM files, or folders of them", Arity = ArgumentArity.OneOrMore };
var host = new Option<string>("--host") { Description = "Where the archive listens", DefaultValueFactory = static _ => "127.0.0.1" };
var remotePort = new Option<int>("--port") { Description = "The archive's port", DefaultValueFactory = static _ => 11112 };
var calling = new Option<string>("--calling") { Description = "The AE title of this side", DefaultValueFactory = static _ => "ARCHIVE-SCU" };
var called = new Option<string>("--called") { Description = "The archive's AE title", DefaultValueFactory = static _ => "ARCHIVE" };
var listen = new Option<int?>("--listen") { Description = "A port to take the report on, for an archive that opens an association of its own for it" };
var wait = new Option<int>("--wait") { Description = "Seconds to wait for the report", DefaultValueFactory = static _ => 60 };

var send = new Command("send", "Send instances to an archive (C-STORE)") { files, host, remotePort, calling, called };
send.SetAction((line, cancellationToken) => Send.RunAsync(Target(line), line.GetRequiredValue(files), cancellationToken));

var commit = new Command("commit", "Ask an archive to commit to instances (storage commitment)") { files, host, remotePort, calling, called, listen, wait };
commit.SetAction((line, cancellationToken) => Commit.RunAsync(
    Target(line), line.GetRequiredValue(files), line.GetValue(listen), TimeSpan.FromSeconds(line.GetValue(wait)), cancellationToken));

var repair = new Option<bool>("--repair") { Description = "Take in files that the database does not have, and forget instances whose file is missing or damaged" };
var revive = new Option<bool>("--revive") { Description = "Try those again that were given up" };

// What is given here goes over appsettings.json: the name of each option is the name of its setting.
Option<string?> Setting(string name, string description) => new(name) { Description = description };
var settings = new Dictionary<Option<string?>, string>
{
    [Setting("--port", "The port to listen on (11112)")] = "Port",
    [Setting("--aet", "The AE title (ARCHIVE)")] = "AETitle",
    [Setting("--folder", "Where the instances are kept (a folder of the user's)")] = "Folder",
    [Setting("--sync", "When an instance is on the disk: before it is answered (store), or before it is committed to (commit)")] = "Sync",
    [Setting("--database", "A PostgreSQL connection string (an SQLite file in the folder)")] = "Database",
    [Setting("--bucket", "A bucket for the instances, of the object store at --bucket-endpoint")] = "Bucket:Name",
    [Setting("--bucket-endpoint", "Where the object store is: http://host:port")] = "Bucket:Endpoint",
    [Setting("--http", "Where health and metrics are told by HTTP: a port of this machine only, or address:port (nowhere)")] = "Http",
    [Setting("--address", "The local address to listen on (all)")] = "Address",
    [Setting("--tls-certificate", "A PEM file with the certificate for DICOM over TLS (no TLS)")] = "Tls:Certificate",
    [Setting("--tls-key", "A PEM file with its private key")] = "Tls:Key",
    [Setting("--tls-authority", "A PEM file with the authority whose certificates peers must show (they need none)")] = "Tls:Authority",
    [Setting("--max-associations", "How many peers at once")] = "MaxAssociations",
    [Setting("--association-timeout", "Seconds that a connection may take to ask for an association (30)")] = "AssociationTimeout",
    [Setting("--idle-timeout", "Seconds that an association may be silent (300)")] = "IdleTimeout",
};
var callers = new Option<string[]>("--caller") { Description = "An AE title that may call (any); may be given again" };
var peers = new Option<string[]>("--peer") { Description = "Where a peer listens, as AET=host:port; may be given again" };
peers.Validators.Add(static result =>
{
    foreach (var token in result.Tokens.Where(static t => PeerAddress.Parse(t.Value) is null))
    {
        result.AddError($"--peer {token.Value}: expected AET=host:port, or AET=[address]:port for IPv6");
    }
});
var users = new Option<string[]>("--user") { Description = "A user who may call, as name=passcode, which others of this machine can see: better Archive__Users__name in the environment; may be given again" };
users.Validators.Add(static result =>
{
    foreach (var token in result.Tokens.Where(static t => t.Value.IndexOf('=') is var equals && (equals <= 0 || t.Value.AsSpan(0, equals).Contains(':'))))
    {
        result.AddError($"--user {token.Value.Split('=')[0]}: expected name=passcode, the name without a colon");
    }
});
var web = new Option<bool>("--web") { Description = "A page about the archive at http://127.0.0.1:8080/, or where --http says" };
var jsonLog = new Option<bool>("--json-log") { Description = "The log as JSON, a line for each event" };

var root = new RootCommand("A DICOM archive: storage, storage commitment, query and retrieve") { send, commit, callers, peers, users, web, jsonLog };
foreach (var option in settings.Keys)
{
    root.Options.Add(option);
}

var check = new Command("check", "Whether what the database has is there and whole, and the other way round") { repair };
check.SetAction((line, cancellationToken) => Commands.CheckAsync(() => Server.Settings(new ConfigurationBuilder(), Given(line)), line.GetValue(repair), cancellationToken));
var import = new Command("import", "Take in DICOM files") { files };
import.SetAction((line, cancellationToken) => Commands.ImportAsync(() => Server.Settings(new ConfigurationBuilder(), Given(line)), line.GetRequiredValue(files), cancellationToken));
var commitments = new Command("commitments", "The reports of storage commitment that are owed, or were given up") { revive };
commitments.SetAction((line, cancellationToken) => Commands.CommitmentsAsync(() => Server.Settings(new ConfigurationBuilder(), Given(line)), line.GetValue(revive), cancellationToken));
var format = new Option<ConformanceFormat>("--format") { Description = "Html, Markdown, Json or DocBook", DefaultValueFactory = static _ => ConformanceFormat.Html };
var output = new Option<string?>("--output") { Description = "The file to write (standard output)" };
var snippets = new Option<string?>("--snippets") { Description = "A folder of sections that are written by hand, N.1.7.md and the like (conformance, beside the program)" };
var conformance = new Command("conformance", "Write the conformance statement, without starting a server") { callers, peers, users, format, output, snippets };
conformance.SetAction((line, cancellationToken) =>
    Statement.WriteAsync(Given(line), line.GetValue(format), line.GetValue(output), line.GetValue(snippets), cancellationToken));
foreach (var option in settings.Where(static s => s.Value is not "Http").Select(static s => s.Key))
{
    conformance.Options.Add(option);
}
root.Subcommands.Add(conformance);
foreach (var command in (Command[])[check, import, commitments])
{
    foreach (var option in settings.Where(static s => s.Value is "Folder" or "Database" or "Bucket:Name" or "Bucket:Endpoint" or "Sync").Select(static s => s.Key))
    {
        command.Options.Add(option);
    }
    root.Subcommands.Add(command);
}
root.SetAction((line, _) => Server.RunAsync(Given(line)));

var parsed = root.Parse(args);
// The server's host sees to Ctrl-C and SIGTERM itself.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = parsed.CommandResult.Command == root ? null : TimeSpan.FromSeconds(2) });

Peer Target(ParseResult line) => new(line.GetRequiredValue(host), line.GetValue(remotePort), line.GetRequiredValue(calling), line.GetRequiredValue(called));

IReadOnlyList<KeyValuePair<string, string?>> Given(ParseResult line) =>
[
    .. settings.Where(s => line.GetValue(s.Key) is not null).Select(s => KeyValuePair.Create($"Archive:{s.Value}", line.GetValue(s.Key))),
    .. line.GetValue(web) ? [KeyValuePair.Create("Archive:Web", (string?)"true")] : Array.Empty<KeyValuePair<string, string?>>(),
    .. line.GetValue(jsonLog) ? [KeyValuePair.Create("Archive:JsonLog", (string?)"true")] : Array.Empty<KeyValuePair<string, string?>>(),
    .. (line.GetValue(callers) ?? []).Select((title, i) => KeyValuePair.Create($"Archive:CallingAETitles:{i}", (string?)title)),
    .. (line.GetValue(users) ?? []).Select(static user => KeyValuePair.Create($"Archive:Users:{user[..user.IndexOf('=')]}", (string?)user[(user.IndexOf('=') + 1)..])),
    .. (line.GetValue(peers) ?? []).Select(PeerAddress.Parse).OfType<PeerAddress>().SelectMany(static p => (KeyValuePair<string, string?>[])
        [new($"Archive:Peers:{p.AETitle}:Host", p.Host), new($"Archive:Peers:{p.AETitle}:Port", $"{p.Port}")]),
];
