using System.Net;
using System.Net.Sockets;
using FellowOakDicom.Network.Tls;

namespace FellowOakDicom.Network;

/// <summary>A connection.</summary>
public interface INetworkStream : IDisposable
{
    string RemoteHost { get; }

    string LocalHost { get; }

    int RemotePort { get; }

    int LocalPort { get; }

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
        (LocalHost, LocalPort) = (local.Address.ToString(), local.Port);
        Stream stream = client.GetStream();
        _stream = acceptor?.AcceptTls(stream, RemoteHost, LocalPort) ?? stream;
    }

    public string RemoteHost { get; }

    public string LocalHost { get; }

    public int RemotePort { get; }

    public int LocalPort { get; }

    public Stream AsStream() => _stream;

    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }
}
