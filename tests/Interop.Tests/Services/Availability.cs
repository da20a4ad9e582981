using System.Collections.Concurrent;
using FellowOakDicom;
using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>Is told which instances are there (PS3.4 Annex R).</summary>
[Scp<InstanceAvailabilityNotificationServiceClass>]
internal sealed partial class Availability
{
    public BlockingCollection<DicomDataset> Told { get; } = [];

    public partial ValueTask<DimseResult<InstanceAvailabilityNotificationNCreateStatus>> OnNCreateAsync(NCreateContext context, CancellationToken cancellationToken)
    {
        Told.Add(context.Dataset!, cancellationToken);
        return new(InstanceAvailabilityNotificationNCreateStatus.Success);
    }
}
