using System.CommandLine;
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
        foreach (var error in line.Errors)
        {
            Console.Error.WriteLine(error.Message);
        }

        return line.Errors.Count > 0 ? ExitCode.NotDone : await line.InvokeAsync();
    }
}
