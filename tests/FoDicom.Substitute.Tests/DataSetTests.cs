using FellowOakDicom;
using FellowOakDicom.IO.Buffer;

namespace Specgen.FoDicom.Substitute.Tests;

/// <summary>Data sets and files, by what the public surface shows: the same for the library and for what stands in for it.</summary>
[TestClass]
public sealed class DataSetTests
{
    public static IEnumerable<object[]> Syntaxes =>
    [
        [DicomTransferSyntax.ImplicitVRLittleEndian],
        [DicomTransferSyntax.ExplicitVRLittleEndian],
        [DicomTransferSyntax.ExplicitVRBigEndian],
        [DicomTransferSyntax.DeflatedExplicitVRLittleEndian],
    ];

    [TestMethod]
    [DynamicData(nameof(Syntaxes))]
    public async Task File_is_read_as_it_was_written(DicomTransferSyntax syntax)
    {
        var file = new DicomFile(Sample(syntax));
        using var stream = new MemoryStream();
        await file.SaveAsync(stream);
        stream.Position = 0;

        var read = await DicomFile.OpenAsync(stream);

        Assert.AreEqual(syntax, read.FileMetaInfo.TransferSyntax);
        Assert.AreEqual("1.2.3.4", read.FileMetaInfo.MediaStorageSOPInstanceUID.UID);
        Assert.AreEqual("Doe^Jane", read.Dataset.GetString(DicomTag.PatientName));
        Assert.AreEqual((ushort)512, read.Dataset.GetSingleValue<ushort>(DicomTag.Rows));
        CollectionAssert.AreEqual(new[] { 1.5, -2.25 }, read.Dataset.GetValues<double>(DicomTag.PixelSpacing));
        Assert.AreEqual(-7, read.Dataset.GetSingleValue<int>(DicomTag.ReferencePixelX0));
        Assert.AreEqual(DicomTag.PatientID, read.Dataset.GetSingleValue<DicomTag>(DicomTag.FrameIncrementPointer));
        var item = read.Dataset.GetSequence(DicomTag.ReferencedSOPSequence).Items.Single();
        Assert.AreEqual("1.2.840.10008.5.1.4.1.1.2", item.GetSingleValue<DicomUID>(DicomTag.ReferencedSOPClassUID).UID);
        Assert.AreEqual(1, item.GetSequence(DicomTag.PurposeOfReferenceCodeSequence).Items.Count);
        CollectionAssert.AreEqual(new ushort[] { 1, 2, 0xFFFE, 4 }, read.Dataset.GetValues<ushort>(DicomTag.PixelData));
    }

    [TestMethod]
    public void A_data_set_is_asked_as_users_ask_it()
    {
        using var folder = new Interop.Tests.Data.TemporaryFolder();
        new DicomFile(Sample(DicomTransferSyntax.ExplicitVRLittleEndian)).Save(folder["sample.dcm"]);
        var read = DicomFile.Open(folder["sample.dcm"]).Dataset;

        Assert.AreEqual(2, read.GetValueCount(DicomTag.PixelSpacing));
        Assert.AreEqual(-2.25, read.GetValue<double>(DicomTag.PixelSpacing, 1));
        Assert.AreEqual("none", read.GetValueOrDefault(DicomTag.AccessionNumber, 0, "none"));
        Assert.AreEqual(DicomTag.Rows, DicomTag.Parse("(0028,0010)"));
        Assert.AreEqual(DicomTag.Rows, DicomDictionary.Default["Rows"]);
        Assert.AreEqual(DicomVR.US, DicomVR.Parse("US"));
        Assert.IsTrue(DicomVR.SH.IsString);
        Assert.IsFalse(DicomVR.UT.IsMultiValue);
        Assert.IsEmpty(read.Clear());
    }

    [TestMethod]
    public async Task Encapsulated_pixel_data_is_carried_as_it_is()
    {
        var dataset = new DicomDataset(DicomTransferSyntax.JPEGProcess1)
            .Add(DicomTag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7")
            .Add(DicomTag.SOPInstanceUID, "1.2.3");
        var fragments = new DicomOtherByteFragment(DicomTag.PixelData);
        fragments.Fragments.Add(new MemoryByteBuffer([0xFF, 0xD8, 1, 2]));
        fragments.Fragments.Add(new MemoryByteBuffer([3, 4, 0xFF, 0xD9]));
        dataset.Add(fragments);
        using var stream = new MemoryStream();
        await new DicomFile(dataset).SaveAsync(stream);
        stream.Position = 0;

        var read = (await DicomFile.OpenAsync(stream)).Dataset.GetDicomItem<DicomFragmentSequence>(DicomTag.PixelData);

        Assert.AreEqual(2, read.Fragments.Count);
        CollectionAssert.AreEqual(new byte[] { 3, 4, 0xFF, 0xD9 }, read.Fragments[1].Data);
    }

    [TestMethod]
    public void File_that_is_none_is_refused() =>
        Assert.Throws<DicomFileException>(() => DicomFile.Open(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("no DICOM file, but words. ", 20))))));

    [TestMethod]
    public void Values_are_validated_when_they_are_added()
    {
        Assert.Throws<DicomValidationException>(() => new DicomDataset().Add(DicomTag.ErrorComment, new string('x', 65)));
        Assert.Throws<DicomValidationException>(() => new DicomDataset().Add(DicomTag.ErrorComment, @"C:\archive"));
        Assert.Throws<DicomValidationException>(() => new DicomDataset().Add(DicomTag.AffectedSOPInstanceUID, "1.02.3"));
        Assert.AreEqual(new string('x', 65), new DicomDataset().NotValidated().Add(DicomTag.ErrorComment, new string('x', 65)).GetString(DicomTag.ErrorComment));
    }

    [TestMethod]
    public void Missing_and_unreadable_values_are_told_apart_from_values()
    {
        var dataset = new DicomDataset().Add(DicomTag.PatientID, "A").Add(DicomTag.Rows, (ushort)3);

        Assert.Throws<DicomDataException>(() => dataset.GetSingleValue<string>(DicomTag.PatientName));
        Assert.IsFalse(dataset.TryGetSingleValue<string>(DicomTag.PatientName, out _));
        Assert.AreEqual("?", dataset.GetSingleValueOrDefault(DicomTag.PatientName, "?"));
        Assert.IsFalse(dataset.TryGetSequence(DicomTag.ReferencedSOPSequence, out _));
        Assert.Throws<ArgumentException>(() => dataset.Add(DicomTag.PatientID, "B"));
        Assert.AreEqual("B", dataset.AddOrUpdate(DicomTag.PatientID, "B").GetString(DicomTag.PatientID));
        Assert.IsFalse(dataset.Remove(DicomTag.Rows).Contains(DicomTag.Rows));
    }

    private static DicomDataset Sample(DicomTransferSyntax syntax)
    {
        var reference = new DicomDataset()
            .Add(DicomTag.ReferencedSOPClassUID, DicomUID.CTImageStorage)
            .Add(DicomTag.ReferencedSOPInstanceUID, "1.2.3.5");
        reference.Add(new DicomSequence(DicomTag.PurposeOfReferenceCodeSequence, new DicomDataset().Add(DicomTag.CodeValue, "121")));
        var dataset = new DicomDataset(syntax)
            .Add(DicomTag.SOPClassUID, DicomUID.CTImageStorage)
            .Add(DicomTag.SOPInstanceUID, "1.2.3.4")
            .Add(DicomTag.PatientName, "Doe^Jane")
            .Add(DicomTag.PatientID, "odd")
            .Add(DicomTag.Rows, (ushort)512)
            .Add(DicomTag.PixelSpacing, 1.5m, -2.25m)
            .Add(DicomTag.ReferencePixelX0, -7)
            .Add(DicomTag.FrameIncrementPointer, DicomTag.PatientID);
        dataset.Add(new DicomSequence(DicomTag.ReferencedSOPSequence, reference));
        dataset.Add(new DicomOtherWord(DicomTag.PixelData, new MemoryByteBuffer([1, 0, 2, 0, 0xFE, 0xFF, 4, 0])));
        return dataset;
    }

    [TestMethod]
    public void Text_is_encoded_in_the_character_set_of_what_it_is_written_in()
    {
        var step = new DicomDataset { { DicomTag.ScheduledProcedureStepDescription, "Schädel" } };
        var entry = new DicomDataset { { DicomTag.PatientName, "Müller^Änne" } };
        entry.Add(new DicomSequence(DicomTag.ScheduledProcedureStepSequence, step));
        var answer = new DicomDataset { { DicomTag.SpecificCharacterSet, "ISO_IR 192" }, { DicomTag.SOPClassUID, "1.2" }, { DicomTag.SOPInstanceUID, "1.2.3" } };
        entry.CopyTo(answer);

        using var stream = new MemoryStream();
        new DicomFile(answer).Save(stream);
        stream.Position = 0;
        var read = DicomFile.Open(stream, FileReadOption.ReadAll).Dataset;

        Assert.AreEqual("Müller^Änne", read.GetString(DicomTag.PatientName));
        CollectionAssert.AreEqual(System.Text.Encoding.UTF8.GetBytes("Müller^Änne "), read.GetDicomItem<DicomElement>(DicomTag.PatientName).Buffer.Data);
    }

    [TestMethod]
    public void Like_the_library_it_recurses_and_inflates_without_a_limit()
    {
        // Twenty thousand items, one in the other, of defined length in implicit VR: no stack of usual size has room for that.
        using var nested = new MemoryStream();
        new DicomFile(new DicomDataset(DicomTransferSyntax.ImplicitVRLittleEndian) { { DicomTag.SOPClassUID, "1.2" }, { DicomTag.SOPInstanceUID, "1.2.3" } }).Save(nested);
        for (uint left = 20_000; left > 0; left--)
        {
            nested.Write([0x08, 0x00, 0x15, 0x11, .. BitConverter.GetBytes((left * 16) - 8), 0xFE, 0xFF, 0x00, 0xE0, .. BitConverter.GetBytes((left * 16) - 16)]);
        }

        var depth = 0;
        var thread = new Thread(
            () =>
            {
                var dataset = DicomFile.Open(new MemoryStream(nested.ToArray())).Dataset;
                for (; dataset.TryGetSequence(DicomTag.ReferencedSeriesSequence, out var sequence); depth++)
                {
                    dataset = sequence.Items[0];
                }
            },
            maxStackSize: 256 * 1024 * 1024);
        thread.Start();
        thread.Join();
        Assert.AreEqual(20_000, depth);

        var zeros = new DicomDataset(DicomTransferSyntax.DeflatedExplicitVRLittleEndian) { { DicomTag.SOPClassUID, "1.2" }, { DicomTag.SOPInstanceUID, "1.2.3" } };
        zeros.Add(new DicomOtherWord(DicomTag.PixelData, new MemoryByteBuffer(new byte[40_000_000])));
        using var deflated = new MemoryStream();
        new DicomFile(zeros).Save(deflated);
        Assert.IsLessThan(100_000L, deflated.Length);
        Assert.AreEqual(40_000_000, DicomFile.Open(new MemoryStream(deflated.ToArray())).Dataset.GetDicomItem<DicomElement>(DicomTag.PixelData).Buffer.Data.Length);
    }
}
