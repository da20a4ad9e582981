using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;

namespace Specgen.Security;

/// <summary>
/// TLS options for one connection: copies, because the caller's object may be for several, what checks a certificate adds to its chain policy, and a name and a profile are put in. Copied whole, so that what
/// newer versions of .NET add to the options counts.
/// </summary>
internal static class TlsOptions
{
    public static SslServerAuthenticationOptions For(SslServerAuthenticationOptions tls, TlsRules? rules)
    {
        var copy = (SslServerAuthenticationOptions)Clone(tls);
        copy.CertificateChainPolicy = tls.CertificateChainPolicy?.Clone();
        if (rules is not null)
        {
            copy.EnabledSslProtocols = rules.Versions;
            copy.CipherSuitesPolicy = rules.Policy;
        }

        return copy;
    }

    public static SslClientAuthenticationOptions For(SslClientAuthenticationOptions tls, TlsRules? rules, string host)
    {
        var copy = (SslClientAuthenticationOptions)Clone(tls);
        copy.CertificateChainPolicy = tls.CertificateChainPolicy?.Clone();
        copy.TargetHost ??= host;
        if (rules is not null)
        {
            copy.EnabledSslProtocols = rules.Versions;
            copy.CipherSuitesPolicy = rules.Policy;
        }

        return copy;
    }

    /// <summary>Who vouches for the other side's certificate; null for whom the machine trusts. Revocation lists are not asked for: many a network has no way to them.</summary>
    public static X509ChainPolicy? ChainPolicy(X509Certificate2Collection authorities)
    {
        if (authorities.Count == 0)
        {
            return null;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    /// <summary>With the certificates between it and its authority that the machine has: nothing is fetched from the network.</summary>
    public static SslStreamCertificateContext Context(X509Certificate2 certificate) => SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = nameof(MemberwiseClone))]
    private static extern object Clone(object source);
}
