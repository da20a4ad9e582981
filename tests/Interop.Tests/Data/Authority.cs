using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Specgen.Interop.Tests.Data;

/// <summary>A certification authority of a test's own, for a day.</summary>
internal sealed class Authority : IDisposable
{
    private static readonly OidCollection s_purposes = [new Oid("1.3.6.1.5.5.7.3.1", "serverAuth"), new Oid("1.3.6.1.5.5.7.3.2", "clientAuth")];

    private readonly string _folder;

    public Authority(string folder, string name)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        using var key = RSA.Create(2048);
        var request = Request(name, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        Certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
        Path = Write("authority.pem", Certificate.ExportCertificatePem());
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>Its certificate in a file, as PEM.</summary>
    public string Path { get; }

    /// <summary>A certificate for a server or a user on this machine, and the files of its key and itself, as PEM.</summary>
    public (X509Certificate2 Certificate, string KeyPath, string CertificatePath) Issue(string name)
    {
        using var key = RSA.Create(2048);
        var request = Request(name, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(s_purposes, critical: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(Certificate, Certificate.NotBefore.ToUniversalTime(), Certificate.NotAfter.ToUniversalTime(), RandomNumberGenerator.GetBytes(8));
        using var whole = issued.CopyWithPrivateKey(key);

        // A key that lives in memory only is not taken by every platform's TLS.
        var certificate = X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
        return (certificate, Write(name + ".key", key.ExportPkcs8PrivateKeyPem()), Write(name + ".pem", certificate.ExportCertificatePem()));
    }

    public void Dispose() => Certificate.Dispose();

    private static CertificateRequest Request(string name, RSA key) => new($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private string Write(string name, string pem)
    {
        var path = System.IO.Path.Combine(_folder, name);
        File.WriteAllText(path, pem);
        return path;
    }
}
