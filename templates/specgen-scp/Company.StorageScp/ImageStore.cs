using Specgen;
using Specgen.Standard;

namespace Company.StorageScp;

/// <summary>Keeps what peers send, each instance as a file of its own.</summary>
[Scp<StorageServiceClass>]
internal sealed partial class ImageStore(string folder)
{
    public async partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken)
    {
        await context.SaveToAsync(folder, cancellationToken);
        return StorageCStoreStatus.Success;
    }
}
