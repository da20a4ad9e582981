using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Specgen.Dispatch;

/// <summary>The request whose turn it is: its token, and the time that its handler has.</summary>
internal sealed partial class RunningRequest : IDisposable
{
    private readonly CancellationTokenSource _token;
    private readonly TimeSpan _timeout;
    private long _since = Stopwatch.GetTimestamp();

    /// <param name="request">What has been received.</param>
    /// <param name="ended">Cancelled when the association is over.</param>
    /// <param name="timeout">How long the handler may take for an answer, or for the next of several.</param>
    public RunningRequest(ReceivedRequest request, CancellationToken ended, TimeSpan timeout)
    {
        Request = request;
        _timeout = timeout;
        _token = CancellationTokenSource.CreateLinkedTokenSource(ended);
        _token.CancelAfter(timeout);
        Token = _token.Token;
    }

    public ReceivedRequest Request { get; }

    public CancellationToken Token { get; }

    /// <summary>How long the handler has been at it, or at the next of several answers.</summary>
    public TimeSpan Handling => Volatile.Read(ref _since) is not 0 and var since ? Stopwatch.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>The handler has got somewhere: its time begins anew.</summary>
    public void Progress()
    {
        Volatile.Write(ref _since, Stopwatch.GetTimestamp());
        if (!_token.IsCancellationRequested)
        {
            _token.CancelAfter(_timeout);
        }
    }

    /// <summary>The handler is through; what the runtime does for it now has times of its own.</summary>
    public void StopClock()
    {
        Volatile.Write(ref _since, 0);
        if (!_token.IsCancellationRequested)
        {
            _token.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>C-CANCEL: does not wait for what the handler does about it.</summary>
    public void Cancel(ILogger logger) => Cancel(_token, logger);

    public void Dispose() => _token.Dispose();

    /// <summary>What is registered with a token runs on another thread: who cancels is reading the network.</summary>
    public static void Cancel(CancellationTokenSource source, ILogger logger)
    {
        try
        {
            _ = LogFailureAsync(source.CancelAsync(), logger);
        }
        catch (ObjectDisposedException)
        {
            // Over just now.
        }
    }

    private static async Task LogFailureAsync(Task cancelling, ILogger logger)
    {
        try
        {
            await cancelling.ConfigureAwait(false);
        }
        catch (AggregateException e)
        {
            LogCancellationFailed(logger, e);
        }
    }

    [LoggerMessage(1027, LogLevel.Error, "What a handler registered for its cancellation threw")]
    private static partial void LogCancellationFailed(ILogger logger, Exception exception);
}
