using System.Globalization;

namespace Specgen.Runtime.Tests.Surface;

/// <summary>What a peer writes can be shown.</summary>
[TestClass]
public sealed class PeerTextTests
{
    [TestMethod]
    [DataRow(null, "")]
    [DataRow("", "")]
    [DataRow("ARCHIVE_1", "ARCHIVE_1")]
    [DataRow("Röntgen 1", "Röntgen 1")]
    [DataRow("ВРАЧ 東京", "ВРАЧ 東京")]
    [DataRow("a\r\nb", @"a\u000D\u000Ab")]
    [DataRow("\u001B[31m", @"\u001B[31m")]
    [DataRow("\u009B31m", @"\u009B31m")]
    [DataRow("a\u202Eb\u200Bc\u2028d\uFEFF", @"a\u202Eb\u200Bc\u2028d\uFEFF")]
    [DataRow("a\u00A0b", @"a\u00A0b")]
    [DataRow(@"a\u000Ab", @"a\\u000Ab")]
    [DataRow("\U000E0041", @"\uE0041")]
    public void Escape(string? text, string expected) => Assert.AreEqual(expected, PeerText.Escape(text));

    [TestMethod]
    public void Whatever_comes_is_bounded_and_in_one_line()
    {
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => (char)random.Next(random.Next(2) == 0 ? 0x180 : 0x10000)));
            var shown = PeerText.Escape(text, 20);
            Assert.IsLessThanOrEqualTo(20, shown.Length);
            Assert.IsFalse(shown.Any(static c => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator), shown);
        }
    }

    [TestMethod]
    public void What_is_too_long_says_so() => Assert.AreEqual("1234567...", PeerText.Escape("12345678901", 10));
}
