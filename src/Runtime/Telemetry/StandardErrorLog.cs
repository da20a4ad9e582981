using Microsoft.Extensions.Logging;

namespace Specgen.Telemetry;

/// <summary>
/// The log of who was given none: the first warning or error of the process goes to standard error, with a word on how to see the others. What fails without a trace costs its author a day.
/// </summary>
internal sealed class StandardErrorLog : ILoggerFactory, ILogger
{
    public static readonly StandardErrorLog Instance = new();

    private int _isTold;

    /// <summary>Where it says so; standard error but for tests.</summary>
    public TextWriter? Writer { get; init; }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and not LogLevel.None && Volatile.Read(ref _isTold) == 0;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel) || Interlocked.Exchange(ref _isTold, 1) != 0)
        {
            return;
        }

        var text = exception is null ? formatter(state, null) : $"{formatter(state, exception)}: {exception}";
        (Writer ?? Console.Error).WriteLine($"Specgen: {text}\nSpecgen: there is no log; DicomScpOptions.LoggerFactory and ScuOptions.LoggerFactory say where to. Nothing more is said here.");
    }

    public void Dispose()
    {
    }
}
