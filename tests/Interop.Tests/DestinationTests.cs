using FellowOakDicom;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;
using Specgen.Interop.Tests.Services;
using Specgen.Standard;

namespace Specgen.Interop.Tests;

/// <summary>C-MOVE by a provider of ours to DCMTK's storescp where that does not do as it should.</summary>
[TestClass]
public sealed class DestinationTests
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = Loopback.FreePort();
    private IReadOnlyList<TestFile> _files = null!;
    private DicomScp _scp = null!;

    [TestInitialize]
    public async Task StartAsync()
    {
        _files = await Task.WhenAll(new[] { "ct", "mr", "pdf", "ct-implicit", "mr-enhanced", "multi-frame" }.Select(TestFiles.GetAsync));
        var options = new DicomScpOptions { Address = "127.0.0.1", Port = 0, AETitle = "PROVIDER", ReceiveFolder = _folder["receiving"] };
        options.Peers["DEST"] = new DicomPeer("127.0.0.1", _port);
        _scp = await DicomScp.StartAsync(options, new StudyProvider(_files));
    }

    [TestCleanup]
    public async Task StopAsync()
    {
        await _scp.DisposeAsync();
        _folder.Dispose();
    }

    [TestMethod]
    public async Task ThatRefusesTheAssociation()
    {
        await using var storescp = await ListenAsync("--refuse");

        var moved = await MoveAsync();

        Assert.AreEqual((QueryRetrieveCMoveStatus.OutOfResourcesUnableToPerformSubOperations, 0, _files.Count), (moved.Result.Status, moved.Completed, moved.Failed), storescp.Output);
        StringAssert.Contains(moved.Result.ErrorComment, "DEST");
        CollectionAssert.AreEquivalent(_files.Select(static file => file.InstanceUid).ToList(), moved.FailedSopInstanceUids.ToList());
    }

    [TestMethod]
    [DataRow("--abort-during", DisplayName = "while it receives the first")]
    [DataRow("--abort-after", DisplayName = "when it has received the first")]
    public async Task ThatAborts(string option)
    {
        await using var storescp = await ListenAsync(option);

        var moved = await MoveAsync();

        Assert.AreEqual((QueryRetrieveCMoveStatus.OutOfResourcesUnableToPerformSubOperations, 0, _files.Count), (moved.Result.Status, moved.Completed, moved.Failed), storescp.Output);
    }

    [TestMethod]
    public async Task ThatDiesHalfWay()
    {
        await using var storescp = await ListenAsync("--sleep-during", "1");
        var moving = MoveAsync();
        await storescp.WaitForOutputAsync("Received Store Request (MsgID 3");

        storescp.Kill();

        var moved = await moving;
        Assert.AreEqual(QueryRetrieveCMoveStatus.SubOperationsCompleteOneOrMoreFailuresOrWarnings, moved.Result.Status, storescp.Output);
        Assert.AreEqual((2, _files.Count - 2), (moved.Completed, moved.Failed), storescp.Output);
        CollectionAssert.AreEquivalent(_files.Skip(2).Select(static file => file.InstanceUid).ToList(), moved.FailedSopInstanceUids.ToList());
        await Tool.OutputAsync("echoscu", "-aec", "PROVIDER", "127.0.0.1", $"{_scp.Port}");
    }

    [TestMethod]
    public async Task ThatTakesSomeSopClassesOnly()
    {
        await File.WriteAllTextAsync(_folder["some.cfg"], """
            [[TransferSyntaxes]]
            [Uncompressed]
            TransferSyntax1 = LittleEndianImplicit
            TransferSyntax2 = LittleEndianExplicit

            [[PresentationContexts]]
            [Some]
            PresentationContext1 = CTImageStorage\Uncompressed
            PresentationContext2 = MRImageStorage\Uncompressed

            [[Profiles]]
            [Some]
            PresentationContexts = Some

            """);
        await using var storescp = await ListenAsync("-xf", _folder["some.cfg"], "Some");

        var moved = await MoveAsync();

        var taken = _files.Where(static file => file.SopClassUid is TestFiles.CTImageStorage or TestFiles.MRImageStorage).ToList();
        Assert.AreEqual((QueryRetrieveCMoveStatus.SubOperationsCompleteOneOrMoreFailuresOrWarnings, taken.Count, _files.Count - taken.Count), (moved.Result.Status, moved.Completed, moved.Failed), storescp.Output);
        CollectionAssert.AreEquivalent(_files.Except(taken).Select(static file => file.InstanceUid).ToList(), moved.FailedSopInstanceUids.ToList());
        CollectionAssert.AreEquivalent(
            taken.Select(static file => file.InstanceUid).ToList(), Directory.GetFiles(_folder["received"]).Select(static path => Part10.Read(path).SopInstanceUid).ToList());
    }

    [TestMethod]
    public async Task ThatIsSlowUntilMovescuCancels()
    {
        await using var storescp = await ListenAsync("--sleep-during", "1");

        var result = await Tool.RunAsync(
            "movescu", "-v", "-d", "-S", "-aec", "PROVIDER", "-aem", "DEST", "--cancel", "1", "127.0.0.1", $"{_scp.Port}", "-k", "0008,0052=STUDY", "-k", $"0020,000D={StudyProvider.All}");

        StringAssert.Contains(result.Output, "0xfe00", StringComparison.OrdinalIgnoreCase);
        Assert.IsLessThan(_files.Count, Directory.GetFiles(_folder["received"]).Length);
    }

    private async Task<Peer> ListenAsync(params string[] options)
    {
        var storescp = Peer.Start(Requirements.Program("storescp"), ["-v", "-aet", "DEST", "+B", "-od", _folder.Sub("received"), .. options, $"{_port}"]);
        await storescp.WaitForPortAsync(_port);
        return storescp;
    }

    private async Task<RetrieveOutcome<QueryRetrieveCMoveStatus>> MoveAsync()
    {
        await using var user = new StudyUser();
        await user.ConnectAsync(new ScuOptions("127.0.0.1", _scp.Port) { CalledAE = "PROVIDER" });
        return await user.CMoveAsync(new DicomDataset { { DicomTag.QueryRetrieveLevel, "STUDY" }, { DicomTag.StudyInstanceUID, StudyProvider.All } }, "DEST");
    }
}
