using System.Collections.Concurrent;
using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>Makes modality performed procedure steps, reads them, and keeps what it is told of them.</summary>
[Scu<ModalityPerformedProcedureStepServiceClass>]
internal sealed partial class PerformedStepUser
{
    public BlockingCollection<NEventReportContext> Told { get; } = [];

    public partial ValueTask<DimseResult<ModalityPerformedProcedureStepNEventReportStatus>> OnNEventReportAsync(NEventReportContext context, CancellationToken cancellationToken)
    {
        Told.Add(context, cancellationToken);
        return new(ModalityPerformedProcedureStepNEventReportStatus.Success);
    }
}
