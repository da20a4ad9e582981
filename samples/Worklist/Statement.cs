using Specgen;
using Specgen.Conformance;

namespace Worklist;

/// <summary>The worklist's conformance statement, without starting it.</summary>
internal static class Statement
{
    public static async Task<int> WriteAsync(string root, string aeTitle, int port, ConformanceFormat format, string? output, string? snippets, CancellationToken cancellationToken)
    {
        try
        {
            var statement = Of(root, aeTitle, port);
            statement = snippets is null ? statement : statement.WithSnippets(snippets);
            await using var stream = output is null ? Console.OpenStandardOutput() : File.Create(output);
            await statement.WriteAsync(stream, format, cancellationToken);
            return 0;
        }
        catch (Exception e) when (e is DicomConfigurationException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Cannot write the conformance statement: {e.Message}");
            return 1;
        }
    }

    /// <summary>The worklist as a server, and as the modality of its command "perform".</summary>
    internal static ConformanceStatement Of(string root, string aeTitle, int port)
    {
        var performed = new PerformedSteps(root, ConsoleLog.Line);
        var server = DicomScpConformance.Of(
            new DicomScpOptions { AETitle = aeTitle, Port = port },
            new ScheduledSteps(new WorklistFolder(root, ConsoleLog.Line), performed),
            new PerformedProcedures(performed, ConsoleLog.Line));
        var user = DicomScuConformance.Of(new ScuOptions("127.0.0.1", port) { CallingAE = "MODALITY", CalledAE = aeTitle }, new Modality("MODALITY", ConsoleLog.Line));
        return new ConformanceStatement([.. server.Entities, .. user.Entities]) { Product = "Specgen's worklist" };
    }
}
