using System.Net.Sockets;
using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>
/// The way out of an association: PDUs and messages, one after the other and each whole. Whether one may be sent is asked when its turn has come, so that the state cannot change between the question and
/// the bytes.
/// </summary>
internal sealed class AssociationWriter
{
    private static readonly TimeSpan s_abortTime = TimeSpan.FromSeconds(1);

    private readonly Transport _transport;
    private readonly TimeProvider _time;
    private readonly MessageWriter _messages;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _since;
    private long _last;
    private volatile bool _isBroken;

    public AssociationWriter(Transport transport, TimeProvider time)
    {
        (_transport, _time, _last) = (transport, time, time.GetTimestamp());
        _messages = new MessageWriter(WriteAsync);
    }

    /// <summary>The longest P-DATA-TF that the peer takes, in bytes without its header; 0 for any (PS3.8 D.1).</summary>
    public uint PeerMaxDataLength
    {
        set => _messages.PeerMaxDataLength = value;
    }

    /// <summary>How long a write has been waiting for the peer to take it.</summary>
    public TimeSpan Delay => Volatile.Read(ref _since) is > 0 and var since ? _time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>When something was written last (<see cref="TimeProvider.GetTimestamp"/>).</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>Sends a PDU of the association, where it may be sent when its turn has come.</summary>
    /// <exception cref="IOException">The connection is lost.</exception>
    public async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> pdu, Func<bool> maySend)
    {
        await EnterAsync().ConfigureAwait(false);
        try
        {
            if (!maySend())
            {
                return false;
            }

            await WriteAsync(pdu).ConfigureAwait(false);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Sends a message in fragments that the peer takes; whole, with nothing in between.</summary>
    /// <exception cref="IOException">The association is over, or the connection lost.</exception>
    public async ValueTask SendAsync(byte contextId, ReadOnlyMemory<byte> command, ReadOnlyMemory<byte>? dataSet, Action throwIfOver)
    {
        await EnterAsync().ConfigureAwait(false);
        try
        {
            throwIfOver();
            await _messages.PutAsync(contextId, command, PduType.CommandFragment).ConfigureAwait(false);
            if (dataSet is { } data)
            {
                await _messages.PutAsync(contextId, data, 0).ConfigureAwait(false);
            }

            await _messages.FlushAsync().ConfigureAwait(false);
        }
        finally
        {
            EndMessage();
        }
    }

    /// <summary>Sends a message with a data set that is read on its way.</summary>
    /// <returns>What went wrong where the message has begun, and cannot be taken back.</returns>
    /// <exception cref="IOException">The association is over, or the connection lost.</exception>
    /// <exception cref="UnreadableDataSetException">The data set cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public async ValueTask<Exception?> SendAsync(byte contextId, ReadOnlyMemory<byte> command, Stream dataSet, bool isPadded, Action throwIfOver, CancellationToken cancellationToken)
    {
        await EnterAsync().ConfigureAwait(false);
        try
        {
            throwIfOver();
            await _messages.PutAsync(contextId, command, PduType.CommandFragment).ConfigureAwait(false);
            await _messages.PutAsync(contextId, dataSet, isPadded, throwIfOver, cancellationToken).ConfigureAwait(false);
            await _messages.FlushAsync().ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (_messages.HasSent)
        {
            return e;
        }
        finally
        {
            EndMessage();
        }
    }

    /// <summary>Completes when nothing is being sent, or when the time is up.</summary>
    public async ValueTask WhenIdleAsync(TimeSpan timeout)
    {
        if (await _turn.WaitAsync(timeout).ConfigureAwait(false))
        {
            _turn.Release();
        }
    }

    /// <summary>Sends an A-ABORT as well as it can be done, and ends our side of the connection. Never throws, and never takes long.</summary>
    public async ValueTask AbortAsync(ReadOnlyMemory<byte> pdu)
    {
        if (!await _turn.WaitAsync(s_abortTime).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            if (!_isBroken)
            {
                var write = WriteAsync(pdu);
                await (write.IsCompleted ? write : new ValueTask(write.AsTask().WaitAsync(s_abortTime))).ConfigureAwait(false);
                _transport.EndSending();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException or TimeoutException)
        {
            // The peer is gone, or takes nothing: nobody is left to be told.
        }
        finally
        {
            // What is written from now on would come behind the end.
            _isBroken = true;
            _turn.Release();
        }
    }

    private ValueTask EnterAsync() => _turn.Wait(0) ? ValueTask.CompletedTask : new ValueTask(_turn.WaitAsync());

    private void EndMessage()
    {
        _messages.Clear();
        _turn.Release();
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (_isBroken)
        {
            throw new IOException("The connection is lost.");
        }

        Volatile.Write(ref _since, _time.GetTimestamp());
        try
        {
            await _transport.Stream.WriteAsync(bytes).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
        {
            _isBroken = true;
            throw e as IOException ?? new IOException(e.Message, e);
        }
        finally
        {
            Volatile.Write(ref _since, 0);
            Volatile.Write(ref _last, _time.GetTimestamp());
        }
    }
}
