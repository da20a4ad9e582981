using FellowOakDicom;
using Specgen.Associations;
using Specgen.Instances;

namespace Specgen.Runtime.Tests.Instances;

/// <summary>Data sets of messages to bytes and back.</summary>
[TestClass]
public sealed class DataSetCodecTests
{
    private static IEnumerable<object[]> Syntaxes =>
    [
        [DicomTransferSyntax.ImplicitVRLittleEndian], [DicomTransferSyntax.ExplicitVRLittleEndian], [DicomTransferSyntax.ExplicitVRBigEndian], [DicomTransferSyntax.DeflatedExplicitVRLittleEndian],
    ];

    [TestMethod]
    [DynamicData(nameof(Syntaxes))]
    public void What_is_encoded_is_decoded(DicomTransferSyntax syntax)
    {
        var dataset = new DicomDataset { { DicomTag.PatientName, "Müller^Änne" }, { DicomTag.SpecificCharacterSet, "ISO_IR 192" }, { DicomTag.Rows, (ushort)512 }, { DicomTag.WindowCenter, "40", "80" } };
        dataset.Add(new DicomSequence(DicomTag.ReferencedSOPSequence, new DicomDataset { { DicomTag.ReferencedSOPInstanceUID, "1.2.3" }, { DicomTag.PatientComments, "Größe" } }, new DicomDataset()));

        var bytes = DataSetCodec.Encode(dataset, syntax);
        var read = DataSetCodec.Decode(bytes, syntax, DataSetLimits.Default);

        Assert.AreEqual(0, bytes.Length % 2);
        Assert.AreEqual("Müller^Änne", read.GetString(DicomTag.PatientName));
        Assert.AreEqual(512, read.GetSingleValue<ushort>(DicomTag.Rows));
        CollectionAssert.AreEqual(new[] { "40", "80" }, read.GetValues<string>(DicomTag.WindowCenter));
        var items = read.GetSequence(DicomTag.ReferencedSOPSequence).Items;
        Assert.HasCount(2, items);
        Assert.AreEqual("1.2.3", items[0].GetString(DicomTag.ReferencedSOPInstanceUID));
        Assert.AreEqual("Größe", items[0].GetString(DicomTag.PatientComments));
        Assert.IsEmpty(items[1]);
    }

    [TestMethod]
    [DynamicData(nameof(Syntaxes))]
    public void An_identifier_may_have_more_UIDs_than_any_instance(DicomTransferSyntax syntax)
    {
        foreach (var tag in new[] { DicomTag.SOPClassUID, DicomTag.SOPInstanceUID, DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID })
        {
            var uids = Enumerable.Range(1, 200).Select(static i => $"1.2.3.4.5.6.7.8.9.10.11.12.13.{i}").ToArray();
            var identifier = new DicomDataset().NotValidated().Add(tag, uids).Add(DicomTag.QueryRetrieveLevel, "IMAGE");
            CollectionAssert.AreEqual(uids, DataSetCodec.Decode(DataSetCodec.Encode(identifier, syntax), syntax, DataSetLimits.Default).GetValues<string>(tag));
        }
    }

    [TestMethod]
    public void Nothing_is_an_empty_data_set() => Assert.IsEmpty(DataSetCodec.Decode([], DicomTransferSyntax.ImplicitVRLittleEndian, DataSetLimits.Default));

    [TestMethod]
    public void Group_lengths_are_left_out_and_the_data_set_is_left_alone()
    {
        var length = new DicomTag(0x0010, 0x0000);
        var dataset = new DicomDataset { { DicomTag.PatientID, "P1" } };
        dataset.Add(DicomVR.UL, length, 4711u);

        var read = DataSetCodec.Decode(DataSetCodec.Encode(dataset, DicomTransferSyntax.ExplicitVRLittleEndian), DicomTransferSyntax.ExplicitVRLittleEndian, DataSetLimits.Default);

        Assert.IsFalse(read.Contains(length));
        Assert.IsTrue(dataset.Contains(length));
    }
}
