using FellowOakDicom;
using Specgen;
using Specgen.Standard;

namespace Worklist;

/// <summary>Modality worklist as provider: the steps in the folder that are still to be performed (PS3.4 Annex K).</summary>
[Scp<BasicWorklistManagementServiceClass>(SopClasses = [SopClassUids.ModalityWorklistInformationModelFind])]
internal sealed partial class ScheduledSteps(WorklistFolder folder, PerformedSteps performed)
{
    public partial IAsyncEnumerable<CFindResult<BasicWorklistManagementCFindStatus>> OnCFindAsync(CFindContext context, CancellationToken cancellationToken)
    {
        var begun = performed.Begun();
        return folder.Entries()
            .SelectMany(Steps)
            .Where(step => !begun.TryGetValue(PerformedSteps.KeyOf(step.Entry, step.Item), out var status) || status == PerformedSteps.InProgress)
            .Select(static step => step.Entry)
            .Where(entry => QueryMatching.Matches(context.Identifier, entry))
            .Select(entry => CFindResult<BasicWorklistManagementCFindStatus>.Match(QueryMatching.Answer(context.Identifier, entry)))
            .ToAsyncEnumerable();
    }

    /// <summary>A match has one scheduled step (PS3.4 Table K.6-1): an entry with several is as many.</summary>
    private static IEnumerable<(DicomDataset Entry, DicomDataset Item)> Steps(DicomDataset entry) =>
        (entry.TryGetSequence(DicomTag.ScheduledProcedureStepSequence, out var steps) ? steps.Items : [])
            .Select(item => (new DicomDataset([.. entry.Where(static other => other.Tag != DicomTag.ScheduledProcedureStepSequence), new DicomSequence(DicomTag.ScheduledProcedureStepSequence, item)]), item));
}
