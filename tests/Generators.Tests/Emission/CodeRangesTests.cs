using Specgen.Generators.Emission;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Tests.Emission;

[TestClass]
public sealed class CodeRangesTests
{
    [TestMethod]
    public void ExactRowsAndNarrowRanges_AreCutOutOfTheRangeAroundThem() => AssertRanges(
        [Range(0xC000, 0xCFFF), Range(0xC100, 0xC1FF), Range(0xC111, 0xC111)],
        "C000-C0FF:0 C100-C110:1 C111-C111:2 C112-C1FF:1 C200-CFFF:0");

    [TestMethod]
    public void TheOrderOfRows_DoesNotMatter() => AssertRanges(
        [Range(0xC111, 0xC111), Range(0xC000, 0xCFFF)],
        "C000-C110:1 C111-C111:0 C112-CFFF:1");

    [TestMethod]
    public void TheStandardsRow_WinsOverAnImplementations() => AssertRanges(
        [Range(0xC111, 0xC111, "keeper"), Range(0xC111, 0xC111)],
        "C111-C111:1");

    [TestMethod]
    public void OverlappingRanges_TheNarrowerWins() => AssertRanges([Range(0xA700, 0xA7FF), Range(0xA780, 0xA80F)], "A700-A77F:0 A780-A7FF:1 A800-A80F:1");

    [TestMethod]
    public void ARangeThatExactRowsCover_HasNoCodeLeft() => AssertRanges([Range(0xC000, 0xC001), Range(0xC000, 0xC000), Range(0xC001, 0xC001)], "C000-C000:1 C001-C001:2");

    [TestMethod]
    public void TheLastCode_IsNotForgotten() => AssertRanges([Range(0xFF00, 0xFFFF)], "FF00-FFFF:0");

    [TestMethod]
    public void Pattern_JoinsNeighbours()
    {
        Assert.AreEqual("0x0112 or (>= 0xC000 and <= 0xC0FF)", CodeRanges.Pattern([new(0xC000, 0xC010, 0), new(0x0112, 0x0112, 1), new(0xC011, 0xC0FF, 2)]));
        Assert.AreEqual(">= 0xA700 and <= 0xA7FF", CodeRanges.Pattern([new(0xA700, 0xA7FF, 0)]));
    }

    private static Status Range(ushort first, ushort last, string? implementation = null) => new(first, last, Standard.StatusCategory.Failure, "x", implementation);

    private static void AssertRanges(Status[] rows, string expected) =>
        Assert.AreEqual(expected, string.Join(" ", CodeRanges.Of(rows).Select(static range => $"{range.First:X4}-{range.Last:X4}:{range.Row}")));
}
