using System.Buffers.Binary;
using System.Net.Sockets;
using Specgen.Testing.Wire;

namespace Specgen.Testing;

/// <summary>
/// A peer made of bytes, on either side: it says what it is told to, right or wrong, and reads what comes back. It opens no association and answers nothing by itself, and has no
/// state machine. Waiting is bounded by <see cref="Patience"/>.
/// </summary>
public sealed class RoughPeer : IAsyncDisposable, IDisposable
{
    private readonly Stream _stream;
    private readonly Action _endSending;
    private readonly Queue<(byte Context, byte Control, ReadOnlyMemory<byte> Bytes)> _fragments = new();

    internal RoughPeer(Stream stream, Action endSending, Transcript transcript) => (_stream, _endSending, Transcript) = (stream, endSending, transcript);

    /// <summary>How long the other side may take for anything. Default 20 seconds, of the machine's clock.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Bytes in one write: 1 sends each byte on its own. 0 (the default) sends what it is given at once.</summary>
    public int WriteSize { get; set; }

    /// <summary>What went over the wire.</summary>
    public Transcript Transcript { get; }

    /// <summary>The longest P-DATA-TF that has come, in bytes without its header: shows how the other side uses the length that it was offered (PS3.8 D.1).</summary>
    public int LongestData { get; private set; }

    /// <summary>The bytes themselves.</summary>
    public Stream Stream => _stream;

    /// <summary>Connects to a server over TCP. To one in memory, <see cref="TestScp.ConnectRough"/> does.</summary>
    /// <param name="host">Host name or address.</param>
    /// <param name="port">TCP port.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    public static async Task<RoughPeer> ConnectAsync(string host, int port, CancellationToken cancellationToken = default)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        return Over(socket, isUser: true);
    }

    /// <summary>Connects to a server over TCP, and opens an association, which must be accepted with all of its presentation contexts.</summary>
    /// <param name="host">Host name or address.</param>
    /// <param name="port">TCP port.</param>
    /// <param name="calledAE">The server's AE title.</param>
    /// <param name="proposals">The presentation contexts.</param>
    /// <exception cref="RoughPeerException">It is not accepted.</exception>
    public static async Task<RoughPeer> AssociateAsync(string host, int port, string calledAE, params Proposal[] proposals)
    {
        var peer = await ConnectAsync(host, port).ConfigureAwait(false);
        try
        {
            await peer.AssociateAsync(calledAE, proposals).ConfigureAwait(false);
            return peer;
        }
        catch
        {
            peer.Dispose();
            throw;
        }
    }

    /// <summary>Accepts a connection to a listener of the test: for a server that is given the listener as one of its peers, and calls back.</summary>
    /// <param name="listener">The listener, which has been started.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static async Task<RoughPeer> AcceptAsync(TcpListener listener, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(listener);
        var socket = await listener.AcceptSocketAsync(cancellationToken).ConfigureAwait(false);
        socket.NoDelay = true;
        return Over(socket, isUser: false);
    }

    /// <summary>Sends bytes as they are.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="IOException">The other side has closed the connection.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var size = WriteSize > 0 ? WriteSize : Math.Max(bytes.Length, 1);
            for (var at = 0; at < bytes.Length; at += size)
            {
                await _stream.WriteAsync(bytes.Slice(at, Math.Min(size, bytes.Length - at)), limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException e)
        {
            throw Unexpected($"The other side has taken nothing for {Patience}.", e);
        }
    }

    /// <summary>Sends a PDU.</summary>
    /// <param name="pdu">The PDU.</param>
    /// <exception cref="IOException">The other side has closed the connection.</exception>
    public Task SendAsync(Pdu pdu)
    {
        ArgumentNullException.ThrowIfNull(pdu);
        return SendAsync(pdu.ToArray());
    }

    /// <summary>Sends a message: its command set, and where there is one its data set in fragments. Whether they belong to each other is not checked.</summary>
    /// <param name="context">The presentation context.</param>
    /// <param name="command">The command set.</param>
    /// <param name="dataSet">The encoded data set; <see langword="null"/> for none.</param>
    /// <param name="fragment">Bytes of a fragment of the data set.</param>
    /// <exception cref="IOException">The other side has closed the connection.</exception>
    public async Task SendAsync(byte context, DimseCommand command, ReadOnlyMemory<byte>? dataSet = null, int fragment = 16_000)
    {
        ArgumentNullException.ThrowIfNull(command);
        await SendAsync(Pdu.Fragment(context, isCommand: true, isLast: true, command.ToArray())).ConfigureAwait(false);
        if (dataSet is { } data)
        {
            await SendDataSetAsync(context, data, fragment).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a data set in fragments.</summary>
    /// <param name="context">The presentation context.</param>
    /// <param name="dataSet">The encoded data set.</param>
    /// <param name="fragment">Bytes of a fragment.</param>
    /// <param name="finish">Marks the last fragment as the last; otherwise the other side waits for more.</param>
    /// <exception cref="IOException">The other side has closed the connection.</exception>
    public async Task SendDataSetAsync(byte context, ReadOnlyMemory<byte> dataSet, int fragment = 16_000, bool finish = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fragment, 1);
        for (var at = 0; at == 0 || at < dataSet.Length; at += fragment)
        {
            var part = dataSet.Slice(at, Math.Min(fragment, dataSet.Length - at));
            await SendAsync(Pdu.Fragment(context, isCommand: false, finish && at + part.Length == dataSet.Length, part.Span)).ConfigureAwait(false);
        }
    }

    /// <summary>The next PDU.</summary>
    /// <returns>The PDU; <see langword="null"/> where the other side has closed the connection or the connection is broken.</returns>
    /// <exception cref="RoughPeerException">Nothing came in time.</exception>
    public async Task<Pdu?> TryReadAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var head = new byte[6];
            if (await _stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, limit.Token).ConfigureAwait(false) < head.Length)
            {
                return null;
            }

            var length = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(2));
            var body = length <= Array.MaxLength ? new byte[length] : throw Unexpected($"A PDU of {length} bytes came.");
            await _stream.ReadExactlyAsync(body, limit.Token).ConfigureAwait(false);
            if (head[0] == Pdu.Data)
            {
                LongestData = Math.Max(LongestData, body.Length);
            }

            return new Pdu(head[0], body);
        }
        catch (IOException)
        {
            return null;
        }
        catch (OperationCanceledException e)
        {
            throw Unexpected($"The other side says nothing for {Patience}.", e);
        }
    }

    /// <summary>The next PDU, which must come.</summary>
    /// <exception cref="RoughPeerException">Nothing came in time, or the connection was closed instead.</exception>
    public async Task<Pdu> ReadAsync() => await TryReadAsync().ConfigureAwait(false) ?? throw Unexpected("The connection was closed where a PDU was due.");

    /// <summary>The next PDU, which must be of a type.</summary>
    /// <param name="type">The type.</param>
    /// <exception cref="RoughPeerException">Something else came, or nothing.</exception>
    public async Task<Pdu> ReadAsync(byte type)
    {
        var pdu = await ReadAsync().ConfigureAwait(false);
        return pdu.Type == type ? pdu : throw Unexpected($"{pdu} came where {PduText.Of(new Pdu(type, []))} was due.");
    }

    /// <summary>The next message.</summary>
    /// <returns>Its presentation context, its command set, and its data set, which is empty where there is none.</returns>
    /// <exception cref="RoughPeerException">Something else came, or nothing.</exception>
    public async Task<(byte Context, DimseCommand Command, byte[] DataSet)> ReadMessageAsync()
    {
        var (context, bytes) = await ReadPartAsync(isCommand: true).ConfigureAwait(false);
        var command = DimseCommand.Decode(bytes);
        return (context, command, command.HasDataSet ? (await ReadPartAsync(isCommand: false).ConfigureAwait(false)).Bytes : []);
    }

    /// <summary>The status of the next message, which must be a response.</summary>
    /// <exception cref="RoughPeerException">Something else came, or nothing.</exception>
    public async Task<ushort> ReadStatusAsync()
    {
        var (_, command, _) = await ReadMessageAsync().ConfigureAwait(false);
        return command.UInt16(0x0900) ?? throw Unexpected($"{command} came where a response was due.");
    }

    /// <summary>All PDUs that still come, to the end of the connection.</summary>
    /// <exception cref="RoughPeerException">The connection is not closed in time.</exception>
    public async Task<IReadOnlyList<Pdu>> ReadToEndAsync()
    {
        var pdus = new List<Pdu>();
        while (await TryReadAsync().ConfigureAwait(false) is { } pdu)
        {
            pdus.Add(pdu);
        }

        return pdus;
    }

    /// <summary>Asks for an association, which must be accepted with all of its presentation contexts.</summary>
    /// <param name="calledAE">The other side's AE title.</param>
    /// <param name="proposals">The presentation contexts.</param>
    /// <returns>The A-ASSOCIATE-AC.</returns>
    /// <exception cref="RoughPeerException">It is not accepted.</exception>
    public async Task<Pdu> AssociateAsync(string calledAE, params Proposal[] proposals)
    {
        await SendAsync(Pdu.RequestAssociation(calledAE, "ROUGH", proposals)).ConfigureAwait(false);
        var accept = await ReadAsync(Pdu.AssociateAccept).ConfigureAwait(false);
        return proposals.All(proposal => accept.Results.TryGetValue(proposal.Id, out var result) && result == 0) ? accept : throw Unexpected($"{accept} does not accept all.");
    }

    /// <summary>Takes an association request, and accepts every presentation context with its first transfer syntax.</summary>
    /// <param name="maxLength">The longest P-DATA-TF that is offered (PS3.8 D.1).</param>
    /// <param name="userItems">Further sub-items of the user information.</param>
    /// <returns>The A-ASSOCIATE-RQ.</returns>
    /// <exception cref="RoughPeerException">None came.</exception>
    public async Task<Pdu> AcceptAsync(uint maxLength = 16384, byte[]? userItems = null)
    {
        var request = await ReadAsync(Pdu.AssociateRequest).ConfigureAwait(false);
        await SendAsync(Pdu.AcceptAssociation(request, null, maxLength, userItems)).ConfigureAwait(false);
        return request;
    }

    /// <summary>Releases the association: asks, and waits for the answer.</summary>
    /// <exception cref="RoughPeerException">The other side does something else.</exception>
    public async Task ReleaseAsync()
    {
        await SendAsync(Pdu.Short(Pdu.ReleaseRequest)).ConfigureAwait(false);
        await ReadAsync(Pdu.ReleaseResponse).ConfigureAwait(false);
    }

    /// <summary>Waits for the other side's release request, and answers it.</summary>
    /// <exception cref="RoughPeerException">The other side does something else.</exception>
    public async Task AnswerReleaseAsync()
    {
        await ReadAsync(Pdu.ReleaseRequest).ConfigureAwait(false);
        await SendAsync(Pdu.Short(Pdu.ReleaseResponse)).ConfigureAwait(false);
    }

    /// <summary>Aborts the association.</summary>
    /// <param name="source">0 for the service user, 2 for the service provider (PS3.8 §9.3.8).</param>
    /// <param name="reason">Why, where the source is 2.</param>
    public Task AbortAsync(byte source = 0, byte reason = 0) => SendAsync(Pdu.Short(Pdu.Abort, 0, source, reason));

    /// <summary>Closes this side of the connection only: the other side reads an end, and can still send.</summary>
    public void EndSending() => _endSending();

    /// <summary>Closes the connection, without a release or an abort.</summary>
    public void Dispose() => _stream.Dispose();

    /// <summary>Closes the connection, without a release or an abort.</summary>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    /// <summary>A peer over any connection; what it sends counts as the user's in the transcript.</summary>
    /// <param name="stream">The connection, to be disposed with it.</param>
    public static RoughPeer Over(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var transcript = new Transcript();
        return new RoughPeer(new LoggedStream(stream, transcript, isUser: true), stream.Dispose, transcript);
    }

    internal static RoughPeer Over(Socket socket, bool isUser)
    {
        var transcript = new Transcript();
        return new RoughPeer(new LoggedStream(new NetworkStream(socket, ownsSocket: true), transcript, isUser), () => socket.Shutdown(SocketShutdown.Send), transcript);
    }

    private RoughPeerException Unexpected(string what, Exception? inner = null) => new($"{what}{Environment.NewLine}{Transcript}", inner);

    private async Task<(byte Context, byte[] Bytes)> ReadPartAsync(bool isCommand)
    {
        using var whole = new MemoryStream();
        while (true)
        {
            // One PDU may carry the end of a command set and the beginning of its data set.
            while (_fragments.TryDequeue(out var fragment))
            {
                if (isCommand != ((fragment.Control & Pdu.CommandFragment) != 0))
                {
                    throw Unexpected(isCommand ? "A fragment of a data set came where a command was due." : "A fragment of a command came where a data set was due.");
                }

                whole.Write(fragment.Bytes.Span);
                if ((fragment.Control & Pdu.LastFragment) != 0)
                {
                    return (fragment.Context, whole.ToArray());
                }
            }

            var pdu = await ReadAsync(Pdu.Data).ConfigureAwait(false);
            for (var at = 0; at < pdu.Body.Length;)
            {
                var length = pdu.Body.Length - at >= 6 ? BinaryPrimitives.ReadUInt32BigEndian(pdu.Body.AsSpan(at)) : 0;
                if (length < 2 || length > pdu.Body.Length - at - 4)
                {
                    throw Unexpected("A P-DATA-TF came whose fragments are not whole.");
                }

                _fragments.Enqueue((pdu.Body[at + 4], pdu.Body[at + 5], pdu.Body.AsMemory(at + 6, (int)length - 2)));
                at += 4 + (int)length;
            }
        }
    }
}
