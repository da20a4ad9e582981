using System.Net.Security;
using System.Reflection;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Specgen.Runtime.Tests.Associations;
using Specgen.Security;

namespace Specgen.Runtime.Tests.Scp;

/// <summary>The profiles of PS3.15 Annex B by name, and what becomes of the caller's options.</summary>
[TestClass]
public sealed class TlsProfileTests
{
    /// <summary>ecdsa-with-SHA1, which .NET makes no more.</summary>
    private const string SignedWithSha1 =
        "MIIBbzCCARagAwIBAgIUe4tVP3F7uQLOU6BO1puPYv9wTEcwCQYHKoZIzj0EATAOMQwwCgYDVQQDDANvbGQwHhcNMjYxMTI2MjI0NjA0WhcNMjYxMTI3MjI0"
        + "NjA0WjAOMQwwCgYDVQQDDANvbGQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATLBaR2YQbxwg/cBek4uTDWSEvAEG/8D4BG/Z0yaT10UWVZFI5AgXvHeNfb"
        + "atr3Ttlcbv17+e+a0cLNJR/6F7wYo1MwUTAdBgNVHQ4EFgQU+Ja3F23Cf5hzd4P+r19W9qOMIdkwHwYDVR0jBBgwFoAU+Ja3F23Cf5hzd4P+r19W9qOMIdkw"
        + "DwYDVR0TAQH/BAUwAwEB/zAJBgcqhkjOPQQBA0gAMEUCIQCIJYBcNhEbgJi1LH2OtH/2/P4GgWdxiP+HvSLNLtTAuAIgAoLSCyacyHMin/px+QYcobRamsA8"
        + "Wy3Q/UOwWlVIIvc=";

    private static readonly TestHandlers s_user = new(TestClasses.Scu(TestClasses.Verification));

    public static IEnumerable<object[]> Profiles => Enum.GetValues<TlsProfile>().Where(static p => p != TlsProfile.None).Select(static p => new object[] { p });

    [TestMethod]
    [DynamicData(nameof(Profiles))]
    public async Task Two_of_one_profile_come_together(TlsProfile profile)
    {
        using var certificate = TlsTests.Certificate("localhost");
        await using var scp = await StartAsync(certificate, profile);

        await EchoAsync(scp, Trusting(), profile);

        var rules = TlsRules.Of(profile)!;
        StringAssert.StartsWith(rules.Section, "B.1");
        Assert.IsNotEmpty(rules.CipherSuites);
        Assert.AreEqual(SslProtocols.None, rules.Versions & ~(SslProtocols.Tls12 | SslProtocols.Tls13));
        Assert.IsTrue(rules.CipherSuites.All(static suite => (ushort)suite >> 8 == 0x13 || suite.ToString().Contains("DHE_", StringComparison.Ordinal)), "Forward secrecy (RFC 9325 §4.1).");
    }

    [TestMethod]
    [DataRow(TlsProfile.ExtendedBcp195, SslProtocols.Tls13, null)]
    [DataRow(TlsProfile.ExtendedBcp195, SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256)]
    [DataRow(TlsProfile.Bcp195, SslProtocols.Tls12, TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256)]
    [DataRow(TlsProfile.Bcp195, SslProtocols.Tls12, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256)]
    [DataRow(TlsProfile.ModifiedBcp195, SslProtocols.Tls12, TlsCipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256)]
    public async Task What_a_profile_does_not_allow_does_not_come_about(TlsProfile profile, SslProtocols versions, TlsCipherSuite? suite)
    {
        using var certificate = TlsTests.Certificate("localhost");
        await using var scp = await StartAsync(certificate, profile);
        await using var any = await StartAsync(certificate, TlsProfile.None);
        var tls = Trusting();
        tls.EnabledSslProtocols = versions;
        tls.CipherSuitesPolicy = suite is { } only ? new CipherSuitesPolicy([only]) : null;

        await Assert.ThrowsAsync<AssociationException>(() => EchoAsync(scp, tls, TlsProfile.None));

        if (suite is null or TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256)
        {
            // It is the profile that keeps it out.
            await EchoAsync(any, tls, TlsProfile.None);
        }
    }

    [TestMethod]
    public void A_weak_certificate_is_not_what_a_profile_allows()
    {
        var (weak, strong) = (RsaCertificate(1024), RsaCertificate(2048));

        StringAssert.Contains(TlsRules.Of(TlsProfile.Bcp195)!.Problem(weak), "RSA key of 1024 bits");
        Assert.IsNull(TlsRules.Of(TlsProfile.Bcp195)!.Problem(strong));
        Assert.IsNull(TlsRules.Of(TlsProfile.ExtendedBcp195)!.Problem(weak));
        using var old = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(SignedWithSha1));
        StringAssert.Contains(TlsRules.Of(TlsProfile.ModifiedBcp195)!.Problem(old), "is signed with");
        Assert.IsNull(TlsRules.Of(TlsProfile.ModifiedBcp195)!.Problem(strong));
    }

    [TestMethod]
    public async Task A_certificate_that_is_not_fit_for_the_profile_stops_the_server_from_starting()
    {
        var options = DicomScpTests.Options();
        (options.TlsCertificate, options.TlsProfile) = (RsaCertificate(1024), TlsProfile.Bcp195);

        var e = await Assert.ThrowsExactlyAsync<DicomConfigurationException>(() => DicomScp.StartAsync(options));

        StringAssert.Contains(e.Message, "TlsProfile is Bcp195 (PS3.15 §B.12), and its own certificate is not fit for it");
    }

    [TestMethod]
    [DynamicData(nameof(Profiles))]
    public async Task The_conformance_statement_names_the_profile(TlsProfile profile)
    {
        using var certificate = TlsTests.Certificate("localhost");
        var rules = TlsRules.Of(profile)!;
        using var stream = new MemoryStream();

        await DicomScpConformance.Of(new DicomScpOptions { TlsCertificate = certificate, TlsProfile = profile }).WriteJsonAsync(stream);

        var text = System.Text.Encoding.UTF8.GetString(stream.ToArray());
        foreach (var expected in new[] { rules.Title, "PS3.15", rules.Section, rules.CipherSuites[0].ToString() })
        {
            StringAssert.Contains(text, expected);
        }
    }

    [TestMethod]
    public async Task The_callers_objects_are_not_written_to()
    {
        using var certificate = TlsTests.Certificate("localhost");
        var server = new SslServerAuthenticationOptions { ServerCertificate = certificate, ClientCertificateRequired = true, CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust } };
        server.CertificateChainPolicy.CustomTrustStore.Add(certificate);
        server.CertificateChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreWrongUsage;
        var client = new SslClientAuthenticationOptions { ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null), CertificateChainPolicy = server.CertificateChainPolicy.Clone(), TargetHost = "localhost" };
        var (before, clientBefore) = (Values(server), Values(client));
        var options = DicomScpTests.Options();
        (options.Tls, options.TlsProfile) = (server, TlsProfile.Bcp195);
        await using var scp = await DicomScp.StartAsync(options);

        await EchoAsync(scp, client, TlsProfile.Bcp195);
        await EchoAsync(scp, client, TlsProfile.NonDowngradingBcp195);

        CollectionAssert.AreEqual(before, Values(server));
        CollectionAssert.AreEqual(clientBefore, Values(client));
    }

    [TestMethod]
    public void A_copy_has_all_that_the_original_has()
    {
        var server = new SslServerAuthenticationOptions { AllowTlsResume = false, AllowRsaPkcs1Padding = false, ServerCertificateSelectionCallback = static (_, _) => null!, CertificateRevocationCheckMode = X509RevocationMode.Offline };
        var client = new SslClientAuthenticationOptions { AllowTlsResume = false, AllowRsaPssPadding = false, TargetHost = "a", LocalCertificateSelectionCallback = static (_, _, _, _, _) => null! };

        CollectionAssert.AreEqual(Values(server), Values(TlsOptions.For(server, null)));
        CollectionAssert.AreEqual(Values(client), Values(TlsOptions.For(client, null, "b")));
        Assert.AreEqual("b", TlsOptions.For(new SslClientAuthenticationOptions(), null, "b").TargetHost);
    }

    [TestMethod]
    public async Task A_certificate_may_be_chosen_by_name()
    {
        using var certificate = TlsTests.Certificate("archive.example");
        var options = DicomScpTests.Options();
        string? asked = null;
        options.Tls = new SslServerAuthenticationOptions { ServerCertificateSelectionCallback = (_, name) => { asked = name; return certificate; } };
        await using var scp = await DicomScp.StartAsync(options);
        var tls = Trusting();
        tls.TargetHost = "archive.example";

        await EchoAsync(scp, tls, TlsProfile.None);

        Assert.AreEqual("archive.example", asked);
    }

    private static async Task<DicomScp> StartAsync(X509Certificate2 certificate, TlsProfile profile)
    {
        var options = DicomScpTests.Options();
        (options.TlsCertificate, options.TlsProfile) = (certificate, profile);
        return await DicomScp.StartAsync(options);
    }

    private static async Task EchoAsync(DicomScp scp, SslClientAuthenticationOptions tls, TlsProfile profile)
    {
        var user = DicomScpTests.User(scp);
        (user.Tls, user.TlsProfile) = (tls, profile);
        await using var association = await ScuAssociation.OpenAsync(s_user, user);
        Assert.AreEqual(TestStatus.Success, (await association.CEchoAsync<TestStatus>()).Status);
    }

    private static SslClientAuthenticationOptions Trusting() => new() { TargetHost = "localhost", RemoteCertificateValidationCallback = static (_, _, _, _) => true };

    private static List<string> Values(object options) =>
        [.. options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => $"{p.Name}={Value(p.GetValue(options))}")];

    private static string Value(object? value) => value is X509ChainPolicy policy
        ? $"{policy.TrustMode} {policy.ExtraStore.Count} {policy.CustomTrustStore.Count} {policy.RevocationMode} {policy.VerificationFlags}"
        : value is X509Certificate ? $"{System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value)}" : $"{value} {value?.GetHashCode()}";

    private static X509Certificate2 RsaCertificate(int bits)
    {
        using var key = RSA.Create(bits);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
