namespace Specgen.Interop.Tests.Peers;

/// <summary>samples/Worklist as a process of its own, on a free port.</summary>
internal sealed class WorklistProcess : IAsyncDisposable
{
    public const string AETitle = "WORKLIST";

    private static readonly string s_assembly = Programs.Find("Worklist");

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
    public Task<ToolResult> PerformAsync(string modality) => RunAsync("perform", "--port", $"{Port}", "--modality", modality);

    /// <summary>Runs the program to its end.</summary>
    public static async Task<ToolResult> RunAsync(params string[] arguments)
    {
        await using var process = Peer.Start(Requirements.Program("dotnet"), [s_assembly, .. arguments]);
        return new ToolResult("Worklist " + string.Join(' ', arguments), await process.WaitForExitAsync(), process.Output);
    }

    /// <summary>Ends it without a word.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
