using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>Keeps what comes in a folder.</summary>
[Scp<StorageServiceClass>]
internal sealed partial class InstanceReceiver(string folder)
{
    public async partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken)
    {
        await context.SaveToAsync(folder, cancellationToken);
        return StorageCStoreStatus.Success;
    }
}
