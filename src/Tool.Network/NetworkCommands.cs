using System.CommandLine;
using Specgen.Tool.Network.Commands;

namespace Specgen.Tool.Network;

/// <summary>The commands that speak DICOM. Each is a file of its own; here is only which there are.</summary>
public static class NetworkCommands
{
    /// <summary>New ones, for one command line.</summary>
    public static IEnumerable<Command> Create() =>
    [
        EchoCommand.Create(),
        SendCommand.Create(),
        FindCommand.Create(),
        MoveCommand.Create(),
        GetCommand.Create(),
        CommitCommand.Create(),
        ReceiveCommand.Create(),
        SampleCommand.Create(),
    ];
}
