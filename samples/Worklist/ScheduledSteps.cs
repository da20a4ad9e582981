using System.Runtime.CompilerServices;
using FellowOakDicom;
using Specgen;
using Specgen.Standard;

namespace Worklist;

/// <summary>Modality worklist as provider: the steps in the folder that are still to be performed (PS3.4 Annex K).</summary>
[Scp<BasicWorklistManagementServiceClass>(SopClasses = [SopClassUids.ModalityWorklistInformationModelFind])]
internal sealed partial class ScheduledSteps(WorklistFolder folder, PerformedSteps performed)
{
    /// <summary>For the conformance statement: what <see cref="OnCFindAsync"/> matches with.</summary>
    public static IReadOnlyList<SupportedKeys> SupportedKeys => [new("", WorklistKeys.All)];

    [Sends(BasicWorklistManagementCFindStatus.DataSetDoesNotMatchSopClass, "A key has a value that is none of its VR, or several items (PS3.4 §C.2.2.2.6)",
        RelatedFields = "Error Comment (0000,0902), Offending Element (0000,0901)")]
    [Sends(BasicWorklistManagementCFindStatus.MatchesAreContinuingOneOrMoreOptionalKeysWereNotSupported, "A match, where the identifier has keys that are not listed as supported")]
    public async partial IAsyncEnumerable<CFindResult<BasicWorklistManagementCFindStatus>> OnCFindAsync(
        CFindContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Ranges of start date and start time are one range, without any negotiation (PS3.4 Table K.6-1).
        var query = new QueryMatcher(context.Identifier, WorklistKeys.All, new MatchingOptions { CombinesDateAndTime = true });
        if (query.InvalidKeys.ToList() is { Count: > 0 } invalid)
        {
            yield return new DimseResult<BasicWorklistManagementCFindStatus>(BasicWorklistManagementCFindStatus.DataSetDoesNotMatchSopClass)
            {
                OffendingElements = invalid,
                ErrorComment = $"{invalid[0].DictionaryEntry.Name} has {(invalid[0].DictionaryEntry.ValueRepresentations.Contains(DicomVR.SQ) ? "several items" : "a value that is none of its VR")}",
            };
            yield break;
        }

        foreach (var entry in folder.Entries())
        {
            // Also when nothing is found, a peer that has left is noticed.
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var step in Steps(entry))
            {
                if (query.Match(step) is { } match)
                {
                    yield return match;
                }
            }
        }

        await Task.CompletedTask;
    }

    /// <summary>
    /// A match has one scheduled step (PS3.4 Table K.6-1): an entry with several is as many, of which those that were performed are left out.
    /// </summary>
    private IEnumerable<DicomDataset> Steps(DicomDataset entry) =>
        from item in entry.TryGetSequence(DicomTag.ScheduledProcedureStepSequence, out var steps) ? steps.Items : []
        where !performed.IsDone(Text(entry, DicomTag.StudyInstanceUID), Text(item, DicomTag.ScheduledProcedureStepID))
        select new DicomDataset().NotValidated()
            .Add(entry.Where(static other => other.Tag != DicomTag.ScheduledProcedureStepSequence))
            .Add(new DicomSequence(DicomTag.ScheduledProcedureStepSequence, item));

    private static string Text(DicomDataset dataset, DicomTag tag) => dataset.TryGetString(tag, out var text) ? text ?? "" : "";
}
