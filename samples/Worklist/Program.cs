using System.CommandLine;
using System.Globalization;
using Specgen;
using Specgen.Conformance;
using Worklist;

Option<int> PortOption(string description)
{
    var option = new Option<int>("--port") { Description = description, DefaultValueFactory = static _ => 11114 };
    option.Validators.Add(static result =>
    {
        if (result.Tokens is [var token] && !(ushort.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && number > 0))
        {
            result.AddError($"--port {token.Value}: expected a number from 1 to 65535");
        }
    });
    return option;
}

var port = PortOption("The port to listen on");
var aeTitle = new Option<string>("--aet") { Description = "The AE title", DefaultValueFactory = static _ => "WORKLIST" };
var folder = new Option<string>("--folder") { Description = "The entries, and what was performed", DefaultValueFactory = static _ => "worklist" };
var address = new Option<string?>("--address") { Description = "The local address to listen on (all)" };
var callers = new Option<string[]>("--caller") { Description = "An AE title that may call (any); may be given again" };
var maxAssociations = new Option<int?>("--max-associations") { Description = "How many peers at once" };
var associationTimeout = new Option<double?>("--association-timeout") { Description = "Seconds until a connection has an association (30)" };
var idleTimeout = new Option<double?>("--idle-timeout") { Description = "Seconds that an association may be silent (300)" };

var host = new Option<string>("--host") { Description = "Where the worklist listens", DefaultValueFactory = static _ => "127.0.0.1" };
var remotePort = PortOption("The worklist's port");
var calling = new Option<string>("--calling") { Description = "The AE title of this side", DefaultValueFactory = static _ => "MODALITY" };
var called = new Option<string>("--called", "--aet") { Description = "The worklist's AE title", DefaultValueFactory = static _ => "WORKLIST" };
var modality = new Option<string>("--modality") { Description = "Whose steps: CT, MR, … (all)", DefaultValueFactory = static _ => "" };

var perform = new Command("perform", "Ask a worklist for steps, and report each as performed") { host, remotePort, calling, called, modality };
perform.SetAction((line, cancellationToken) => Modality.PerformAsync(
    new ScuOptions(line.GetRequiredValue(host), line.GetValue(remotePort))
    {
        CallingAE = line.GetRequiredValue(calling),
        CalledAE = line.GetRequiredValue(called),
    },
    line.GetRequiredValue(modality),
    ConsoleLog.Line,
    cancellationToken));

var format = new Option<ConformanceFormat>("--format") { Description = "Html, Markdown, Json or DocBook", DefaultValueFactory = static _ => ConformanceFormat.Html };
var output = new Option<string?>("--output") { Description = "The file to write (standard output)" };
var snippets = new Option<string?>("--snippets") { Description = "A folder of sections that are written by hand, N.1.7.md and the like (conformance, beside the program)" };
var conformance = new Command("conformance", "Write the conformance statement, without starting a server") { port, aeTitle, format, output, snippets };
conformance.SetAction((line, cancellationToken) => Statement.WriteAsync(
    line.GetRequiredValue(aeTitle), line.GetValue(port), line.GetValue(format), line.GetValue(output), line.GetValue(snippets), cancellationToken));

var root = new RootCommand("A modality worklist, with modality performed procedure step, out of a folder of JSON files")
{
    perform, conformance, port, aeTitle, folder, address, callers, maxAssociations, associationTimeout, idleTimeout,
};
root.SetAction((line, _) => Server.RunAsync(
    line.GetRequiredValue(folder),
    scp =>
    {
        (scp.Port, scp.AETitle, scp.Address) = (line.GetValue(port), line.GetRequiredValue(aeTitle), line.GetValue(address) ?? scp.Address);
        scp.MaxAssociations = line.GetValue(maxAssociations) ?? scp.MaxAssociations;
        scp.AssociationTimeout = line.GetValue(associationTimeout) is { } association ? TimeSpan.FromSeconds(association) : scp.AssociationTimeout;
        scp.IdleTimeout = line.GetValue(idleTimeout) is { } idle ? TimeSpan.FromSeconds(idle) : scp.IdleTimeout;
        scp.StopTimeout = TimeSpan.FromSeconds(5);
        foreach (var title in line.GetValue(callers) ?? [])
        {
            scp.CallingAETitles.Add(title);
        }
    }));

var parsed = root.Parse(args);

// The server's host sees to Ctrl-C and SIGTERM itself.
TimeSpan? termination = parsed.CommandResult.Command == root ? null : TimeSpan.FromSeconds(2);
var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = termination });
await ConsoleLog.EndAsync();
return code;
