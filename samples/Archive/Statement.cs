using System.Security.Cryptography;
using Archive.Storage;
using Microsoft.Extensions.Logging;
using Specgen;
using Specgen.Conformance;
using Spectre.Console;

namespace Archive;

/// <summary>The command "conformance": the archive's conformance statement, as server and as the user of its other commands. Nothing is started, and its folder is not looked at.</summary>
internal static class Statement
{
    public static async Task<int> WriteAsync(
        IEnumerable<KeyValuePair<string, string?>> commandLine, ConformanceFormat format, string? output, string? snippets, CancellationToken cancellationToken)
    {
        try
        {
            var statement = Of(commandLine);
            statement = statement.WithSnippets(snippets ?? Path.Combine(AppContext.BaseDirectory, "conformance"));
            await using var stream = output is null ? Console.OpenStandardOutput() : File.Create(output);
            await statement.WriteAsync(stream, format, cancellationToken);
            return 0;
        }
        catch (Exception e) when (e is DicomConfigurationException or IOException or InvalidDataException or InvalidOperationException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            Console.Error.WriteLine(Display.Printable($"Cannot write the conformance statement: {e.Message}"));
            return 1;
        }
    }

    internal static ConformanceStatement Of(IEnumerable<KeyValuePair<string, string?>> commandLine)
    {
        var builder = Server.Builder();
        builder.Logging.ClearProviders();
        var settings = Server.Settings(builder.Configuration, commandLine);
        using var host = Server.Build(builder, settings, new Display(AnsiConsole.Console), new OpenedStore());
        var users = DicomScuConformance.Of(new ScuOptions("127.0.0.1", 11112) { CallingAE = "ARCHIVE-SCU", CalledAE = "ARCHIVE" }, new StorageClient(), new CommitmentClient());
        return new ConformanceStatement([.. DicomScpConformance.Of(host.Services).Entities, .. users.Entities]) { Product = "Specgen's archive" };
    }
}
