using FellowOakDicom;
using Specgen.Associations;
using Specgen.Instances;

namespace Specgen.Runtime.Tests.Instances;

/// <summary>fo-dicom keeps each private creator that it reads for good: it is shown so many, and no more.</summary>
[TestClass]
public sealed class PrivateCreatorTests
{
    [TestMethod]
    public void There_may_be_many_in_a_process_and_no_more()
    {
        var creators = new PrivateCreators(most: 100);
        creators.Admit(Scan(0, 60));
        Assert.ThrowsExactly<RefusedDataSetException>(() => creators.Admit(Scan(50, 60)), "110 of them.");

        creators.Admit(Scan(0, 60));
        creators.Admit(Scan(60, 40));
        Assert.ThrowsExactly<RefusedDataSetException>(() => creators.Admit(Scan(100, 1)));
        creators.Admit(Scan(20, 70));
        creators.Admit(Scan(0, 0));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task What_has_too_many_or_too_long_ones_is_not_decoded(bool isLong)
    {
        var syntax = DicomTransferSyntax.ExplicitVRLittleEndian;
        var dataSet = (isLong ? new EncodedDataSet(syntax).Identity().Text(0x00430010, "LO", new string('x', 300)) : Creators(1_000_000, PrivateCreators.Most + 1)).Bytes();

        Assert.ThrowsExactly<RefusedDataSetException>(() => DataSetCodec.Decode(dataSet, syntax, DataSetLimits.Default));
        var header = Part10Header.Create("1.2"u8, "1.2"u8, syntax.UID.UID, "");
        await Assert.ThrowsExactlyAsync<RefusedDataSetException>(async () => await DicomFiles.OpenAsync(new MemoryStream([.. header, .. dataSet])));
    }

    private static DataSetScanner Scan(int first, int count) => DataSetGuard.Check(new MemoryStream(Creators(first, count).Bytes()), DicomTransferSyntax.ExplicitVRLittleEndian, DataSetLimits.Default);

    /// <summary>In items, as there may be any number of them.</summary>
    private static EncodedDataSet Creators(int first, int count)
    {
        var dataSet = new EncodedDataSet(DicomTransferSyntax.ExplicitVRLittleEndian);
        return dataSet.Identity().Sequence(
            EncodedDataSet.ReferencedInstances,
            Lengths.Defined,
            [.. Enumerable.Range(first, count).Select(i => dataSet.New().Text(0x00090010, "LO", $"CREATOR {i}").Text(0x00091001, "LO", "x").Bytes())]);
    }
}
