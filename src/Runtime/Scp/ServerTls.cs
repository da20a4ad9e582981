using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Specgen.Security;

namespace Specgen.Scp;

/// <summary>How a server secures its connections. Its certificate's chain is built once.</summary>
internal sealed class ServerTls
{
    private readonly SslServerAuthenticationOptions _options;
    private readonly TlsRules? _rules;

    private ServerTls(SslServerAuthenticationOptions options, TlsRules? rules) => (_options, _rules) = (options, rules);

    /// <summary>Null for plain TCP.</summary>
    public static ServerTls? Of(DicomScpOptions options)
    {
        var rules = TlsRules.Of(options.TlsProfile);
        if (options.Tls is { } given)
        {
            var copy = TlsOptions.For(given, rules);
            copy.ServerCertificateContext ??= given is { ServerCertificateSelectionCallback: null, ServerCertificate: X509Certificate2 own } ? TlsOptions.Context(own) : null;
            return new ServerTls(copy, rules);
        }

        return options.TlsCertificate is not { } certificate ? null : new ServerTls(
            TlsOptions.For(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = TlsOptions.Context(certificate),
                    ClientCertificateRequired = options.TlsRequireClientCertificate,
                    CertificateChainPolicy = TlsOptions.ChainPolicy(options.TlsAuthorities),
                },
                rules),
            rules);
    }

    /// <summary>The one that the options name, if they name one.</summary>
    public static X509Certificate2? CertificateOf(DicomScpOptions options) =>
        options.TlsCertificate ?? options.Tls?.ServerCertificateContext?.TargetCertificate ?? options.Tls?.ServerCertificate as X509Certificate2;

    /// <summary>Whether a server speaks TLS, one way or the other.</summary>
    public static bool IsSecured(DicomScpOptions options) => options.Tls is not null || options.TlsCertificate is not null;

    /// <exception cref="System.Security.Authentication.AuthenticationException">There is no agreement, or one that the profile does not allow.</exception>
    public async ValueTask SecureAsync(SslStream stream, CancellationToken cancellationToken)
    {
        await stream.AuthenticateAsServerAsync(TlsOptions.For(_options, _rules), cancellationToken).ConfigureAwait(false);
        _rules?.Check(stream);
    }

    /// <summary>What is wrong with the options; nothing for plain TCP.</summary>
    public static IEnumerable<string> Problems(DicomScpOptions options)
    {
        var isSecured = IsSecured(options);
        if (options.Tls is { } tls)
        {
            if (options.TlsCertificate is not null || options.TlsRequireClientCertificate || options.TlsAuthorities.Count > 0)
            {
                yield return "Tls says all about TLS itself: put the certificate of TlsCertificate, what TlsRequireClientCertificate and TlsAuthorities say, into it, or leave it out.";
            }

            if (tls is { ServerCertificate: null, ServerCertificateContext: null, ServerCertificateSelectionCallback: null })
            {
                yield return "Tls has no certificate: set ServerCertificateContext, ServerCertificate or ServerCertificateSelectionCallback.";
            }
        }
        else if (options.TlsAuthorities.Count > 0 && !options.TlsRequireClientCertificate)
        {
            yield return "TlsAuthorities are for TlsRequireClientCertificate.";
        }

        if (!isSecured && options.TlsRequireClientCertificate)
        {
            yield return "TlsRequireClientCertificate needs a TlsCertificate.";
        }

        if (options.TlsCertificate is { HasPrivateKey: false })
        {
            yield return "TlsCertificate has no private key.";
        }

        if (options.Tls is { ServerCertificateContext: null, ServerCertificateSelectionCallback: null, ServerCertificate: X509Certificate2 { HasPrivateKey: false } })
        {
            yield return "Tls.ServerCertificate has no private key.";
        }

        if (!Enum.IsDefined(options.TlsProfile))
        {
            yield return $"TlsProfile is {options.TlsProfile}; it must be one of {string.Join(", ", Enum.GetNames<TlsProfile>())}.";
        }
        else if (options.TlsProfile != TlsProfile.None && !isSecured)
        {
            yield return "TlsProfile needs a TlsCertificate, or Tls.";
        }
        else if (TlsRules.Of(options.TlsProfile) is { } rules
            && (options.TlsCertificate ?? options.Tls?.ServerCertificateContext?.TargetCertificate ?? options.Tls?.ServerCertificate as X509Certificate2) is { } own
            && rules.Problem(own) is { } problem)
        {
            yield return $"TlsProfile is {options.TlsProfile} (PS3.15 §{rules.Section}), and its own certificate is not fit for it: {problem}.";
        }
    }
}
