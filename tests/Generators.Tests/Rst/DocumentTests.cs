using Specgen.Generators.Rst;

namespace Specgen.Generators.Tests.Rst;

/// <summary>Titles, paragraphs, and what is passed over.</summary>
[TestClass]
public sealed class DocumentTests
{
    [TestMethod]
    public void Titles_rank_by_the_first_appearance_of_their_adornment() =>
        Assert.AreEqual(
            "# Page\n## Section\n### Part\n### Other\n## Next",
            Rendered.Of("====\nPage\n====\n\nSection\n=======\n\nPart\n~~~~\n\nOther\n~~~~~\n\nNext\n====\n"));

    [TestMethod]
    [DataRow("Title\n=====", "# Title")]
    [DataRow("Title\n=", "P Title =", DisplayName = "An adornment of one character below a longer title is text")]
    [DataRow("A longer title\n=====", "# A longer title", DisplayName = "A title may be longer than its underline")]
    [DataRow("=====\nA longer title\n=====", "# A longer title")]
    [DataRow("=======\n Title\n=======", "# Title", DisplayName = "An overlined title may be indented")]
    [DataRow("A\n-", "# A")]
    [DataRow("Title\n\"\"\"\"\"", "# Title")]
    [DataRow("*Emphasized* title\n++++++++++++++++++", "# Emphasized title")]
    [DataRow("text\n\n----------\n\ntext", "P text\nP text", DisplayName = "A transition is no title")]
    [DataRow("two lines\nof text\n=======", "P two lines of text =======", DisplayName = "Only one line is underlined")]
    public void Titles(string text, string expected) => Assert.AreEqual(expected, Rendered.Of(text));

    [TestMethod]
    public void A_title_has_a_place()
    {
        const string Text = "text\n\n=========\n  Title\n=========\n";
        var title = Rendered.Parse(Text).Blocks.OfType<RstTitle>().Single();

        Assert.AreEqual("Title", Text.Substring(title.Span.Start, title.Span.Length));
    }

    [TestMethod]
    [DataRow(".. _label:\n\ntext", "P text")]
    [DataRow(".. A comment\n   over two lines.\n\ntext", "P text")]
    [DataRow(".. +---+\n   | a |\n   +---+\n\ntext", "P text", DisplayName = "A table in a comment")]
    [DataRow("..\n\n   +---+\n   | a |\n   +---+\n", "T 1x1, head 0\n0,0 a", DisplayName = "An empty comment has nothing below it")]
    [DataRow("..\n   comment\n\ntext", "P text")]
    [DataRow(".. note:: Take care.\n\n   Of this.\n\ntext", "P text")]
    [DataRow(".. |s| replace:: t\n\ntext", "P text")]
    [DataRow(".. _label:\n+---+\n| a |\n+---+", "T 1x1, head 0\n0,0 a", DisplayName = "A table right below a label")]
    [DataRow("like this::\n\n   +---+\n   | a |\n   +---+\n\ntext", "P like this::\nP text", DisplayName = "A literal block")]
    [DataRow("::\n\n   Title\n   =====\n\ntext", "P text")]
    [DataRow(".. table:: Of codes\n   :widths: 1\n\n   +---+\n   | a |\n   +---+\n\ntext", "T 1x1, head 0\n0,0 a\nP text", DisplayName = "A table with a caption")]
    [DataRow(".. list-table::\n\n   * - a\n\ntext", "P text\n! (1,1) A table of the directive 'list-table' is not read; write it as a grid table or simple table.")]
    public void Explicit_markup(string text, string expected) => Assert.AreEqual(expected, Rendered.Of(text));

    [TestMethod]
    public void Paragraphs_end_at_blank_lines() => Assert.AreEqual("P one and\nP two", Rendered.Of("one\nand\n \ntwo\n"));

    [TestMethod]
    [DataRow("")]
    [DataRow("\n\n")]
    [DataRow("\uFEFF")]
    public void Nothing(string text) => Assert.HasCount(text.Trim().Length, Rendered.Parse(text).Blocks);
}
