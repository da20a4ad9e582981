using FellowOakDicom;
using Specgen;
using Specgen.Standard;

[Scp<StorageServiceClass>]
internal sealed partial class ImageStore(string folder)
{
    public async partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken)
    {
        if (context.CallingAE == "UNKNOWN")
        {
            return StorageCStoreStatus.OutOfResources;
        }

        await context.SaveToAsync(folder, cancellationToken);
        return StorageCStoreStatus.Success;
    }
}

[Scu<StorageServiceClass>(SopClasses = [SopClassUids.CTImageStorage])]
internal sealed partial class Modality;

[TestClass]
public sealed class StorageTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("images-").FullName;

    private static DicomFile Image => new(new DicomDataset
    {
        { DicomTag.SOPClassUID, SopClassUids.CTImageStorage },
        { DicomTag.SOPInstanceUID, "1.2.3.4" },
        { DicomTag.PatientName, "Test^Patient" },
    });

    [TestMethod]
    public async Task Handler_keeps_the_image()
    {
        var result = await new ImageStore(_folder).OnCStoreAsync(CStoreContext.ForTest(Image), CancellationToken.None);

        Assert.AreEqual(StorageCStoreStatus.Success, result.Status);
        Assert.IsTrue(File.Exists(Path.Combine(_folder, "1.2.3.4.dcm")));
    }

    [TestMethod]
    public async Task Handler_refuses_whom_it_does_not_know()
    {
        var context = CStoreContext.ForTest(Image, new TestRequest { CallingAE = "UNKNOWN", SopClass = SopClasses.CTImageStorage });

        var result = await new ImageStore(_folder).OnCStoreAsync(context, CancellationToken.None);

        Assert.AreEqual(StorageCStoreStatus.OutOfResources, result.Status);
    }

    [TestMethod]
    public async Task Server_takes_the_image_of_a_modality()
    {
        await using var scp = await TestScp.StartAsync(o => o.AETitle = "ARCHIVE", new ImageStore(_folder));
        await using var modality = await scp.ConnectAsync<Modality>();

        var result = await modality.CStoreAsync(Image, CancellationToken.None);

        Assert.AreEqual(StorageCStoreStatus.Success, result.Status, scp.Transcript.ToString());
        Assert.IsTrue(File.Exists(Path.Combine(_folder, "1.2.3.4.dcm")));
    }

    [TestCleanup]
    public void Clean() => Directory.Delete(_folder, recursive: true);
}
