using FellowOakDicom;
using Specgen;
using Specgen.Standard;

namespace Company.StorageScp.Tests;

[Scu<StorageServiceClass>(SopClasses = [SopClassUids.CTImageStorage])]
internal sealed partial class Modality;

[TestClass]
public sealed class ImageStoreTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("images-").FullName;

    private static DicomFile Image => new(new DicomDataset
    {
        { DicomTag.SOPClassUID, SopClassUids.CTImageStorage },
        { DicomTag.SOPInstanceUID, "1.2.3.4" },
    });

    /// <summary>The handler alone.</summary>
    [TestMethod]
    public async Task Handler_keeps_the_image()
    {
        var result = await new ImageStore(_folder).OnCStoreAsync(CStoreContext.ForTest(Image), CancellationToken.None);

        Assert.AreEqual(StorageCStoreStatus.Success, result.Status);
        Assert.IsTrue(File.Exists(Path.Combine(_folder, "1.2.3.4.dcm")));
    }

    /// <summary>A server in memory, and a modality that sends to it.</summary>
    [TestMethod]
    public async Task Server_keeps_the_image_of_a_modality()
    {
        await using var scp = await TestScp.StartAsync(new ImageStore(_folder));
        await using var modality = await scp.ConnectAsync<Modality>();

        var result = await modality.CStoreAsync(Image, CancellationToken.None);

        Assert.AreEqual(StorageCStoreStatus.Success, result.Status, scp.Transcript.ToString());
        Assert.IsTrue(File.Exists(Path.Combine(_folder, "1.2.3.4.dcm")));
    }

    [TestCleanup]
    public void Clean() => Directory.Delete(_folder, recursive: true);
}
