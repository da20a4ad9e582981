namespace Specgen.Instances;

/// <summary>
/// How much memory the associations of a server may take together for what peers send: data sets that are kept, what they become when they are decoded, what waits for a disk, and buffers. Counted, not
/// measured. Who finds no room waits for it, and so does the peer; what finds none in time is refused.
/// </summary>
/// <param name="limit">Bytes for all.</param>
/// <param name="limitOfOne">Bytes for one association.</param>
/// <param name="time">The clock of waiting.</param>
internal sealed class MemoryBudget(long limit, long limitOfOne, TimeProvider time)
{
    /// <summary>The smallest that makes sense: a data set of some length, received and decoded.</summary>
    public const long Smallest = 16 * 1024 * 1024, SmallestOfOne = 1024 * 1024;

    /// <summary>An association that holds no more than this may have the last of it: ordinary requests go on while others wait with large ones.</summary>
    public const long Small = 1024 * 1024;

    private const int ShareOfMachine = 4, ShareOfOne = 4, ShareForSmall = 8;

    private readonly object _lock = new();
    private readonly LinkedList<Waiting> _waiting = [];
    private long _used;

    /// <summary>What counts where nothing else is said: a quarter of what the process may have, which in a container is less than what the machine has.</summary>
    public static long DefaultLimit => Math.Max(Smallest, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / ShareOfMachine);

    /// <summary>How long is waited for room.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    public long Used => Volatile.Read(ref _used);

    /// <summary>The most that has been in use at a time.</summary>
    public long Peak { get; private set; }

    /// <summary>So little is in use that comfort may be had: large buffers.</summary>
    public bool IsRelaxed => Used < limit / 2;

    public bool IsFull => Used >= limit;

    public static MemoryBudget Of(long? limit, long? limitOfOne, TimeProvider time)
    {
        var all = limit ?? DefaultLimit;
        return new MemoryBudget(all, limitOfOne ?? DefaultOfOne(all), time);
    }

    /// <summary>For an association that is nobody else's business.</summary>
    public static MemoryBudget OfOne(long? limit, TimeProvider time)
    {
        var all = limit ?? DefaultOfOne(DefaultLimit);
        return new MemoryBudget(all, all, time);
    }

    public static long DefaultOfOne(long all) => Math.Max(Smallest / ShareOfOne, all / ShareOfOne);

    /// <summary>Whether an association could have so much if it were alone.</summary>
    public bool Fits(long bytes) => bytes <= limitOfOne && bytes <= (bytes <= Small ? limit : limit - (limit / ShareForSmall));

    /// <summary>Takes memory if there is room.</summary>
    public bool TryTake(MemoryShare share, long bytes)
    {
        lock (_lock)
        {
            return TryTakeLocked(share, bytes);
        }
    }

    /// <summary>Takes what is there already, whether there is room or not.</summary>
    public void Take(MemoryShare share, long bytes)
    {
        lock (_lock)
        {
            Add(share, bytes);
        }
    }

    /// <summary>Takes memory, and waits for room if need be; false where there is none in time.</summary>
    public async ValueTask<bool> TakeAsync(MemoryShare share, long bytes, CancellationToken cancellationToken)
    {
        LinkedListNode<Waiting> node;
        lock (_lock)
        {
            if (TryTakeLocked(share, bytes))
            {
                return true;
            }

            node = _waiting.AddLast(new Waiting(share, bytes));
        }

        try
        {
            await node.Value.Taken.Task.WaitAsync(Patience, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            lock (_lock)
            {
                if (node.List is not null)
                {
                    _waiting.Remove(node);
                }
                else if (e is TimeoutException)
                {
                    // It was taken just now.
                    return true;
                }
                else
                {
                    Add(share, -bytes);
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    public void Return(MemoryShare share, long bytes)
    {
        lock (_lock)
        {
            Add(share, -bytes);
            for (var node = _waiting.First; node is not null;)
            {
                var next = node.Next;
                if (TryTakeLocked(node.Value.Share, node.Value.Bytes))
                {
                    _waiting.Remove(node);
                    node.Value.Taken.SetResult();
                }

                node = next;
            }
        }
    }

    /// <summary>An association is over, and nothing of it is kept any more.</summary>
    public void Close(MemoryShare share)
    {
        Return(share, share.Held);
        share.IsClosed = true;
    }

    private bool TryTakeLocked(MemoryShare share, long bytes)
    {
        if (share.IsClosed)
        {
            return true;
        }

        var ofOne = share.Held + bytes;
        var room = ofOne <= Small ? limit : limit - (limit / ShareForSmall);
        if (ofOne > limitOfOne || _used + bytes > room)
        {
            return false;
        }

        Add(share, bytes);
        return true;
    }

    private void Add(MemoryShare share, long bytes)
    {
        if (share.IsClosed)
        {
            return;
        }

        share.Held += bytes;
        _used += bytes;
        Peak = Math.Max(Peak, _used);
    }

    private sealed record Waiting(MemoryShare Share, long Bytes)
    {
        public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
