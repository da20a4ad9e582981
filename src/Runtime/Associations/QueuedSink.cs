using System.Buffers;
using Specgen.Instances;
using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>
/// Between the reading of the network and a disk that may be slow: bytes are taken over at once, and written when the reading is between two
/// reads, so that another thread can go on with it where the disk takes long. What is taken over is bounded: where it becomes much, who reads
/// waits for room.
/// </summary>
/// <param name="inner">Where the bytes go.</param>
/// <param name="memory">What is taken over is charged to it: where it has no more, one piece is waited for after the other.</param>
internal sealed class QueuedSink(IDataSetSink inner, MemoryLease memory) : IDataSetSink, IThreadPoolWorkItem
{
    /// <summary>Bytes that are written at once. A data set of less is written by who handles it.</summary>
    private const int Chunk = 128 * 1024;
    private const int MaxQueued = 4 * 1024 * 1024;

    private readonly object _lock = new();
    private readonly Queue<byte[]> _full = new();
    private byte[]? _filling;
    private int _count;
    private int _queued;
    private int _charged;
    private bool _isWriting;
    private bool _isDisposed;
    private TaskCompletionSource? _changed;

    public IDataSetSink Inner => inner;

    public long Length { get; private set; }

    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                return !_isDisposed && (_full.Count * Chunk >= MaxQueued || _queued > _charged);
            }
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        while (!bytes.IsEmpty)
        {
            _filling ??= ArrayPool<byte>.Shared.Rent(Chunk);
            var part = bytes[..Math.Min(bytes.Length, Chunk - _count)];
            part.CopyTo(_filling.AsSpan(_count));
            bytes = bytes[part.Length..];
            _count += part.Length;
            if (_count == Chunk)
            {
                lock (_lock)
                {
                    _full.Enqueue(_filling);
                    _queued++;
                    _charged += memory.TryTake(Chunk) ? 1 : 0;
                }

                (_filling, _count) = (null, 0);
            }
        }
    }

    /// <summary>Writing that is due and that nobody does: to be executed by who takes it.</summary>
    public IThreadPoolWorkItem? TakeDue()
    {
        lock (_lock)
        {
            if (_isWriting || _isDisposed || _full.Count == 0)
            {
                return null;
            }

            _isWriting = true;
            return this;
        }
    }

    /// <summary>Completes when there is room again.</summary>
    public async Task WhenRoomAsync()
    {
        while (IsFull)
        {
            await WhenChangedAsync().ConfigureAwait(false);
        }
    }

    /// <summary>All that came is with <see cref="Inner"/> when the task completes. Called once, when no more will come.</summary>
    public async ValueTask CompleteAsync()
    {
        while (IsWriting)
        {
            await WhenChangedAsync().ConfigureAwait(false);
        }

        while (_full.TryDequeue(out var next))
        {
            inner.Write(next.AsSpan(0, Chunk));
            ArrayPool<byte>.Shared.Return(next);
            Written();
        }

        if (_filling is { } last)
        {
            _filling = null;
            inner.Write(last.AsSpan(0, _count));
            ArrayPool<byte>.Shared.Return(last);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            if (_isWriting)
            {
                // Who writes sees to the rest.
                return;
            }
        }

        End();
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (true)
        {
            byte[]? next;
            TaskCompletionSource? changed;
            bool isOver;
            lock (_lock)
            {
                isOver = _isDisposed;
                _isWriting = _full.TryDequeue(out next) && !isOver;
                (changed, _changed) = (_changed, null);
            }

            changed?.TrySetResult();
            if (next is not null && !isOver)
            {
                inner.Write(next.AsSpan(0, Chunk));
            }

            if (next is not null)
            {
                ArrayPool<byte>.Shared.Return(next);
                Written();
            }

            if (isOver)
            {
                End();
            }

            if (next is null || isOver)
            {
                return;
            }
        }
    }

    private bool IsWriting
    {
        get
        {
            lock (_lock)
            {
                return _isWriting;
            }
        }
    }

    private Task WhenChangedAsync()
    {
        lock (_lock)
        {
            return _isWriting ? (_changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;
        }
    }

    private void Written()
    {
        lock (_lock)
        {
            _queued--;
            if (_charged > _queued)
            {
                _charged--;
                memory.Return(Chunk);
            }
        }
    }

    private void End()
    {
        while (_full.TryDequeue(out var left))
        {
            ArrayPool<byte>.Shared.Return(left);
        }

        if (Interlocked.Exchange(ref _filling, null) is { } filling)
        {
            ArrayPool<byte>.Shared.Return(filling);
        }

        inner.Dispose();
        memory.Dispose();
    }
}
