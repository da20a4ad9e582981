using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Specgen;

namespace Worklist;

/// <summary>The worklist as a server, until Ctrl-C or SIGTERM.</summary>
internal static class Server
{
    public static async Task<int> RunAsync(string root, Action<DicomScpOptions> configure)
    {
        try
        {
            var folder = new WorklistFolder(root, ConsoleLog.Line);
            var performed = new PerformedSteps(root, ConsoleLog.Line);
            var title = "";
            var port = 0;
            var builder = Host.CreateApplicationBuilder();
            builder.Services
                .AddDicomScp(scp =>
                {
                    configure(scp);
                    (title, port) = (scp.AETitle, scp.Port);
                })
                .AddProvider(new ScheduledSteps(folder, performed))
                .AddProvider(new PerformedProcedures(performed, ConsoleLog.Line));
            using var host = builder.Build();
            await host.StartAsync();
            ConsoleLog.Line($"{title} on port {port}: {folder.Entries().Count()} entries in {folder.Root}, {performed.Count} steps performed");
            ConsoleLog.Line("Ready. Ctrl-C stops.");
            await host.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception e) when (e is DicomConfigurationException or IOException or UnauthorizedAccessException or SocketException)
        {
            ConsoleLog.Line($"Cannot start: {e.Message}");
            return 1;
        }
    }
}
