using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Specgen.Interop.Tests.Wire;

/// <summary>A peer made of bytes: it says what it is told to, right or wrong, and reads what comes back.</summary>
internal sealed class RawPeer : IDisposable
{
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;
    private readonly Queue<(byte Flags, ReadOnlyMemory<byte> Bytes)> _fragments = [];

    private RawPeer(TcpClient client)
    {
        _client = client;
        _client.NoDelay = true;
        _stream = client.GetStream();
    }

    public static async Task<RawPeer> ConnectAsync(int port)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        return new RawPeer(client);
    }

    /// <summary>Connects and negotiates; fails when the association is not accepted.</summary>
    public static async Task<RawPeer> AssociateAsync(int port, string called, params Context[] contexts)
    {
        var peer = await ConnectAsync(port);
        await peer.SendAsync(Pdu.AssociateRequest(called, "RAW", contexts));
        var answer = await peer.ReceiveAsync();
        Assert.IsNotNull(answer, "The connection was closed instead of an answer to the association request.");
        Assert.AreEqual(PduType.AssociateAccept, answer.Type);
        foreach (var (context, result) in answer.Results())
        {
            Assert.AreEqual(0, result, $"Presentation context {context} was not accepted.");
        }
        return peer;
    }

    public static async Task<RawPeer> AcceptAsync(TcpListener listener) => new(await listener.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(30)));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes);

    public Task SendCommandAsync(byte context, CommandSet command) => SendAsync(Pdu.Data(context, isCommand: true, isLast: true, command.Encode()));

    public async Task SendDataSetAsync(byte context, ReadOnlyMemory<byte> dataSet, int fragment = 16_000)
    {
        for (var at = 0; at < dataSet.Length; at += fragment)
        {
            var part = dataSet.Slice(at, Math.Min(fragment, dataSet.Length - at));
            await SendAsync(Pdu.Data(context, isCommand: false, isLast: at + part.Length == dataSet.Length, part.Span));
        }
    }

    /// <summary>The next PDU; null when the peer closes the connection.</summary>
    public async Task<Pdu?> ReceiveAsync(int seconds = 20)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            var head = new byte[6];
            if (await _stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, limit.Token) < head.Length)
            {
                return null;
            }
            var body = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(2))];
            await _stream.ReadExactlyAsync(body, limit.Token);
            return new Pdu((PduType)head[0], body);
        }
        catch (IOException)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            throw new AssertFailedException($"The peer says nothing for {seconds} s.");
        }
    }

    /// <summary>The next message: its command set, and the data set when there is one.</summary>
    public async Task<(CommandSet Command, byte[] DataSet)> ReceiveMessageAsync(int seconds = 20)
    {
        var command = CommandSet.Decode(await ReceivePartAsync(isCommand: true, seconds));
        return (command, command.HasDataSet ? await ReceivePartAsync(isCommand: false, seconds) : []);
    }

    public async Task ReleaseAsync()
    {
        await SendAsync(Pdu.ReleaseRequest());
        var answer = await ReceiveAsync();
        Assert.AreEqual(PduType.ReleaseResponse, answer?.Type);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }

    private async Task<byte[]> ReceivePartAsync(bool isCommand, int seconds)
    {
        using var whole = new MemoryStream();
        while (true)
        {
            // One PDU may carry the end of a command set and the beginning of its data set.
            while (_fragments.TryDequeue(out var fragment))
            {
                Assert.AreEqual(isCommand, (fragment.Flags & 1) != 0, "A command fragment where data was due, or the other way round.");
                whole.Write(fragment.Bytes.Span);
                if ((fragment.Flags & 2) != 0)
                {
                    return whole.ToArray();
                }
            }
            var pdu = await ReceiveAsync(seconds) ?? throw new AssertFailedException("The connection was closed instead of a message.");
            Assert.AreEqual(PduType.Data, pdu.Type, $"{pdu.Type} {Convert.ToHexString(pdu.Body)} instead of a message.");
            for (var at = 0; at < pdu.Body.Length;)
            {
                var length = BinaryPrimitives.ReadInt32BigEndian(pdu.Body.AsSpan(at));
                _fragments.Enqueue((pdu.Body[at + 5], pdu.Body.AsMemory(at + 6, length - 2)));
                at += 4 + length;
            }
        }
    }
}
