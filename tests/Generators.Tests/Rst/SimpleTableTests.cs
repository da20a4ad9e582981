namespace Specgen.Generators.Tests.Rst;

/// <summary>Simple tables as docutils' tableparser reads them.</summary>
[TestClass]
public sealed class SimpleTableTests
{
    [TestMethod]
    public void Rows_with_a_header()
    {
        var table = Rendered.Table("""
            =====  =====  ======
              A      B    A or B
            =====  =====  ======
            False  False  False
            True   False  True
            =====  =====  ======
            """);

        Assert.AreEqual((3, 3, 1), (table.Rows, table.Columns, table.HeaderRows));
        Assert.AreEqual("0,0 A\n0,1 B\n0,2 A or B\n1,0 False\n1,1 False\n1,2 False\n2,0 True\n2,1 False\n2,2 True", Rendered.Cells(table));
    }

    [TestMethod]
    public void Rows_without_a_header() => Assert.AreEqual("T 2x2, head 0\n0,0 a\n0,1 b\n1,0 c\n1,1 d", Rendered.Of("== ==\na  b\nc  d\n== ==\n"));

    [TestMethod]
    public void A_blank_first_column_goes_on_with_the_row_above() =>
        Assert.AreEqual(
            "T 3x2, head 1\n0,0 Code\n0,1 Is\n1,0 A700\n1,1 Out of resources, and a paragraph\n2,0 C000\n2,1 No",
            Rendered.Of("""
                ====  =============
                Code  Is
                ====  =============
                A700  Out of
                      resources,

                      and a paragraph
                C000  No
                ====  =============
                """));

    [TestMethod]
    public void An_escape_stands_for_an_empty_first_column() => Assert.AreEqual("T 2x2, head 0\n0,0 a\n0,1 b\n1,0\n1,1 d", Rendered.Of("== ==\na  b\n\\  d\n== ==\n"));

    [TestMethod]
    public void Underlines_span_columns() =>
        Assert.AreEqual(
            "T 4x3, head 2\n0,0 [1x2] Inputs\n0,2 Output\n1,0 A\n1,1 B\n1,2 A or B\n2,0 x\n2,1 [1x2] both\n3,0 y\n3,1 1\n3,2 2",
            Rendered.Of("""
                =====  =====  ======
                   Inputs     Output
                ------------  ------
                  A      B    A or B
                =====  =====  ======
                x      both
                -----  -------------
                y      1      2
                =====  =====  ======
                """));

    [TestMethod]
    public void Text_may_be_longer_than_the_last_column() => Assert.AreEqual("T 1x2, head 0\n0,0 a\n0,1 much longer than its border", Rendered.Of("== ==\na  much longer than its border\n== ==\n"));

    [TestMethod]
    public void Double_width_and_combining_characters()
    {
        const string Text = "====  ====\n北京  e\u0301\nab    cd\n====  ====\n";
        var table = Rendered.Table(Text);

        Assert.AreEqual("0,0 北京\n0,1 e\u0301\n1,0 ab\n1,1 cd", Rendered.Cells(table));
        Assert.AreEqual("e\u0301", Text.Substring(table[0, 1]!.Span.Start, table[0, 1]!.Span.Length));
    }

    [TestMethod]
    public void Text_in_the_margin_costs_its_row_only() =>
        Assert.AreEqual(
            "T 2x2, head 0\n0,0 a\n0,1 b\n1,0 e\n1,1 f\n! (3,3) Malformed table. Text in column margin.",
            Rendered.Of("== ==\na  b\nccc d\ne  f\n== ==\n"));

    [TestMethod]
    [DataRow("== == ==\na  b  c\n--- -- --\n== == ==\n", "(3,1) Malformed table. Column span incomplete: this line does not reach the end of the last column.")]
    [DataRow("== == ==\na  b  c\n--- ----\n== == ==\n", "(3,1) Malformed table. Column span alignment problem: this does not begin and end where columns do.")]
    [DataRow("== ==\na  b\n== ===\nc  d\n== ==\n", "(3,1) Malformed table. Bottom/header table border does not match top border.")]
    [DataRow("== ==\n   b\nc  d\n== ==\n", "(2,4) Malformed table. A row begins with text in its first column; write '\\\\' where that is empty.")]
    [DataRow("== ==\na  b\n", "(1,1) Malformed table. No bottom table border found or no blank line after table bottom.")]
    [DataRow("== ==\na  b\n== ==\nc  d\n== ==\ntext", "(6,1) Blank line required after table.")]
    public void Malformed(string text, string expected)
    {
        var document = Rendered.Parse(text);

        Assert.AreEqual(expected, string.Join("\n", document.Errors.Select(error => Rendered.At(document.Source, error.Span) + " " + error.Message)));
    }

    [TestMethod]
    public void A_table_without_bottom_ends_at_the_next_blank_line() =>
        Assert.AreEqual(
            "T 2x2, head 1\n0,0 a\n0,1 b\n1,0 c\n1,1 d\n# A title\n! (1,1) Malformed table. No bottom table border found or no blank line after table bottom.",
            Rendered.Of("== ==\na  b\n== ==\nc  d\n\nA title\n=======\n"));
}
