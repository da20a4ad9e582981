using System.Collections.Concurrent;
using FellowOakDicom;
using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>Modality performed procedure steps, with a notification of each change to those who want it (PS3.4 §F.9).</summary>
[Scp<ModalityPerformedProcedureStepServiceClass>]
internal sealed partial class PerformedSteps(params string[] watchers)
{
    private readonly ConcurrentDictionary<string, DicomDataset> _steps = [];

    /// <summary>What the watchers answered.</summary>
    public BlockingCollection<ModalityPerformedProcedureStepNEventReportStatus> Answers { get; } = [];

    public partial ValueTask<DimseResult<ModalityPerformedProcedureStepNCreateStatus>> OnNCreateAsync(NCreateContext context, CancellationToken cancellationToken)
    {
        _steps[context.SopInstanceUid] = context.Dataset!;
        Notify(context, ModalityPerformedProcedureStepEvent.PerformedProcedureStepInProgress);
        return new(ModalityPerformedProcedureStepNCreateStatus.Success);
    }

    public partial ValueTask<DimseResult<ModalityPerformedProcedureStepNSetStatus>> OnNSetAsync(NSetContext context, CancellationToken cancellationToken)
    {
        if (!_steps.TryGetValue(context.SopInstanceUid, out var step))
        {
            return new(ModalityPerformedProcedureStepNSetStatus.NoSuchSopInstance);
        }

        step.AddOrUpdate(context.ModificationList);
        Notify(context, context.ModificationList.GetSingleValueOrDefault(DicomTag.PerformedProcedureStepStatus, "") switch
        {
            "COMPLETED" => ModalityPerformedProcedureStepEvent.PerformedProcedureStepCompleted,
            "DISCONTINUED" => ModalityPerformedProcedureStepEvent.PerformedProcedureStepDiscontinued,
            _ => ModalityPerformedProcedureStepEvent.PerformedProcedureStepUpdated,
        });
        return new(ModalityPerformedProcedureStepNSetStatus.Success);
    }

    public partial ValueTask<DimseResult<ModalityPerformedProcedureStepNGetStatus>> OnNGetAsync(NGetContext context, CancellationToken cancellationToken) => new(
        _steps.TryGetValue(context.SopInstanceUid, out var step)
            ? new DimseResult<ModalityPerformedProcedureStepNGetStatus>(ModalityPerformedProcedureStepNGetStatus.Success) { Dataset = Chosen(step, context.Attributes) }
            : ModalityPerformedProcedureStepNGetStatus.NoSuchSopInstance);

    private static DicomDataset Chosen(DicomDataset step, IReadOnlyList<DicomTag> attributes) =>
        attributes.Count == 0 ? step : new DicomDataset([.. step.Where(item => attributes.Contains(item.Tag))]);

    private void Notify(DimseContext context, ModalityPerformedProcedureStepEvent type) => context.AfterResponse(async stopping =>
    {
        foreach (var watcher in watchers)
        {
            var answer = await NEventReportAsync(context.Peer.To(watcher), context.SopInstanceUid, type, null, stopping);
            Answers.Add(answer.Status, stopping);
        }
    });
}
