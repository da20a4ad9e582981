using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Specgen;
using Worklist;

// Options as in appsettings.json: --port 11114 --aet WORKLIST --folder ./worklist --address 127.0.0.1
var builder = Host.CreateApplicationBuilder(args);
var port = int.Parse(builder.Configuration["port"] ?? "11114", CultureInfo.InvariantCulture);
var aeTitle = builder.Configuration["aet"] ?? "WORKLIST";
var address = builder.Configuration["address"];
var root = Path.GetFullPath(builder.Configuration["folder"] ?? "worklist");

void Log(string line) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {line}"));

var performed = new PerformedSteps(root);
var folder = new WorklistFolder(root, Log);
builder.Services
    .AddDicomScp(scp =>
    {
        (scp.Port, scp.AETitle, scp.Address) = (port, aeTitle, address ?? scp.Address);
        scp.StopTimeout = TimeSpan.FromSeconds(5);
    })
    .AddProvider(new ScheduledSteps(folder, performed))
    .AddProvider(new PerformedProcedures(performed, Log));

using var host = builder.Build();
await host.StartAsync();
Log($"{aeTitle} on port {port}: {folder.Entries().Count()} entries in {folder.Root}");
Log("Ready. Ctrl-C stops.");
await host.WaitForShutdownAsync();
