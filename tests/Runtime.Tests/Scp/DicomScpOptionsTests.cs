using Specgen.Instances;
using Specgen.Scp;

namespace Specgen.Runtime.Tests.Scp;

/// <summary>A server that cannot work does not start, and says why.</summary>
[TestClass]
public sealed class DicomScpOptionsTests
{
    private static readonly (string Name, Action<DicomScpOptions> Break, string Expected)[] s_wrong =
    [
        ("empty title", static o => o.AETitle = " ", "AETitle: the AE title \" \" is empty"),
        ("long title", static o => o.AETitle = "SEVENTEEN_LETTERS", "has 17 characters"),
        ("backslash", static o => o.AETitle = @"A\B", "U+005C"),
        ("umlaut", static o => o.AETitle = "KÖLN", "U+00D6"),
        ("padded", static o => o.AETitle = "ARCHIVE ", "leading or trailing spaces"),
        ("calling", static o => o.CallingAETitles.Add("THIS IS MUCH TOO LONG"), "CallingAETitles"),
        ("peer title", static o => o.Peers["\n"] = new DicomPeer("localhost", 104), "Peers"),
        ("peer port", static o => o.Peers["A"] = new DicomPeer("localhost", 0), "Peers[\"A\"] has port 0"),
        ("peer host", static o => o.Peers["A"] = new DicomPeer("", 104), "Peers[\"A\"] has no host"),
        ("port", static o => o.Port = 65536, "Port is 65536"),
        ("negative port", static o => o.Port = -1, "Port is -1"),
        ("address", static o => o.Address = "archive.example", "Address is \"archive.example\""),
        ("small PDU", static o => o.MaxPduLength = 1024, "MaxPduLength is 1024"),
        ("no operation", static o => o.MaxAsyncOperations = 0, "MaxAsyncOperations is 0"),
        ("too many operations", static o => o.MaxAsyncOperations = 1001, "MaxAsyncOperations is 1001"),
        ("no storage level", static o => o.StorageSupport = new StorageSupport((StorageLevel)3), "StorageSupport has a level"),
        ("large PDU", static o => o.MaxPduLength = 1u << 30, "MaxPduLength is 1073741824"),
        ("associations", static o => o.MaxAssociations = -1, "MaxAssociations is -1"),
        ("idle", static o => o.IdleTimeout = TimeSpan.Zero, "IdleTimeout"),
        ("request", static o => o.RequestTimeout = TimeSpan.FromSeconds(-5), "RequestTimeout"),
        ("association time", static o => o.AssociationTimeout = TimeSpan.FromDays(100), "AssociationTimeout"),
        ("stop", static o => o.StopTimeout = TimeSpan.FromSeconds(-1), "StopTimeout"),
        ("folder", static o => o.ReceiveFolder = "", "ReceiveFolder"),
        ("transfer syntax", static o => o.TransferSyntaxes.Add("JPEG"), "\"JPEG\""),
        ("client certificate", static o => o.TlsRequireClientCertificate = true, "TlsCertificate"),
        ("profile without TLS", static o => o.TlsProfile = TlsProfile.Bcp195, "TlsProfile needs a TlsCertificate"),
        ("no such profile", static o => o.TlsProfile = (TlsProfile)99, "TlsProfile is 99; it must be one of None, Bcp195"),
        ("TLS without certificate", static o => o.Tls = new(), "Tls has no certificate"),
        ("TLS without key", static o => o.Tls = new() { ServerCertificate = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(TlsTests.Certificate("one").RawData) }, "Tls.ServerCertificate has no private key"),
        ("TLS twice", static o => (o.Tls, o.TlsCertificate) = (new() { ServerCertificate = TlsTests.Certificate("one") }, TlsTests.Certificate("two")), "Tls says all about TLS itself"),
        ("profile of a plain peer", static o => o.Peers["A"] = new DicomPeer("localhost", 104) { TlsProfile = TlsProfile.Bcp195 }, "Peers[\"A\"] has TlsProfile Bcp195"),
        ("no filter", static o => o.Filters.Add(null!), "Filters has a null"),
        ("authorities", static o => o.TlsAuthorities = [TlsTests.Certificate("authority")], "TlsAuthorities"),
    ];

    public static IEnumerable<object[]> Wrong => s_wrong.Select(static w => new object[] { w.Name });

    [TestMethod]
    [DynamicData(nameof(Wrong))]
    public async Task A_wrong_option_is_named(string name)
    {
        var (_, wrong, expected) = s_wrong.Single(w => w.Name == name);
        var options = new DicomScpOptions();
        wrong(options);

        var e = await Assert.ThrowsExactlyAsync<DicomConfigurationException>(() => DicomScp.StartAsync(options));

        StringAssert.Contains(e.Message, expected);
        Assert.IsNull(e.Id);
    }

    [TestMethod]
    public void The_defaults_are_fine() => Assert.IsEmpty(DicomScpStartup.Check(new DicomScpOptions()).All);

    [TestMethod]
    public void Infinite_timeouts_and_free_ports_are_fine() => Assert.IsEmpty(DicomScpStartup.Check(new DicomScpOptions
    {
        Port = 0,
        Address = "::1",
        IdleTimeout = Timeout.InfiniteTimeSpan,
        RequestTimeout = Timeout.InfiniteTimeSpan,
        StopTimeout = TimeSpan.Zero,
        AETitle = "SIXTEEN LETTERS!",
    }).All);

    [TestMethod]
    public async Task All_that_is_wrong_is_said_at_once()
    {
        var options = new DicomScpOptions();
        foreach (var (_, wrong, _) in s_wrong.Where(static w => w.Name is "long title" or "peer port" or "port" or "small PDU" or "client certificate"))
        {
            wrong(options);
        }

        var e = await Assert.ThrowsExactlyAsync<DicomConfigurationException>(() => DicomScp.StartAsync(options, new TestHandlers(TestClasses.Binding(DicomRole.Scp, [TestClasses.CT], cStore: Store)), new TestHandlers(TestClasses.Binding(DicomRole.Scp, [TestClasses.CT], cStore: Store))));

        Assert.HasCount(6, e.Problems);
        StringAssert.Contains(e.Message, "6 things are wrong:\n- AETitle");
        StringAssert.Contains(e.Problems[^1], "SPG1100");

        static ValueTask<DimseResponse> Store(object self, CStoreContext context, CancellationToken cancellationToken) => new(new DimseResponse(0));
    }

    [TestMethod]
    public async Task A_token_ends_the_starting()
    {
        using var ended = new CancellationTokenSource();
        await ended.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => DicomScp.StartAsync(DicomScpTests.Options(), [], ended.Token));

        await using var scp = await DicomScp.StartAsync(DicomScpTests.Options(), [], CancellationToken.None);
        Assert.IsTrue(scp.IsListening);
        await scp.StopAsync();
        Assert.IsFalse(scp.IsListening);
    }

    [TestMethod]
    public void A_running_server_does_not_see_what_is_changed_afterwards()
    {
        var options = new DicomScpOptions { AETitle = "ONE" };
        var configuration = DicomScpStartup.Configure(options, []);

        options.AETitle = "TWO";
        options.CallingAETitles.Add("ME");
        options.TransferSyntaxes.Add("1.2.840.10008.1.2");
        options.TlsAuthorities.Add(TlsTests.Certificate("authority"));

        Assert.AreEqual("ONE", configuration.Options.AETitle);
        Assert.IsEmpty(configuration.Options.CallingAETitles);
        Assert.IsEmpty(configuration.Options.TransferSyntaxes);
        Assert.IsEmpty(configuration.Options.TlsAuthorities);
    }
}
