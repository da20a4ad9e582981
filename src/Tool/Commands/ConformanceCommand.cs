using System.CommandLine;
using System.Diagnostics;

namespace Specgen.Tool.Commands;

/// <summary>`specgen conformance &lt;assembly&gt;`: has a program say what its DICOM servers are, and not run them.</summary>
internal static class ConformanceCommand
{
    /// <summary>A program that has no server by then waits for something.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private enum Format
    {
        Html,
        Markdown,
        Json,
        DocBook,
    }

    public static Command Create()
    {
        var assembly = new Argument<string>("assembly") { Description = "The built program (.dll)" };
        var arguments = new Argument<string[]>("arguments") { Description = "The program's own arguments, after --", Arity = ArgumentArity.ZeroOrMore };
        var format = new Option<Format>("--format") { Description = "Html, Markdown, Json or DocBook", DefaultValueFactory = static _ => Format.Html };
        var output = new Option<string?>("--output") { Description = "The file to write (standard output)" };
        var snippets = new Option<string?>("--snippets") { Description = "A folder with the sections that are written by hand (N.1.7.md, …)" };
        var command = new Command("conformance", "Write the conformance statement (PS3.2) of a program with DICOM servers, without starting them") { assembly, arguments, format, output, snippets };
        command.SetAction((line, cancellationToken) => RunAsync(
            line.GetRequiredValue(assembly), line.GetValue(arguments) ?? [], line.GetValue(format), line.GetValue(output), line.GetValue(snippets), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string assembly, string[] arguments, Format format, string? output, string? snippets, CancellationToken cancellationToken)
    {
        if (!File.Exists(assembly) || !File.Exists(Path.ChangeExtension(assembly, ".runtimeconfig.json")))
        {
            return NotDone($"'{assembly}' is not a program of .NET: expected its .dll, with the .runtimeconfig.json beside it");
        }

        var folder = Directory.CreateTempSubdirectory("specgen-conformance-").FullName;
        try
        {
            var made = Path.Combine(folder, "statement");
            if (await AskAsync(assembly, arguments, format, made, snippets, cancellationToken) is { } problem)
            {
                return NotDone(problem);
            }

            await using var statement = File.OpenRead(made);
            await using var stream = output is null ? Console.OpenStandardOutput() : File.Create(output);
            await statement.CopyToAsync(stream, cancellationToken);
            return ExitCode.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return NotDone(e.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Null when the statement is written; else why it is not.</summary>
    private static async Task<string?> AskAsync(string assembly, string[] arguments, Format format, string made, string? snippets, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.GetFullPath(assembly), .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[StartupHook.Hooks] = typeof(StartupHook).Assembly.Location;
        start.Environment[StartupHook.Format] = format.ToString();
        start.Environment[StartupHook.Output] = made;
        start.Environment[StartupHook.Snippets] = snippets is null ? "" : Path.GetFullPath(snippets);
        using var program = Process.Start(start)!;
        program.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_patience);
        try
        {
            var said = Task.WhenAll(program.StandardOutput.ReadToEndAsync(limit.Token), program.StandardError.ReadToEndAsync(limit.Token));
            await program.WaitForExitAsync(limit.Token);
            var lines = string.Concat(await said).Trim();
            return program.ExitCode switch
            {
                StartupHook.Written => null,
                StartupHook.NotWritten => lines,
                _ => $"'{assembly}' ended with {program.ExitCode}, and had no DICOM server (AddDicomScp, DicomScp.StartAsync){(lines.Length == 0 ? "" : ":\n" + lines)}",
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"'{assembly}' had no DICOM server (AddDicomScp, DicomScp.StartAsync) after {s_patience.TotalSeconds} seconds";
        }
        finally
        {
            if (!program.HasExited)
            {
                program.Kill(entireProcessTree: true);
            }
        }
    }

    private static int NotDone(string message)
    {
        Console.Error.WriteLine(message);
        return ExitCode.NotDone;
    }
}
