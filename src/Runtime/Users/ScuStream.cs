using System.Buffers;
using System.Buffers.Binary;

namespace Specgen;

/// <summary>
/// The network as fo-dicom's service of a user sees it. Reading passes through, as long as PDUs are not larger than they may be: fo-dicom makes room for whatever their length says. Writing is watched PDU by PDU for two things that fo-dicom cannot do:
/// a data set that goes out straight from a file (<see cref="SendNext"/>), and our own maximum length in the A-ASSOCIATE-RQ, which fo-dicom takes from a default of its own.
/// A write that makes no progress for the time-out fails.
/// </summary>
internal sealed class ScuStream(Stream network, uint maxPduLength, TimeSpan writeTimeout) : Stream
{
    private const byte AssociateRq = 0x01, PDataTf = 0x04, Abort = 0x07, CommandFragment = 0x01, LastData = 0x02;
    private const int PduHeader = 6;

    private readonly PduLengths _received = new(maxPduLength);
    private byte[] _pdu = [];
    private int _length;
    private bool _associated;
    private volatile DataSetSource? _source;
    private volatile TaskCompletionSource? _file;
    private volatile bool _broken;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>
    /// The data set of the next message of its presentation context, which must be small enough for one fragment, only stands in for this one, and is not sent. <see cref="SendFileAsync"/> follows
    /// when <see cref="DataSetSource.CommandSent"/> says so. In between, and until the file is sent, every other write waits: messages do not mix.
    /// </summary>
    public void SendNext(DataSetSource source) => _source = source;

    /// <summary>Takes back what was not sent.</summary>
    public void SendNothing()
    {
        _source = null;
        Interlocked.Exchange(ref _file, null)?.TrySetResult();
    }

    /// <summary>The file's data set, in fragments as large as the peer takes.</summary>
    public async Task SendFileAsync(DataSetSource source)
    {
        // One fragment is read ahead, because the last one is marked as such.
        const int header = 12;
        var fragment = ArrayPool<byte>.Shared.Rent(header + source.FragmentSize);
        var next = ArrayPool<byte>.Shared.Rent(header + source.FragmentSize);
        try
        {
            var length = await source.ReadAsync(fragment.AsMemory(header, source.FragmentSize)).ConfigureAwait(false);
            while (true)
            {
                var nextLength = length < source.FragmentSize ? 0 : await source.ReadAsync(next.AsMemory(header, source.FragmentSize)).ConfigureAwait(false);
                var isLast = nextLength == 0;
                if ((length & 1) != 0)
                {
                    // The end of a deflated data set (PS3.5 A.5); a fragment's length is even (PS3.8 §9.3.5.1).
                    fragment[header + length++] = 0;
                }

                WriteHeaders(fragment, source.ContextId, length, isLast);
                await SendAsync(fragment.AsMemory(0, header + length), CancellationToken.None).ConfigureAwait(false);
                if (isLast)
                {
                    return;
                }

                (fragment, next, length) = (next, fragment, nextLength);
            }
        }
        catch when (!_broken)
        {
            // Half a data set cannot be taken back. Between two PDUs there is a place for the A-ABORT (PS3.8 §9.3.8), and for nothing after it.
            await SendAsync(new byte[] { Abort, 0, 0, 0, 0, 4, 0, 0, 0, 0 }, CancellationToken.None).ConfigureAwait(false);
            _broken = true;
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(fragment);
            ArrayPool<byte>.Shared.Return(next);
            SendNothing();
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await network.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (!_received.Accept(buffer.Span[..count]))
        {
            await SendAsync(new byte[] { Abort, 0, 0, 0, 0, 4, 0, 0, 2, 6 }, CancellationToken.None).ConfigureAwait(false);
            _broken = true;
            throw new InvalidDataException($"The peer sent a PDU of {_received.LastLength} bytes, more than it may (PS3.8 D.1).");
        }

        return count;
    }

    /// <summary>fo-dicom writes PDUs without waiting asynchronously; so be it.</summary>
    public override void Write(byte[] buffer, int offset, int count) => WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _associated && _source is null && _length == 0 ? SendAsync(buffer, cancellationToken) : WatchAsync(buffer, cancellationToken);

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            network.Dispose();
            SendNothing();
        }

        base.Dispose(disposing);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        // What follows a PDU that was not sent whole would be read as its rest; and fo-dicom flushes its buffer when it is disposed of.
        if (_broken)
        {
            throw new IOException("The connection is broken: a PDU was not sent whole.");
        }

        try
        {
            await SendPartsAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _broken = true;
            if (e is ObjectDisposedException)
            {
                throw new IOException("The connection was closed on this side.", e);
            }

            throw;
        }
    }

    private async ValueTask SendPartsAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        // Parts, so that the time-out measures progress and not the size of what is sent.
        const int part = 1024 * 1024;
        for (var offset = 0; offset < bytes.Length; offset += part)
        {
            var next = bytes.Slice(offset, Math.Min(part, bytes.Length - offset));
            var write = network.WriteAsync(next, cancellationToken);
            if (write.IsCompletedSuccessfully)
            {
                continue;
            }

            try
            {
                await write.AsTask().WaitAsync(writeTimeout, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException e)
            {
                // The write itself cannot be taken back: with the stream it ends.
                await network.DisposeAsync().ConfigureAwait(false);
                throw new IOException($"The peer has taken no data for {writeTimeout}.", e);
            }
        }
    }

    /// <summary>Collects PDUs whole, and sends each as it is or changed.</summary>
    private async ValueTask WatchAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            bytes = Collect(bytes, PduHeader);
            if (_length < PduHeader)
            {
                return;
            }

            var whole = PduHeader + BinaryPrimitives.ReadInt32BigEndian(_pdu.AsSpan(2));
            bytes = Collect(bytes, whole);
            if (_length < whole)
            {
                return;
            }

            _length = 0;
            var pdu = _pdu.AsMemory(0, whole);
            if (pdu.Span[0] == AssociateRq)
            {
                SetMaxPduLength(pdu.Span);
                _associated = true;
            }

            await SendPduAsync(pdu, cancellationToken).ConfigureAwait(false);
        }
    }

    private ReadOnlyMemory<byte> Collect(ReadOnlyMemory<byte> bytes, int upTo)
    {
        var count = Math.Min(upTo - _length, bytes.Length);
        if (count <= 0)
        {
            return bytes;
        }

        if (_pdu.Length < upTo)
        {
            Array.Resize(ref _pdu, Math.Max(upTo, 4096));
        }

        bytes[..count].CopyTo(_pdu.AsMemory(_length));
        _length += count;
        return bytes[count..];
    }

    /// <summary>Fragments go out as they are, without those of the data set that stands in for the file's; after its last, only the file's data set, until it is sent.</summary>
    private async ValueTask SendPduAsync(Memory<byte> pdu, CancellationToken cancellationToken)
    {
        var source = _source;
        var ownLength = source is not null && pdu.Span[0] == PDataTf ? DropData(pdu.Span, source.ContextId, out var isLast) : SendAll(pdu.Length, out isLast);
        if (ownLength > PduHeader)
        {
            if (_file is { } file)
            {
                await file.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            BinaryPrimitives.WriteInt32BigEndian(pdu.Span[2..], ownLength - PduHeader);
            await SendAsync(pdu[..ownLength], cancellationToken).ConfigureAwait(false);
        }

        // fo-dicom marks two fragments as the last where the transfer syntax is deflated: the second is dropped like the first.
        if (isLast && _file is null)
        {
            _file = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            source!.OnCommandSent();
        }
    }

    private static int SendAll(int length, out bool isLast)
    {
        isLast = false;
        return length;
    }

    /// <summary>Moves what is left together, and gives its length.</summary>
    private static int DropData(Span<byte> pdu, byte contextId, out bool isLast)
    {
        isLast = false;
        var kept = PduHeader;
        for (var position = PduHeader; position < pdu.Length;)
        {
            var length = 4 + BinaryPrimitives.ReadInt32BigEndian(pdu[position..]);
            var flags = pdu[position + 5];
            if (pdu[position + 4] == contextId && (flags & CommandFragment) == 0)
            {
                isLast |= flags == LastData;
            }
            else
            {
                pdu.Slice(position, length).CopyTo(pdu[kept..]);
                kept += length;
            }

            position += length;
        }

        return kept;
    }

    private static void WriteHeaders(Span<byte> pdu, byte contextId, int length, bool isLast)
    {
        pdu[0] = PDataTf;
        pdu[1] = 0;
        BinaryPrimitives.WriteInt32BigEndian(pdu[2..], length + 6);
        BinaryPrimitives.WriteInt32BigEndian(pdu[6..], length + 2);
        pdu[10] = contextId;
        pdu[11] = isLast ? LastData : (byte)0;
    }

    /// <summary>Variable items begin at byte 74 (PS3.8 Table 9-11); maximum length is the sub-item 51H of the user information, 50H (Table D.1-1).</summary>
    private void SetMaxPduLength(Span<byte> pdu)
    {
        const int firstItem = 74;
        for (var item = firstItem; item + 4 <= pdu.Length; item += 4 + BinaryPrimitives.ReadUInt16BigEndian(pdu[(item + 2)..]))
        {
            if (pdu[item] != 0x50)
            {
                continue;
            }

            for (var sub = item + 4; sub + 8 <= pdu.Length; sub += 4 + BinaryPrimitives.ReadUInt16BigEndian(pdu[(sub + 2)..]))
            {
                if (pdu[sub] == 0x51)
                {
                    BinaryPrimitives.WriteUInt32BigEndian(pdu[(sub + 4)..], maxPduLength);
                    return;
                }
            }
        }
    }
}
