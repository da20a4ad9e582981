using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;

namespace Specgen.Network;

/// <summary>
/// The network as fo-dicom's service sees it, of an acceptor or a requestor: the PDUs of the association pass through, in both directions. DIMSE messages do not. fo-dicom awaits handlers in its reading loop,
/// knows no C-CANCEL, buffers or decodes every data set, holds back responses behind requests, and closes the connection over what it cannot decode; so messages are read and written here,
/// on the same connection. The reading is still driven by fo-dicom's loop.
/// </summary>
internal sealed class AssociationStream : DuplexStream, IPduEvents
{
    private const int SmallBuffer = 8 * 1024;
    private const int LargeBuffer = 256 * 1024;

    private static readonly TimeSpan s_abortTime = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_fullTime = TimeSpan.FromMilliseconds(5);

    private readonly Stream _network;
    private readonly Action _shutdown;
    private readonly IAssociationStreamEvents _events;
    private readonly PduReader _reader;
    private readonly MessageReader _messages;
    private readonly MessageWriter _writer;
    private readonly uint _maxDataLength;
    private readonly TimeSpan _writeTimeout;
    private readonly ArrayBufferWriter<byte> _forward = new();
    private readonly ArrayBufferWriter<byte> _outgoing = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly TaskCompletionSource _abortEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(SmallBuffer);
    private int _forwarded;
    private long _lastActivity = Environment.TickCount64;
    private long _writingSince;
    private volatile bool _feeding;
    private volatile bool _isBroken;
    private int _aborted;
    private int _disposed;

    /// <param name="network">The connection, secured or not; disposed with this.</param>
    /// <param name="shutdown">Ends our side of the connection: the peer reads what was sent, and then an end.</param>
    /// <param name="maxDataLength">The longest P-DATA-TF that is offered to the peer, in bytes.</param>
    /// <param name="events">The association.</param>
    /// <param name="isRequestor">We ask for the association.</param>
    /// <param name="writeTimeout">How long a write may make no progress before the connection is given up; infinite where somebody else looks at <see cref="WriteDelay"/>.</param>
    public AssociationStream(Stream network, Action shutdown, uint maxDataLength, IAssociationStreamEvents events, bool isRequestor, TimeSpan writeTimeout)
    {
        _network = network;
        _shutdown = shutdown;
        _events = events;
        _messages = new MessageReader(events);
        _reader = new PduReader(maxDataLength, this) { Phase = isRequestor ? AssociationPhase.AwaitingAnswer : AssociationPhase.AwaitingRequest };
        _writer = new MessageWriter(SendAsync);
        _maxDataLength = maxDataLength;
        _writeTimeout = writeTimeout;
    }

    public AssociationPhase Phase => _reader.Phase;

    /// <summary>The longest P-DATA-TF that the peer takes, in bytes without its header; 0 for any (PS3.8 D.1).</summary>
    public uint PeerMaxDataLength
    {
        set => _writer.PeerMaxDataLength = value;
    }

    /// <summary>Completes when an A-ABORT that is being sent is sent; at once where there is none.</summary>
    public Task WhenAborted => Volatile.Read(ref _aborted) == 0 ? Task.CompletedTask : _abortEnd.Task;

    /// <summary>A PDU or a message has begun, and has not ended.</summary>
    public bool IsInMidst => _reader.IsInMidst || _messages.IsInMidst;

    /// <summary>How long nothing has been read or written; nothing while we are busy with what was read.</summary>
    public TimeSpan Silence => _feeding ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Environment.TickCount64 - Volatile.Read(ref _lastActivity));

    /// <summary>How long a write has been waiting for the peer to take it.</summary>
    public TimeSpan WriteDelay => Volatile.Read(ref _writingSince) is > 0 and var since ? TimeSpan.FromMilliseconds(Environment.TickCount64 - since) : TimeSpan.Zero;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _forwarded < _forward.WrittenCount ? new ValueTask<int>(Forward(buffer)) : ReadNextAsync(buffer, cancellationToken);

    /// <summary>fo-dicom's PDUs are sent when they are whole, so that nothing of ours comes between two parts of one.</summary>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _outgoing.Write(buffer.Span);
            while (_outgoing.WrittenCount >= PduType.HeaderLength)
            {
                var length = PduType.HeaderLength + BinaryPrimitives.ReadInt32BigEndian(_outgoing.WrittenSpan[2..]);
                if (_outgoing.WrittenCount < length)
                {
                    return;
                }

                var rest = _outgoing.WrittenSpan[length..].ToArray();
                var pdu = _outgoing.WrittenSpan[..length].ToArray();
                pdu = Sending(pdu);
                await SendAsync(pdu).ConfigureAwait(false);
                Sent(pdu[0]);
                _outgoing.ResetWrittenCount();
                _outgoing.Write(rest);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Sends a message in fragments that the peer takes; whole, with nothing in between.</summary>
    /// <exception cref="IOException">The association is over, or the connection lost.</exception>
    public async ValueTask SendMessageAsync(byte contextId, ReadOnlyMemory<byte> command, ReadOnlyMemory<byte>? dataSet)
    {
        await BeginMessageAsync().ConfigureAwait(false);
        try
        {
            ThrowIfOver();
            await _writer.PutAsync(contextId, command, PduType.CommandFragment).ConfigureAwait(false);
            if (dataSet is { } data)
            {
                await _writer.PutAsync(contextId, data, 0).ConfigureAwait(false);
            }

            await _writer.FlushAsync().ConfigureAwait(false);
        }
        finally
        {
            EndMessage();
        }
    }

    /// <summary>Sends a message with a data set that is read on its way. Half a data set cannot be taken back: where it has begun and does not come to its end, the association is aborted.</summary>
    /// <exception cref="IOException">The association is over, or the connection lost.</exception>
    /// <exception cref="UnreadableDataSetException">The data set cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public async ValueTask SendMessageAsync(byte contextId, ReadOnlyMemory<byte> command, Stream dataSet, CancellationToken cancellationToken)
    {
        await BeginMessageAsync().ConfigureAwait(false);
        try
        {
            ThrowIfOver();
            await _writer.PutAsync(contextId, command, PduType.CommandFragment).ConfigureAwait(false);
            await _writer.PutAsync(contextId, dataSet, ThrowIfOver, cancellationToken).ConfigureAwait(false);
            await _writer.FlushAsync().ConfigureAwait(false);
        }
        catch (Exception) when (Volatile.Read(ref _aborted) == 0 && !_isBroken && _writer.HasSent)
        {
            EndMessage();
            await AbortAsync(new Violation(FellowOakDicom.Network.DicomAbortSource.ServiceUser, FellowOakDicom.Network.DicomAbortReason.NotSpecified, "a data set that could not be sent whole")).ConfigureAwait(false);
            await _writing.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        finally
        {
            EndMessage();
        }
    }

    /// <summary>Sends an A-ABORT (PS3.8 §9.3.8) and ends our side of the connection. What the peer still sends is read and ignored until it closes its side, or somebody disposes this.</summary>
    public async Task AbortAsync(Violation why)
    {
        if (Interlocked.Exchange(ref _aborted, 1) != 0)
        {
            await _abortEnd.Task.ConfigureAwait(false);
            return;
        }

        _events.Aborting(why);
        _reader.Phase = AssociationPhase.Over;
        var entered = await _writing.WaitAsync(s_abortTime).ConfigureAwait(false);
        try
        {
            if (entered && !_isBroken)
            {
                await SendAsync(new byte[] { PduType.Abort, 0, 0, 0, 0, 4, 0, 0, (byte)why.Source, (byte)why.Reason }).AsTask().WaitAsync(s_abortTime).ConfigureAwait(false);
                _shutdown();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException or TimeoutException)
        {
            // The peer is gone, or takes nothing: nobody is left to be told.
        }
        finally
        {
            if (entered)
            {
                _writing.Release();
            }

            _abortEnd.TrySetResult();
        }
    }

    Violation? IPduEvents.Pdu(ReadOnlySpan<byte> pdu)
    {
        var violation = pdu[0] switch
        {
            PduType.AssociateRequest => _events.AssociationRequested(pdu),
            PduType.AssociateAccept => _events.AssociationAccepted(pdu),
            _ => null,
        };
        if (violation is not null)
        {
            return violation;
        }

        // What else is negotiated is not fo-dicom's: it throws over some of it, and answers where nothing was asked.
        _forward.Write(pdu[0] is PduType.AssociateRequest or PduType.AssociateAccept
            ? AssociateItems.WithUserItems(pdu, [AssociateItems.ExtendedNegotiation, AssociateItems.CommonExtendedNegotiation, AssociateItems.UserIdentity, AssociateItems.UserIdentityResponse], [])
            : pdu);
        return null;
    }

    Violation? IPduEvents.BeginFragment(byte contextId, byte control) => _messages.BeginFragment(contextId, control);

    Violation? IPduEvents.Fragment(ReadOnlySpan<byte> bytes) => _messages.Fragment(bytes);

    Violation? IPduEvents.EndFragment() => _messages.EndFragment();

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _network.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Forward(Memory<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _forward.WrittenCount - _forwarded);
        _forward.WrittenMemory.Slice(_forwarded, count).CopyTo(buffer);
        _forwarded += count;
        if (_forwarded == _forward.WrittenCount)
        {
            _forward.Clear();
            _forwarded = 0;
        }

        return count;
    }

    private async ValueTask<int> ReadNextAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var count = await _network.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    break;
                }

                if (_reader.Phase == AssociationPhase.Over || Volatile.Read(ref _aborted) != 0)
                {
                    continue;
                }

                Touch();
                _feeding = true;
                _reader.Feed(_buffer.AsSpan(0, count));
                _feeding = false;
                if (_reader.Fault is { } fault)
                {
                    await AbortAsync(fault).ConfigureAwait(false);
                    continue;
                }

                if (_events.IsFull)
                {
                    await WaitForRoomAsync().ConfigureAwait(false);
                }

                if (_forward.WrittenCount > 0)
                {
                    return Forward(destination);
                }

                if (_buffer.Length < LargeBuffer && _reader.Expected > SmallBuffer)
                {
                    ArrayPool<byte>.Shared.Return(_buffer);
                    _buffer = ArrayPool<byte>.Shared.Rent(LargeBuffer);
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
        {
            // Reset by the peer, or disposed by us: an end like any other. Whether it was due, is known by who has the association.
        }

        _messages.Abandon();
        ArrayPool<byte>.Shared.Return(Interlocked.Exchange(ref _buffer, []));
        return 0;
    }

    private void Touch() => Volatile.Write(ref _lastActivity, Environment.TickCount64);

    /// <summary>TCP passes the wait on to the peer.</summary>
    private async ValueTask WaitForRoomAsync()
    {
        while (_events.IsFull && _reader.Phase != AssociationPhase.Over && Volatile.Read(ref _disposed) == 0)
        {
            await Task.Delay(s_fullTime).ConfigureAwait(false);
        }
    }

    private async ValueTask BeginMessageAsync()
    {
        if (!_writing.Wait(0, CancellationToken.None))
        {
            await _writing.WaitAsync().ConfigureAwait(false);
        }
    }

    private void EndMessage()
    {
        _writer.Clear();
        _writing.Release();
    }

    private void ThrowIfOver()
    {
        if (_reader.Phase is not (AssociationPhase.Established or AssociationPhase.Releasing) || Volatile.Read(ref _aborted) != 0)
        {
            throw new IOException("The association is over.");
        }
    }

    /// <summary>What has to be so before the peer can answer; gives what is to be sent.</summary>
    private byte[] Sending(byte[] pdu)
    {
        switch (pdu[0])
        {
            case PduType.AssociateRequest:
                // fo-dicom takes it from a default of its own.
                AssociateRequest.SetMaxDataLength(pdu, _maxDataLength);
                break;
            case PduType.ReleaseRequest:
                _reader.Phase = AssociationPhase.ReleaseRequested;
                break;
        }

        return pdu[0] is PduType.AssociateRequest or PduType.AssociateAccept && _events.UserItems is { Count: > 0 } items ? AssociateItems.WithUserItems(pdu, [], items) : pdu;
    }

    /// <summary>The state after a PDU that fo-dicom has sent (PS3.8 §9.2).</summary>
    private void Sent(byte type)
    {
        switch (type)
        {
            case PduType.AssociateAccept:
                _reader.Phase = AssociationPhase.Established;
                break;
            case PduType.AssociateReject or PduType.ReleaseResponse or PduType.Abort:
                _reader.Phase = AssociationPhase.Over;
                break;
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        Volatile.Write(ref _writingSince, Environment.TickCount64);
        try
        {
            var write = _network.WriteAsync(bytes);
            if (write.IsCompletedSuccessfully || _writeTimeout == Timeout.InfiniteTimeSpan)
            {
                await write.ConfigureAwait(false);
            }
            else
            {
                await write.AsTask().WaitAsync(_writeTimeout).ConfigureAwait(false);
            }
        }
        catch (TimeoutException e)
        {
            // The write itself cannot be taken back: it ends with the connection, which the association closes now.
            _isBroken = true;
            throw new IOException($"The peer has taken no data for {_writeTimeout}.", e);
        }
        catch (IOException)
        {
            _isBroken = true;
            throw;
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            _isBroken = true;
            throw new IOException(e.Message, e);
        }
        finally
        {
            Volatile.Write(ref _writingSince, 0);
            Touch();
        }
    }
}
