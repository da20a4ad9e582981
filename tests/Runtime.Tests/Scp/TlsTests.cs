using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Specgen.Runtime.Tests.Associations;
using Specgen.Runtime.Tests.Scu;

namespace Specgen.Runtime.Tests.Scp;

/// <summary>DICOM over TLS, both ends ours.</summary>
[TestClass]
public sealed class TlsTests
{
    private static readonly TestHandlers s_user = new(TestClasses.Scu(TestClasses.Verification));

    [TestMethod]
    public async Task An_echo_goes_over_TLS()
    {
        using var certificate = Certificate("localhost");
        var options = DicomScpTests.Options();
        options.TlsCertificate = certificate;
        await using var scp = await DicomScp.StartAsync(options);
        var user = DicomScpTests.User(scp);
        user.Tls = new SslClientAuthenticationOptions { TargetHost = "localhost", RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetCertHashString() == certificate.GetCertHashString() };
        await using var association = await ScuAssociation.OpenAsync(s_user, user);

        Assert.AreEqual(TestStatus.Success, (await association.CEchoAsync<TestStatus>()).Status);
    }

    [TestMethod]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        using var certificate = Certificate("localhost");
        var options = DicomScpTests.Options();
        options.TlsCertificate = certificate;
        await using var scp = await DicomScp.StartAsync(options);
        var user = DicomScpTests.User(scp);
        user.Tls = new SslClientAuthenticationOptions();

        var e = await Assert.ThrowsExactlyAsync<AssociationException>(async () => await ScuAssociation.OpenAsync(s_user, user));

        StringAssert.Contains(e.Message, "was reached, but TLS with it did not come about: ");
        StringAssert.Contains(e.Message, "certificate");
    }

    [TestMethod]
    public async Task A_user_with_TLS_at_a_port_without_is_told_so()
    {
        await using var scp = await DicomScp.StartAsync(DicomScpTests.Options());
        var user = DicomScpTests.User(scp);
        user.Tls = new SslClientAuthenticationOptions();

        var e = await Assert.ThrowsExactlyAsync<AssociationException>(async () => await ScuAssociation.OpenAsync(s_user, user));

        StringAssert.Contains(e.Message, "was reached, but TLS with it did not come about: ");
    }

    /// <summary>Servers of TLS end it, or send what TLS calls an alert; others say in text what they think of it.</summary>
    [TestMethod]
    [DataRow("485454502F312E3120343030", "a PDU of type 48H, which is 'H': text, as of HTTP or SSH, and not DICOM")]
    [DataRow("", "was lost before it answered the association request of TESTER; a server that expects TLS ends it so.")]
    [DataRow("15030300020246", "a PDU of type 15H, which is what TLS begins with")]
    public async Task A_user_at_a_port_of_another_protocol_is_told_so(string answer, string words)
    {
        await using var peer = new RawPeer(async c =>
        {
            await c.ReadAsync();
            await c.WriteRawAsync(Convert.FromHexString(answer));
        });

        var e = await Assert.ThrowsAsync<AssociationException>(async () => await ScuAssociation.OpenAsync(s_user, ScuAssociationTests.Options(peer.Port)));

        StringAssert.Contains(e.Message, words);
    }

    [TestMethod]
    public async Task A_client_that_must_show_a_certificate_and_does_not_gets_nowhere()
    {
        using var certificate = Certificate("localhost");
        var options = DicomScpTests.Options();
        options.TlsCertificate = certificate;
        options.TlsRequireClientCertificate = true;
        await using var scp = await DicomScp.StartAsync(options);
        var user = DicomScpTests.User(scp);
        user.Tls = new SslClientAuthenticationOptions { TargetHost = "localhost", RemoteCertificateValidationCallback = static (_, _, _, _) => true };

        await Assert.ThrowsAsync<AssociationException>(async () => await ScuAssociation.OpenAsync(s_user, user));
    }

    [TestMethod]
    public async Task Who_does_not_speak_TLS_does_not_hold_up_the_others()
    {
        using var certificate = Certificate("localhost");
        var options = DicomScpTests.Options();
        options.TlsCertificate = certificate;
        await using var scp = await DicomScp.StartAsync(options);
        var plain = DicomScpTests.User(scp);
        plain.AssociationTimeout = TimeSpan.FromSeconds(2);
        await Assert.ThrowsAsync<AssociationException>(async () => await ScuAssociation.OpenAsync(s_user, plain));
        using var silent = new System.Net.Sockets.TcpClient("127.0.0.1", scp.Port);
        var user = DicomScpTests.User(scp);
        user.Tls = new SslClientAuthenticationOptions { TargetHost = "localhost", RemoteCertificateValidationCallback = static (_, _, _, _) => true };

        await using var association = await ScuAssociation.OpenAsync(s_user, user);

        Assert.AreEqual(TestStatus.Success, (await association.CEchoAsync<TestStatus>()).Status);
    }

    internal static X509Certificate2 Certificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var signed = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        // A key that lives in memory only is not taken by every platform's TLS.
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pkcs12), null);
    }
}
