using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Specgen;
using Spectre.Console;

namespace Archive;

/// <summary>The archive as a server, until Ctrl-C or SIGTERM.</summary>
internal static class Server
{
    public static async Task<int> RunAsync(IEnumerable<KeyValuePair<string, string?>> commandLine)
    {
        var display = new Display(AnsiConsole.Console);
        try
        {
            // appsettings.json beside the program, one in the current folder over it, the command line over both.
            var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
            builder.Configuration.AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).AddInMemoryCollection(commandLine);
            var settings = builder.Configuration.GetSection("Archive").Get<ArchiveSettings>() ?? new ArchiveSettings();
            await using var folder = new ArchiveFolder(settings.Folder, display);
            var commitments = new Commitments(folder, new CommitmentLog(Path.Combine(folder.Root, ".commitments")), display);
            // The host's own words about a start that failed say less than the exception does.
            builder.Logging.ClearProviders().AddProvider(display).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
            builder.Services
                .AddDicomScp(scp =>
                {
                    settings.Apply(scp, folder);
                    scp.Observers.Add(display);
                    scp.Observers.Add(commitments);
                })
                .AddProvider(new ImageStore(folder))
                .AddProvider(commitments)
                .AddProvider(new Queries(folder.Index, settings.AETitle));

            using var host = builder.Build();
            await host.StartAsync();
            display.Line($"Folder {folder.Root} with {folder.Count} instances");
            display.Line("Ready. Ctrl-C stops.");
            await display.RunAsync(host.WaitForShutdownAsync());
            display.Line("Stopped.");
            return 0;
        }
        catch (Exception e) when (e is DicomScpConfigurationException or IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            display.Line($"Cannot start: {e.Message}");
            return 1;
        }
    }
}
