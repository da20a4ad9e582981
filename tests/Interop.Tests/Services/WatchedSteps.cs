using FellowOakDicom;
using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>Unified procedure steps that one can watch.</summary>
[Scp<UnifiedProcedureStepServiceClass>(SopClasses = new[] { SopClassUids.UnifiedProcedureStepWatch })]
internal sealed partial class WatchedSteps
{
    public string Suspended { get; private set; } = "";

    private partial ValueTask<DimseResult<UnifiedProcedureStepNActionStatus>> OnSuspendGlobalSubscriptionAsync(NActionContext context, UPSSubscriptionEndModule information, CancellationToken cancellationToken)
    {
        Suspended = $"{information.ReceivingAE} {context.SopClass.Keyword}";
        return new(UnifiedProcedureStepNActionStatus.Success);
    }

    private partial ValueTask<DimseResult<UnifiedProcedureStepNActionStatus>> OnSubscribeToReceiveUpsEventReportsAsync(NActionContext context, UPSSubscriptionModule information, CancellationToken cancellationToken) =>
        new(UnifiedProcedureStepNActionStatus.Success);

    private partial ValueTask<DimseResult<UnifiedProcedureStepNActionStatus>> OnUnsubscribeFromReceivingUpsEventReportsAsync(NActionContext context, UPSSubscriptionEndModule information, CancellationToken cancellationToken) =>
        new(UnifiedProcedureStepNActionStatus.Success);

    private partial ValueTask<DimseResult<UnifiedProcedureStepNActionStatus>> OnRequestUpsCancelAsync(NActionContext context, RequestUPSCancelModule information, CancellationToken cancellationToken) =>
        new(UnifiedProcedureStepNActionStatus.Success);

    private partial ValueTask<DimseResult<UnifiedProcedureStepNGetStatus, UnifiedProcedureStepModule>> OnNGetAsync(NGetContext context, CancellationToken cancellationToken) =>
        new(new UnifiedProcedureStepModule(new DicomDataset()) { ProcedureStepState = "SCHEDULED", ProcedureStepLabel = "Label" });

    private async partial IAsyncEnumerable<CFindResult<UnifiedProcedureStepCFindStatus>> OnCFindAsync(CFindContext context, CancellationToken cancellationToken)
    {
        await Task.Yield();
        yield break;
    }
}

/// <summary>Watches them.</summary>
[Scu<UnifiedProcedureStepServiceClass>(SopClasses = new[] { SopClassUids.UnifiedProcedureStepWatch, SopClassUids.UnifiedProcedureStepPull })]
internal sealed partial class StepWatcher;
