using System.Buffers.Binary;

namespace Specgen.Wire;

/// <summary>Cuts messages into PDUs of one fragment each (PS3.8 Annex E), and sends several of them at once where they are small. Not for several threads at once.</summary>
internal sealed class MessageWriter(Func<ReadOnlyMemory<byte>, ValueTask> send)
{
    private const int MaxPiece = 256 * 1024;
    private const int Headers = PduType.HeaderLength + PduType.FragmentHeaderLength;

    /// <summary>Of P-DATA-TF bytes on the way out, where the peer set no limit: more in a PDU gains nothing.</summary>
    private const uint DefaultLength = 256 * 1024;

    private byte[] _bytes = new byte[512];
    private int _count;

    /// <summary>The longest P-DATA-TF that the peer takes, in bytes without its header; 0 for any (PS3.8 D.1).</summary>
    public uint PeerMaxDataLength { get; set; }

    /// <summary>Something of the message has been given to the network: it cannot be taken back.</summary>
    public bool HasSent { get; private set; }

    /// <summary>Fragments are of even length (PS3.8 §9.3.5.1). A peer that says it takes less than a few bytes cannot be served.</summary>
    private int Longest
    {
        get
        {
            var limit = PeerMaxDataLength == 0 ? DefaultLength : Math.Clamp(PeerMaxDataLength, PduType.FragmentHeaderLength + 2, DefaultLength);
            return (int)(limit - PduType.FragmentHeaderLength) & ~1;
        }
    }

    /// <summary>Puts a command set or a data set behind what is there already.</summary>
    public async ValueTask PutAsync(byte contextId, ReadOnlyMemory<byte> bytes, byte control)
    {
        var longest = Longest;
        do
        {
            var part = bytes[..Math.Min(bytes.Length, longest)];
            bytes = bytes[part.Length..];
            var room = await RoomAsync(part.Length).ConfigureAwait(false);
            part.CopyTo(room);
            End(contextId, part.Length, (byte)(control | (bytes.IsEmpty ? PduType.LastFragment : 0)));
        }
        while (!bytes.IsEmpty);
    }

    /// <summary>Puts a data set as it is read.</summary>
    /// <param name="contextId">Its presentation context.</param>
    /// <param name="dataSet">Stands at its first byte.</param>
    /// <param name="isPadded">It becomes even by a zero at its end. What was received with an odd length goes out as it came.</param>
    /// <param name="goOn">Throws where it is to end between two fragments.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnreadableDataSetException">It cannot be read.</exception>
    public async ValueTask PutAsync(byte contextId, Stream dataSet, bool isPadded, Action goOn, CancellationToken cancellationToken)
    {
        // One fragment is read ahead, because the last one is marked as such. Both have their place in the buffer, one behind the other.
        var longest = Longest;
        var room = await RoomAsync(longest).ConfigureAwait(false);
        var length = await ReadAsync(dataSet, room, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            goOn();
            var isLast = true;
            var nextLength = 0;
            if (length == longest)
            {
                // The headers of this fragment are written when it is known whether it is the last.
                _count += Headers + length;
                var next = await RoomAsync(longest, keep: Headers + length).ConfigureAwait(false);
                nextLength = await ReadAsync(dataSet, next, cancellationToken).ConfigureAwait(false);
                isLast = nextLength == 0;
                _count -= Headers + length;
            }

            // The end of a deflated data set may be odd in a file; it is padded on its way (PS3.5 A.5).
            if (isPadded && (length & 1) != 0)
            {
                _bytes[_count + Headers + length++] = 0;
            }

            End(contextId, length, isLast ? PduType.LastFragment : (byte)0);
            if (isLast)
            {
                return;
            }

            length = nextLength;
        }
    }

    /// <summary>Sends what is there.</summary>
    public async ValueTask FlushAsync()
    {
        var count = _count;
        _count = 0;
        HasSent = true;
        await send(_bytes.AsMemory(0, count)).ConfigureAwait(false);
    }

    /// <summary>Forgets what is there.</summary>
    public void Clear()
    {
        _count = 0;
        HasSent = false;
    }

    private static async ValueTask<int> ReadAsync(Stream dataSet, Memory<byte> room, CancellationToken cancellationToken)
    {
        try
        {
            return await dataSet.ReadAtLeastAsync(room, room.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new UnreadableDataSetException(e);
        }
    }

    /// <summary>Room for the bytes of one more fragment behind its headers; sends what is there, but for the last bytes to keep, where it would become much.</summary>
    private async ValueTask<Memory<byte>> RoomAsync(int length, int keep = 0)
    {
        if (_count - keep > 0 && _count + Headers + length > MaxPiece)
        {
            HasSent = true;
            await send(_bytes.AsMemory(0, _count - keep)).ConfigureAwait(false);
            _bytes.AsSpan(_count - keep, keep).CopyTo(_bytes);
            _count = keep;
        }

        var whole = _count + Headers + length;
        if (_bytes.Length < whole)
        {
            Array.Resize(ref _bytes, Math.Max(whole, _bytes.Length * 2));
        }

        return _bytes.AsMemory(_count + Headers, length);
    }

    private void End(byte contextId, int length, byte control)
    {
        var pdu = _bytes.AsSpan(_count);
        pdu[0] = PduType.Data;
        pdu[1] = 0;
        BinaryPrimitives.WriteInt32BigEndian(pdu[2..], length + PduType.FragmentHeaderLength);
        BinaryPrimitives.WriteInt32BigEndian(pdu[6..], length + 2);
        pdu[10] = contextId;
        pdu[11] = control;
        _count += Headers + length;
    }
}
