namespace Specgen.StorageCommitment;

/// <summary>Wakes who waits; a call while nobody does wakes the next one.</summary>
internal sealed class AsyncSignal
{
    private readonly object _lock = new();
    private TaskCompletionSource _news = New();

    public void Set()
    {
        lock (_lock)
        {
            _news.TrySetResult();
        }
    }

    public async ValueTask WaitAsync(TimeSpan time, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        Task news;
        lock (_lock)
        {
            news = _news.Task;
        }

        try
        {
            await news.WaitAsync(time, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return;
        }

        lock (_lock)
        {
            if (_news.Task == news)
            {
                _news = New();
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
