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

/// <summary>Where connections come from. Opaque here: TCP it is.</summary>
public interface INetworkManager
{
}

public class DesktopNetworkManager : INetworkManager
{
}

/// <summary>A TCP connection, with TLS where an acceptor or initiator says so.</summary>
public sealed class DesktopNetworkStream : INetworkStream
{
    private readonly TcpClient _client;
    private readonly Stream _stream;

    internal DesktopNetworkStream(TcpClient client, ITlsAcceptor acceptor, ITlsInitiator initiator)
    {
        _client = client;
        var remote = (IPEndPoint)client.Client.RemoteEndPoint;
        var local = (IPEndPoint)client.Client.LocalEndPoint;
        (RemoteHost, RemotePort) = (remote.Address.ToString(), remote.Port);
        (LocalHost, LocalPort) = (local.Address.ToString(), local.Port);
        Stream stream = client.GetStream();
        stream = acceptor?.AcceptTls(stream, RemoteHost, LocalPort) ?? stream;
        _stream = initiator?.InitiateTls(stream, RemoteHost, RemotePort) ?? stream;
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
