using System.Reflection;

namespace Specgen.Interop.Tests.Peers;

/// <summary>samples/Worklist as a process of its own, on a free port.</summary>
internal sealed class WorklistProcess : IAsyncDisposable
{
    public const string AETitle = "WORKLIST";

    private static readonly string s_assembly = typeof(WorklistProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "Worklist").Value!;

    private readonly Peer _process;

    private WorklistProcess(Peer process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public string Output => _process.Output;

    public static async Task<WorklistProcess> StartAsync(string folder)
    {
        var port = Loopback.FreePort();
        var process = Peer.Start(Requirements.Program("dotnet"), [s_assembly, "--folder", folder, "--port", $"{port}", "--address", "127.0.0.1"]);
        await process.WaitForOutputAsync("Ready");
        return new WorklistProcess(process, port);
    }

    /// <summary>Performs what is scheduled for a modality.</summary>
    public async Task<ToolResult> PerformAsync(string modality)
    {
        await using var process = Peer.Start(Requirements.Program("dotnet"), [s_assembly, "perform", "--port", $"{Port}", "--modality", modality]);
        return new ToolResult("perform", await process.WaitForExitAsync(), process.Output);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
