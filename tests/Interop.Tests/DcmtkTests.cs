using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;

namespace Specgen.Interop.Tests;

/// <summary>DCMTK's users against the archive: what arrives is, byte for byte, what was sent.</summary>
[TestClass]
public sealed class DcmtkTests
{
    private static TemporaryFolder s_folder = null!;
    private static ArchiveProcess s_archive = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _)
    {
        s_folder = new TemporaryFolder();
        s_archive = await ArchiveProcess.StartAsync(s_folder.Sub("archive"));
    }

    [ClassCleanup]
    public static async Task StopAsync()
    {
        await s_archive.DisposeAsync();
        s_folder.Dispose();
    }

    [TestInitialize]
    public void Empty()
    {
        foreach (var file in s_archive.Files())
        {
            File.Delete(file);
        }
    }

    [TestMethod]
    public Task Echoscu() => s_archive.AssertEchoesAsync();

    [TestMethod]
    [DataRow("ct", "-xe")]
    [DataRow("ct-implicit", "-xi")]
    [DataRow("ct-big-endian", "-xb")]
    [DataRow("ct-deflated", "-xd")]
    [DataRow("mr", "-xe")]
    [DataRow("mr-enhanced", "-xe")]
    [DataRow("multi-frame", "-xe")]
    [DataRow("pdf", "-xe")]
    [DataRow("ct-jpeg-lossless", "-xs")]
    [DataRow("ct-jpeg-ls", "-xt")]
    [DataRow("ct-rle", "-xr")]
    public async Task Storescu(string name, string transferSyntax)
    {
        var file = await TestFiles.GetAsync(name);

        await StorescuAsync(transferSyntax, file.Path);

        s_archive.AssertHolds(file);
        await Tool.OutputAsync("dcmftest", file.ArchivedIn(s_archive.Folder));
        Assert.AreEqual(await Part10.DumpAsync(file.Path), await Part10.DumpAsync(file.ArchivedIn(s_archive.Folder)));
    }

    [TestMethod]
    public async Task DcmsendManyKindsOnOneAssociation()
    {
        string[] names = ["ct", "ct-implicit", "mr", "mr-enhanced", "multi-frame", "pdf", "ct-jpeg-lossless", "ct-jpeg-ls", "ct-rle"];
        var files = await Task.WhenAll(names.Select(TestFiles.GetAsync));

        await Tool.OutputAsync("dcmsend", ["-v", "-dn", "-aet", "DCMSEND", "-aec", ArchiveProcess.AETitle, "127.0.0.1", $"{s_archive.Port}", .. files.Select(static f => f.Path)]);

        s_archive.AssertHolds(files.Where(static f => f.Name != "ct-implicit").Append(await AsSentAsync(files[1])));
    }

    [TestMethod]
    public async Task TheSameInstanceAgainIsKeptOnce()
    {
        var file = await TestFiles.GetAsync("mr");
        await StorescuAsync("-xe", file.Path);
        var first = File.GetLastWriteTimeUtc(file.ArchivedIn(s_archive.Folder));

        await StorescuAsync("-xe", file.Path);
        await StorescuAsync("-xi", file.Path);

        s_archive.AssertHolds(file);
        Assert.AreEqual(first, File.GetLastWriteTimeUtc(file.ArchivedIn(s_archive.Folder)), "What was stored was touched.");
    }

    [TestMethod]
    public async Task AnotherInstanceUnderTheSameUidIsRefusedAndTheFirstIsKept()
    {
        var file = await TestFiles.GetAsync("mr");
        await StorescuAsync("-xe", file.Path);
        var other = file with { Path = s_folder["other.dcm"] };
        File.Copy(file.Path, other.Path, overwrite: true);
        await Tool.OutputAsync("dcmodify", "-nb", "-m", "0010,0010=Somebody^Else", other.Path);

        var result = await Tool.RunAsync("storescu", "-v", "-xe", "-aec", ArchiveProcess.AETitle, "127.0.0.1", $"{s_archive.Port}", other.Path);

        StringAssert.Contains(result.Output, "Received Store Response (Error: CannotUnderstand)");
        s_archive.AssertHolds(file);
    }

    private static async Task StorescuAsync(string transferSyntax, string path)
    {
        var output = await Tool.OutputAsync("storescu", "-v", "-aet", "STORESCU", "-aec", ArchiveProcess.AETitle, transferSyntax, "127.0.0.1", $"{s_archive.Port}", path);
        StringAssert.Contains(output, "Received Store Response (Success)");
    }

    // dcmsend puts uncompressed data sets into explicit VR little endian when the peer takes it; dcmconv does the same to the file.
    private static async Task<TestFile> AsSentAsync(TestFile file)
    {
        var sent = file with { Path = s_folder[file.Name + "-explicit.dcm"] };
        await Tool.OutputAsync("dcmconv", "+te", file.Path, sent.Path);
        return sent;
    }
}
