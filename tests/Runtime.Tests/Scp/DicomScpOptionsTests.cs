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

        var e = await Assert.ThrowsExactlyAsync<DicomScpConfigurationException>(() => DicomScp.StartAsync(options));

        StringAssert.Contains(e.Message, expected);
        Assert.IsNull(e.Id);
    }

    [TestMethod]
    public void The_defaults_are_fine() => DicomScpStartup.Check(new DicomScpOptions());

    [TestMethod]
    public void Infinite_timeouts_and_free_ports_are_fine() => DicomScpStartup.Check(new DicomScpOptions
    {
        Port = 0,
        Address = "::1",
        IdleTimeout = Timeout.InfiniteTimeSpan,
        RequestTimeout = Timeout.InfiniteTimeSpan,
        StopTimeout = TimeSpan.Zero,
        AETitle = "SIXTEEN LETTERS!",
    });

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
