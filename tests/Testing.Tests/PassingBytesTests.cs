using System.Security.Cryptography;
using FellowOakDicom;
using FellowOakDicom.IO.Buffer;

namespace Specgen.Testing.Tests;

/// <summary>What is known of an instance, and made of its bytes, while they pass by.</summary>
[TestClass]
public sealed class PassingBytesTests
{
    /// <summary>In memory, in a file, and what is only known when it is there whole.</summary>
    [TestMethod]
    [DataRow(100, "1.2.840.10008.1.2.1")]
    [DataRow(100, "1.2.840.10008.1.2")]
    [DataRow(700_000, "1.2.840.10008.1.2.1")]
    [DataRow(700_000, "1.2.840.10008.1.2")]
    [DataRow(100, "1.2.840.10008.1.2.1.99")]
    [DataRow(700_000, "1.2.840.10008.1.2.1.99")]
    public async Task Header_and_observer_have_seen_all_of_it(int length, string syntax)
    {
        var context = CStoreContext.ForTest(Image(length), new TestRequest
        {
            TransferSyntax = DicomTransferSyntax.Parse(syntax),
            HeaderAttributes = new HashSet<uint> { (uint)DicomTag.PatientName, (uint)DicomTag.AccessionNumber },
            DataSetObserver = static () => new HashingStream(),
        });

        Assert.AreEqual("1.2.3", context.Header.Identity.SopInstanceUid);
        Assert.AreEqual("Test^Patient", System.Text.Encoding.ASCII.GetString(context.Header[DicomTag.PatientName].Span).TrimEnd());
        Assert.IsTrue(context.Header[DicomTag.AccessionNumber].IsEmpty, "It is not in the data set.");
        Assert.IsTrue(context.Header[DicomTag.PatientID].IsEmpty, "Nobody wants it.");
        await using var whole = await context.OpenReadAsync();
        var (sum, observer) = (await SHA256.HashDataAsync(whole), (HashingStream)context.DataSetObserver!);
        CollectionAssert.AreEqual(sum, observer.Sum());
    }

    [TestMethod]
    public void An_observer_that_fails_is_a_disk_that_cannot_be_written()
    {
        var problem = Assert.ThrowsExactly<IOException>(static () => CStoreContext.ForTest(Image(100), new TestRequest { DataSetObserver = static () => new MemoryStream(new byte[10]) }));

        StringAssert.StartsWith(problem.Message, "The data set could not be kept");
    }

    [TestMethod]
    public void Without_any_there_are_the_UIDs()
    {
        var context = CStoreContext.ForTest(Image(100));

        Assert.IsNull(context.DataSetObserver);
        Assert.AreEqual("1.2.3", context.Header.Identity.SopInstanceUid);
        Assert.IsTrue(context.Header[DicomTag.PatientName].IsEmpty);
    }

    private static DicomFile Image(int length)
    {
        var dataset = new DicomDataset
        {
            { DicomTag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.2" }, { DicomTag.SOPInstanceUID, "1.2.3" }, { DicomTag.PatientName, "Test^Patient" }, { DicomTag.PatientID, "P" },
            { DicomTag.StudyInstanceUID, "1.2" }, { DicomTag.SeriesInstanceUID, "1.2.1" },
        };
        dataset.Add(new DicomOtherByte(DicomTag.PixelData, new MemoryByteBuffer(new byte[length])));
        return new DicomFile(dataset);
    }

    /// <summary>Sums up what is written to it.</summary>
    private sealed class HashingStream : MemoryStream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public byte[] Sum() => _hash.GetHashAndReset();

        public override void Write(byte[] buffer, int offset, int count) => _hash.AppendData(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => _hash.AppendData(buffer);

        protected override void Dispose(bool disposing)
        {
            _hash.Dispose();
            base.Dispose(disposing);
        }
    }
}
