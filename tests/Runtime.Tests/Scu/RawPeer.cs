using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Specgen.Runtime.Tests.Standard;

namespace Specgen.Runtime.Tests.Scu;

/// <summary>A peer that does what a test tells it, byte by byte: for everything that a well-behaved one does not do.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _run;
    private volatile TcpClient? _client;

    public RawPeer(Func<RawConnection, Task> script)
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _run = RunAsync(script);
    }

    public int Port { get; }

    /// <summary>Waits until the script has been played to its end.</summary>
    public Task WhenOverAsync() => _run.WaitAsync(TimeSpan.FromSeconds(10));

    public async ValueTask DisposeAsync()
    {
        // A failed test must not wait for a script that waits for the test.
        var ended = _run.WaitAsync(TimeSpan.FromSeconds(5));
        if (await Task.WhenAny(ended, Task.Delay(TimeSpan.FromSeconds(3))) != ended)
        {
            _client?.Dispose();
        }

        _listener.Stop();
        await _run.WaitAsync(TimeSpan.FromSeconds(5));
    }

    private async Task RunAsync(Func<RawConnection, Task> script)
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync();
            client.NoDelay = true;
            _client = client;
            await script(new RawConnection(client.GetStream()));
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // The other side is free to hang up on a peer like this.
        }
    }
}

internal sealed class RawConnection(NetworkStream stream)
{
    public const byte Rq = 1, Ac = 2, Rj = 3, Data = 4, ReleaseRq = 5, ReleaseRp = 6, Abort = 7;

    public async Task<(byte Type, byte[] Body)> ReadAsync()
    {
        var header = new byte[6];
        await stream.ReadExactlyAsync(header);
        var body = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(2))];
        await stream.ReadExactlyAsync(body);
        return (header[0], body);
    }

    public async Task WriteAsync(byte type, params byte[] body)
    {
        var pdu = new byte[6 + body.Length];
        pdu[0] = type;
        BinaryPrimitives.WriteInt32BigEndian(pdu.AsSpan(2), body.Length);
        body.CopyTo(pdu, 6);
        await stream.WriteAsync(pdu);
    }

    public Task WriteRawAsync(byte[] bytes) => stream.WriteAsync(bytes).AsTask();

    /// <summary>The beginning of a PDU, and a promise.</summary>
    public async Task WriteHeaderAsync(byte type, int length)
    {
        var header = new byte[6];
        header[0] = type;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(2), length);
        await stream.WriteAsync(header);
    }

    /// <summary>Takes the association request and accepts every presentation context with its first transfer syntax.</summary>
    public async Task<byte[]> AcceptAsync(uint maxPduLength = 16384, byte[]? userItems = null)
    {
        var (type, rq) = await ReadAsync();
        Assert.AreEqual(Rq, type);
        var ac = new MemoryStream();
        ac.Write(rq, 0, 68);
        ac.Write(Item(0x10, Encoding.ASCII.GetBytes("1.2.840.10008.3.1.1.1")));
        foreach (var (itemType, value) in Items(rq.AsMemory(68)).Where(static i => i.Type == 0x20))
        {
            var syntax = Items(value[4..]).First(static i => i.Type == 0x40).Value;
            ac.Write(Item(0x21, [value.Span[0], 0, 0, 0, .. Item(0x40, syntax.ToArray())]));
        }

        var max = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(max, maxPduLength);
        ac.Write(Item(0x50, [.. Item(0x51, max), .. Item(0x52, Encoding.ASCII.GetBytes("1.2.3")), .. userItems ?? []]));
        await WriteAsync(Ac, ac.ToArray());
        return rq;
    }

    /// <summary>The rest of the connection, to its end.</summary>
    public async Task<List<byte>> ReadTypesAsync()
    {
        var types = new List<byte>();
        try
        {
            while (true)
            {
                types.Add((await ReadAsync()).Type);
            }
        }
        catch (IOException)
        {
            return types;
        }
    }

    /// <summary>One message: its command set, its data set, the largest P-DATA-TF that it came in.</summary>
    public async Task<(byte[] Command, byte[] Data, int LargestPdu, byte ContextId)> ReadMessageAsync(bool hasData)
    {
        var command = new MemoryStream();
        var data = new MemoryStream();
        var largest = 0;
        byte contextId = 0;
        while (true)
        {
            var (type, body) = await ReadAsync();
            Assert.AreEqual(Data, type);
            largest = Math.Max(largest, body.Length);
            for (var at = 0; at < body.Length;)
            {
                var length = BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(at));
                contextId = body[at + 4];
                var flags = body[at + 5];
                ((flags & 1) != 0 ? command : data).Write(body, at + 6, length - 2);
                at += 4 + length;
                if (flags == (hasData ? 2 : 3))
                {
                    return (command.ToArray(), data.ToArray(), largest, contextId);
                }
            }
        }
    }

    /// <summary>A response, or any other command set, in Implicit VR Little Endian.</summary>
    public Task WriteCommandAsync(byte contextId, params (uint Tag, byte[] Value)[] elements)
    {
        var command = new MemoryStream();
        var header = new byte[8];
        foreach (var (tag, value) in elements)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)(tag >> 16));
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), (ushort)tag);
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), value.Length);
            command.Write(header);
            command.Write(value);
        }

        var pdv = new byte[6 + command.Length];
        BinaryPrimitives.WriteInt32BigEndian(pdv, (int)command.Length + 2);
        pdv[4] = contextId;
        pdv[5] = 3;
        command.ToArray().CopyTo(pdv, 6);
        return WriteAsync(Data, pdv);
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

    private static byte[] Item(byte type, byte[] value) => [type, 0, (byte)(value.Length >> 8), (byte)value.Length, .. value];
}
