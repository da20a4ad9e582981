using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Archive.Tests;

/// <summary>The archive as a process of its own.</summary>
internal sealed class ArchiveProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];

    private ArchiveProgram(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public int ProcessId => _process.Id;

    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts it; before it listens, this is done.</summary>
    public static ArchiveProgram Launch(string folder, int port, params string[] options) =>
        Launch(["--folder", folder, "--address", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), .. options], port);

    public static async Task<ArchiveProgram> StartAsync(string folder, params string[] options)
    {
        var archive = Launch(folder, FreePort(), options);
        await archive.SaysAsync("Ready");
        return archive;
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        await using var command = Launch(arguments, 0);
        return (await command.EndAsync(), command.Output);
    }

    public async Task SaysAsync(string text, int seconds = 60)
    {
        for (var waited = Stopwatch.StartNew(); !Output.Contains(text, StringComparison.Ordinal); await Task.Delay(50))
        {
            if (_process.HasExited || waited.Elapsed > TimeSpan.FromSeconds(seconds))
            {
                await Task.Delay(200);
                Assert.Contains(text, Output, $"exited: {_process.HasExited}");
                return;
            }
        }
    }

    public async Task<int> EndAsync(int seconds = 120)
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(seconds));
        return _process.ExitCode;
    }

    /// <summary>As a failure of power ends it.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        return await EndAsync(30);
    }

    /// <summary>STOP: it hangs. CONT: it does not know that it did.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }
        _process.Dispose();
    }

    /// <summary>As a user whom a folder's rights keep out: root is not.</summary>
    public static ArchiveProgram LaunchUnprivileged(string[] arguments, int port) =>
        Environment.UserName == "root" ? Launch(arguments, port, before: ["setpriv", "--reuid", "65534", "--clear-groups", "env", "HOME=/tmp"]) : Launch(arguments, port);

    /// <summary>Lets <see cref="LaunchUnprivileged"/> read a folder and all below it, and write nothing there.</summary>
    public static async Task DenyAsync(string folder)
    {
        await ToolAsync("chmod", "a+rx", Path.GetDirectoryName(folder)!);
        await ToolAsync("chmod", "-R", "a+rX,a-w", folder);
    }

    public static Task AllowAsync(string folder) => ToolAsync("chmod", "-R", "a+rwX", folder);

    /// <summary>With these arguments and no others.</summary>
    public static ArchiveProgram Launch(string[] arguments, int port, string? workingFolder = null, params string[] before)
    {
        string[] command = [.. before, "dotnet", Path.Combine(AppContext.BaseDirectory, "Archive.dll"), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = workingFolder ?? "" };
        start.Environment["NO_COLOR"] = "1";
        var archive = new ArchiveProgram(new Process { StartInfo = start }, port);
        archive._process.OutputDataReceived += archive.Keep;
        archive._process.ErrorDataReceived += archive.Keep;
        archive._process.Start();
        archive._process.BeginOutputReadLine();
        archive._process.BeginErrorReadLine();
        return archive;
    }

    private static async Task ToolAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.AreEqual(0, process.ExitCode);
    }

    private void Keep(object sender, DataReceivedEventArgs e)
    {
        lock (_lines)
        {
            _lines.Add(e.Data ?? "");
        }
    }
}
