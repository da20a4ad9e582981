using System.Collections.Concurrent;
using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>Makes unified procedure steps, watches them, and keeps what it is told of them.</summary>
[Scu<UnifiedProcedureStepServiceClass>(SopClasses = new[] { SopClassUids.UnifiedProcedureStepPush, SopClassUids.UnifiedProcedureStepWatch, SopClassUids.UnifiedProcedureStepEvent })]
internal sealed partial class UnifiedStepUser
{
    public BlockingCollection<NEventReportContext> Told { get; } = [];

    public partial ValueTask<DimseResult<UnifiedProcedureStepNEventReportStatus>> OnNEventReportAsync(NEventReportContext context, CancellationToken cancellationToken)
    {
        Told.Add(context, cancellationToken);
        return new(UnifiedProcedureStepNEventReportStatus.Success);
    }
}
