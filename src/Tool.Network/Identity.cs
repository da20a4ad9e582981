using System.CommandLine;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Specgen.Tool.Network;

/// <summary>Who we are, and who is believed to be who he says (PS3.15 §B.9).</summary>
internal sealed class Identity
{
    private readonly Option<string> _title = new("--aet") { Description = "The tool's own AE title", DefaultValueFactory = static _ => "SPECGEN" };
    private readonly Option<bool> _tls = new("--tls") { Description = "DICOM over TLS" };
    private readonly Option<string?> _authority = new("--ca") { Description = "PEM file of the authority to trust for the peer's certificate, instead of the machine's; implies --tls" };
    private readonly Option<string?> _certificate = new("--cert") { Description = "The tool's certificate: PEM, or PFX without a password; implies --tls" };
    private readonly Option<string?> _key = new("--key") { Description = "PEM file of its private key, if the certificate's file does not contain it" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_title, _tls, _authority, _certificate, _key])
        {
            command.Add(option);
        }
    }

    public string Title(ParseResult line) => line.GetRequiredValue(_title);

    public SslClientAuthenticationOptions? ClientTls(ParseResult line)
    {
        var (authority, certificate) = (line.GetValue(_authority), Certificate(line));
        if (!line.GetValue(_tls) && authority is null && certificate is null)
        {
            return null;
        }

        var tls = new SslClientAuthenticationOptions();
        if (authority is not null)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            tls.CertificateChainPolicy.CustomTrustStore.AddRange(Authorities(authority));
        }

        if (certificate is not null)
        {
            tls.ClientCertificates = [certificate];
        }

        return tls;
    }

    /// <summary>As a server: with a certificate it speaks TLS, with an authority it asks who connects for his.</summary>
    public void Apply(ParseResult line, DicomScpOptions options)
    {
        options.AETitle = Title(line);
        options.TlsCertificate = Certificate(line);
        if (options.TlsCertificate is null && (line.GetValue(_tls) || line.GetValue(_authority) is not null))
        {
            throw new ArgumentException("A server needs a certificate for TLS: --cert, and --key where its file has none.");
        }

        if (line.GetValue(_authority) is { } authority)
        {
            options.TlsAuthorities = Authorities(authority);
            options.TlsRequireClientCertificate = true;
        }
    }

    private X509Certificate2? Certificate(ParseResult line)
    {
        var key = line.GetValue(_key);
        if (line.GetValue(_certificate) is not { } file)
        {
            return key is null ? null : throw new ArgumentException("--key is the key of a certificate, which --cert has to name.");
        }

        try
        {
            if (!File.ReadAllText(file).Contains("-----BEGIN", StringComparison.Ordinal))
            {
                return new X509Certificate2(file);
            }

            using var certificate = X509Certificate2.CreateFromPemFile(file, key ?? file);

            // A key that lives in memory only is not taken by every platform's TLS.
            return new X509Certificate2(certificate.Export(X509ContentType.Pkcs12));
        }
        catch (CryptographicException exception)
        {
            throw new CryptographicException($"{file}{(key is null ? "" : $" with {key}")} is no certificate with its key: {exception.Message}", exception);
        }
    }

    private static X509Certificate2Collection Authorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities.Count > 0 ? authorities : throw new CryptographicException($"{file} has no certificate as PEM.");
    }
}
