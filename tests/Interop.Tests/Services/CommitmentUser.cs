using System.Collections.Concurrent;
using FellowOakDicom;
using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>Asks for storage commitment, and keeps what is reported.</summary>
[Scu<StorageCommitmentServiceClass>]
internal sealed partial class CommitmentUser
{
    public BlockingCollection<(ushort Type, DicomDataset? Dataset)> Reports { get; } = [];

    public partial ValueTask<DimseResult<StorageCommitmentNEventReportStatus>> OnNEventReportAsync(NEventReportContext context, CancellationToken cancellationToken)
    {
        Reports.Add((context.EventTypeId, context.Dataset), cancellationToken);
        return new(StorageCommitmentNEventReportStatus.Success);
    }
}
