using System.Globalization;
using FellowOakDicom;
using FellowOakDicom.IO.Buffer;
using Specgen.Standard;

namespace Specgen.Tool.Network;

/// <summary>A study of a patient that does not exist, made of gradients: what the modules of each IOD require (PS3.3 Annex A), and no more. UIDs are new each time.</summary>
internal static class SampleStudy
{
    private const int CTSize = 256;
    private const int MRSize = 192;
    private const int ColorSize = 240;

    public static IEnumerable<(string Name, DicomFile File)> Make(int slices)
    {
        var study = Study();
        var ct = Series(study, "CT", 1, "Gradient, CT");
        var frameOfReference = NewUid();
        for (var slice = 0; slice < slices; slice++)
        {
            yield return (string.Create(CultureInfo.InvariantCulture, $"ct-{slice + 1:000}.dcm"), CT(ct, frameOfReference, slice, slices));
        }

        yield return ("mr.dcm", MR(Series(study, "MR", 2, "Gradient, MR")));
        yield return ("us-multi-frame.dcm", Ultrasound(Series(study, "US", 3, "Gradient, ultrasound")));
        yield return ("sc-color.dcm", SecondaryCapture(Series(study, "OT", 4, "Gradient, colour")));
    }

    private static DicomFile CT(DicomDataset series, DicomUID frameOfReference, int slice, int slices)
    {
        var image = Image(series, SopClasses.CTImageStorage, slice + 1, "ORIGINAL", "PRIMARY", "AXIAL");
        AddPlane(image, frameOfReference, slice, 1.0);
        image.Add(DicomTag.RescaleIntercept, "-1024").Add(DicomTag.RescaleSlope, "1").Add(DicomTag.KVP, "120").Add(DicomTag.WindowCenter, "40").Add(DicomTag.WindowWidth, "400");

        // A bright disk that grows from slice to slice before a gradient.
        var radius = CTSize / 2 * (slice + 1) / (slices + 1);
        return File(Grey(image, CTSize, CTSize, 1, (_, x, y) =>
        {
            var (dx, dy) = (x - (CTSize / 2), y - (CTSize / 2));
            return (ushort)((dx * dx) + (dy * dy) < radius * radius ? 1064 : x * 1000 / CTSize);
        }));
    }

    private static DicomFile MR(DicomDataset series)
    {
        var image = Image(series, SopClasses.MRImageStorage, 1, "ORIGINAL", "PRIMARY", "OTHER");
        AddPlane(image, NewUid(), 0, 5.0);
        image.Add(DicomTag.ScanningSequence, "SE").Add(DicomTag.SequenceVariant, "NONE").AddOrUpdate(DicomTag.ScanOptions, Array.Empty<string>()).Add(DicomTag.MRAcquisitionType, "2D")
            .Add(DicomTag.RepetitionTime, "500").Add(DicomTag.EchoTime, "15").Add(DicomTag.EchoTrainLength, "1");
        return File(Grey(image, MRSize, MRSize, 1, static (_, x, y) => (ushort)((x + y) * 4095 / (2 * MRSize))));
    }

    private static DicomFile Ultrasound(DicomDataset series)
    {
        const int Frames = 8;
        var image = Image(series, SopClasses.UltrasoundMultiFrameImageStorage, 1, "ORIGINAL", "PRIMARY", "", "0001");
        image.Add(DicomTag.NumberOfFrames, Frames.ToString(CultureInfo.InvariantCulture)).Add(DicomTag.FrameTime, "40").Add(DicomTag.FrameIncrementPointer, DicomTag.FrameTime);
        Pixels(image, ColorSize, ColorSize, 1, 8, "MONOCHROME2", Enumerable.Range(0, Frames).SelectMany(static frame => Square(ColorSize).Select(at => (byte)(at.X + (at.Y * frame / Frames)))).ToArray());
        return File(image);
    }

    private static DicomFile SecondaryCapture(DicomDataset series)
    {
        var image = Image(series, SopClasses.SecondaryCaptureImageStorage, 1, "DERIVED", "SECONDARY");
        image.Add(DicomTag.ConversionType, "SYN").Add(DicomTag.PlanarConfiguration, (ushort)0);
        Pixels(image, ColorSize, ColorSize, 3, 8, "RGB", Square(ColorSize).SelectMany(static at => new[] { (byte)at.X, (byte)at.Y, (byte)(255 - at.X) }).ToArray());
        return File(image);
    }

    private static DicomDataset Study()
    {
        var now = DateTime.Now;
        return new DicomDataset
        {
            { DicomTag.PatientName, "Sample^Specgen" },
            { DicomTag.PatientID, "SPECGEN-SAMPLE" },
            { DicomTag.PatientBirthDate, "19700101" },
            { DicomTag.PatientSex, "O" },
            { DicomTag.StudyInstanceUID, NewUid() },
            { DicomTag.StudyDate, now.ToString("yyyyMMdd", CultureInfo.InvariantCulture) },
            { DicomTag.StudyTime, now.ToString("HHmmss", CultureInfo.InvariantCulture) },
            { DicomTag.ReferringPhysicianName, Array.Empty<string>() },
            { DicomTag.StudyID, "1" },
            { DicomTag.AccessionNumber, Array.Empty<string>() },
            { DicomTag.StudyDescription, "Samples of specgen" },
        };
    }

    private static DicomDataset Series(DicomDataset study, string modality, int number, string description) => new DicomDataset(study.ToArray())
    {
        { DicomTag.Modality, modality },
        { DicomTag.SeriesInstanceUID, NewUid() },
        { DicomTag.SeriesNumber, number.ToString(CultureInfo.InvariantCulture) },
        { DicomTag.SeriesDescription, description },
        { DicomTag.Manufacturer, "Specgen" },
        { DicomTag.PatientPosition, "HFS" },
        { DicomTag.Laterality, Array.Empty<string>() },
    };

    private static DicomDataset Image(DicomDataset series, SopClass sopClass, int number, params string[] type) => new DicomDataset(series.ToArray())
    {
        { DicomTag.SOPClassUID, sopClass.ToDicomUID() },
        { DicomTag.SOPInstanceUID, NewUid() },
        { DicomTag.InstanceNumber, number.ToString(CultureInfo.InvariantCulture) },
        { DicomTag.AcquisitionNumber, "1" },
        { DicomTag.ImageType, type },
        { DicomTag.PatientOrientation, Array.Empty<string>() },
    };

    private static void AddPlane(DicomDataset image, DicomUID frameOfReference, int slice, double thickness) => image
        .Add(DicomTag.FrameOfReferenceUID, frameOfReference)
        .AddOrUpdate(DicomTag.PositionReferenceIndicator, Array.Empty<string>())
        .Add(DicomTag.PixelSpacing, "1", "1")
        .Add(DicomTag.SliceThickness, thickness.ToString(CultureInfo.InvariantCulture))
        .Add(DicomTag.ImagePositionPatient, "-128", "-128", (slice * thickness).ToString(CultureInfo.InvariantCulture))
        .Add(DicomTag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0");

    private static DicomDataset Grey(DicomDataset image, int columns, int rows, int frames, Func<int, int, int, ushort> value)
    {
        var bytes = new byte[2 * columns * rows * frames];
        for (var i = 0; i < bytes.Length; i += 2)
        {
            var at = i / 2;
            BitConverter.TryWriteBytes(bytes.AsSpan(i), value(at / (columns * rows), at % columns, at / columns % rows));
        }

        Pixels(image, columns, rows, 1, 16, "MONOCHROME2", bytes);
        return image;
    }

    private static void Pixels(DicomDataset image, int columns, int rows, int samples, int bits, string interpretation, byte[] bytes)
    {
        image.Add(DicomTag.SamplesPerPixel, (ushort)samples).Add(DicomTag.PhotometricInterpretation, interpretation).Add(DicomTag.Rows, (ushort)rows).Add(DicomTag.Columns, (ushort)columns)
            .Add(DicomTag.BitsAllocated, (ushort)bits).Add(DicomTag.BitsStored, (ushort)(bits == 16 ? 12 : 8)).Add(DicomTag.HighBit, (ushort)(bits == 16 ? 11 : 7)).Add(DicomTag.PixelRepresentation, (ushort)0);
        var buffer = new MemoryByteBuffer(bytes);
        image.Add(bits == 16 ? new DicomOtherWord(DicomTag.PixelData, buffer) : new DicomOtherByte(DicomTag.PixelData, buffer));
    }

    private static IEnumerable<(int X, int Y)> Square(int size) => from y in Enumerable.Range(0, size) from x in Enumerable.Range(0, size) select (x, y);

    private static DicomFile File(DicomDataset image) => new(image);

    /// <summary>Made of a random UUID, below 2.25 (PS3.5 §B.2).</summary>
    private static DicomUID NewUid() => DicomUID.Generate();
}
