namespace Specgen.Testing.Wire;

/// <summary>One direction of a connection in memory. Who writes more than is read waits, as with TCP.</summary>
/// <param name="readSize">Bytes at a time; 0 for any number.</param>
/// <param name="cutAfter">Where the connection breaks.</param>
/// <param name="cutsQuietly">Its reader then sees an end and no error.</param>
/// <param name="delay">How long bytes are on their way.</param>
/// <param name="time">The clock of that.</param>
internal sealed class OneWay(int readSize, long? cutAfter, bool cutsQuietly, TimeSpan delay, TimeProvider time)
{
    private const int Capacity = 256 * 1024;

    private readonly object _lock = new();
    private readonly Queue<(ReadOnlyMemory<byte> Bytes, long SentAt)> _parts = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _left = cutAfter ?? long.MaxValue;
    private int _count;
    private int _taken;
    private bool _isEnded;
    private bool _isCut;
    private bool _isAbandoned;

    /// <summary>Called where the connection breaks; ends the other direction as well.</summary>
    public Action? Broke { get; set; }

    /// <summary>Sees what is sent.</summary>
    public Action<ReadOnlyMemory<byte>>? Sent { get; init; }

    /// <exception cref="IOException">The connection is broken, or its reader is gone.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            Task? full = null;
            var isBroken = false;
            lock (_lock)
            {
                if (_isCut || _isEnded || _isAbandoned)
                {
                    throw new IOException(_isCut ? "The connection was cut." : "The connection is closed.");
                }

                var part = bytes[..(int)Math.Min(Math.Min(bytes.Length, Capacity - _count), _left)];
                if (part.IsEmpty && _left > 0)
                {
                    full = _changed.Task;
                }
                else
                {
                    _parts.Enqueue((part.ToArray(), delay == TimeSpan.Zero ? 0 : time.GetTimestamp()));
                    _count += part.Length;
                    _left -= part.Length;
                    bytes = bytes[part.Length..];
                    _isCut = isBroken = _left == 0;
                    Sent?.Invoke(part);
                    Change();
                }
            }

            if (isBroken)
            {
                Broke?.Invoke();
            }

            if (full is not null)
            {
                await full.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>0 at the end.</summary>
    /// <exception cref="IOException">The connection is broken.</exception>
    /// <exception cref="ObjectDisposedException">This side has closed it.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task wait;
            var due = TimeSpan.Zero;
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_isAbandoned, this);
                if (_parts.TryPeek(out var next) && (due = Due(next.SentAt)) <= TimeSpan.Zero)
                {
                    return Take(buffer);
                }

                if (_count == 0 && (_isEnded || _isCut))
                {
                    return _isEnded || cutsQuietly ? 0 : throw new IOException("The connection was cut.");
                }

                wait = _changed.Task;
            }

            await (due > TimeSpan.Zero ? Task.Delay(due, time, cancellationToken) : wait.WaitAsync(cancellationToken)).ConfigureAwait(false);
        }
    }

    /// <summary>Its writer has no more to say.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isEnded = true;
            Change();
        }
    }

    /// <summary>The connection breaks: what is on its way still arrives, and nothing after it.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _isCut = true;
            Change();
        }
    }

    /// <summary>Its reader is gone.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _isAbandoned = true;
            _parts.Clear();
            _count = 0;
            Change();
        }
    }

    private TimeSpan Due(long sentAt) => delay == TimeSpan.Zero ? TimeSpan.Zero : delay - time.GetElapsedTime(sentAt);

    private int Take(Memory<byte> buffer)
    {
        var left = _parts.Peek().Bytes[_taken..];
        var length = Math.Min(Math.Min(left.Length, buffer.Length), readSize == 0 ? int.MaxValue : readSize);
        left[..length].CopyTo(buffer);
        _taken += length;
        if (length == left.Length)
        {
            _parts.Dequeue();
            _taken = 0;
        }

        _count -= length;
        Change();
        return length;
    }

    private void Change()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
