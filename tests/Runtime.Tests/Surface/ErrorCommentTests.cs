using FellowOakDicom;

namespace Specgen.Runtime.Tests.Surface;

[TestClass]
public sealed class ErrorCommentTests
{
    [TestMethod]
    [DataRow("plain", "plain")]
    [DataRow("  trimmed  ", "trimmed")]
    [DataRow(@"C:\data\in", "C:/data/in")]
    [DataRow("two\r\nlines\tand a tab", "two lines and a tab")]
    [DataRow("naïve café", "na?ve caf?")]
    [DataRow("", null)]
    [DataRow(" \n ", null)]
    [DataRow(null, null)]
    public void A_comment_becomes_fit_for_its_VR(string? text, string? expected)
    {
        Assert.AreEqual(expected, new DimseResponse(0x0110) { ErrorComment = text }.ErrorComment);
        Assert.AreEqual(expected, new DimseResult<TestStatus> { ErrorComment = text }.ErrorComment);
    }

    [TestMethod]
    [DataRow(64, 64)]
    [DataRow(65, 64)]
    [DataRow(5000, 64)]
    public void A_comment_has_at_most_64_characters(int length, int expected)
    {
        var comment = new DimseResponse { ErrorComment = new string('x', length) }.ErrorComment!;

        Assert.AreEqual(expected, comment.Length);
        Assert.AreEqual(length > 64, comment.EndsWith("...", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Any_comment_can_be_put_into_a_validated_command_set()
    {
        var random = new Random(11112);
        for (var i = 0; i < 500; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(0, 200)).Select(_ => (char)random.Next(0, 0x2100))]);
            if (new DimseResponse { ErrorComment = text }.ErrorComment is not { } comment)
            {
                continue;
            }

            var dataset = new DicomDataset();
            dataset.AddOrUpdate(DicomTag.ErrorComment, comment);
            Assert.AreEqual(comment, dataset.GetSingleValue<string>(DicomTag.ErrorComment));
        }
    }
}
