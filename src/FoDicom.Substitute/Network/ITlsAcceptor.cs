namespace FellowOakDicom.Network.Tls;

/// <summary>Makes a connection of a server a secure one.</summary>
public interface ITlsAcceptor
{
    Stream AcceptTls(Stream encryptedStream, string remoteAddress, int localPort);
}
