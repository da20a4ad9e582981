using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;
using Specgen.Interop.Tests.Services;

namespace Specgen.Interop.Tests;

/// <summary>DCMTK's users of Query/Retrieve against a provider of ours.</summary>
[TestClass]
public sealed class ProviderTests
{
    private static readonly string[] s_uncompressed = ["ct", "ct-implicit", "mr", "mr-enhanced", "multi-frame", "pdf"];

    private readonly TemporaryFolder _folder = new();
    private int _port;
    private DicomScp _scp = null!;
    private StudyProvider _provider = null!;

    [TestInitialize]
    public async Task StartAsync()
    {
        _port = Loopback.FreePort();
        _provider = new StudyProvider(await TestFiles.AllAsync());
        var options = new DicomScpOptions { Address = "127.0.0.1", Port = 0, AETitle = "PROVIDER", ReceiveFolder = _folder["receiving"] };
        options.Peers["DEST"] = new DicomPeer("127.0.0.1", _port);
        _scp = await DicomScp.StartAsync(options, _provider);
    }

    [TestCleanup]
    public async Task StopAsync()
    {
        await _scp.DisposeAsync();
        _folder.Dispose();
    }

    [TestMethod]
    public async Task FindscuFindsStudies()
    {
        var output = await FindscuAsync("-k", "0008,0052=STUDY", "-k", "0010,0010=Interop^ct*", "-k", "0020,000D");

        StringAssert.Contains(output, "Received Final Find Response (Success)");
        var names = (await TestFiles.AllAsync()).Where(static f => f.Name.StartsWith("ct", StringComparison.Ordinal)).ToList();
        foreach (var file in names)
        {
            StringAssert.Contains(output, file.StudyUid);
        }

        Assert.AreEqual(names.Count, output.Split("(Pending)").Length - 1, output);
    }

    [TestMethod]
    public async Task FindscuIsToldWhatIsWrong()
    {
        var output = (await Tool.RunAsync("findscu", ["-v", "-d", "-S", "-aec", "PROVIDER", "127.0.0.1", $"{_scp.Port}", "-k", "0008,0052=IMAGE"])).Output;

        StringAssert.Contains(output, "0xa900");
        StringAssert.Contains(output, "Studies only");
    }

    [TestMethod]
    public async Task FindscuGetsTwoMatchesOfAProviderThatThrowsAtTheThird()
    {
        var output = (await Tool.RunAsync("findscu", ["-v", "-d", "-S", "-aec", "PROVIDER", "--repeat", "2", "127.0.0.1", $"{_scp.Port}", "-k", "0008,0052=STUDY", "-k", "0010,0020=BROKEN", "-k", "0020,000D"])).Output;

        // Twice, over the same association.
        Assert.AreEqual(4, output.Split("Received Find Response").Length - 1, output);
        Assert.AreEqual(2, output.Split("0xc000", StringSplitOptions.None).Length - 1, output);
        Assert.DoesNotContain("The index is broken", output, "What the inside says is no peer's business.");
    }

    [TestMethod]
    public async Task FindscuCancelsInTheMiddle()
    {
        var output = await FindscuAsync("--cancel", "20", "-k", "0008,0052=STUDY", "-k", "0010,0020=MANY", "-k", "0020,000D");

        StringAssert.Contains(output, "Received Final Find Response (Cancel");
        Assert.IsLessThan(10_000, _provider.Made);
    }

    [TestMethod]
    public async Task MovescuSendsEverythingToStorescp()
    {
        var files = await TestFiles.AllAsync();
        await using var storescp = Peer.Start(Requirements.Program("storescp"), "-v", "-aet", "DEST", "+B", "+xa", "-od", _folder.Sub("moved"), $"{_port}");
        await storescp.WaitForPortAsync(_port);

        var output = await Tool.OutputAsync("movescu", "-v", "-S", "-aet", "MOVESCU", "-aec", "PROVIDER", "-aem", "DEST", "127.0.0.1", $"{_scp.Port}", "-k", "0008,0052=STUDY", "-k", $"0020,000D={StudyProvider.All}");

        StringAssert.Contains(output, "Received Final Move Response (Success)");
        AssertReceived("moved", files);
    }

    [TestMethod]
    public async Task MovescuReceivesByItself()
    {
        // Not with +B: then DCMTK 3.6.7 writes into the working directory.
        var file = await TestFiles.GetAsync("ct");
        var output = await Tool.OutputAsync(
            "movescu", "-v", "-S", "-aet", "MOVESCU", "-aec", "PROVIDER", "-aem", "DEST", "+P", $"{_port}", "-od", _folder.Sub("moved"), "127.0.0.1", $"{_scp.Port}", "-k", "0008,0052=STUDY", "-k", $"0020,000D={file.StudyUid}");

        StringAssert.Contains(output, "Received Final Move Response (Success)");
        AssertReceived("moved", [file]);
    }

    [TestMethod]
    public async Task MovescuIsToldWhatItsDestinationDidNotTake()
    {
        // Without +xa, storescp takes uncompressed transfer syntaxes only, and nothing is decompressed.
        await using var storescp = Peer.Start(Requirements.Program("storescp"), "-v", "-aet", "DEST", "+B", "-od", _folder.Sub("moved"), $"{_port}");
        await storescp.WaitForPortAsync(_port);

        var result = await Tool.RunAsync("movescu", "-v", "-d", "-S", "-aet", "MOVESCU", "-aec", "PROVIDER", "-aem", "DEST", "127.0.0.1", $"{_scp.Port}", "-k", "0008,0052=STUDY", "-k", $"0020,000D={StudyProvider.All}");

        StringAssert.Contains(result.Output, "0xb000");
        StringAssert.Contains(result.Output, (await TestFiles.GetAsync("ct-jpeg-ls")).InstanceUid);
        Assert.IsNotEmpty(Directory.GetFiles(_folder["moved"]));
    }

    [TestMethod]
    public async Task MovescuToNobody()
    {
        var result = await Tool.RunAsync("movescu", "-v", "-d", "-S", "-aet", "MOVESCU", "-aec", "PROVIDER", "-aem", "NOBODY", "127.0.0.1", $"{_scp.Port}", "-k", "0008,0052=STUDY", "-k", $"0020,000D={StudyProvider.All}");

        StringAssert.Contains(result.Output, "0xa801");
    }

    [TestMethod]
    public async Task GetscuGetsWhatItAccepts()
    {
        var files = await Task.WhenAll(s_uncompressed.Select(TestFiles.GetAsync));
        foreach (var file in files)
        {
            var output = await Tool.OutputAsync("getscu", "-v", "-d", "-S", "-aet", "GETSCU", "-aec", "PROVIDER", "+B", "-od", _folder.Sub("got"), "127.0.0.1", $"{_scp.Port}", "-k", "0008,0052=STUDY", "-k", $"0020,000D={file.StudyUid}");
            StringAssert.Contains(output, "Success");
        }

        // ct-implicit travels in explicit VR, which getscu prefers.
        AssertReceived("got", files.Where(static f => f.Name != "ct-implicit"), files.Length);
    }

    [TestMethod]
    public async Task StorescuSaysWhoItIs()
    {
        await using var scp = await DicomScp.StartAsync(
            new DicomScpOptions
            {
                Address = "127.0.0.1",
                Port = 0,
                AETitle = "PROVIDER",
                ReceiveFolder = _folder["receiving"],
                CheckUserIdentity = static (_, identity, _) => new(identity is { UserName: "ann", Passcode: "secret" } ? UserIdentityDecision.Accept() : UserIdentityDecision.Reject("unknown")),
            },
            new InstanceReceiver(_folder.Sub("stored")));
        var file = await TestFiles.GetAsync("ct");

        var stored = await Tool.RunAsync("storescu", "-v", "-aec", "PROVIDER", "-usr", "ann", "-pwd", "secret", "-rsp", "127.0.0.1", $"{scp.Port}", file.Path);
        var rejected = await Tool.RunAsync("storescu", "-v", "-aec", "PROVIDER", "-usr", "ann", "-pwd", "wrong", "-rsp", "127.0.0.1", $"{scp.Port}", file.Path);

        StringAssert.Contains(stored.Succeeded().Output, "Received Store Response (Success)");
        AssertReceived("stored", [file]);
        Assert.AreNotEqual(0, rejected.ExitCode);
        StringAssert.Contains(rejected.Output, "Rejected");
    }

    private void AssertReceived(string folder, IEnumerable<TestFile> files, int? count = null)
    {
        var received = Directory.GetFiles(_folder[folder]).ToDictionary(static path => Part10.Read(path).SopInstanceUid);
        Assert.HasCount(count ?? files.Count(), received);
        foreach (var file in files)
        {
            Part10.AssertSameDataSet(file.Path, received[file.InstanceUid]);
        }
    }

    private Task<string> FindscuAsync(params string[] arguments) => Tool.OutputAsync("findscu", ["-v", "-S", "-aet", "FINDSCU", "-aec", "PROVIDER", "127.0.0.1", $"{_scp.Port}", .. arguments]);
}
