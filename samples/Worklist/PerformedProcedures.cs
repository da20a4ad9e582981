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

    private const string Comment = "Error Comment (0000,0902)";
    private const string Attributes = "Attribute Identifier List (0000,1005), Error Comment (0000,0902)";

    [Sends(CreateStatus.Success, "The step is kept, in progress")]
    [Sends(CreateStatus.MissingAttribute, "An attribute that Table F.7.2-1 requires is not there", RelatedFields = Attributes)]
    [Sends(CreateStatus.MissingAttributeValue, "Attributes that Table F.7.2-1 requires a value for are all there, some without one", RelatedFields = Attributes)]
    [Sends(CreateStatus.InvalidAttributeValue, "A value is none of its VR; or the step begins as another status than IN PROGRESS", RelatedFields = Comment)]
    [Sends(CreateStatus.DuplicateSopInstance, "A step of this SOP Instance UID is kept already")]
    public partial ValueTask<DimseResult<CreateStatus>> OnNCreateAsync(
        NCreateContext context, ModalityPerformedProcedureStepModule information, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Create(context, information));

    [Sends(SetStatus.Success, "The step is changed")]
    [Sends(SetStatus.NoSuchSopInstance, "No step of this SOP Instance UID is kept")]
    [Sends(SetStatus.ProcessingFailure, "The step is completed or discontinued, and may no longer be updated", RelatedFields = "Error ID (0000,0903) A710, Error Comment (0000,0902)")]
    [Sends(SetStatus.InvalidAttributeValue, "An attribute would be changed that N-SET may not change; a value is none of its VR; or the status is none of a step", RelatedFields = Comment)]
    [Sends(SetStatus.MissingAttributeValue, "The step would end without what its final state requires", RelatedFields = Attributes)]
    public partial ValueTask<DimseResult<SetStatus>> OnNSetAsync(
        NSetContext context, ModalityPerformedProcedureStepModule information, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Set(context, information));

    private DimseResult<CreateStatus> Create(NCreateContext context, ModalityPerformedProcedureStepModule information)
    {
        if (!InstanceIdentity.IsUid(context.SopInstanceUid))
        {
            return new(CreateStatus.InvalidSopInstance) { ErrorComment = "SOP Instance UID is no UID" };
        }
        if (!TryKeep(information, out var step, out var problem))
        {
            return Invalid(CreateStatus.InvalidAttributeValue, [], problem);
        }
        if (step.Missing(DimseOperation.NCreate, DicomRole.Scu) is { Count: > 0 } missing)
        {
            var status = missing.All(static attribute => attribute.IsEmpty) ? CreateStatus.MissingAttributeValue : CreateStatus.MissingAttribute;
            return new(status) { AttributeIdentifiers = Tags(missing), ErrorComment = missing[0].ToString() };
        }
        if (StepRules.Invalid(step.Dataset) is [var invalid, ..] all)
        {
            return Invalid(CreateStatus.InvalidAttributeValue, all, $"{invalid} has a value that is none of its VR");
        }
        if (step.PerformedProcedureStepStatus != StepRules.InProgress)
        {
            return Invalid(CreateStatus.InvalidAttributeValue, [DicomTag.PerformedProcedureStepStatus], "A step begins as IN PROGRESS");
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
            if (!TryKeep(changes, out var kept, out var problem))
            {
                return (null, Invalid(SetStatus.InvalidAttributeValue, [], problem));
            }
            var changed = new ModalityPerformedProcedureStepModule(step.Dataset.Clone().NotValidated().AddOrUpdate(kept.Dataset));
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
            return new(SetStatus.ProcessingFailure)
            {
                ErrorComment = "Performed Procedure Step Object may no longer be updated",
                ErrorId = MayNoLongerBeUpdated,
            };
        }
        if (StepRules.Protected(step, changes) is [var fixedTag, ..] protectedTags)
        {
            return Invalid(SetStatus.InvalidAttributeValue, protectedTags, $"{fixedTag.DictionaryEntry.Name} is not changed by N-SET");
        }
        if (StepRules.Invalid(changes.Dataset) is [var invalid, ..] all)
        {
            return Invalid(SetStatus.InvalidAttributeValue, all, $"{invalid} has a value that is none of its VR");
        }
        if (!StepRules.IsStatus(changed.PerformedProcedureStepStatus))
        {
            return Invalid(SetStatus.InvalidAttributeValue, [DicomTag.PerformedProcedureStepStatus], "This is no status of a step");
        }
        return StepRules.HasEnded(changed) && StepRules.MissingAtEnd(changed) is [var first, ..] missing
            ? new(SetStatus.MissingAttributeValue) { AttributeIdentifiers = Tags(missing), ErrorComment = first.ToString() }
            : null;
    }

    /// <summary>What a file gives back, before anything is promised: another VR than the attribute's cannot be read again.</summary>
    private static bool TryKeep(ModalityPerformedProcedureStepModule step, out ModalityPerformedProcedureStepModule kept, out string problem)
    {
        try
        {
            (kept, problem) = (new ModalityPerformedProcedureStepModule(JsonDataSet.Kept(step.Dataset)), "");
            return true;
        }
        catch (FormatException e)
        {
            (kept, problem) = (step, e.Message);
            return false;
        }
    }

    private static DimseResult<TStatus> Invalid<TStatus>(TStatus status, IReadOnlyList<DicomTag> tags, string comment)
        where TStatus : struct, Enum =>
        new(status) { OffendingElements = tags, ErrorComment = comment };

    private static DicomTag[] Tags(IEnumerable<MissingAttribute> missing) => [.. missing.Select(static attribute => attribute.Tag)];
}
