using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;

namespace Specgen.Network;

/// <summary>
/// The network as fo-dicom's service of an acceptor sees it: the PDUs of the association pass through, in both directions. DIMSE messages do not. fo-dicom awaits handlers in its reading loop,
/// knows no C-CANCEL, buffers or decodes every data set, holds back responses behind requests, and closes the connection over what it cannot decode; so messages are read and written here,
/// on the same connection. The reading is still driven by fo-dicom's loop.
/// </summary>
internal sealed class ScpStream : Stream, IPduEvents
{
    private const int SmallBuffer = 8 * 1024;
    private const int LargeBuffer = 256 * 1024;
    private const int MaxPiece = 256 * 1024;

    /// <summary>Of P-DATA-TF bytes on the way out, where the peer set no limit.</summary>
    private const uint DefaultOutgoingLength = 256 * 1024;

    private static readonly TimeSpan s_abortTime = TimeSpan.FromSeconds(1);

    private readonly Stream _network;
    private readonly Action _shutdown;
    private readonly IScpStreamEvents _events;
    private readonly PduReader _reader;
    private readonly MessageReader _messages;
    private readonly ArrayBufferWriter<byte> _forward = new();
    private readonly ArrayBufferWriter<byte> _outgoing = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(SmallBuffer);
    private byte[] _message = new byte[512];
    private int _forwarded;
    private long _lastActivity = Environment.TickCount64;
    private long _writingSince;
    private volatile bool _feeding;
    private int _aborted;
    private int _disposed;

    /// <param name="network">The connection, secured or not; disposed with this.</param>
    /// <param name="shutdown">Ends our side of the connection: the peer reads what was sent, and then an end.</param>
    /// <param name="maxDataLength">The longest P-DATA-TF that is offered to the peer, in bytes.</param>
    /// <param name="events">The association.</param>
    public ScpStream(Stream network, Action shutdown, uint maxDataLength, IScpStreamEvents events)
    {
        _network = network;
        _shutdown = shutdown;
        _events = events;
        _messages = new MessageReader(events);
        _reader = new PduReader(maxDataLength, this);
    }

    public AssociationPhase Phase => _reader.Phase;

    /// <summary>The longest P-DATA-TF that the peer takes, in bytes without its header; 0 for any (PS3.8 D.1).</summary>
    public uint PeerMaxDataLength { get; set; }

    /// <summary>A PDU or a message has begun, and has not ended.</summary>
    public bool IsInMidst => _reader.IsInMidst || _messages.IsInMidst;

    /// <summary>How long nothing has been read or written; nothing while we are busy with what was read.</summary>
    public TimeSpan Silence => _feeding ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Environment.TickCount64 - Volatile.Read(ref _lastActivity));

    /// <summary>How long a write has been waiting for the peer to take it.</summary>
    public TimeSpan WriteDelay => Volatile.Read(ref _writingSince) is > 0 and var since ? TimeSpan.FromMilliseconds(Environment.TickCount64 - since) : TimeSpan.Zero;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _forwarded < _forward.WrittenCount ? new ValueTask<int>(Forward(buffer)) : ReadNextAsync(buffer, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

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
                await SendAsync(_outgoing.WrittenMemory[..length]).ConfigureAwait(false);
                Sent(_outgoing.WrittenSpan[0]);
                _outgoing.ResetWrittenCount();
                _outgoing.Write(rest);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Sends a message in fragments that the peer takes; whole, with nothing in between.</summary>
    /// <exception cref="IOException">The association is over, or the connection lost.</exception>
    public async ValueTask SendMessageAsync(byte contextId, ReadOnlyMemory<byte> command, ReadOnlyMemory<byte>? dataSet)
    {
        if (!_writing.Wait(0, CancellationToken.None))
        {
            await _writing.WaitAsync().ConfigureAwait(false);
        }

        try
        {
            if (_reader.Phase is not (AssociationPhase.Established or AssociationPhase.Releasing) || Volatile.Read(ref _aborted) != 0)
            {
                throw new IOException("The association is over.");
            }

            var count = await PutAsync(0, contextId, command, PduType.CommandFragment).ConfigureAwait(false);
            if (dataSet is { } data)
            {
                count = await PutAsync(count, contextId, data, 0).ConfigureAwait(false);
            }

            await SendAsync(_message.AsMemory(0, count)).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Sends an A-ABORT (PS3.8 §9.3.8) and ends our side of the connection. What the peer still sends is read and ignored until it closes its side, or somebody disposes this.</summary>
    public async Task AbortAsync(Violation why)
    {
        if (Interlocked.Exchange(ref _aborted, 1) != 0)
        {
            return;
        }

        _events.Aborting(why);
        _reader.Phase = AssociationPhase.Over;
        var entered = await _writing.WaitAsync(s_abortTime).ConfigureAwait(false);
        try
        {
            if (entered)
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
        }
    }

    Violation? IPduEvents.Pdu(ReadOnlySpan<byte> pdu)
    {
        if (pdu[0] == PduType.AssociateRequest && _events.AssociationRequested(pdu) is { } violation)
        {
            return violation;
        }

        _forward.Write(pdu);
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
                }
                else if (_forward.WrittenCount > 0)
                {
                    return Forward(destination);
                }
                else if (_buffer.Length < LargeBuffer && _reader.Expected > SmallBuffer)
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
            await _network.WriteAsync(bytes).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            throw new IOException(e.Message, e);
        }
        finally
        {
            Volatile.Write(ref _writingSince, 0);
            Touch();
        }
    }

    /// <summary>Puts PDUs of one fragment each into the buffer, and sends what is in it whenever that is much. Gives the bytes that are in it at the end.</summary>
    private async ValueTask<int> PutAsync(int count, byte contextId, ReadOnlyMemory<byte> bytes, byte control)
    {
        // Fragments are of even length (PS3.8 §9.3.5.1). A peer that says it takes less than a few bytes cannot be served.
        var limit = PeerMaxDataLength == 0 ? DefaultOutgoingLength : Math.Clamp(PeerMaxDataLength, PduType.FragmentHeaderLength + 2, DefaultOutgoingLength);
        var longest = (int)(limit - PduType.FragmentHeaderLength) & ~1;
        do
        {
            var part = bytes[..Math.Min(bytes.Length, longest)];
            bytes = bytes[part.Length..];
            var whole = count + PduType.HeaderLength + PduType.FragmentHeaderLength + part.Length;
            if (whole > MaxPiece && count > 0)
            {
                await SendAsync(_message.AsMemory(0, count)).ConfigureAwait(false);
                (whole, count) = (whole - count, 0);
            }

            if (_message.Length < whole)
            {
                Array.Resize(ref _message, Math.Max(whole, _message.Length * 2));
            }

            var pdu = _message.AsSpan(count, whole - count);
            pdu[0] = PduType.Data;
            pdu[1] = 0;
            BinaryPrimitives.WriteInt32BigEndian(pdu[2..], part.Length + PduType.FragmentHeaderLength);
            BinaryPrimitives.WriteInt32BigEndian(pdu[6..], part.Length + 2);
            pdu[10] = contextId;
            pdu[11] = (byte)(control | (bytes.IsEmpty ? PduType.LastFragment : 0));
            part.Span.CopyTo(pdu[12..]);
            count = whole;
        }
        while (!bytes.IsEmpty);

        return count;
    }
}
