using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Specgen.Benchmarks;

/// <summary>Answers the request for an association and its release with bytes that are always the same, and knows nothing else: what sockets and threads alone take, and no server can do without.</summary>
internal sealed class BareServer : IDisposable
{
    private static readonly byte[] s_accept = [2, 0, 0, 0, 0, 0], s_release = [6, 0, 0, 0, 0, 4, 0, 0, 0, 0];

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public BareServer(int port)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen(512);
        _ = AcceptAsync();
    }

    public void Dispose() => _listener.Dispose();

    private static async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            socket.NoDelay = true;
            var buffer = new byte[4096];
            for (var have = 0; await socket.ReceiveAsync(buffer.AsMemory(have)) is > 0 and var read;)
            {
                have += read;
                while (have >= 6 && 6 + BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(2)) is var whole && have >= whole)
                {
                    await socket.SendAsync(buffer[0] == 1 ? s_accept : s_release);
                    buffer.AsSpan(whole, have - whole).CopyTo(buffer);
                    have -= whole;
                }
            }
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            _ = ServeAsync(await _listener.AcceptAsync());
        }
    }
}
