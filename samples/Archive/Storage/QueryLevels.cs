using FellowOakDicom;
using Specgen;

namespace Archive.Storage;

/// <summary>A level of the Query/Retrieve information models (PS3.4 §C.6).</summary>
/// <param name="Name">The value of Query/Retrieve Level (0008,0052).</param>
/// <param name="Table">Where its entities are kept.</param>
/// <param name="Key">Its unique key.</param>
/// <param name="Attributes">What is known about its entities, from their instances: all texts.</param>
/// <param name="Counted">What is known from the levels below: an attribute and the query that gives it for a row of this table.</param>
internal sealed record QueryLevel(string Name, string Table, DicomTag Key, DicomTag[] Attributes, params (DicomTag Tag, string Sql)[] Counted)
{
    public static QueryLevel Patient { get; } = new(
        "PATIENT",
        "patient",
        DicomTag.PatientID,
        [DicomTag.PatientName, DicomTag.IssuerOfPatientID, DicomTag.PatientBirthDate, DicomTag.PatientSex],
        (DicomTag.NumberOfPatientRelatedStudies, "SELECT COUNT(*) FROM study s WHERE s.patient = patient.id"));

    public static QueryLevel Study { get; } = new(
        "STUDY",
        "study",
        DicomTag.StudyInstanceUID,
        [
            DicomTag.StudyDate, DicomTag.StudyTime, DicomTag.AccessionNumber, DicomTag.StudyID, DicomTag.StudyDescription, DicomTag.ReferringPhysicianName,
            DicomTag.PatientAge, DicomTag.PatientSize, DicomTag.PatientWeight,
        ],
        (DicomTag.ModalitiesInStudy, "SELECT {0} FROM (SELECT DISTINCT modality AS value FROM series s WHERE s.study = study.id AND modality <> '') m"),
        (DicomTag.NumberOfStudyRelatedSeries, "SELECT COUNT(*) FROM series s WHERE s.study = study.id"),
        (DicomTag.NumberOfStudyRelatedInstances, "SELECT COUNT(*) FROM instance i JOIN series s ON i.series = s.id WHERE s.study = study.id"));

    public static QueryLevel Series { get; } = new(
        "SERIES",
        "series",
        DicomTag.SeriesInstanceUID,
        [
            DicomTag.Modality, DicomTag.SeriesNumber, DicomTag.SeriesDescription, DicomTag.SeriesDate, DicomTag.SeriesTime, DicomTag.BodyPartExamined, DicomTag.Laterality,
            DicomTag.ProtocolName, DicomTag.PerformedProcedureStepStartDate, DicomTag.PerformedProcedureStepStartTime,
        ],
        (DicomTag.NumberOfSeriesRelatedInstances, "SELECT COUNT(*) FROM instance i WHERE i.series = series.id"));

    public static QueryLevel Image { get; } = new(
        "IMAGE",
        "instance",
        DicomTag.SOPInstanceUID,
        [DicomTag.SOPClassUID, DicomTag.InstanceNumber, DicomTag.ContentDate, DicomTag.ContentTime, DicomTag.AcquisitionDate, DicomTag.AcquisitionTime, DicomTag.NumberOfFrames]);

    /// <summary>From the patient to the image.</summary>
    public static IReadOnlyList<QueryLevel> All { get; } = [Patient, Study, Series, Image];

    /// <summary>All that is read of an instance for queries, as (uint)tag.</summary>
    public static IReadOnlySet<uint> Wanted { get; } =
        All.SelectMany(static level => level.Attributes.Prepend(level.Key)).Append(DicomTag.SpecificCharacterSet).Select(static tag => (uint)tag).ToHashSet();

    /// <summary>This level and those above it.</summary>
    public IEnumerable<QueryLevel> AndAbove => All.TakeWhile(level => level != this).Append(this);

    /// <summary>The keys that are supported at this level: its own and those of the levels above.</summary>
    public QueryKeys Keys => field ??= new QueryKeys
    {
        Matched = [.. AndAbove.SelectMany(static level => level.Attributes.Prepend(level.Key)), .. Counted.Select(static c => c.Tag)],
        Returned = [DicomTag.RetrieveAETitle],
    };
}
