using FellowOakDicom;
using Specgen;
using Specgen.Standard;

namespace Worklist;

/// <summary>
/// What PS3.4 §F.7.2 asks of a performed procedure step: which attributes it begins with, may change, and has to have when it ends, as the page's
/// table has them.
/// </summary>
internal static class StepRules
{
    public const string InProgress = "IN PROGRESS";

    private static readonly string[] s_final = ["COMPLETED", "DISCONTINUED"];

    public static bool HasEnded(ModalityPerformedProcedureStepModule step) => s_final.Contains(step.PerformedProcedureStepStatus);

    public static bool IsStatus(string? status) => status == InProgress || s_final.Contains(status);

    /// <summary>Attributes with a value that its VR does not allow, in sequences too.</summary>
    public static IReadOnlyList<DicomTag> Invalid(DicomDataset dataset) =>
        [.. dataset.Where(static item => !item.Tag.IsPrivate && !IsValid(item)).Select(static item => item.Tag)];

    /// <summary>What a user may not change (§F.7.2.2: "Not allowed" in N-SET), and would.</summary>
    public static IReadOnlyList<DicomTag> Protected(ModalityPerformedProcedureStepModule step, ModalityPerformedProcedureStepModule changes) =>
        [.. changes.NotAllowed(DimseOperation.NSet, DicomRole.Scu).Where(tag => Only(step.Dataset, tag) != Only(changes.Dataset, tag))];

    /// <summary>
    /// What the final state has to have a value for, in the performed series too (the provider's column of N-SET); what may be empty may as well be
    /// left out.
    /// </summary>
    public static IReadOnlyList<MissingAttribute> MissingAtEnd(ModalityPerformedProcedureStepModule step) =>
        [.. step.Missing(DimseOperation.NSet, DicomRole.Scp).Where(static attribute => attribute.Type == "1")];

    private static bool IsValid(DicomItem item)
    {
        try
        {
            item.Validate();
            return true;
        }
        catch (DicomValidationException)
        {
            return false;
        }
    }

    private static string Only(DicomDataset dataset, DicomTag tag) =>
        JsonDataSet.Write(new DicomDataset().NotValidated().Add(dataset.Where(item => item.Tag == tag)));
}
