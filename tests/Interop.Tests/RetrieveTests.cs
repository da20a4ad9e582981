using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;

namespace Specgen.Interop.Tests;

/// <summary>DCMTK's movescu and getscu, and Orthanc, retrieve from the archive: what comes back is, byte for byte, what was stored.</summary>
[TestClass]
public sealed class RetrieveTests
{
    private const string Destination = "DEST";

    private static readonly int s_destinationPort = Loopback.FreePort();
    private static readonly int s_orthancPort = Loopback.FreePort();
    private static TemporaryFolder s_folder = null!;
    private static ArchiveProcess s_archive = null!;
    private static IReadOnlyList<TestFile> s_files = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _)
    {
        s_folder = new TemporaryFolder();
        s_archive = await ArchiveProcess.StartAsync(
            s_folder.Sub("archive"), "--peer", $"{Destination}=127.0.0.1:{s_destinationPort}", "--peer", $"{OrthancProcess.AETitle}=127.0.0.1:{s_orthancPort}");
        s_files = [await TestFiles.GetAsync("ct"), await TestFiles.GetAsync("mr"), await TestFiles.GetAsync("pdf"), await TestFiles.GetAsync("ct-rle")];
        foreach (var file in s_files)
        {
            await Tool.OutputAsync("storescu", ["-R", file.Name == "ct-rle" ? "-xr" : "-xe", "-aec", ArchiveProcess.AETitle, "127.0.0.1", $"{s_archive.Port}", file.Path]);
        }
    }

    [ClassCleanup]
    public static async Task StopAsync()
    {
        await s_archive.DisposeAsync();
        s_folder.Dispose();
    }

    [TestMethod]
    public async Task Movescu_ToStorescp()
    {
        var folder = s_folder.Sub("storescp");
        await using var storescp = Peer.Start(Requirements.Program("storescp"), ["-od", folder, "+B", "+xa", "-aet", Destination, $"{s_destinationPort}"]);
        await storescp.WaitForPortAsync(s_destinationPort);

        var output = await MoveAsync(Destination, s_files.Select(static file => file.StudyUid).Distinct());

        StringAssert.Contains(output, "Completed Suboperations       : " + s_files.Count);
        StringAssert.Contains(output, "Failed Suboperations          : 0");
        AssertReceived(folder, s_files);
    }

    [TestMethod]
    public async Task Movescu_ToADestinationThatNobodyKnows()
    {
        var output = await MoveAsync("NOBODY", [s_files[0].StudyUid]);
        StringAssert.Contains(output, "0xa801", StringComparison.OrdinalIgnoreCase);
    }

    [TestMethod]
    public async Task Movescu_ToADestinationThatIsNotThere()
    {
        var output = await MoveAsync(Destination, [s_files[0].StudyUid]);
        StringAssert.Contains(output, "0xa702", StringComparison.OrdinalIgnoreCase);
    }

    [TestMethod]
    public async Task Getscu()
    {
        foreach (var file in s_files.Where(static file => file.Name != "ct-rle"))
        {
            var folder = s_folder.Sub("getscu-" + file.Name);
            await Tool.OutputAsync("getscu", "-S", "-od", folder, "+B", "-aec", ArchiveProcess.AETitle, "-k", "QueryRetrieveLevel=STUDY", "-k", $"StudyInstanceUID={file.StudyUid}", "127.0.0.1", $"{s_archive.Port}");
            AssertReceived(folder, [file]);
        }
    }

    [TestMethod]
    public async Task OrthancQueriesAndRetrieves()
    {
        await using var orthanc = await OrthancProcess.StartAsync(s_folder["orthanc"], s_orthancPort, ArchiveProcess.AETitle, s_archive.Port);

        var answers = await orthanc.RetrieveStudyAsync(s_files[0].StudyUid);

        Assert.AreEqual(1, answers);
        CollectionAssert.AreEqual(new[] { s_files[0].InstanceUid }, (await orthanc.InstancesAsync()).ToList(), $"{s_archive.Process.Output}\n{orthanc.Output}");
    }

    private static async Task<string> MoveAsync(string destination, IEnumerable<string> studies) => (await Tool.RunAsync(
        "movescu",
        ["-d", "-S", "-aec", ArchiveProcess.AETitle, "-aem", destination, "-k", "QueryRetrieveLevel=STUDY", "-k", $"StudyInstanceUID={string.Join('\\', studies)}", "127.0.0.1", $"{s_archive.Port}"])).Output;

    private static void AssertReceived(string folder, IReadOnlyList<TestFile> files)
    {
        var received = Directory.GetFiles(folder).ToDictionary(static path => Part10.Read(path).SopInstanceUid);
        CollectionAssert.AreEquivalent(files.Select(static file => file.InstanceUid).ToList(), received.Keys);
        foreach (var file in files)
        {
            Part10.AssertSameDataSet(file.ArchivedIn(s_archive.Folder), received[file.InstanceUid]);
        }
    }
}
