using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Specgen.Runtime.Tests.Scp;
using Specgen.Runtime.Tests.Scu;
using Specgen.Wire;

namespace Specgen.Runtime.Tests.Wire;

/// <summary>A requestor of associations that does what a test tells it, byte by byte.</summary>
internal sealed class Requestor : IDisposable
{
    public const string Implicit = "1.2.840.10008.1.2";
    public const string Explicit = "1.2.840.10008.1.2.1";
    public const ushort NoDataSet = 0x0101, WithDataSet = 0x0001;

    private readonly TcpClient _client;

    private Requestor(TcpClient client)
    {
        _client = client;
        Wire = new RawConnection(client.GetStream());
    }

    public RawConnection Wire { get; }

    public NetworkStream Stream => _client.GetStream();

    public static async Task<Requestor> ConnectAsync(int port)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, port);
        return new Requestor(client);
    }

    /// <summary>Opens an association; fails when the server does not accept it.</summary>
    public static async Task<Requestor> AssociateAsync(int port, params Proposal[] contexts)
    {
        var requestor = await ConnectAsync(port);
        await requestor.Stream.WriteAsync(AssociateRequest(contexts));
        var (type, body) = await requestor.ReadAsync();
        Assert.AreEqual(RawConnection.Ac, type);
        foreach (var context in contexts)
        {
            Assert.AreEqual(0, Result(body, context.Id), $"presentation context {context.Id}");
        }

        return requestor;
    }

    public static byte[] AssociateRequest(
        IEnumerable<Proposal> contexts, string called = "SERVER", string calling = "CLIENT", string applicationContext = "1.2.840.10008.3.1.1.1", byte version = 1, uint maxPduLength = 16384,
        byte[]? userItems = null, byte window = 0, byte[]? items = null, params (string Uid, byte Scu, byte Scp)[] roles)
    {
        using var body = new MemoryStream();
        body.Write([0, version, 0, 0]);
        body.Write(Encoding.ASCII.GetBytes(called.PadRight(16) + calling.PadRight(16)));
        body.Write(new byte[32]);
        body.Write(Item(0x10, Encoding.ASCII.GetBytes(applicationContext)));
        foreach (var context in contexts)
        {
            byte[] syntaxes = [.. context.TransferSyntaxes.SelectMany(static t => Item(0x40, Encoding.ASCII.GetBytes(t)))];
            body.Write(Item(0x20, [context.Id, 0, 0, 0, .. Item(0x30, Encoding.ASCII.GetBytes(context.AbstractSyntax)), .. syntaxes]));
        }

        var max = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(max, maxPduLength);
        byte[] selections = [.. roles.SelectMany(static r => Item(0x54, [0, (byte)r.Uid.Length, .. Encoding.ASCII.GetBytes(r.Uid), r.Scu, r.Scp]))];
        body.Write(Item(0x50, [.. Item(0x51, max), .. Item(0x52, "1.2.3"u8), .. Item(0x53, [0, window, 0, window]), .. selections, .. userItems ?? []]));
        body.Write(items);
        return Pdu(RawConnection.Rq, body.ToArray());
    }

    public static byte[] Pdu(byte type, ReadOnlySpan<byte> body) => new Testing.Pdu(type, body.ToArray()).ToArray();

    /// <summary>A fragment with its header (PS3.8 Table 9-23, E.2).</summary>
    public static byte[] Fragment(byte context, bool isCommand, bool isLast, ReadOnlySpan<byte> bytes) => Testing.Pdu.Fragment(context, isCommand, isLast, bytes).Body;

    public static byte[] Echo(ushort id) => Command(0x0030, id, "1.2.840.10008.1.1", NoDataSet).ToArray();

    public static byte[] Store(ushort id, string sopClass, string instance) => Command(0x0001, id, sopClass, WithDataSet).Uid(0x1000, instance).ToArray();

    public static byte[] Action(ushort id, string sopClass, string instance, ushort type, bool hasData) => new CommandWriter()
        .Uid(0x0003, sopClass).UInt16(0x0100, 0x0130).UInt16(0x0110, id).UInt16(0x0800, hasData ? WithDataSet : NoDataSet).Uid(0x1001, instance).UInt16(0x1008, type).ToArray();

    public static byte[] Event(ushort id, string sopClass, string instance, ushort type) =>
        Command(0x0100, id, sopClass, NoDataSet).Uid(0x1000, instance).UInt16(0x1002, type).ToArray();

    public static byte[] Cancel(ushort id) => new CommandWriter().UInt16(0x0100, 0x0FFF).UInt16(0x0120, id).UInt16(0x0800, NoDataSet).ToArray();

    public static byte[] Response(CommandSet request, ushort status) => new CommandWriter()
        .UInt16(0x0100, (ushort)(request.Field | 0x8000)).UInt16(0x0120, request.MessageId).UInt16(0x0800, NoDataSet).UInt16(0x0900, status).ToArray();

    public static CommandWriter Command(ushort field, ushort id, string sopClass, ushort dataSetType) =>
        new CommandWriter().Uid(0x0002, sopClass).UInt16(0x0100, field).UInt16(0x0110, id).UInt16(0x0800, dataSetType);

    public async Task<(byte Type, byte[] Body)> ReadAsync() => await Wire.ReadAsync().WaitAsync(TimeSpan.FromSeconds(20));

    public Task SendCommandAsync(byte context, byte[] command) => Wire.WriteAsync(RawConnection.Data, Fragment(context, isCommand: true, isLast: true, command));

    public async Task SendDataAsync(byte context, ReadOnlyMemory<byte> data, int fragment = 16_000, bool finish = true)
    {
        for (var at = 0; at < data.Length; at += fragment)
        {
            var part = data.Slice(at, Math.Min(fragment, data.Length - at));
            await Wire.WriteAsync(RawConnection.Data, Fragment(context, isCommand: false, finish && at + part.Length == data.Length, part.Span));
        }
    }

    public async Task<CommandSet> ReadCommandAsync()
    {
        using var whole = new MemoryStream();
        while (true)
        {
            var (type, body) = await ReadAsync();
            Assert.AreEqual(RawConnection.Data, type);
            Assert.AreEqual(1, body[5] & 1, "A fragment of a data set where a command was due.");
            whole.Write(body, 6, body.Length - 6);
            if ((body[5] & 2) != 0)
            {
                return CommandSet.Read(whole.ToArray()) ?? throw new AssertFailedException("No command set.");
            }
        }
    }

    public async Task<ushort> ReadStatusAsync() => (await ReadCommandAsync()).GetUInt16(0x0900)!.Value;

    /// <summary>Sends a C-ECHO, to see that the association lives.</summary>
    public async Task AssertLivesAsync(byte context, ushort id = 999)
    {
        await SendCommandAsync(context, Echo(id));
        var response = await ReadCommandAsync();
        Assert.AreEqual((0x8030, id, (ushort)0), (response.Field, response.MessageIdBeingRespondedTo, response.GetUInt16(0x0900)!.Value));
    }

    public async Task ReleaseAsync()
    {
        await Wire.WriteAsync(RawConnection.ReleaseRq, 0, 0, 0, 0);
        Assert.AreEqual(RawConnection.ReleaseRp, (await ReadAsync()).Type);
    }

    /// <summary>Reads to the end; the last thing before it must be an A-ABORT. Gives its source and reason.</summary>
    public async Task<(byte Source, byte Reason)> ReadAbortAsync()
    {
        var (type, body) = await ReadAsync();
        while (type == RawConnection.Data)
        {
            (type, body) = await ReadAsync();
        }

        Assert.AreEqual(RawConnection.Abort, type);
        await AssertClosedAsync();
        return (body[2], body[3]);
    }

    public async Task AssertClosedAsync()
    {
        try
        {
            Assert.AreEqual(0, await Stream.ReadAsync(new byte[1]).AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
        }
        catch (IOException)
        {
            // Reset: closed as well.
        }
    }

    /// <summary>PS3.8 Table 9-18: result/reason of a presentation context in an A-ASSOCIATE-AC; -1 when it is not there.</summary>
    public static int Result(byte[] accept, byte id) => new Testing.Pdu(RawConnection.Ac, accept).Results.TryGetValue(id, out var result) ? result : -1;

    public static string Syntax(byte[] accept, byte id) => new Testing.Pdu(RawConnection.Ac, accept).Answers.Single(answer => answer.Id == id).TransferSyntax;

    public static IReadOnlyList<byte[]> UserItems(byte[] accept, byte type) => new Testing.Pdu(RawConnection.Ac, accept).UserItems(type);

    public void Dispose() => _client.Dispose();

    public static byte[] Item(byte type, ReadOnlySpan<byte> value) => Testing.Pdu.Item(type, value);
}
