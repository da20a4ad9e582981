using System.Buffers.Binary;
using System.Text;
using Specgen.Testing;

namespace Specgen.Runtime.Tests.Scu;

/// <summary>A provider of bytes on a port of its own, of which a test says what it does.</summary>
internal sealed class RawPeer(Func<RawConnection, Task> script) : IAsyncDisposable
{
    private readonly RoughProvider _provider = RoughProvider.Listen(peer => script(new RawConnection(peer)));

    public int Port => _provider.Port;

    /// <summary>Waits until the script has been played to its end.</summary>
    public Task WhenOverAsync() => _provider.WhenOverAsync();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}

/// <summary>What these tests say to a peer of bytes: PDUs by their type, command sets by their elements' tags.</summary>
internal sealed class RawConnection(RoughPeer peer)
{
    public const byte Rq = Pdu.AssociateRequest, Ac = Pdu.AssociateAccept, Rj = Pdu.AssociateReject, Data = Pdu.Data, ReleaseRq = Pdu.ReleaseRequest, ReleaseRp = Pdu.ReleaseResponse, Abort = Pdu.Abort;

    public RawConnection(Stream stream)
        : this(RoughPeer.Over(stream))
    {
    }

    public async Task<(byte Type, byte[] Body)> ReadAsync()
    {
        var (type, body) = await peer.TryReadAsync() ?? throw new EndOfStreamException();
        return (type, body);
    }

    public Task WriteAsync(byte type, params byte[] body) => peer.SendAsync(new Pdu(type, body));

    public Task WriteRawAsync(byte[] bytes) => peer.SendAsync(bytes);

    /// <summary>The beginning of a PDU, and a promise.</summary>
    public Task WriteHeaderAsync(byte type, int length) => peer.SendAsync(new Pdu(type, []).ToArray(length));

    /// <summary>Takes the association request and accepts every presentation context with its first transfer syntax.</summary>
    public async Task<byte[]> AcceptAsync(uint maxPduLength = 16384, byte[]? userItems = null) => (await peer.AcceptAsync(maxPduLength, userItems)).Body;

    /// <summary>The rest of the connection, to its end.</summary>
    public async Task<List<byte>> ReadTypesAsync() => [.. (await peer.ReadToEndAsync()).Select(static pdu => pdu.Type)];

    /// <summary>One message: its command set, its data set, the largest P-DATA-TF that has come.</summary>
    public async Task<(byte[] Command, byte[] Data, int LargestPdu, byte ContextId)> ReadMessageAsync(bool hasData)
    {
        var (context, command, data) = await peer.ReadMessageAsync();
        Assert.AreEqual(hasData, command.HasDataSet);
        return (command.ToArray(), data, peer.LongestData, context);
    }

    /// <summary>A response, or any other command set, in Implicit VR Little Endian.</summary>
    public Task WriteCommandAsync(byte contextId, params (uint Tag, byte[] Value)[] elements)
    {
        var command = new DimseCommand();
        foreach (var (tag, value) in elements)
        {
            command.Set((ushort)tag, value);
        }

        return peer.SendAsync(contextId, command);
    }

    public static byte[] Us(int value) => [(byte)value, (byte)(value >> 8)];

    public static byte[] Text(string value) => Encoding.ASCII.GetBytes(value.Length % 2 == 0 ? value : value + " ");

    public static byte[] Uid(string value) => Encoding.ASCII.GetBytes(value.Length % 2 == 0 ? value : value + "\0");

    /// <summary>An element's value in an implicit little endian command set.</summary>
    public static byte[] Element(byte[] command, uint tag)
    {
        for (var at = 0; at < command.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(command.AsSpan(at + 4));
            if ((uint)(BinaryPrimitives.ReadUInt16LittleEndian(command.AsSpan(at)) << 16 | BinaryPrimitives.ReadUInt16LittleEndian(command.AsSpan(at + 2))) == tag)
            {
                return command[(at + 8)..(at + 8 + length)];
            }

            at += 8 + length;
        }

        return [];
    }

    public static List<(byte Type, ReadOnlyMemory<byte> Value)> Items(ReadOnlyMemory<byte> bytes)
    {
        var items = new List<(byte, ReadOnlyMemory<byte>)>();
        for (var at = 0; at + 4 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.Span[(at + 2)..]);
            items.Add((bytes.Span[at], bytes.Slice(at + 4, length)));
            at += 4 + length;
        }

        return items;
    }
}
