using System.Net;
using System.Net.Sockets;
using FellowOakDicom.Network;

namespace Specgen.Network;

/// <summary>A connection that was accepted, as fo-dicom wants to have it.</summary>
internal sealed class AssociationNetworkStream : INetworkStream
{
    private readonly Socket _socket;

    public AssociationNetworkStream(Socket socket, AssociationStream stream)
    {
        _socket = socket;
        Stream = stream;
        var local = (IPEndPoint)socket.LocalEndPoint!;
        var remote = (IPEndPoint)socket.RemoteEndPoint!;
        (LocalHost, LocalPort) = (ToText(local.Address), local.Port);
        (RemoteHost, RemotePort) = (ToText(remote.Address), remote.Port);
    }

    public AssociationStream Stream { get; }

    public string RemoteHost { get; }

    public string LocalHost { get; }

    public int RemotePort { get; }

    public int LocalPort { get; }

    public Stream AsStream() => Stream;

    public void Dispose()
    {
        Stream.Dispose();
        _socket.Dispose();
    }

    /// <summary>An IPv4 address stays one where the server listens on IPv6.</summary>
    private static string ToText(IPAddress address) => (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
}
