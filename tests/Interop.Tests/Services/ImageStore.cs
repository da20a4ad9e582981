using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>The README's handler.</summary>
[Scp<StorageServiceClass>]
internal sealed partial class ImageStore(string root)
{
    public async partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken)
    {
        await context.SaveToAsync(root, cancellationToken);
        return StorageCStoreStatus.Success;
    }
}
