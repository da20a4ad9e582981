using System.Globalization;
using FellowOakDicom;
using Specgen;
using Specgen.Standard;

namespace Worklist;

/// <summary>The other end, as a modality has it: asks what is to be done, and reports that it was.</summary>
[Scu<BasicWorklistManagementServiceClass>(SopClasses = [SopClassUids.ModalityWorklistInformationModelFind])]
[Scu<ModalityPerformedProcedureStepServiceClass>(SopClasses = [SopClassUids.ModalityPerformedProcedureStep])]
[OnStatus(BasicWorklistManagementCFindStatus.MatchesAreContinuing, "The step is among those to be performed")]
[OnStatus(BasicWorklistManagementCFindStatus.MatchesAreContinuingOneOrMoreOptionalKeysWereNotSupported, "The step is among those to be performed")]
[OnStatus(BasicWorklistManagementCFindStatus.Success, "The steps are performed")]
[OtherStatuses<BasicWorklistManagementCFindStatus>("The status is shown, nothing is performed, and the command ends with 1")]
[OnStatus(ModalityPerformedProcedureStepNCreateStatus.Success, "The step goes on")]
[OtherStatuses<ModalityPerformedProcedureStepNCreateStatus>("The status is shown, the other steps are not performed, and the command ends with 1")]
[OnStatus(ModalityPerformedProcedureStepNSetStatus.Success, "The next step is performed")]
[OtherStatuses<ModalityPerformedProcedureStepNSetStatus>("The status is shown, the other steps are not performed, and the command ends with 1")]
internal sealed partial class Modality(string aeTitle, Action<string> log)
{
    /// <summary>
    /// Performs every step of the worklist that is for a modality (<c>CT</c>), or for any. Gives 0 when all that was reported was accepted.
    /// </summary>
    public static async Task<int> PerformAsync(ScuOptions options, string modality, Action<string> log, CancellationToken cancellationToken)
    {
        await using var self = new Modality(options.CallingAE, log);
        try
        {
            await self.ConnectAsync(options, cancellationToken);
            var steps = new List<DicomDataset>();
            var query = self.CFindAsync(Question(modality), cancellationToken);
            await foreach (var step in query.WithCancellation(cancellationToken))
            {
                steps.Add(step);
            }
            if (query.Result is not { } end || end.Status.Category() != StatusCategory.Success)
            {
                log($"The worklist answered {query.Result}");
                return 1;
            }
            log($"{steps.Count} steps to perform");
            foreach (var step in steps)
            {
                if (!await self.PerformAsync(new Planned(step), cancellationToken))
                {
                    return 1;
                }
            }
            return 0;
        }
        catch (Exception e) when (e is AssociationException or DicomConfigurationException or ArgumentException or OperationCanceledException)
        {
            log(e.Message);
            return 1;
        }
    }

    private static DicomDataset Question(string modality) => new DicomDataset().NotValidated()
        .Add(DicomTag.PatientName, "")
        .Add(DicomTag.PatientID, "")
        .Add(DicomTag.StudyInstanceUID, "")
        .Add(new DicomSequence(DicomTag.ScheduledProcedureStepSequence, new DicomDataset().NotValidated()
            .Add(DicomTag.Modality, modality)
            .Add(DicomTag.ScheduledProcedureStepID, "")
            .Add(DicomTag.ScheduledProcedureStepDescription, "")));

    private async Task<bool> PerformAsync(Planned planned, CancellationToken cancellationToken)
    {
        var uid = DicomUID.Generate().UID;
        var begun = await NCreateAsync(uid, Begin(planned), cancellationToken);
        if (begun.Status.Category() != StatusCategory.Success)
        {
            log($"{uid} was not begun: {begun}");
            return false;
        }
        var ended = await NSetAsync(uid, End(), cancellationToken);
        log($"{planned.PatientName}, {planned.StepId}: {ended}");
        return ended.Status.Category() == StatusCategory.Success;
    }

    /// <summary>What N-CREATE requires of a user (PS3.4 Table F.7.2-1): a value for type 1, and for type 2 at least the attribute.</summary>
    private ModalityPerformedProcedureStepModule Begin(Planned entry)
    {
        var step = new ModalityPerformedProcedureStepModule(Empty().Add(DicomTag.SpecificCharacterSet, "ISO_IR 192"))
        {
            PatientsName = entry.PatientName,
            PatientId = entry.PatientId,
            PatientsBirthDate = "",
            PatientsSex = "",
            Modality = entry.Modality.Length == 0 ? "OT" : entry.Modality,
            PerformedProcedureStepId = "P" + entry.StepId,
            PerformedStationAETitle = aeTitle,
            PerformedStationName = "",
            PerformedLocation = "",
            PerformedProcedureStepStartDate = Now("yyyyMMdd"),
            PerformedProcedureStepStartTime = Now("HHmmss"),
            PerformedProcedureStepStatus = StepRules.InProgress,
            PerformedProcedureStepDescription = "",
            PerformedProcedureTypeDescription = "",
            PerformedProcedureStepEndDate = "",
            PerformedProcedureStepEndTime = "",
            StudyId = "",
        };
        step.PerformedSeriesSequence.Clear();
        step.ReferencedPatientSequence.Clear();
        step.ProcedureCodeSequence.Clear();
        step.PerformedProtocolCodeSequence.Clear();
        var planned = step.ScheduledStepAttributesSequence.Add(Empty());
        (planned.StudyInstanceUid, planned.ScheduledProcedureStepId) = (entry.StudyInstanceUid, entry.StepId);
        planned.ScheduledProcedureStepDescription = entry.Description;
        (planned.AccessionNumber, planned.RequestedProcedureId, planned.RequestedProcedureDescription) = ("", "", "");
        planned.ReferencedStudySequence.Clear();
        planned.ScheduledProtocolCodeSequence.Clear();
        return step;
    }

    /// <summary>What the final state has to have: when it ended, and a series, without images here.</summary>
    private static ModalityPerformedProcedureStepModule End()
    {
        var step = new ModalityPerformedProcedureStepModule(Empty())
        {
            PerformedProcedureStepStatus = "COMPLETED",
            PerformedProcedureStepEndDate = Now("yyyyMMdd"),
            PerformedProcedureStepEndTime = Now("HHmmss"),
        };
        var series = step.PerformedSeriesSequence.Add(Empty());
        (series.SeriesInstanceUid, series.ProtocolName, series.SeriesDescription) = (DicomUID.Generate().UID, "Example", "");
        (series.PerformingPhysiciansName, series.OperatorsName, series.RetrieveAETitle) = ([], [], []);
        series.ReferencedImageSequence.Clear();
        series.ReferencedNonImageCompositeSopInstanceSequence.Clear();
        return step;
    }

    /// <summary>Values come from a worklist: what that allows is not refused here.</summary>
    private static DicomDataset Empty() => new DicomDataset().NotValidated();

    private static string Now(string format) => DateTime.Now.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>What a match of the worklist says; what it does not is empty.</summary>
    private sealed class Planned(DicomDataset entry)
    {
        private readonly DicomDataset _step =
            entry.TryGetSequence(DicomTag.ScheduledProcedureStepSequence, out var steps) && steps.Items.Count > 0 ? steps.Items[0] : [];

        public string PatientName => Text(entry, DicomTag.PatientName);

        public string PatientId => Text(entry, DicomTag.PatientID);

        public string StudyInstanceUid => Text(entry, DicomTag.StudyInstanceUID);

        public string Modality => Text(_step, DicomTag.Modality);

        public string StepId => Text(_step, DicomTag.ScheduledProcedureStepID);

        public string Description => Text(_step, DicomTag.ScheduledProcedureStepDescription);

        private static string Text(DicomDataset dataset, DicomTag tag) => dataset.TryGetString(tag, out var text) ? text ?? "" : "";
    }
}
