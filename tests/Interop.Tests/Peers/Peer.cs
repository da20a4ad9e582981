using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Specgen.Interop.Tests.Peers;

/// <summary>A process that a test started: its output is kept, and it is stopped by its id, by a signal first.</summary>
internal sealed class Peer : IAsyncDisposable
{
    private const int SigInt = 2;
    private const int SigTerm = 15;
    private static readonly TimeSpan s_stopPatience = TimeSpan.FromSeconds(15);

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly SemaphoreSlim _news = new(0);

    private Peer(Process process) => _process = process;

    public string Name { get; private init; } = "";

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

    public bool HasExited => _process.HasExited;

    public static Peer Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        // Debian's DCMTK leaves Nagle's algorithm on; this is DCMTK's own switch for it (Orthanc uses DCMTK).
        start.Environment["TCP_NODELAY"] = "1";
        start.Environment["NO_COLOR"] = "1";
        var peer = new Peer(new Process { StartInfo = start }) { Name = Path.GetFileNameWithoutExtension(program) };
        peer._process.OutputDataReceived += peer.Keep;
        peer._process.ErrorDataReceived += peer.Keep;
        peer._process.Start();
        peer._process.StandardInput.Close();
        peer._process.BeginOutputReadLine();
        peer._process.BeginErrorReadLine();
        return peer;
    }

    /// <summary>The assemblies and native libraries that it has loaded; on Linux.</summary>
    public string[] Libraries() =>
        [.. File.ReadLines($"/proc/{_process.Id}/maps").Select(static line => line[(line.LastIndexOf(' ') + 1)..]).Where(static path => Path.GetExtension(path) is ".dll" or ".so").Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Waits until a line of output contains the text, from the beginning of the output.</summary>
    public Task WaitForOutputAsync(string text, int seconds = 30) =>
        WaitForAsync(() => Output.Contains(text, StringComparison.Ordinal), $"'{text}' in its output", seconds);

    public async Task WaitForPortAsync(int port, int seconds = 30)
    {
        var deadline = Stopwatch.StartNew();
        while (!await Loopback.AcceptsAsync(port))
        {
            FailWhenOver(deadline, $"a listener on port {port}", seconds);
            await Task.Delay(50);
        }
    }

    public async Task<int> WaitForExitAsync(int seconds = 60)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new AssertFailedException($"{Name} (process {_process.Id}) still runs after {seconds} s.\n{Output}");
        }
        return _process.ExitCode;
    }

    /// <summary>The most physical memory it had until now, in bytes.</summary>
    public long PeakMemory()
    {
        _process.Refresh();
        return _process.PeakWorkingSet64;
    }

    public void Terminate() => Signal(SigTerm);

    public void Interrupt() => Signal(SigInt);

    /// <summary>What is started in the background by a shell without job control ignores SIGINT, and so does all that is started from there: nothing can be tried then.</summary>
    public static void NeedsInterrupts()
    {
        // Of the bits, the first is for signal 1.
        if (File.Exists("/proc/self/status")
            && File.ReadLines("/proc/self/status").FirstOrDefault(static line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } ignored
            && (Convert.ToUInt64(ignored["SigIgn:".Length..].Trim(), 16) & (1UL << (SigInt - 1))) != 0)
        {
            Assert.Inconclusive("SIGINT is ignored here.");
        }
    }

    /// <summary>Ends it without a word, as a power failure would.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Terminate();
            using var limit = new CancellationTokenSource(s_stopPatience);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
                await _process.WaitForExitAsync();
            }
        }
        _process.Dispose();
        _news.Dispose();
    }

    private async Task WaitForAsync(Func<bool> condition, string what, int seconds)
    {
        var deadline = Stopwatch.StartNew();
        while (!condition())
        {
            FailWhenOver(deadline, what, seconds);
            await _news.WaitAsync(TimeSpan.FromMilliseconds(200));
        }
    }

    private void FailWhenOver(Stopwatch since, string what, int seconds)
    {
        if (_process.HasExited)
        {
            throw new AssertFailedException($"{Name} ended with {_process.ExitCode} before there was {what}.\n{Output}");
        }
        if (since.Elapsed > TimeSpan.FromSeconds(seconds))
        {
            throw new AssertFailedException($"{Name}: no {what} within {seconds} s.\n{Output}");
        }
    }

    private void Keep(object sender, DataReceivedEventArgs e)
    {
        if (e.Data is not { } line)
        {
            return;
        }
        lock (_lines)
        {
            _lines.Add(line);
        }
        try
        {
            _news.Release();
        }
        catch (ObjectDisposedException)
        {
            // A last line after the test is over.
        }
    }

    private void Signal(int signal)
    {
        if (!_process.HasExited && Kill(_process.Id, signal) != 0)
        {
            throw new InvalidOperationException($"Signal {signal} to process {_process.Id}: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int processId, int signal);
}
