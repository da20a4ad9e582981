namespace Specgen.Interop.Tests.Peers;

/// <summary>A program that does one thing and ends.</summary>
internal static class Tool
{
    public static async Task<ToolResult> RunAsync(string name, params IEnumerable<string> arguments)
    {
        await using var peer = Peer.Start(Requirements.Program(name), arguments);
        var code = await peer.WaitForExitAsync();
        return new ToolResult(name, code, peer.Output);
    }

    /// <summary>Runs it and fails when it does not end with 0.</summary>
    public static async Task<string> OutputAsync(string name, params IEnumerable<string> arguments) =>
        (await RunAsync(name, arguments)).Succeeded().Output;
}

internal sealed record ToolResult(string Name, int ExitCode, string Output)
{
    public ToolResult Succeeded()
    {
        Assert.AreEqual(0, ExitCode, $"{Name} ended with {ExitCode}:\n{Output}");
        return this;
    }
}
