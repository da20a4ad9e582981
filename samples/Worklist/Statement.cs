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
            var performed = new PerformedSteps(root, ConsoleLog.Line);
            var statement = DicomScpConformance.Of(
                new DicomScpOptions { AETitle = aeTitle, Port = port },
                new ScheduledSteps(new WorklistFolder(root, ConsoleLog.Line), performed),
                new PerformedProcedures(performed, ConsoleLog.Line)) with
            { Product = "Specgen's worklist" };
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
}
