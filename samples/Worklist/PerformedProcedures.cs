using FellowOakDicom;
using Specgen;
using Specgen.Standard;
using CreateStatus = Specgen.Standard.ModalityPerformedProcedureStepNCreateStatus;
using SetStatus = Specgen.Standard.ModalityPerformedProcedureStepNSetStatus;

namespace Worklist;

/// <summary>Modality performed procedure step as provider: what a modality has begun, and how that ended (PS3.4 §F.7).</summary>
[Scp<ModalityPerformedProcedureStepServiceClass>(SopClasses = [SopClassUids.ModalityPerformedProcedureStep])]
internal sealed partial class PerformedProcedures(PerformedSteps steps, Action<string> log)
{
    /// <summary>PS3.4 Table F.7.2-2.</summary>
    private const ushort MayNoLongerBeUpdated = 0xA710;

    public partial ValueTask<DimseResult<CreateStatus>> OnNCreateAsync(
        NCreateContext context, ModalityPerformedProcedureStepModule information, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Create(context, information));

    public partial ValueTask<DimseResult<SetStatus>> OnNSetAsync(
        NSetContext context, ModalityPerformedProcedureStepModule information, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Set(context, information));

    private DimseResult<CreateStatus> Create(NCreateContext context, ModalityPerformedProcedureStepModule step)
    {
        if (!InstanceIdentity.IsUid(context.SopInstanceUid))
        {
            return new(CreateStatus.InvalidSopInstance) { ErrorComment = "SOP Instance UID is no UID" };
        }
        if (step.Missing(DimseOperation.NCreate, DicomRole.Scu) is { Count: > 0 } missing)
        {
            var status = missing.All(static attribute => attribute.IsEmpty) ? CreateStatus.MissingAttributeValue : CreateStatus.MissingAttribute;
            return new(status) { AttributeIdentifiers = [.. missing.Select(static attribute => attribute.Tag)], ErrorComment = missing[0].ToString() };
        }
        if (StepRules.Invalid(step.Dataset) is [var invalid, ..] all)
        {
            return new(CreateStatus.InvalidAttributeValue) { OffendingElements = all, ErrorComment = $"{invalid} has a value that is none of its VR" };
        }
        if (step.PerformedProcedureStepStatus != StepRules.InProgress)
        {
            return new(CreateStatus.InvalidAttributeValue) { OffendingElements = [DicomTag.PerformedProcedureStepStatus], ErrorComment = "A step begins as IN PROGRESS" };
        }
        if (!steps.TryCreate(context.SopInstanceUid, step))
        {
            return CreateStatus.DuplicateSopInstance;
        }
        log($"{context.CallingAE}: {step.PerformedProcedureStepId} is in progress ({context.SopInstanceUid})");
        return CreateStatus.Success;
    }

    private DimseResult<SetStatus> Set(NSetContext context, ModalityPerformedProcedureStepModule changes)
    {
        var answer = steps.Change(context.SopInstanceUid, step =>
        {
            if (step is null)
            {
                return (null, SetStatus.NoSuchSopInstance);
            }
            // As it is kept: its texts decoded, whatever the character set of the request.
            var changed = new ModalityPerformedProcedureStepModule(step.Dataset.Clone().NotValidated().AddOrUpdate(JsonDataSet.Read(JsonDataSet.Write(changes.Dataset), validate: false)));
            return Refuse(step, changes, changed) is { } refusal ? (null, refusal) : (changed, (DimseResult<SetStatus>)SetStatus.Success);
        });
        if (answer.Status == SetStatus.Success)
        {
            log($"{context.CallingAE}: {context.SopInstanceUid} {changes.PerformedProcedureStepStatus?.ToLowerInvariant() ?? "changed"}");
        }
        return answer;
    }

    private static DimseResult<SetStatus>? Refuse(
        ModalityPerformedProcedureStepModule step, ModalityPerformedProcedureStepModule changes, ModalityPerformedProcedureStepModule changed)
    {
        if (StepRules.HasEnded(step))
        {
            return new(SetStatus.ProcessingFailure) { ErrorComment = "Performed Procedure Step Object may no longer be updated", ErrorId = MayNoLongerBeUpdated };
        }
        if (StepRules.Protected(step, changes) is [var fixedTag, ..] protectedTags)
        {
            return new(SetStatus.InvalidAttributeValue) { OffendingElements = protectedTags, ErrorComment = $"{fixedTag.DictionaryEntry.Name} is not changed by N-SET" };
        }
        if (StepRules.Invalid(changes.Dataset) is [var invalid, ..] all)
        {
            return new(SetStatus.InvalidAttributeValue) { OffendingElements = all, ErrorComment = $"{invalid} has a value that is none of its VR" };
        }
        if (!StepRules.IsStatus(changed.PerformedProcedureStepStatus))
        {
            return new(SetStatus.InvalidAttributeValue) { OffendingElements = [DicomTag.PerformedProcedureStepStatus], ErrorComment = "This is no status of a step" };
        }
        return StepRules.HasEnded(changed) && StepRules.MissingAtEnd(changed) is [var first, ..] missing
            ? new(SetStatus.MissingAttributeValue) { AttributeIdentifiers = [.. missing.Select(static attribute => attribute.Tag)], ErrorComment = first.ToString() }
            : null;
    }
}
