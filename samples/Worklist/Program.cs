using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Specgen;
using Worklist;

// serve: --port 11114 --aet WORKLIST --folder ./worklist --address 127.0.0.1
// perform: --host 127.0.0.1 --port 11114 --aet WORKLIST --calling MODALITY --modality CT
var isModality = args is ["perform", ..];
var builder = Host.CreateApplicationBuilder(isModality ? args[1..] : args);
var settings = builder.Configuration;
var port = int.Parse(settings["port"] ?? "11114", CultureInfo.InvariantCulture);
var aeTitle = settings["aet"] ?? "WORKLIST";

void Log(string line) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {line}"));

if (isModality)
{
    var options = new ScuOptions(settings["host"] ?? "127.0.0.1", port) { CallingAE = settings["calling"] ?? "MODALITY", CalledAE = aeTitle };
    return await Modality.PerformAsync(options, settings["modality"] ?? "", Log, CancellationToken.None);
}

var performed = new PerformedSteps(settings["folder"] ?? "worklist");
var folder = new WorklistFolder(settings["folder"] ?? "worklist", Log);
builder.Services
    .AddDicomScp(scp =>
    {
        (scp.Port, scp.AETitle, scp.Address) = (port, aeTitle, settings["address"] ?? scp.Address);
        scp.StopTimeout = TimeSpan.FromSeconds(5);
    })
    .AddProvider(new ScheduledSteps(folder, performed))
    .AddProvider(new PerformedProcedures(performed, Log));

using var host = builder.Build();
await host.StartAsync();
Log($"{aeTitle} on port {port}: {folder.Entries().Count()} entries in {folder.Root}");
Log("Ready. Ctrl-C stops.");
await host.WaitForShutdownAsync();
return 0;
