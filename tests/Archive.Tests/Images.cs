using FellowOakDicom;

namespace Archive.Tests;

/// <summary>Small instances.</summary>
internal static class Images
{
    /// <summary>Secondary Capture Image Storage.</summary>
    public const string SopClassUid = "1.2.840.10008.5.1.4.1.1.7";

    private static long s_count;

    public static string NewUid() => $"2.25.{Environment.ProcessId}{DateTime.UtcNow.Ticks}{Interlocked.Increment(ref s_count)}";

    public static DicomDataset DataSet(string? instance = null, string? study = null, string? series = null, string patientId = "P1", string name = "DOE^JOHN") =>
        new DicomDataset().NotValidated()
            .Add(DicomTag.SOPClassUID, SopClassUid)
            .Add(DicomTag.SOPInstanceUID, instance ?? NewUid())
            .Add(DicomTag.StudyInstanceUID, study ?? NewUid())
            .Add(DicomTag.SeriesInstanceUID, series ?? NewUid())
            .Add(DicomTag.PatientID, patientId)
            .Add(DicomTag.PatientName, name)
            .Add(DicomTag.StudyDate, "20260102")
            .Add(DicomTag.Modality, "OT");

    /// <summary>As a file of a folder.</summary>
    public static string Write(string folder, DicomDataset dataset)
    {
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID) + ".dcm");
        new DicomFile(dataset).Save(path);
        return path;
    }
}
