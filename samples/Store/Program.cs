using Specgen;
using Specgen.Standard;

await using var scp = await DicomScp.StartAsync(new DicomScpOptions { AETitle = "STORE", Port = 11112 }, new ImageStore("store"));
Console.WriteLine($"{scp.AETitle} listens on port {scp.Port}; Enter stops.");
Console.ReadLine();

[Scp<StorageServiceClass>]
internal sealed partial class ImageStore(string root)
{
    public async partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken)
    {
        await context.SaveToAsync(root, cancellationToken);
        return StorageCStoreStatus.Success;
    }
}
