using System.Net;
using System.Net.Sockets;

namespace Specgen.Associations;

/// <summary>TCP connections as transports.</summary>
internal static class SocketTransport
{
    /// <summary>The bytes of a connection. The socket is closed by who has it: a stream that owned it would shut it down first, which takes the machine longer and tells the peer nothing more.</summary>
    public static NetworkStream Open(Socket socket)
    {
        // Nagle's algorithm holds back the end of every message until the peer acknowledges what came before.
        socket.NoDelay = true;
        return new NetworkStream(socket, ownsSocket: false);
    }

    /// <param name="socket">The connection; closed with the transport.</param>
    /// <param name="stream">Its bytes, secured or not.</param>
    /// <param name="details">See <see cref="Transport.Details"/>.</param>
    /// <exception cref="SocketException">The peer is gone already.</exception>
    public static Transport Create(Socket socket, Stream stream, Func<string>? details = null)
    {
        var remote = (IPEndPoint)socket.RemoteEndPoint!;

        // An IPv4 address stays one where the server listens on IPv6.
        var address = remote.Address.IsIPv4MappedToIPv6 ? remote.Address.MapToIPv4() : remote.Address;
        return new Transport(stream, address.ToString(), remote.Port, () => socket.Shutdown(SocketShutdown.Send), socket.Dispose) { Details = details };
    }
}
