namespace Archive.Storage;

/// <summary>
/// Many wait for one write: who comes while another one writes is written with all others that came meanwhile. Alone, nobody waits for anybody, and no thread for another.
/// </summary>
/// <param name="writeAsync">Writes what has come, all or nothing, and gives a result for each.</param>
internal sealed class GroupCommit<TItem, TResult>(Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> writeAsync)
{
    private const int Largest = 500;

    private readonly Queue<Entry> _waiting = new();
    private bool _isWriting;

    /// <summary>Writes an item. Who stops waiting before it is being written has it not written.</summary>
    /// <exception cref="TimeoutException">Others have been writing for too long.</exception>
    public async Task<TResult> AddAsync(TItem item, TimeSpan patience, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var entry = new Entry(item);
        bool isFirst;
        lock (_waiting)
        {
            _waiting.Enqueue(entry);
            (isFirst, _isWriting) = (!_isWriting, true);
        }
        if (isFirst)
        {
            await WriteAsync();
            if (HasMore())
            {
                // Of those who came meanwhile: whoever has his result need not see to theirs. It throws nothing; who waits is told.
                _ = Task.Run(WriteAllAsync, CancellationToken.None);
            }
            return await entry.Result.Task;
        }
        try
        {
            return await entry.Result.Task.WaitAsync(patience, cancellationToken);
        }
        catch (TimeoutException) when (entry.TryLeave())
        {
            throw new TimeoutException("The database is busy.");
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException && !entry.TryLeave())
        {
            // Somebody is writing it: what comes of it decides.
            return await entry.Result.Task;
        }
    }

    private async Task WriteAllAsync()
    {
        do
        {
            await WriteAsync();
        }
        while (HasMore());
    }

    /// <summary>Whether there is more to write; if not, the next to come is the first.</summary>
    private bool HasMore()
    {
        lock (_waiting)
        {
            return _isWriting = _waiting.Count > 0;
        }
    }

    private async Task WriteAsync()
    {
        var batch = new List<Entry>();
        lock (_waiting)
        {
            while (batch.Count < Largest && _waiting.TryDequeue(out var next))
            {
                if (next.TryTake())
                {
                    batch.Add(next);
                }
            }
        }
        if (batch.Count == 0)
        {
            return;
        }
        try
        {
            var results = await writeAsync(batch.ConvertAll(static entry => entry.Item));
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Result.TrySetResult(results[i]);
            }
        }
        catch (Exception e) when (batch.Count == 1)
        {
            batch[0].Result.TrySetException(e);
        }
        catch (Exception)
        {
            await WriteEachAsync(batch);
        }
    }

    /// <summary>One of them may be to blame: each for itself. Where several are, it is the database, and the rest need not wait for that.</summary>
    private async Task WriteEachAsync(List<Entry> batch)
    {
        Exception? problem = null;
        var failures = 0;
        foreach (var entry in batch)
        {
            try
            {
                if (failures > 1)
                {
                    entry.Result.TrySetException(problem!);
                    continue;
                }
                entry.Result.TrySetResult((await writeAsync([entry.Item]))[0]);
                failures = 0;
            }
            catch (Exception e)
            {
                (problem, failures) = (e, failures + 1);
                entry.Result.TrySetException(e);
            }
        }
    }

    private sealed class Entry(TItem item)
    {
        private int _state;

        public TItem Item { get; } = item;

        public TaskCompletionSource<TResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Nobody else writes it, and it is not given up.</summary>
        public bool TryTake() => Interlocked.CompareExchange(ref _state, 1, 0) == 0;

        public bool TryLeave() => Interlocked.CompareExchange(ref _state, 2, 0) == 0;
    }
}
