using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Archive.Storage;
using Microsoft.Extensions.Logging;
using Specgen;
using Specgen.Standard;
using Spectre.Console;

namespace Archive;

/// <summary>What the archive says on a console: a line for each association and each refusal, and on a terminal a count that stays below them.</summary>
internal sealed class Display : IDicomScpObserver, ILoggerProvider, ILogger
{
    private const int MostUnread = 2000;

    /// <summary>The runtime's event of a request that failed: <see cref="RequestCompleted"/> shows that, with its reason.</summary>
    private const int RequestFailed = 1004;

    private readonly Channel<string> _unread;
    private readonly Task _writing;
    private readonly IAnsiConsole _console;
    private readonly bool _isTerminal;
    private readonly ConcurrentDictionary<long, Tally> _tallies = new();
    private readonly Lock _lock = new();
    private string _status = "";
    private long _stored;
    private long _repeated;
    private long _refused;
    private long _dropped;

    /// <param name="console">Where it is said.</param>
    /// <param name="isTerminal">Whether that is a terminal; otherwise it is looked for.</param>
    public Display(IAnsiConsole console, bool? isTerminal = null)
    {
        _console = console;

        // Who does not read what is written does not hold up the archive: then lines are lost, and that is said.
        _unread = Channel.CreateBounded<string>(new BoundedChannelOptions(MostUnread) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite }, _ => Interlocked.Increment(ref _dropped));
        _writing = Task.Factory.StartNew(WriteAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        _isTerminal = isTerminal ?? (console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected);
    }

    public int AssociationCount => _tallies.Count;

    /// <summary>Where lines go instead of to the console.</summary>
    public ILogger? Sink { get; set; }

    /// <summary>Says something. What came from a peer, or from a file, cannot do more than be read.</summary>
    public void Line(string text)
    {
        if (Sink is { } sink)
        {
            sink.LogInformation("{Line}", text);
            return;
        }
        var line = Printable(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {text}"));
        lock (_lock)
        {
            // The count is taken away, and written anew behind the line: however often that wraps, nothing of it is left.
            Write((_status.Length > 0 ? "\r\x1b[K" : "") + line + Environment.NewLine + _status);
        }
    }

    /// <summary>Keeps the count below the lines until the archive stops. Lines in a file or a pipe carry it themselves.</summary>
    public async Task RunAsync(Task stopped)
    {
        while (_isTerminal && Sink is null && !stopped.IsCompleted)
        {
            var summary = Printable(Summary());
            lock (_lock)
            {
                // Shorter than the terminal is wide, so that it is one line there.
                _status = summary[..Math.Min(summary.Length, Math.Max(0, _console.Profile.Width - 1))];
                Write("\r\x1b[K" + _status);
            }
            await Task.WhenAny(stopped, Task.Delay(200));
        }
        lock (_lock)
        {
            Write(_status.Length > 0 ? "\r\x1b[K" : "");
            _status = "";
        }
        await stopped;
    }

    public void Started(DicomScp scp)
    {
        foreach (var service in scp.SopClasses.GroupBy(static c => c.ServiceClass))
        {
            Line($"{service.Key}: {service.Count()} SOP classes");
        }
    }

    public void AssociationOpened(AssociationInfo association)
    {
        _tallies[association.Id] = new Tally();
        Line($"{Who(association)}: associated; {Summary()}");
    }

    public void AssociationClosed(AssociationInfo association, AssociationEnd end)
    {
        _tallies.TryRemove(association.Id, out var tally);
        var words = end switch
        {
            AssociationEnd.Released => "released",
            AssociationEnd.ConnectionLost => "connection lost",
            AssociationEnd.AbortedByPeer => "aborted by the peer",
            _ => "aborted",
        };
        Line(string.Create(CultureInfo.InvariantCulture,
            $"{Who(association)}: {words}, {tally}, {association.Bytes / 1e6:0.0} MB in {(DateTimeOffset.UtcNow - association.OpenedAt).TotalSeconds:0.0} s; {Summary()}"));
    }

    public void AssociationRejected(AssociationInfo association, string reason) => Line($"{Who(association)}: association rejected: {reason}");

    /// <summary>An instance was kept, or was here already.</summary>
    public void Kept(AssociationInfo association, Keeping keeping)
    {
        _tallies.TryGetValue(association.Id, out var tally);
        if (keeping == Keeping.Stored)
        {
            Interlocked.Increment(ref _stored);
            tally?.Stored();
        }
        else if (keeping == Keeping.Again)
        {
            Interlocked.Increment(ref _repeated);
            tally?.Repeated();
        }
    }

    public void RequestCompleted(AssociationInfo association, in CompletedRequest request)
    {
        if (request.Category != StatusCategory.Failure)
        {
            return;
        }
        if (request.Operation == DimseOperation.CStore)
        {
            Interlocked.Increment(ref _refused);
            if (_tallies.TryGetValue(association.Id, out var tally))
            {
                tally.Refused();
            }
        }
        Line($"{Who(association)}: {InWords(request)}");
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && eventId.Id != RequestFailed)
        {
            Line($"{(logLevel > LogLevel.Information ? $"{logLevel}: " : "")}{formatter(state, exception)}{(exception is null ? "" : $" ({exception.Message})")}");
        }
    }

    public void Dispose()
    {
    }

    /// <summary>A line of a command's, which may name files and quote peers.</summary>
    public static void Print(string text) => AnsiConsole.Console.WriteLine(Printable(text));

    /// <summary>A text whose control characters are shown, not obeyed.</summary>
    internal static string Printable(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }
        var printable = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = char.IsControl(c) ? printable.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}") : printable.Append(c);
        }
        return printable.ToString();
    }

    /// <summary>A refusal in DICOM's words: C-STORE CTImageStorage 1.2.3 refused: A700 Out of Resources.</summary>
    private static string InWords(in CompletedRequest request)
    {
        var service = request.Operation switch
        {
            DimseOperation.NEventReport => "N-EVENT-REPORT",
            var operation => $"{operation.ToString()[0]}-{operation.ToString()[1..].ToUpperInvariant()}",
        };
        var words = DicomStandard.FindStatus(request.SopClass.Uid, request.Operation, request.Status)?.Description;
        return $"{service} {request.SopClass.Keyword} {request.SopInstanceUid} refused: {request.Status:X4} {words}";
    }

    private static string Who(AssociationInfo association) => $"#{association.Id} {association.CallingAE} ({association.RemoteHost})";

    /// <summary>Until all is written, or nobody reads.</summary>
    public async Task EndAsync()
    {
        _unread.Writer.TryComplete();
        await Task.WhenAny(_writing, Task.Delay(TimeSpan.FromSeconds(2)));
    }

    private void Write(string text) => _unread.Writer.TryWrite(text);

    private async Task WriteAsync()
    {
        await foreach (var text in _unread.Reader.ReadAllAsync())
        {
            try
            {
                var dropped = Interlocked.Exchange(ref _dropped, 0);
                _console.Profile.Out.Writer.Write(dropped == 0 ? text : $"{text}({dropped} lines were not read, and are lost){Environment.NewLine}");
            }
            catch (IOException)
            {
                // The console is gone; the archive is not.
            }
        }
    }

    private string Summary()
    {
        var (repeated, refused) = (Interlocked.Read(ref _repeated), Interlocked.Read(ref _refused));
        return $"{_tallies.Count} associations, {Interlocked.Read(ref _stored)} stored{(repeated > 0 ? $", {repeated} again" : "")}, {refused} refused";
    }

    private sealed class Tally
    {
        private int _stored;
        private int _repeated;
        private int _refused;

        public void Stored() => Interlocked.Increment(ref _stored);

        public void Repeated() => Interlocked.Increment(ref _repeated);

        public void Refused() => Interlocked.Increment(ref _refused);

        public override string ToString() => $"{_stored} stored{(_repeated > 0 ? $", {_repeated} again" : "")}, {_refused} refused";
    }
}
