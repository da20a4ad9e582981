using FellowOakDicom;
using Specgen.Associations;
using Specgen.Instances;

namespace Specgen.Runtime.Tests.Instances;

/// <summary>UN of undefined length (PS3.5 §6.2.2): a sequence in implicit VR little endian, whatever is outside. What passes the guard is opened, and says what was meant; all else is refused with a reason.</summary>
[TestClass]
public sealed class UnknownSequenceTests
{
    private static readonly DicomTransferSyntax[] s_outer = [.. EncodedDataSet.Syntaxes];

    private static IEnumerable<object[]> Table =>
        from outer in s_outer
        from tag in new[] { EncodedDataSet.ReferencedSeries, EncodedDataSet.Private, 0x000B1008u }
        from inner in new[] { DicomTransferSyntax.ImplicitVRLittleEndian, DicomTransferSyntax.ExplicitVRLittleEndian, DicomTransferSyntax.ExplicitVRBigEndian }
        from lengths in new[] { Lengths.Defined, Lengths.Undefined }
        select new object[] { outer.UID.UID, tag, inner.UID.UID, lengths };

    [TestMethod]
    [DynamicData(nameof(Table))]
    public void What_passes_is_read_as_it_was_meant(string outerUid, uint tag, string innerUid, Lengths itemLengths)
    {
        var (outer, inner) = (DicomTransferSyntax.Parse(outerUid), DicomTransferSyntax.Parse(innerUid));
        var bytes = DataSet(outer, tag, inner, itemLengths);
        DicomDataset decoded;
        try
        {
            using var stream = new MemoryStream(bytes);
            DataSetGuard.Check(stream, outer, DataSetLimits.Default);
            decoded = DataSetCodec.Decode(bytes, outer, DataSetLimits.Default);
        }
        catch (RefusedDataSetException e)
        {
            Assert.IsFalse(IsRight(outer, tag, inner), e.Message);
            StringAssert.Contains(e.Message, "malformed");
            return;
        }

        var sequence = decoded.OfType<DicomSequence>().Single();
        Assert.AreEqual("Q", sequence.Items[0].GetSingleValueOrDefault(DicomTag.PatientID, ""));
        Assert.AreEqual("AFTER", decoded.GetSingleValueOrDefault(DicomTag.PatientComments, ""));
    }

    /// <summary>As the standard has it, and as fo-dicom reads it.</summary>
    private static bool IsRight(DicomTransferSyntax outer, uint tag, DicomTransferSyntax inner) =>
        inner == DicomTransferSyntax.ImplicitVRLittleEndian && !(outer == DicomTransferSyntax.ExplicitVRBigEndian && (tag >> 16 & 1) == 1);

    private static byte[] DataSet(DicomTransferSyntax outer, uint tag, DicomTransferSyntax innerSyntax, Lengths lengths)
    {
        var inner = new EncodedDataSet(innerSyntax);
        var item = inner.New().Text(EncodedDataSet.PatientId, "LO", "Q").Bytes();
        inner.Tag(EncodedDataSet.Item).UInt32(lengths == Lengths.Defined ? (uint)item.Length : EncodedDataSet.Undefined).Raw(item);
        if (lengths == Lengths.Undefined)
        {
            inner.Tag(EncodedDataSet.ItemEnd).UInt32(0);
        }

        inner.Tag(EncodedDataSet.SequenceEnd).UInt32(0);
        var dataSet = new EncodedDataSet(outer).Text(EncodedDataSet.SopInstance, "UI", "1.2.3");
        if ((tag >> 16 & 1) == 1)
        {
            dataSet.Text((tag & 0xFFFF0000) | 0x0010, "LO", "ACME");
        }

        return dataSet.Header(tag, "UN", EncodedDataSet.Undefined).Raw(inner.Bytes()).Text(0x00104000, "LT", "AFTER").Bytes(outer);
    }
}
