using System.CommandLine;
using Specgen.Tool;
using Specgen.Tool.Commands;

// Each command is a file of its own; here is only which there are.
var root = new RootCommand("Keeps Specgen's pages with the DICOM standard.")
{
    UpdateCommand.Create(),
    DiffCommand.Create(),
    CheckCommand.Create(),
    NewCommand.Create(),
};

var line = root.Parse(args);
if (line.Errors.Count > 0)
{
    foreach (var error in line.Errors)
    {
        Console.Error.WriteLine(error.Message);
    }

    return ExitCode.NotDone;
}

return await line.InvokeAsync();
