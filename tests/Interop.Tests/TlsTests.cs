using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;
using Specgen.Interop.Tests.Services;
using Specgen.Standard;

namespace Specgen.Interop.Tests;

/// <summary>DICOM over TLS with certificates on both sides: DCMTK and dcmjs-dimse, which have OpenSSL, as users and as providers. Debian's dcmqrscp has no TLS.</summary>
[TestClass]
public sealed class TlsTests
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = Loopback.FreePort();
    private Authority _site = null!;
    private Authority _other = null!;
    private (X509Certificate2 Certificate, string KeyPath, string CertificatePath) _server;
    private (X509Certificate2 Certificate, string KeyPath, string CertificatePath) _modality;
    private (X509Certificate2 Certificate, string KeyPath, string CertificatePath) _stranger;

    [TestInitialize]
    public void Issue()
    {
        _site = new Authority(_folder["site"], "Site");
        _other = new Authority(_folder["other"], "Somebody else");
        (_server, _modality, _stranger) = (_site.Issue("server"), _site.Issue("modality"), _other.Issue("stranger"));
    }

    [TestCleanup]
    public void Clear()
    {
        _site.Dispose();
        _other.Dispose();
        _server.Certificate.Dispose();
        _modality.Certificate.Dispose();
        _stranger.Certificate.Dispose();
        _folder.Dispose();
    }

    [TestMethod]
    public async Task DcmtkShowsItsCertificate()
    {
        await using var scp = await StartAsync();
        var file = await TestFiles.GetAsync("ct");

        (await EchoscuAsync(scp, "+tls", _modality.KeyPath, _modality.CertificatePath, "+cf", _site.Path)).Succeeded();
        var stored = await Tool.OutputAsync("storescu", ["-v", "-aec", "PROVIDER", "+tls", _modality.KeyPath, _modality.CertificatePath, "+cf", _site.Path, "127.0.0.1", $"{scp.Port}", file.Path]);

        StringAssert.Contains(stored, "Received Store Response (Success)");
        Part10.AssertSameDataSet(file.Path, Path.Combine(_folder["stored"], file.InstanceUid + ".dcm"));
    }

    [TestMethod]
    public async Task WhoShowsNoneOrOneOfAnotherAuthorityIsRefused()
    {
        await using var scp = await StartAsync();

        await AssertRefusedAsync("+tla", "+cf", _site.Path);
        await AssertRefusedAsync("+tls", _stranger.KeyPath, _stranger.CertificatePath, "+cf", _site.Path);
        await AssertRefusedAsync("-tls");
        // And the user refuses a server that its own authority does not vouch for.
        await AssertRefusedAsync("+tls", _modality.KeyPath, _modality.CertificatePath, "+cf", _other.Path);

        (await EchoscuAsync(scp, "+tls", _modality.KeyPath, _modality.CertificatePath, "+cf", _site.Path)).Succeeded();
        async Task AssertRefusedAsync(params string[] options)
        {
            var result = await EchoscuAsync(scp, options);
            Assert.AreNotEqual(0, result.ExitCode, $"{string.Join(' ', options)}\n{result.Output}");
            Assert.DoesNotContain("Received Echo Response", result.Output);
        }
    }

    [TestMethod]
    public async Task WhereNoneIsAskedForNoneIsNeeded()
    {
        await using var scp = await StartAsync(static options => (options.TlsRequireClientCertificate, options.TlsAuthorities) = (false, []));

        (await EchoscuAsync(scp, "+tla", "+cf", _site.Path)).Succeeded();
    }

    [TestMethod]
    [DataRow(TlsProfile.Bcp195, "+py", true, DisplayName = "RFC 9325 with Non-Downgrading BCP 195")]
    [DataRow(TlsProfile.Bcp195, "+pz", true, DisplayName = "RFC 9325 with Extended BCP 195")]
    [DataRow(TlsProfile.Bcp195, "+pa", false, DisplayName = "RFC 9325 with AES of old")]
    [DataRow(TlsProfile.ModifiedBcp195, "+py", true, DisplayName = "Modified with Non-Downgrading BCP 195")]
    [DataRow(TlsProfile.ModifiedBcp195, "+pa", false, DisplayName = "Modified with AES of old")]
    [DataRow(TlsProfile.ExtendedBcp195, "+pz", true, DisplayName = "Extended with itself")]
    [DataRow(TlsProfile.ExtendedBcp195, "+pa", false, DisplayName = "Extended with AES of old")]
    [DataRow(TlsProfile.NonDowngradingBcp195, "+py", true, DisplayName = "Non-Downgrading with itself")]
    [DataRow(TlsProfile.NonDowngradingBcp195, "+pa", false, DisplayName = "Non-Downgrading with AES of old")]
    public async Task AProfileIsKeptTo(TlsProfile profile, string theirs, bool isWelcome)
    {
        await using var scp = await StartAsync(options => options.TlsProfile = profile);

        var result = await EchoscuAsync(scp, "+tls", _modality.KeyPath, _modality.CertificatePath, "+cf", _site.Path, theirs);

        Assert.AreEqual(isWelcome, result.Output.Contains("Received Echo Response (Success)", StringComparison.Ordinal), result.Output);
    }

    [TestMethod]
    public async Task StorescpIsShownOurs()
    {
        var file = await TestFiles.GetAsync("ct");
        await using var storescp = Peer.Start(
            Requirements.Program("storescp"), "-v", "-aet", "DEST", "+B", "-od", _folder.Sub("received"), "+tls", _server.KeyPath, _server.CertificatePath, "+cf", _site.Path, "-rc", $"{_port}");
        await storescp.WaitForPortAsync(_port);

        await using (var user = new StorageUser())
        {
            await user.ConnectAsync(Options(_modality.Certificate, _site));
            Assert.AreEqual(StorageCStoreStatus.Success, (await user.CStoreAsync(file.Path)).Status, storescp.Output);
        }

        Part10.AssertSameDataSet(file.Path, Directory.GetFiles(_folder["received"]).Single());
        foreach (var options in new[] { Options(null, _site), Options(_stranger.Certificate, _site), Options(_modality.Certificate, _other) })
        {
            await using var user = new StorageUser();
            await Assert.ThrowsAsync<AssociationException>(async () => await user.ConnectAsync(options), storescp.Output);
        }
    }

    [TestMethod]
    public async Task DcmjsShowsItsCertificate()
    {
        await using var scp = await StartAsync();

        var shown = await Dcmjs.RunAsync(scp.Port, "PROVIDER", [new JsonObject { ["command"] = "C-ECHO" }], job => job["tls"] = Node(_modality));
        var refused = await Dcmjs.RunAsync(scp.Port, "PROVIDER", [new JsonObject { ["command"] = "C-ECHO" }], job => job["tls"] = Node(_stranger));

        shown.Succeeded(1);
        Assert.IsEmpty(refused.Named("response"), refused.Output);
        Assert.IsEmpty(refused.Named("accepted"), refused.Output);
    }

    [TestMethod]
    public async Task DcmjsIsShownOurs()
    {
        var settings = Node(_server);
        (settings["requestCert"], settings["rejectUnauthorized"]) = (true, true);
        await using var provider = await Dcmjs.ServeAsync(_port, all => (all["folder"], all["tls"]) = (_folder.Sub("received"), settings));
        var file = await TestFiles.GetAsync("ct");

        await using (var user = new StorageUser())
        {
            await user.ConnectAsync(Options(_modality.Certificate, _site));
            Assert.AreEqual(StorageCStoreStatus.Success, (await user.CStoreAsync(file.Path)).Status, provider.Output);
        }

        await Dcmjs.AssertSameAsync(file.Path, Path.Combine(_folder["received"], file.InstanceUid + ".dcm"));
        await using var stranger = new StorageUser();
        await Assert.ThrowsAsync<AssociationException>(async () => await stranger.ConnectAsync(Options(_stranger.Certificate, _site)), provider.Output);
    }

    private static Task<ToolResult> EchoscuAsync(DicomScp scp, params string[] options) => Tool.RunAsync("echoscu", ["-v", "-to", "10", "-ta", "10", "-aec", "PROVIDER", .. options, "127.0.0.1", $"{scp.Port}"]);

    private Task<DicomScp> StartAsync(Action<DicomScpOptions>? configure = null)
    {
        var options = new DicomScpOptions
        {
            Address = "127.0.0.1",
            Port = 0,
            AETitle = "PROVIDER",
            ReceiveFolder = _folder["receiving"],
            TlsCertificate = _server.Certificate,
            TlsRequireClientCertificate = true,
            TlsAuthorities = [_site.Certificate],
            AssociationTimeout = TimeSpan.FromSeconds(5),
        };
        configure?.Invoke(options);
        return DicomScp.StartAsync(options, new InstanceReceiver(_folder.Sub("stored")));
    }

    private ScuOptions Options(X509Certificate2? certificate, Authority trusted)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(trusted.Certificate);
        return new ScuOptions("127.0.0.1", _port)
        {
            CalledAE = "DEST",
            AssociationTimeout = TimeSpan.FromSeconds(10),
            Tls = new SslClientAuthenticationOptions { ClientCertificates = certificate is null ? null : [certificate], CertificateChainPolicy = policy },
        };
    }

    private JsonObject Node((X509Certificate2 Certificate, string KeyPath, string CertificatePath) of) =>
        new() { ["key"] = File.ReadAllText(of.KeyPath), ["cert"] = File.ReadAllText(of.CertificatePath), ["ca"] = File.ReadAllText(_site.Path) };
}
