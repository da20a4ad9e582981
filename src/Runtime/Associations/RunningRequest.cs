using Microsoft.Extensions.Logging;

namespace Specgen.Associations;

/// <summary>The request whose turn it is: its token, and the time that its handler has.</summary>
internal sealed partial class RunningRequest : IDisposable
{
    /// <summary>How much longer than allowed a handler may take that does not look at its token.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _token;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private long _since;

    /// <param name="request">What has been received.</param>
    /// <param name="timeout">How long the handler may take for an answer, or for the next of several.</param>
    /// <param name="time">The clock of that.</param>
    public RunningRequest(ReceivedRequest request, TimeSpan timeout, TimeProvider time)
    {
        Request = request;
        (_timeout, _time, _since) = (timeout, time, time.GetTimestamp());
        _token = new CancellationTokenSource(timeout, time);
        Token = _token.Token;
    }

    public ReceivedRequest Request { get; }

    public CancellationToken Token { get; }

    /// <summary>How long the handler has been at it, or at the next of several answers.</summary>
    public TimeSpan Handling => Volatile.Read(ref _since) is not 0 and var since ? _time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>The handler has got somewhere: its time begins anew.</summary>
    public void Progress()
    {
        Volatile.Write(ref _since, _time.GetTimestamp());
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

    /// <summary>C-CANCEL, or the end of the association. The token says so at once; what is registered with it runs on another thread, since who cancels is reading the network.</summary>
    public void Cancel(ILogger logger)
    {
        try
        {
            _ = LogFailureAsync(_token.CancelAsync(), logger);
        }
        catch (ObjectDisposedException)
        {
            // Over just now.
        }
    }

    public void Dispose() => _token.Dispose();

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
