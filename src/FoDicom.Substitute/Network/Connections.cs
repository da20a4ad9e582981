using System.Net;
using System.Net.Sockets;
using FellowOakDicom.Network.Tls;

namespace FellowOakDicom.Network;

/// <summary>A connection.</summary>
public interface INetworkStream : IDisposable
{
    string RemoteHost { get; }

    int RemotePort { get; }

    Stream AsStream();
}

/// <summary>A TCP connection, with TLS where an acceptor says so.</summary>
internal sealed class DesktopNetworkStream : INetworkStream
{
    private readonly TcpClient _client;
    private readonly Stream _stream;

    public DesktopNetworkStream(TcpClient client, ITlsAcceptor acceptor)
    {
        _client = client;
        var remote = (IPEndPoint)client.Client.RemoteEndPoint;
        var local = (IPEndPoint)client.Client.LocalEndPoint;
        (RemoteHost, RemotePort) = (remote.Address.ToString(), remote.Port);
        Stream stream = client.GetStream();
        _stream = acceptor?.AcceptTls(stream, RemoteHost, local.Port) ?? stream;
    }

    public string RemoteHost { get; }

    public int RemotePort { get; }

    public Stream AsStream() => _stream;

    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }
}
