using System.Globalization;
using FellowOakDicom;
using FellowOakDicom.IO.Buffer;

namespace Specgen.Benchmarks;

/// <summary>CT images of noise, in Explicit VR Little Endian.</summary>
internal static class Images
{
    public static void Make(string folder, int side, int count, int first = 0)
    {
        Directory.CreateDirectory(folder);
        var pixels = new byte[side * side * 2];
        new Random(1).NextBytes(pixels);
        for (var i = 0; i < count; i++)
        {
            var dataset = new DicomDataset()
                .Add(DicomTag.SOPClassUID, DicomUID.CTImageStorage)
                .Add(DicomTag.SOPInstanceUID, "1.2.826.0.1.99.3." + (first + i + 1).ToString(CultureInfo.InvariantCulture))
                .Add(DicomTag.PatientName, "Bench^Mark")
                .Add(DicomTag.PatientID, "1")
                .Add(DicomTag.StudyInstanceUID, "1.2.826.0.1.99.1")
                .Add(DicomTag.SeriesInstanceUID, "1.2.826.0.1.99.2")
                .Add(DicomTag.Modality, "CT")
                .Add(DicomTag.Rows, (ushort)side)
                .Add(DicomTag.Columns, (ushort)side)
                .Add(DicomTag.BitsAllocated, (ushort)16)
                .Add(DicomTag.BitsStored, (ushort)16)
                .Add(DicomTag.HighBit, (ushort)15)
                .Add(DicomTag.PixelRepresentation, (ushort)0)
                .Add(DicomTag.SamplesPerPixel, (ushort)1)
                .Add(DicomTag.PhotometricInterpretation, "MONOCHROME2");
            dataset.Add(new DicomOtherWord(DicomTag.PixelData, new MemoryByteBuffer(pixels)));
            using var file = File.Create(Path.Combine(folder, i.ToString("D5", CultureInfo.InvariantCulture) + ".dcm"));
            new DicomFile(dataset).Save(file);
        }
    }
}
