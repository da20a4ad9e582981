namespace Specgen.Instances;

/// <summary>The memory of one data set, or whatever else an association keeps. Disposed with it.</summary>
internal sealed class MemoryLease(MemoryShare share) : IDisposable
{
    private readonly object _lock = new();
    private long _held;
    private long _owed;
    private bool _isDisposed;
    private volatile bool _isRefused;

    /// <summary>There was no room for it, however long one waited: what was kept is to be dropped.</summary>
    public bool IsRefused => _isRefused;

    /// <summary>By who reads the network, of what has come already: where there is no room it is owed.</summary>
    public void TakeOrOwe(long bytes)
    {
        if (_isRefused || TryTake(bytes))
        {
            return;
        }

        lock (_lock)
        {
            _owed += bytes;
        }

        share.Owe(this);
    }

    /// <summary>Takes memory whether there is room or not.</summary>
    public void Take(long bytes)
    {
        share.Budget.Take(share, bytes);
        Keep(bytes);
    }

    public bool TryTake(long bytes) => share.Budget.TryTake(share, bytes) && Keep(bytes);

    /// <summary>Takes memory, and waits for room if need be; false where there is none in time, or never will be.</summary>
    public async ValueTask<bool> TakeAsync(long bytes, CancellationToken cancellationToken) =>
        !_isRefused && share.Budget.Fits(_held + bytes) && await share.Budget.TakeAsync(share, bytes, cancellationToken).ConfigureAwait(false) && Keep(bytes);

    /// <summary>Has as much as something has grown to, or shrunk to.</summary>
    public void Cover(long bytes)
    {
        if (bytes > _held + _owed)
        {
            TakeOrOwe(bytes - _held - _owed);
        }
        else if (bytes < _held)
        {
            Return(_held - bytes);
        }
    }

    /// <summary>Waits for what is owed.</summary>
    public async ValueTask SettleAsync()
    {
        long owed;
        lock (_lock)
        {
            (owed, _owed) = (_owed, 0);
            if (_isDisposed)
            {
                return;
            }
        }

        if (!await TakeAsync(owed, CancellationToken.None).ConfigureAwait(false))
        {
            _isRefused = true;
            ReturnAll();
        }
    }

    public void Return(long bytes)
    {
        lock (_lock)
        {
            bytes = Math.Min(bytes, _held);
            _held -= bytes;
        }

        share.Budget.Return(share, bytes);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
        }

        ReturnAll();
    }

    /// <summary>False where the data set is gone in the meantime.</summary>
    private bool Keep(long bytes)
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _held += bytes;
                return true;
            }
        }

        share.Budget.Return(share, bytes);
        return false;
    }

    private void ReturnAll()
    {
        long held;
        lock (_lock)
        {
            (held, _held) = (_held, 0);
        }

        if (held > 0)
        {
            share.Budget.Return(share, held);
        }
    }
}
