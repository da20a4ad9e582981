using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Specgen.Benchmarks;

/// <summary>A user of a service in Implicit VR Little Endian that does as little as a user can, so that what is measured is the server. What it gets by C-GET it throws away.</summary>
internal sealed class RawUser : IDisposable
{
    private const byte Context = 1, StorageContext = 3;
    private const ushort Store = 0x0001;
    private static readonly byte[] s_release = [5, 0, 0, 0, 0, 4, 0, 0, 0, 0];

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[32 * 1024];
    private int _start;
    private int _end;
    private ushort _stored;

    public RawUser(int port, byte[] associateRequest)
    {
        _socket.Connect(IPAddress.Loopback, port);
        _socket.Send(associateRequest);
        if (ReadPdu()[0] != 2)
        {
            throw new InvalidOperationException("The association was not accepted.");
        }
    }

    /// <summary>An A-ASSOCIATE-RQ (PS3.8 §9.3.2).</summary>
    /// <param name="abstractSyntax">What it is for.</param>
    /// <param name="stored">The SOP class of what arrives by C-GET, if anything does, in Explicit VR Little Endian: the user is its SCP (PS3.7 §D.3.3.4).</param>
    /// <param name="transferSyntax">How the user encodes.</param>
    /// <param name="called">Whom it calls.</param>
    public static byte[] AssociateRequest(string abstractSyntax, string? stored = null, string transferSyntax = "1.2.840.10008.1.2", string called = "BENCH")
    {
        byte[] storage = [], role = [];
        if (stored is not null)
        {
            var uid = Encoding.ASCII.GetBytes(stored);
            storage = Item(0x20, [StorageContext, 0, 0, 0, .. Item(0x30, uid), .. Item(0x40, "1.2.840.10008.1.2.1"u8)]);
            role = Item(0x54, [0, (byte)uid.Length, .. uid, 0, 1]);
        }

        byte[] context = [Context, 0, 0, 0, .. Item(0x30, Encoding.ASCII.GetBytes(abstractSyntax)), .. Item(0x40, Encoding.ASCII.GetBytes(transferSyntax))];
        byte[] body =
        [
            0, 1, 0, 0, .. Encoding.ASCII.GetBytes(called.PadRight(16) + "USER".PadRight(16)), .. new byte[32],
            .. Item(0x10, "1.2.840.10008.3.1.1.1"u8), .. Item(0x20, context), .. storage, .. Item(0x50, [.. Item(0x51, [0, 2, 0, 0]), .. Item(0x52, "1.2.3"u8), .. role]),
        ];
        return Pdu(1, body);
    }

    /// <summary>A command set, and a data set where there is one, in a PDU (PS3.7 §6.3.1).</summary>
    /// <param name="field">Command Field (0000,0100).</param>
    /// <param name="sopClass">Affected SOP Class UID (0000,0002).</param>
    /// <param name="dataSet">Encoded; empty for none.</param>
    public static byte[] Message(ushort field, string sopClass, byte[] dataSet)
    {
        byte[] elements =
        [
            .. Element(0x0002, Uid(sopClass)), .. Element(0x0100, UInt16(field)), .. Element(0x0110, UInt16(1)), .. Element(0x0700, UInt16(0)), .. Element(0x0800, UInt16((ushort)(dataSet.Length == 0 ? 0x0101 : 1))),
        ];
        byte[] command = [.. Element(0x0000, [.. UInt16((ushort)elements.Length), 0, 0]), .. elements];
        return Pdu(4, dataSet.Length == 0 ? Fragment(3, command) : [.. Fragment(3, command), .. Fragment(2, dataSet)]);
    }

    /// <summary>A C-STORE-RQ (PS3.7 §9.3.1.1) with its data set, in PDUs that any receiver takes.</summary>
    public static byte[] StoreRequest(string sopClass, string sopInstance, ReadOnlySpan<byte> dataSet)
    {
        const int Longest = 16_000;
        byte[] elements =
        [
            .. Element(0x0002, Uid(sopClass)), .. Element(0x0100, UInt16(Store)), .. Element(0x0110, UInt16(1)), .. Element(0x0700, UInt16(0)), .. Element(0x0800, UInt16(1)), .. Element(0x1000, Uid(sopInstance)),
        ];
        List<byte> message = [.. Pdu(4, Fragment(3, [.. Element(0x0000, [.. UInt16((ushort)elements.Length), 0, 0]), .. elements]))];
        for (; !dataSet.IsEmpty; dataSet = dataSet[Math.Min(Longest, dataSet.Length)..])
        {
            message.AddRange(Pdu(4, Fragment((byte)(dataSet.Length <= Longest ? 2 : 0), dataSet[..Math.Min(Longest, dataSet.Length)].ToArray())));
        }
        return [.. message];
    }

    /// <summary>Sends a request and reads responses up to the last one; gives how many matches came before that, or how many instances.</summary>
    public int Ask(byte[] message)
    {
        _socket.Send(message);
        for (var pending = 0; ;)
        {
            var pdu = ReadPdu();
            if (pdu[0] != 4)
            {
                throw new InvalidOperationException($"A PDU of type {pdu[0]:X2}H came instead of a response.");
            }

            for (var rest = pdu[6..]; !rest.IsEmpty;)
            {
                var length = BinaryPrimitives.ReadInt32BigEndian(rest);
                var (isCommand, isLast) = ((rest[5] & 1) != 0, (rest[5] & 2) != 0);
                var value = rest[6..(length + 4)];
                if (isCommand && Number(value, 0x0100) == Store)
                {
                    _stored = Number(value, 0x0110);
                }
                else if (isCommand)
                {
                    var status = Number(value, 0x0900);
                    if ((status & 0xFF00) != 0xFF00)
                    {
                        return status == 0 ? pending : throw new InvalidOperationException($"Status {status:X4}H.");
                    }

                    // Pending responses of C-GET come as often as the server likes.
                    pending += Number(value, 0x0100) == 0x8020 ? 1 : 0;
                }
                else if (isLast && rest[4] == StorageContext)
                {
                    _socket.Send(Stored(_stored));
                    pending++;
                }

                rest = rest[(length + 4)..];
            }
        }
    }

    public void Release()
    {
        _socket.Send(s_release);
        if (ReadPdu()[0] != 6)
        {
            throw new InvalidOperationException("The association was not released.");
        }
    }

    public void Dispose() => _socket.Dispose();

    private ReadOnlySpan<byte> ReadPdu()
    {
        while (true)
        {
            var have = _end - _start;
            if (have >= 6)
            {
                var whole = 6 + BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start + 2));
                if (have >= whole)
                {
                    var pdu = _buffer.AsSpan(_start, whole);
                    _start += whole;
                    return pdu;
                }

                if (whole > _buffer.Length)
                {
                    Array.Resize(ref _buffer, whole * 2);
                }
            }

            _buffer.AsSpan(_start, have).CopyTo(_buffer);
            (_start, _end) = (0, have);
            var read = _socket.Receive(_buffer, _end, _buffer.Length - _end, SocketFlags.None);
            _end += read > 0 ? read : throw new InvalidOperationException("The server closed the connection.");
        }
    }

    /// <summary>A C-STORE-RSP of success (PS3.7 §9.3.1.2).</summary>
    private static byte[] Stored(ushort messageId)
    {
        byte[] elements = [.. Element(0x0100, UInt16(0x8000 | Store)), .. Element(0x0120, UInt16(messageId)), .. Element(0x0800, UInt16(0x0101)), .. Element(0x0900, UInt16(0))];
        var pdu = Pdu(4, Fragment(3, [.. Element(0x0000, [.. UInt16((ushort)elements.Length), 0, 0]), .. elements]));
        pdu[10] = StorageContext;
        return pdu;
    }

    /// <summary>The value of an element of a command set.</summary>
    private static ushort Number(ReadOnlySpan<byte> command, ushort element)
    {
        while (BinaryPrimitives.ReadUInt16LittleEndian(command[2..]) != element)
        {
            command = command[(8 + BinaryPrimitives.ReadInt32LittleEndian(command[4..]))..];
        }

        return BinaryPrimitives.ReadUInt16LittleEndian(command[8..]);
    }

    private static byte[] Element(ushort element, byte[] value) => [0, 0, .. UInt16(element), .. UInt16((ushort)value.Length), 0, 0, .. value];

    private static byte[] Uid(string uid) => [.. Encoding.ASCII.GetBytes(uid), .. uid.Length % 2 == 0 ? Array.Empty<byte>() : [0]];

    private static byte[] UInt16(ushort value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Fragment(byte control, byte[] bytes)
    {
        byte[] fragment = [0, 0, 0, 0, Context, control, .. bytes];
        BinaryPrimitives.WriteInt32BigEndian(fragment, bytes.Length + 2);
        return fragment;
    }

    private static byte[] Item(byte type, ReadOnlySpan<byte> value) => [type, 0, (byte)(value.Length >> 8), (byte)value.Length, .. value];

    private static byte[] Pdu(byte type, byte[] body)
    {
        byte[] pdu = [type, 0, 0, 0, 0, 0, .. body];
        BinaryPrimitives.WriteInt32BigEndian(pdu.AsSpan(2), body.Length);
        return pdu;
    }
}
