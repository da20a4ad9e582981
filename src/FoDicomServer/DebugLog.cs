using Microsoft.Extensions.Logging;

namespace Specgen;

/// <summary>What fo-dicom says of a connection that Specgen's association runs is useful for debugging only: what happens on it, <c>Specgen.Scp</c> logs.</summary>
internal sealed class DebugLog(ILogger inner) : ILogger
{
    /// <summary>For what is ours.</summary>
    public ILogger Inner { get; } = inner;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => Inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && Inner.IsEnabled(Lower(logLevel));

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel != LogLevel.None)
        {
            var level = Lower(logLevel);
            Inner.Log(level, eventId, state, exception, formatter);
        }
    }

    private static LogLevel Lower(LogLevel level) => level > LogLevel.Debug ? LogLevel.Debug : level;
}
