using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Specgen.Security;

/// <summary>What a <see cref="TlsProfile"/> asks for, as spec/conformance/secure_transport.txt says it.</summary>
internal sealed class TlsRules
{
    private static readonly Lazy<Dictionary<TlsProfile, TlsRules>> s_rules = new(Read);

    /// <summary>SHA-1 and MD5 in signatures of certificates (RFC 8017 §A.2.4, RFC 3279 §2.2.3).</summary>
    private static readonly HashSet<string> s_weakSignatures = new(["1.2.840.113549.1.1.4", "1.2.840.113549.1.1.5", "1.2.840.10045.4.1"], StringComparer.Ordinal);

    private readonly Lazy<CipherSuitesPolicy?> _policy;

    private TlsRules(string[] cells)
    {
        (Section, Title, IsRetired) = (cells[2], cells[3], cells[4].Length > 0);
        Versions = cells[5].Split(',').Select(Enum.Parse<SslProtocols>).Aggregate(static (all, next) => all | next);
        RsaBits = Bits(cells[6]);
        EcBits = Bits(cells[7]);
        IsSignedStrongly = cells[8].Length > 0;
        CipherSuites = [.. cells[9].Split(',').Select(Enum.Parse<TlsCipherSuite>)];
        _policy = new Lazy<CipherSuitesPolicy?>(() => OperatingSystem.IsLinux() ? new CipherSuitesPolicy(CipherSuites) : null);
    }

    /// <summary>The section of PS3.15.</summary>
    public string Section { get; }

    /// <summary>The profile's title there.</summary>
    public string Title { get; }

    public bool IsRetired { get; }

    public SslProtocols Versions { get; }

    /// <summary>Best first.</summary>
    public IReadOnlyList<TlsCipherSuite> CipherSuites { get; }

    /// <summary>What is offered; null where the operating system does not take it from a program: there it is only checked what came about.</summary>
    public CipherSuitesPolicy? Policy => _policy.Value;

    private int RsaBits { get; }

    private int EcBits { get; }

    private bool IsSignedStrongly { get; }

    /// <summary>Null where no profile is claimed.</summary>
    public static TlsRules? Of(TlsProfile profile) => profile == TlsProfile.None ? null : s_rules.Value[profile];

    /// <summary>Looks at what a handshake came to.</summary>
    /// <exception cref="AuthenticationException">The profile does not allow it.</exception>
    public void Check(SslStream secured)
    {
        var problem = (Versions & secured.SslProtocol) == 0 ? $"{secured.SslProtocol} was negotiated"
            : !CipherSuites.Contains(secured.NegotiatedCipherSuite) ? $"{secured.NegotiatedCipherSuite} was negotiated"
            : secured.RemoteCertificate is X509Certificate2 certificate ? Problem(certificate)
            : null;
        if (problem is not null)
        {
            throw new AuthenticationException($"{problem}, which is not what {Title} (PS3.15 §{Section}) allows.");
        }
    }

    /// <summary>What is wrong with a certificate; null where nothing is.</summary>
    public string? Problem(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var ec = certificate.GetECDsaPublicKey();
        return rsa is not null && rsa.KeySize < RsaBits ? string.Create(CultureInfo.InvariantCulture, $"The certificate has an RSA key of {rsa.KeySize} bits, less than {RsaBits}")
            : ec is not null && ec.KeySize < EcBits ? string.Create(CultureInfo.InvariantCulture, $"The certificate has an EC key of {ec.KeySize} bits, less than {EcBits}")
            : IsSignedStrongly && s_weakSignatures.Contains(certificate.SignatureAlgorithm.Value ?? "") ? $"The certificate is signed with {certificate.SignatureAlgorithm.FriendlyName}"
            : null;
    }

    private static int Bits(string cell) => cell.Length == 0 ? 0 : int.Parse(cell, CultureInfo.InvariantCulture);

    private static Dictionary<TlsProfile, TlsRules> Read()
    {
        using var reader = new StreamReader(typeof(TlsRules).Assembly.GetManifestResourceStream("Specgen.secure_transport.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(static line => line[0] != '#')
            .Select(static line => line.Split('|')).ToDictionary(static cells => Enum.Parse<TlsProfile>(cells[1]), static cells => new TlsRules(cells));
    }
}
