using FellowOakDicom;

namespace Archive;

/// <summary>A level of the Query/Retrieve information models (PS3.4 §C.6), as it is kept in a table.</summary>
/// <param name="Name">The value of Query/Retrieve Level (0008,0052), and the table's name.</param>
/// <param name="Key">Its unique key.</param>
/// <param name="Attributes">What is known about its entities, from their instances: all texts.</param>
/// <param name="Counted">What is known from the levels below: an attribute and the query that gives it for a row of this table.</param>
internal sealed record QueryLevel(string Name, DicomTag Key, DicomTag[] Attributes, params (DicomTag Tag, string Sql)[] Counted)
{
    /// <summary>From the patient to the image.</summary>
    public static IReadOnlyList<QueryLevel> All { get; } =
    [
        new(
            "PATIENT",
            DicomTag.PatientID,
            [DicomTag.PatientName, DicomTag.IssuerOfPatientID, DicomTag.PatientBirthDate, DicomTag.PatientSex],
            (DicomTag.NumberOfPatientRelatedStudies, "SELECT COUNT(*) FROM STUDY WHERE STUDY.parent = PATIENT.id")),
        new(
            "STUDY",
            DicomTag.StudyInstanceUID,
            [
                DicomTag.StudyDate, DicomTag.StudyTime, DicomTag.AccessionNumber, DicomTag.StudyID, DicomTag.StudyDescription, DicomTag.ReferringPhysicianName,
                DicomTag.PatientAge, DicomTag.PatientSize, DicomTag.PatientWeight,
            ],
            (DicomTag.ModalitiesInStudy, "SELECT REPLACE(GROUP_CONCAT(DISTINCT Modality), ',', '\\') FROM SERIES WHERE SERIES.parent = STUDY.id"),
            (DicomTag.NumberOfStudyRelatedSeries, "SELECT COUNT(*) FROM SERIES WHERE SERIES.parent = STUDY.id"),
            (DicomTag.NumberOfStudyRelatedInstances, "SELECT COUNT(*) FROM IMAGE JOIN SERIES ON IMAGE.parent = SERIES.id WHERE SERIES.parent = STUDY.id")),
        new(
            "SERIES",
            DicomTag.SeriesInstanceUID,
            [
                DicomTag.Modality, DicomTag.SeriesNumber, DicomTag.SeriesDescription, DicomTag.SeriesDate, DicomTag.SeriesTime, DicomTag.BodyPartExamined, DicomTag.Laterality,
                DicomTag.ProtocolName, DicomTag.PerformedProcedureStepStartDate, DicomTag.PerformedProcedureStepStartTime,
            ],
            (DicomTag.NumberOfSeriesRelatedInstances, "SELECT COUNT(*) FROM IMAGE WHERE IMAGE.parent = SERIES.id")),
        new(
            "IMAGE",
            DicomTag.SOPInstanceUID,
            [DicomTag.SOPClassUID, DicomTag.InstanceNumber, DicomTag.ContentDate, DicomTag.ContentTime, DicomTag.AcquisitionDate, DicomTag.AcquisitionTime, DicomTag.NumberOfFrames]),
    ];

    /// <summary>The attribute's column.</summary>
    public static string Column(DicomTag tag) => tag.DictionaryEntry.Keyword;
}
