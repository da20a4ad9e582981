using System.Globalization;
using Specgen.Interop.Tests.Data;

namespace Specgen.Interop.Tests.Peers;

/// <summary>samples/Archive as a process of its own, on a free port, with a folder of its own.</summary>
internal sealed class ArchiveProcess : IAsyncDisposable
{
    public const string AETitle = "ARCHIVE";
    private const string LockExtension = ".lock";

    private static readonly string[] s_bookkeeping = [".commitments", ".index.db"];
    private static readonly string s_assembly = Programs.Find("Archive");

    private ArchiveProcess(Peer process, int port, string folder) => (Process, Port, Folder) = (process, port, folder);

    public Peer Process { get; }

    public int Port { get; }

    public string Folder { get; }

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public static async Task<ArchiveProcess> StartAsync(string folder, params IEnumerable<string> options)
    {
        var arguments = options.ToList();
        var given = arguments.IndexOf("--port");
        var port = given < 0 ? Loopback.FreePort() : int.Parse(arguments[given + 1], CultureInfo.InvariantCulture);
        if (given < 0)
        {
            arguments.AddRange(["--port", $"{port}"]);
        }
        var process = Peer.Start(Requirements.Program("dotnet"), [s_assembly, "--folder", folder, "--address", "127.0.0.1", .. arguments]);
        await process.WaitForOutputAsync("Ready");
        return new ArchiveProcess(process, port, folder);
    }

    /// <summary>Runs one of its commands (send, commit) to the end.</summary>
    public static async Task<ToolResult> RunAsync(params IEnumerable<string> arguments)
    {
        await using var process = Peer.Start(Requirements.Program("dotnet"), [s_assembly, .. arguments]);
        var code = await process.WaitForExitAsync();
        return new ToolResult("Archive " + string.Join(' ', arguments), code, process.Output);
    }

    /// <summary>Every file below the folder, but for what the archive writes about its commitments and for queries, and the empty one by which it holds its receive folder.</summary>
    public IReadOnlyList<string> Files() =>
        [.. Directory.EnumerateFiles(Folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Where(file => !s_bookkeeping.Any(name => Path.GetRelativePath(Folder, file).StartsWith(name, StringComparison.Ordinal)) && !file.EndsWith(LockExtension, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>That it is alive and speaks DICOM, as DCMTK sees it.</summary>
    public Task AssertEchoesAsync() => Tool.OutputAsync("echoscu", "-aet", "ECHOSCU", "-aec", AETitle, "127.0.0.1", $"{Port}");

    public void AssertHolds(params IEnumerable<TestFile> files)
    {
        var expected = files.Select(f => f.ArchivedIn(Folder)).Order(StringComparer.Ordinal).ToList();
        CollectionAssert.AreEqual(expected, Files().ToList(), $"Expected:\n{string.Join('\n', expected)}\nfound:\n{string.Join('\n', Files())}\n{Process.Output}");
        foreach (var file in files)
        {
            Part10.AssertSameDataSet(file.Path, file.ArchivedIn(Folder));
        }
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
