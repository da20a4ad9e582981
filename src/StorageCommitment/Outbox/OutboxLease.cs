using Microsoft.Extensions.Logging;

namespace Specgen.Outbox;

/// <summary>Keeps a lease alive while messages are sent, and knows when it may be lost.</summary>
internal sealed partial class OutboxLease : IAsyncDisposable
{
    private readonly IOutboxStore _store;
    private readonly string _lease;
    private readonly TimeSpan _duration;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _renewing;
    private long _renewedAt;

    public OutboxLease(IOutboxStore store, string lease, TimeSpan duration, TimeProvider time, ILogger logger)
    {
        (_store, _lease, _duration, _time, _logger) = (store, lease, duration, time, logger);
        _renewedAt = time.GetTimestamp();
        _renewing = RenewAsync();
    }

    /// <summary>By this process's own clock, which is not asked what time it is, but how long ago something was.</summary>
    public bool IsHeld => _time.GetElapsedTime(Volatile.Read(ref _renewedAt)) < _duration;

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        _over.Dispose();
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(_duration / 3, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_over.Token).ConfigureAwait(false))
            {
                // One that was lost is not taken back: the store renews what is still held.
                var before = _time.GetTimestamp();
                if (IsHeld && await TryRenewAsync().ConfigureAwait(false))
                {
                    Volatile.Write(ref _renewedAt, before);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // No longer needed.
        }
    }

    private async Task<bool> TryRenewAsync()
    {
        try
        {
            await _store.RenewAsync(_lease, _duration, _over.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotRenewed(e);
            return false;
        }
    }

    [LoggerMessage(1320, LogLevel.Warning, "The lease of messages that are being sent could not be renewed")]
    private partial void LogNotRenewed(Exception exception);
}
