using FellowOakDicom;
using Specgen;
using Specgen.Standard;

namespace Worklist;

/// <summary>Modality performed procedure step as provider: what a modality has begun, and how that ended (PS3.4 §F.7).</summary>
[Scp<ModalityPerformedProcedureStepServiceClass>(SopClasses = [SopClassUids.ModalityPerformedProcedureStep])]
internal sealed partial class PerformedProcedures(PerformedSteps steps, Action<string> log)
{
    /// <summary>PS3.4 Table F.7.2-2.</summary>
    private const ushort MayNoLongerBeUpdated = 0xA710;

    public partial ValueTask<DimseResult<ModalityPerformedProcedureStepNCreateStatus>> OnNCreateAsync(NCreateContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Create(context));

    public partial ValueTask<DimseResult<ModalityPerformedProcedureStepNSetStatus>> OnNSetAsync(NSetContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Set(context));

    private DimseResult<ModalityPerformedProcedureStepNCreateStatus> Create(NCreateContext context)
    {
        var step = context.Dataset ?? [];
        if (!InstanceIdentity.IsUid(context.SopInstanceUid))
        {
            return new(ModalityPerformedProcedureStepNCreateStatus.InvalidSopInstance) { ErrorComment = "SOP Instance UID is no UID" };
        }
        if (new ModalityPerformedProcedureStepModule(step).Missing(DimseOperation.NCreate, DicomRole.Scu) is { Count: > 0 } missing)
        {
            var status = missing.All(static attribute => attribute.IsEmpty) ? ModalityPerformedProcedureStepNCreateStatus.MissingAttributeValue : ModalityPerformedProcedureStepNCreateStatus.MissingAttribute;
            return new(status) { AttributeIdentifiers = [.. missing.Select(static attribute => attribute.Tag)], ErrorComment = missing[0].ToString() };
        }
        if (PerformedSteps.StatusOf(step) != PerformedSteps.InProgress)
        {
            return new(ModalityPerformedProcedureStepNCreateStatus.InvalidAttributeValue) { OffendingElements = [DicomTag.PerformedProcedureStepStatus], ErrorComment = "A step begins as IN PROGRESS" };
        }
        if (!steps.TryCreate(context.SopInstanceUid, step))
        {
            return ModalityPerformedProcedureStepNCreateStatus.DuplicateSopInstance;
        }
        log($"{context.CallingAE}: {step.GetString(DicomTag.PerformedProcedureStepID)} is in progress ({context.SopInstanceUid})");
        return ModalityPerformedProcedureStepNCreateStatus.Success;
    }

    private DimseResult<ModalityPerformedProcedureStepNSetStatus> Set(NSetContext context)
    {
        var status = PerformedSteps.StatusOf(context.ModificationList);
        if (status is not (null or PerformedSteps.InProgress or "COMPLETED" or "DISCONTINUED"))
        {
            return new(ModalityPerformedProcedureStepNSetStatus.InvalidAttributeValue) { OffendingElements = [DicomTag.PerformedProcedureStepStatus], ErrorComment = $"{status} is no status of a step" };
        }
        try
        {
            var refusal = steps.Change<DimseResult<ModalityPerformedProcedureStepNSetStatus>>(context.SopInstanceUid, context.ModificationList, static step => PerformedSteps.StatusOf(step) == PerformedSteps.InProgress
                ? null
                : new(ModalityPerformedProcedureStepNSetStatus.ProcessingFailure) { ErrorComment = "Performed Procedure Step Object may no longer be updated", ErrorId = MayNoLongerBeUpdated });
            if (refusal is null)
            {
                log($"{context.CallingAE}: {context.SopInstanceUid} {status?.ToLowerInvariant() ?? "changed"}");
            }
            return refusal ?? ModalityPerformedProcedureStepNSetStatus.Success;
        }
        catch (KeyNotFoundException)
        {
            return ModalityPerformedProcedureStepNSetStatus.NoSuchSopInstance;
        }
    }
}
