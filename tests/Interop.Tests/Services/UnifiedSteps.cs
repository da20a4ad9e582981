using System.Collections.Concurrent;
using FellowOakDicom;
using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>Unified procedure steps: who subscribes to all of them is told of every change (PS3.4 §CC.2.3, §CC.2.4).</summary>
[Scp<UnifiedProcedureStepServiceClass>(SopClasses = new[] { SopClassUids.UnifiedProcedureStepPush, SopClassUids.UnifiedProcedureStepWatch, SopClassUids.UnifiedProcedureStepEvent })]
internal sealed partial class UnifiedSteps
{
    private readonly ConcurrentDictionary<string, DicomDataset> _steps = [];
    private readonly ConcurrentDictionary<string, bool> _subscribers = [];

    /// <summary>What the subscribers answered.</summary>
    public BlockingCollection<UnifiedProcedureStepNEventReportStatus> Answers { get; } = [];

    public partial ValueTask<DimseResult<UnifiedProcedureStepNCreateStatus>> OnNCreateAsync(NCreateContext context, CancellationToken cancellationToken)
    {
        _steps[context.SopInstanceUid] = context.Dataset!;
        Report(context, "SCHEDULED");
        return new(UnifiedProcedureStepNCreateStatus.Success);
    }

    public partial ValueTask<DimseResult<UnifiedProcedureStepNGetStatus>> OnNGetAsync(NGetContext context, CancellationToken cancellationToken) => new(
        _steps.TryGetValue(context.SopInstanceUid, out var step)
            ? new DimseResult<UnifiedProcedureStepNGetStatus>(UnifiedProcedureStepNGetStatus.Success) { Dataset = step }
            : UnifiedProcedureStepNGetStatus.SpecifiedSopInstanceUidDoesNotExistOrIsNotAUpsInstance);

    public async partial IAsyncEnumerable<CFindResult<UnifiedProcedureStepCFindStatus>> OnCFindAsync(CFindContext context, CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var step in _steps.Values.Where(step => QueryMatching.Matches(context.Identifier, step)))
        {
            yield return QueryMatching.Answer(context.Identifier, step);
        }
    }

    private partial ValueTask<DimseResult<UnifiedProcedureStepNActionStatus>> OnSubscribeToReceiveUpsEventReportsAsync(NActionContext context, UPSSubscriptionModule information, CancellationToken cancellationToken)
    {
        _subscribers[information.ReceivingAE!] = true;
        return new(UnifiedProcedureStepNActionStatus.Success);
    }

    private partial ValueTask<DimseResult<UnifiedProcedureStepNActionStatus>> OnUnsubscribeFromReceivingUpsEventReportsAsync(NActionContext context, UPSSubscriptionEndModule information, CancellationToken cancellationToken)
    {
        _subscribers.TryRemove(information.ReceivingAE!, out _);
        return new(UnifiedProcedureStepNActionStatus.Success);
    }

    private partial ValueTask<DimseResult<UnifiedProcedureStepNActionStatus>> OnSuspendGlobalSubscriptionAsync(NActionContext context, UPSSubscriptionEndModule information, CancellationToken cancellationToken) =>
        OnUnsubscribeFromReceivingUpsEventReportsAsync(context, information, cancellationToken);

    private partial ValueTask<DimseResult<UnifiedProcedureStepNActionStatus>> OnRequestUpsCancelAsync(NActionContext context, RequestUPSCancelModule information, CancellationToken cancellationToken)
    {
        if (!_steps.TryGetValue(context.SopInstanceUid, out var step))
        {
            return new(UnifiedProcedureStepNActionStatus.SpecifiedSopInstanceUidDoesNotExistOrIsNotAUpsInstance);
        }

        step.AddOrUpdate(DicomTag.ProcedureStepState, "CANCELED");
        Report(context, "CANCELED");
        return new(UnifiedProcedureStepNActionStatus.Success);
    }

    private void Report(DimseContext context, string state) => context.AfterResponse(async stopping =>
    {
        var report = new UPSStateReportModule(new DicomDataset()) { ProcedureStepState = state, InputReadinessState = "READY" };
        foreach (var subscriber in _subscribers.Keys.Order())
        {
            var answer = await NotifyUpsStateReportAsync(context.Peer.To(subscriber), context.SopInstanceUid, report, stopping);
            Answers.Add(answer.Status, stopping);
        }
    });
}
