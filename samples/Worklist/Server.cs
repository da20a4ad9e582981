using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Console;
using Specgen;

namespace Worklist;

/// <summary>The worklist as a server, until Ctrl-C or SIGTERM.</summary>
internal static class Server
{
    public static async Task<int> RunAsync(string root, Action<DicomScpOptions> configure)
    {
        try
        {
            var title = "";
            var port = 0;
            using var host = Build(root, scp =>
            {
                configure(scp);
                (title, port) = (scp.AETitle, scp.Port);
            });
            var folder = host.Services.GetRequiredService<WorklistFolder>();
            var performed = host.Services.GetRequiredService<PerformedSteps>();
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

    /// <summary>All that the worklist is. Nothing is read or written before it is asked for.</summary>
    internal static IHost Build(string root, Action<DicomScpOptions> configure)
    {
        var builder = Host.CreateApplicationBuilder();

        // As it comes, the host's console waits for who reads it, and everybody who logs does.
        builder.Services.Configure<ConsoleLoggerOptions>(static console => console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite);
        builder.Services
            .AddSingleton(_ => new WorklistFolder(root, ConsoleLog.Line))
            .AddSingleton(_ => new PerformedSteps(root, ConsoleLog.Line))
            .AddSingleton<ScheduledSteps>()
            .AddSingleton(static services => new PerformedProcedures(services.GetRequiredService<PerformedSteps>(), ConsoleLog.Line));
        builder.Services.AddDicomScp(configure).AddProvider<ScheduledSteps>().AddProvider<PerformedProcedures>();
        return builder.Build();
    }
}
