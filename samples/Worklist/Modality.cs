using System.Globalization;
using FellowOakDicom;
using Specgen;
using Specgen.Standard;

namespace Worklist;

/// <summary>The other end, as a modality has it: asks what is to be done, and reports that it was.</summary>
[Scu<BasicWorklistManagementServiceClass>(SopClasses = [SopClassUids.ModalityWorklistInformationModelFind])]
[Scu<ModalityPerformedProcedureStepServiceClass>(SopClasses = [SopClassUids.ModalityPerformedProcedureStep])]
internal sealed partial class Modality(string aeTitle, Action<string> log)
{
    /// <summary>Performs every step of the worklist that is for a modality (<c>CT</c>), or for any. Gives 0 when all that was reported was accepted.</summary>
    public static async Task<int> PerformAsync(ScuOptions options, string modality, Action<string> log, CancellationToken cancellationToken)
    {
        await using var self = new Modality(options.CallingAE, log);
        try
        {
            await self.ConnectAsync(options, cancellationToken);
            var steps = new List<DicomDataset>();
            var query = self.CFindAsync(new DicomDataset
            {
                { DicomTag.PatientName, "" },
                { DicomTag.PatientID, "" },
                { DicomTag.StudyInstanceUID, "" },
                new DicomSequence(DicomTag.ScheduledProcedureStepSequence, new DicomDataset
                {
                    { DicomTag.Modality, modality },
                    { DicomTag.ScheduledProcedureStepID, "" },
                    { DicomTag.ScheduledProcedureStepDescription, "" },
                }),
            }, cancellationToken);
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
                if (!await self.PerformAsync(step, cancellationToken))
                {
                    return 1;
                }
            }
            return 0;
        }
        catch (AssociationException e)
        {
            log(e.Message);
            return 1;
        }
    }

    private async Task<bool> PerformAsync(DicomDataset entry, CancellationToken cancellationToken)
    {
        var scheduled = entry.GetSequence(DicomTag.ScheduledProcedureStepSequence).Items[0];
        var uid = DicomUID.Generate().UID;
        var begun = await NCreateAsync(uid, Begin(entry, scheduled), cancellationToken);
        if (begun.Status.Category() != StatusCategory.Success)
        {
            log($"{uid} was not begun: {begun}");
            return false;
        }
        var now = DateTime.Now;
        var ended = await NSetAsync(uid, new DicomDataset
        {
            { DicomTag.PerformedProcedureStepStatus, "COMPLETED" },
            { DicomTag.PerformedProcedureStepEndDate, now },
            { DicomTag.PerformedProcedureStepEndTime, now },
            new DicomSequence(DicomTag.PerformedSeriesSequence, new DicomDataset
            {
                { DicomTag.SeriesInstanceUID, DicomUID.Generate() },
                { DicomTag.ProtocolName, "Example" },
            }),
        }, cancellationToken);
        log($"{entry.GetSingleValueOrDefault(DicomTag.PatientName, "")}, {scheduled.GetSingleValueOrDefault(DicomTag.ScheduledProcedureStepID, "")}: {ended}");
        return ended.Status.Category() == StatusCategory.Success;
    }

    /// <summary>What N-CREATE requires of a user (PS3.4 Table F.7.2-1): a value for type 1, and for type 2 at least the attribute.</summary>
    private DicomDataset Begin(DicomDataset entry, DicomDataset scheduled)
    {
        var now = DateTime.Now;
        var step = new ModalityPerformedProcedureStepModule(new DicomDataset { { DicomTag.SpecificCharacterSet, "ISO_IR 192" } })
        {
            PatientsName = entry.GetSingleValueOrDefault(DicomTag.PatientName, ""),
            PatientId = entry.GetSingleValueOrDefault(DicomTag.PatientID, ""),
            PatientsBirthDate = "",
            PatientsSex = "",
            Modality = scheduled.GetSingleValueOrDefault(DicomTag.Modality, "OT"),
            PerformedProcedureStepId = "P" + scheduled.GetSingleValueOrDefault(DicomTag.ScheduledProcedureStepID, ""),
            PerformedStationAETitle = aeTitle,
            PerformedStationName = "",
            PerformedLocation = "",
            PerformedProcedureStepStartDate = now.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            PerformedProcedureStepStartTime = now.ToString("HHmmss", CultureInfo.InvariantCulture),
            PerformedProcedureStepStatus = PerformedSteps.InProgress,
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
        var planned = step.ScheduledStepAttributesSequence.Add();
        planned.StudyInstanceUid = entry.GetSingleValueOrDefault(DicomTag.StudyInstanceUID, "");
        planned.ScheduledProcedureStepId = scheduled.GetSingleValueOrDefault(DicomTag.ScheduledProcedureStepID, "");
        planned.ScheduledProcedureStepDescription = scheduled.GetSingleValueOrDefault(DicomTag.ScheduledProcedureStepDescription, "");
        (planned.AccessionNumber, planned.RequestedProcedureId, planned.RequestedProcedureDescription) = ("", "", "");
        planned.ReferencedStudySequence.Clear();
        planned.ScheduledProtocolCodeSequence.Clear();
        return step.Dataset;
    }
}
