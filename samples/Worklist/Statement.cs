using Specgen;
using Specgen.Conformance;

namespace Worklist;

/// <summary>The worklist's conformance statement, as a server and as the modality of its command "perform". Nothing is started, and its folder is not looked at.</summary>
internal static class Statement
{
    public static async Task<int> WriteAsync(string aeTitle, int port, ConformanceFormat format, string? output, string? snippets, CancellationToken cancellationToken)
    {
        try
        {
            using var host = Server.Build("", scp => (scp.AETitle, scp.Port) = (aeTitle, port));
            var server = DicomScpConformance.Of(host.Services);
            var user = DicomScuConformance.Of(new ScuOptions("127.0.0.1", port) { CallingAE = "MODALITY", CalledAE = aeTitle }, new Modality("MODALITY", ConsoleLog.Line));
            var statement = new ConformanceStatement([.. server.Entities, .. user.Entities]) { Product = "Specgen's worklist" };
            statement = statement.WithSnippets(snippets ?? Path.Combine(AppContext.BaseDirectory, "conformance"));
            await using var stream = output is null ? Console.OpenStandardOutput() : File.Create(output);
            await statement.WriteAsync(stream, format, cancellationToken);
            return 0;
        }
        catch (Exception e) when (e is DicomConfigurationException or IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            Console.Error.WriteLine($"Cannot write the conformance statement: {e.Message}");
            return 1;
        }
    }
}
