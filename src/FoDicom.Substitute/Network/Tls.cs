using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace FellowOakDicom.Network.Tls;

public interface ITlsAcceptor
{
    Stream AcceptTls(Stream encryptedStream, string remoteAddress, int localPort);
}

public interface ITlsInitiator
{
    Stream InitiateTls(Stream plainStream, string remoteAddress, int remotePort);
}

/// <summary>TLS of a server with a certificate.</summary>
public class DefaultTlsAcceptor : ITlsAcceptor
{
    public DefaultTlsAcceptor(X509Certificate certificate) => Certificate = certificate;

    public X509Certificate Certificate { get; }

    public TimeSpan SslHandshakeTimeout { get; set; } = TimeSpan.FromMinutes(1);

    public SslProtocols Protocols { get; set; } = SslProtocols.None;

    public bool RequireMutualAuthentication { get; set; }

    public bool CheckCertificateRevocation { get; set; }

    public RemoteCertificateValidationCallback CertificateValidationCallback { get; set; }

    public Stream AcceptTls(Stream encryptedStream, string remoteAddress, int localPort)
    {
        var ssl = new SslStream(encryptedStream, false, CertificateValidationCallback);
        if (!ssl.AuthenticateAsServerAsync(Certificate, RequireMutualAuthentication, Protocols, CheckCertificateRevocation).Wait(SslHandshakeTimeout))
        {
            throw new DicomNetworkException($"SSL server authentication took longer than {SslHandshakeTimeout.TotalSeconds}s");
        }

        return ssl;
    }
}

/// <summary>TLS of a client.</summary>
public class DefaultTlsInitiator : ITlsInitiator
{
    public TimeSpan SslHandshakeTimeout { get; set; } = TimeSpan.FromMinutes(1);

    public bool IgnoreSslPolicyErrors { get; set; }

    public X509CertificateCollection Certificates { get; set; }

    public SslProtocols Protocols { get; set; } = SslProtocols.None;

    public bool CheckCertificateRevocation { get; set; }

    public RemoteCertificateValidationCallback CertificateValidationCallback { get; set; }

    public Stream InitiateTls(Stream plainStream, string remoteAddress, int remotePort)
    {
        var ssl = new SslStream(plainStream, false, CertificateValidationCallback ?? ((_, _, _, errors) => errors == SslPolicyErrors.None || IgnoreSslPolicyErrors));
        if (!ssl.AuthenticateAsClientAsync(remoteAddress, Certificates, Protocols, CheckCertificateRevocation).Wait(SslHandshakeTimeout))
        {
            throw new DicomNetworkException($"SSL client authentication took longer than {SslHandshakeTimeout.TotalSeconds}s");
        }

        return ssl;
    }
}
