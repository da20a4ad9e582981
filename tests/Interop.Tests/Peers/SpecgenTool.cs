using System.Reflection;
using System.Text.Json;

namespace Specgen.Interop.Tests.Peers;

/// <summary>The command line tool, src/Tool, as a process of its own.</summary>
internal static class SpecgenTool
{
    private static readonly string s_assembly = Metadata("Tool");

    /// <summary>The folder of entries that samples/Worklist comes with.</summary>
    public static string WorklistEntries => Metadata("WorklistEntries");

    /// <summary>Runs a command to the end.</summary>
    public static async Task<ToolResult> RunAsync(params IEnumerable<string> arguments)
    {
        await using var process = Start(arguments);
        var code = await process.WaitForExitAsync();
        return new ToolResult("specgen " + string.Join(' ', arguments), code, process.Output);
    }

    /// <summary>Runs a command with --json, and reads what it prints.</summary>
    public static async Task<(int Code, JsonElement Json)> JsonAsync(params IEnumerable<string> arguments)
    {
        var result = await RunAsync([.. arguments, "--json"]);
        using var json = JsonDocument.Parse(result.Output.Split('\n').First(static line => line.StartsWith('{')));
        return (result.ExitCode, json.RootElement.Clone());
    }

    /// <summary>A `specgen receive` that listens.</summary>
    public static async Task<Peer> ReceiveAsync(int port, string folder, params IEnumerable<string> options)
    {
        var process = Start(["receive", $"{port}", folder, "--address", "127.0.0.1", .. options]);
        await process.WaitForOutputAsync("listens on port");
        return process;
    }

    private static string Metadata(string key) => typeof(SpecgenTool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;

    /// <summary>A command that goes on.</summary>
    public static Peer Start(IEnumerable<string> arguments) => Peer.Start(Requirements.Program("dotnet"), [s_assembly, .. arguments]);
}
