using System.CommandLine;
using System.Runtime.InteropServices;
using Specgen.Tool.Commands;
using Specgen.Tool.Network;

namespace Specgen.Tool;

/// <summary>The commands of `specgen`. Each is a file of its own; here is only which there are.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(params string[] args)
    {
        var root = new RootCommand("Keeps pages in step with the DICOM standard, and talks to DICOM peers.")
        {
            UpdateCommand.Create(),
            DiffCommand.Create(),
            CheckCommand.Create(),
            NewCommand.Create(),
            ConformanceCommand.Create(),
        };
        foreach (var command in NetworkCommands.Create())
        {
            root.Add(command);
        }

        var line = root.Parse(args);
        try
        {
            if (line.Errors.Count > 0)
            {
                new Output(args.Contains("--json")).NotDone(line.Errors.Select(static error => error.Message));
                return ExitCode.NotDone;
            }

            return await InvokeAsync(line);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            // A full disk below what is printed, among others.
            Console.Error.WriteLine("error: " + (exception is OperationCanceledException ? "it was interrupted" : exception.Message));
            return ExitCode.NotDone;
        }
    }

    /// <summary>Runs the command. Who interrupts it, or ends it (SIGTERM), lets it say how far it came; who does so again ends it at once.</summary>
    private static async Task<int> InvokeAsync(ParseResult line)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await line.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }
}
