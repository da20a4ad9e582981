using FellowOakDicom;
using Specgen;

namespace Worklist;

/// <summary>
/// The keys that are supported, of the modality worklist's model (PS3.4 Table K.6-1): all are matched, and what else an entry has is not asked for.
/// </summary>
internal static class WorklistKeys
{
    public static QueryKeys All { get; } = new()
    {
        Matched =
        [
            // Requested procedure, imaging service request.
            DicomTag.RequestedProcedureID, DicomTag.RequestedProcedureDescription, DicomTag.RequestedProcedureCodeSequence,
            DicomTag.RequestedProcedurePriority,
            DicomTag.StudyInstanceUID, DicomTag.StudyDate, DicomTag.StudyTime, DicomTag.ReferencedStudySequence,
            DicomTag.PatientTransportArrangements,
            DicomTag.AccessionNumber, DicomTag.IssuerOfAccessionNumberSequence, DicomTag.RequestingPhysician, DicomTag.ReferringPhysicianName,
            DicomTag.ScheduledSpecimenSequence, DicomTag.BarcodeValue,

            // Visit.
            DicomTag.AdmissionID, DicomTag.IssuerOfAdmissionIDSequence, DicomTag.CurrentPatientLocation, DicomTag.ReferencedPatientSequence,

            // Patient: who is known by the ID and its issuer.
            DicomTag.PatientName, DicomTag.PatientID, DicomTag.IssuerOfPatientID, DicomTag.IssuerOfPatientIDQualifiersSequence,
            DicomTag.OtherPatientIDsSequence,
            DicomTag.PatientBirthDate, DicomTag.PatientSex, DicomTag.PatientPrimaryLanguageCodeSequence, DicomTag.PatientWeight,
            DicomTag.PatientSize,
            DicomTag.ConfidentialityConstraintOnPatientDataDescription, DicomTag.PatientState, DicomTag.PregnancyStatus,
            DicomTag.MedicalAlerts, DicomTag.Allergies,
            DicomTag.SpecialNeeds,
        ],

        // With universal matching only.
        Returned = [DicomTag.PertinentDocumentsSequence],
        Sequences =
        {
            [DicomTag.ScheduledProcedureStepSequence] = new()
            {
                Matched =
                [
                    DicomTag.ScheduledStationAETitle, DicomTag.ScheduledProcedureStepStartDate, DicomTag.ScheduledProcedureStepStartTime,
                    DicomTag.Modality,
                    DicomTag.ScheduledPerformingPhysicianName, DicomTag.ScheduledProcedureStepDescription, DicomTag.ScheduledStationName,
                    DicomTag.ScheduledProcedureStepLocation, DicomTag.ReferencedDefinedProtocolSequence,
                    DicomTag.ReferencedPerformedProtocolSequence,
                    DicomTag.ScheduledProtocolCodeSequence, DicomTag.PreMedication, DicomTag.ScheduledProcedureStepID,
                    DicomTag.RequestedContrastAgent,
                    DicomTag.ScheduledProcedureStepStatus,
                ],
            },
        },
    };
}
