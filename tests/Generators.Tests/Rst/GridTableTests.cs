using Specgen.Generators.Rst;

namespace Specgen.Generators.Tests.Rst;

/// <summary>Grid tables as docutils' tableparser reads them.</summary>
[TestClass]
public sealed class GridTableTests
{
    [TestMethod]
    public void Cells_of_rows_and_columns()
    {
        var table = Rendered.Table("""
            +-------+-----+
            | Code  | Is  |
            +=======+=====+
            | 0000  | OK  |
            +-------+-----+
            | A700  |     |
            +-------+-----+
            """);

        Assert.AreEqual((3, 2, 1), (table.Rows, table.Columns, table.HeaderRows));
        Assert.AreEqual("0,0 Code\n0,1 Is\n1,0 0000\n1,1 OK\n2,0 A700\n2,1", Rendered.Cells(table));
    }

    [TestMethod]
    public void Cells_span_rows_and_columns()
    {
        var table = Rendered.Table("""
            +------------------------+------------+----------+
            | Header row, column 1   | Header 2   | Header 3 |
            +========================+============+==========+
            | body row 1, column 1   | column 2   | column 3 |
            +------------------------+------------+----------+
            | body row 2             | Cells may span        |
            +------------------------+------------+----------+
            | body row 3             | Cells may  | - Cells  |
            +------------------------+ span rows. | - contain|
            | body row 4             |            | - blocks |
            +------------------------+------------+----------+
            """);

        Assert.AreEqual(
            """
            0,0 Header row, column 1
            0,1 Header 2
            0,2 Header 3
            1,0 body row 1, column 1
            1,1 column 2
            1,2 column 3
            2,0 body row 2
            2,1 [1x2] Cells may span
            3,0 body row 3
            3,1 [2x1] Cells may span rows.
            3,2 [2x1] - Cells - contain - blocks
            4,0 body row 4
            """,
            Rendered.Cells(table));
        Assert.AreSame(table[3, 1], table[4, 1]);
    }

    [TestMethod]
    public void Cells_wind_around_each_other()
    {
        var table = Rendered.Table("""
            +-----------+---+
            | a         | b |
            +---+-------+   |
            | c | d     |   |
            |   +---+---+---+
            |   | e | f     |
            +---+---+-------+
            """);

        Assert.AreEqual("0,0 [1x3] a\n0,3 [2x1] b\n1,0 [2x1] c\n1,1 [1x2] d\n2,1 e\n2,2 [1x2] f", Rendered.Cells(table));
    }

    [TestMethod]
    public void A_label_spans_all_columns()
    {
        var table = Rendered.Table("""
            +---------------+-----------+
            | DIMSE Service | Usage     |
            +===============+===========+
            | *Push SOP Class*          |
            +---------------+-----------+
            | N-GET         | O/M       |
            +---------------+-----------+
            """);

        var label = table[1, 0]!;
        Assert.AreEqual((2, "Push SOP Class", true), (label.ColumnSpan, label.Text.Plain, label.Text.IsEmphasized));
        Assert.AreSame(label, table[1, 1]);
    }

    [TestMethod]
    public void Header_of_two_rows()
    {
        var table = Rendered.Table("""
            +-----+-------+
            | a   | Usage |
            |     +---+---+
            |     | U | P |
            +=====+===+===+
            | x   | 1 | 2 |
            +-----+---+---+
            """);

        Assert.AreEqual(2, table.HeaderRows);
        Assert.AreEqual("0,0 [2x1] a\n0,1 [1x2] Usage\n1,1 U\n1,2 P\n2,0 x\n2,1 1\n2,2 2", Rendered.Cells(table));
    }

    [TestMethod]
    public void A_table_without_separator_has_no_header() => Assert.AreEqual(0, Rendered.Table("+---+\n| a |\n+---+\n| b |\n+---+").HeaderRows);

    [TestMethod]
    public void Each_line_of_a_cell_keeps_its_place()
    {
        const string Text = "+----------+---+\n| Part 3   | x |\n|  / Annex |   |\n+----------+---+\n";
        var table = Rendered.Table(Text);
        var cell = table[0, 0]!;

        Assert.AreEqual("Part 3 / Annex", cell.Text.Plain);
        CollectionAssert.AreEqual(new[] { "Part 3", "/ Annex" }, cell.Lines.Select(line => Text.Substring(line.Start, line.Length)).ToArray());
        Assert.AreEqual((cell.Lines[0].Start, cell.Lines[1].End), (cell.Span.Start, cell.Span.End));
        Assert.AreEqual("x", Text.Substring(table[0, 1]!.Lines.Single().Start, table[0, 1]!.Lines.Single().Length));
    }

    [TestMethod]
    public void An_empty_cell_has_a_place()
    {
        const string Text = "+---+---+\n| a |   |\n+---+---+\n";
        var cell = Rendered.Table(Text)[0, 1]!;

        Assert.AreEqual((Text.IndexOf("|   |", StringComparison.Ordinal) + 2, 0, ""), (cell.Span.Start, cell.Span.Length, cell.Text.Plain));
    }

    [TestMethod]
    public void Cells_touch_the_bar() => Assert.AreEqual("0,0 ab\n0,1 c", Rendered.Cells(Rendered.Table("+--+-+\n|ab|c|\n+--+-+")));

    [TestMethod]
    public void Double_width_characters_take_two_columns()
    {
        const string Text = "+--------+---+\n| 北京   | x |\n+--------+---+\n| ｱ      | y |\n+--------+---+\n";
        var table = Rendered.Table(Text);

        Assert.AreEqual("0,0 北京\n0,1 x\n1,0 ｱ\n1,1 y", Rendered.Cells(table));
        Assert.AreEqual("x", Text.Substring(table[0, 1]!.Span.Start, table[0, 1]!.Span.Length));
    }

    [TestMethod]
    public void Characters_outside_the_first_plane_take_two_columns() =>
        Assert.AreEqual("0,0 𠀀 a\n0,1 b", Rendered.Cells(Rendered.Table("+------+---+\n| 𠀀 a | b |\n+------+---+")));

    [TestMethod]
    [DataRow("| e\u0301  | x |", DisplayName = "as it is seen")]
    [DataRow("| e\u0301 | x |", DisplayName = "as docutils counts it")]
    public void Combining_characters_take_no_column(string row)
    {
        var table = Rendered.Table($"+----+---+\n{row}\n+----+---+\n");

        Assert.AreEqual("0,0 e\u0301\n0,1 x", Rendered.Cells(table));
    }

    [TestMethod]
    public void A_table_in_a_list_is_indented() =>
        Assert.AreEqual("P - item\nT 1x1, head 0\n0,0 a", Rendered.Of("- item\n\n  +---+\n  | a |\n  +---+\n"));

    [TestMethod]
    public void Tabs_go_on_to_the_next_multiple_of_eight() =>
        Assert.AreEqual("0,0 a\n0,1 b", Rendered.Cells(Rendered.Table("+-------+---+\n|a\t| b |\n+-------+---+")));

    [TestMethod]
    [DataRow("\r\n")]
    [DataRow("\r")]
    public void Line_ends_of_any_kind(string end) =>
        Assert.AreEqual("0,0 a\n1,0 b", Rendered.Cells(Rendered.Table("+---+\n| a |\n+---+\n| b |\n+---+".Replace("\n", end, StringComparison.Ordinal))));

    [TestMethod]
    public void White_space_behind_a_line_is_not_the_tables() => Assert.AreEqual("0,0 a", Rendered.Cells(Rendered.Table("+---+  \n| a | \n+---+\t\n")));

    [TestMethod]
    [DataRow("+---+\n| a |\n\nrest", "P rest\n! (2,1) Malformed table. No bottom table border found.")]
    [DataRow("+---+\n| a |\n+---+\n| b |\n", "T 1x1, head 0\n0,0 a\n! (4,1) Malformed table. No bottom table border found below this line.")]
    [DataRow("+---+\n| a |\n+---+\ntext", "P text\nT 1x1, head 0\n0,0 a\n! (4,1) Blank line required after table.")]
    [DataRow("text\n+---+\n| a |\n+---+", "P text\nT 1x1, head 0\n0,0 a\n! (2,1) Blank line required before table.")]
    [DataRow("+---+\n| a |\n+===+", "T 1x1, head 0\n0,0 a\n! (3,1) Malformed table. The head/body row separator may not be the first or last line of the table.")]
    public void Borders_that_are_missing(string text, string expected)
    {
        // Blocks are compared without regard to their order: what is left of a table follows it.
        CollectionAssert.AreEquivalent(expected.Split('\n'), Rendered.Of(text).Split('\n'));
    }

    [TestMethod]
    public void Two_separators_are_one_too_many()
    {
        var document = Rendered.Parse("+---+\n| a |\n+===+\n| b |\n+===+\n| c |\n+---+");

        Assert.AreEqual("Malformed table. Multiple head/body row separators; only one allowed.", document.Errors[0].Message);
        Assert.AreEqual("(5,1)", Rendered.At(document.Source, document.Errors[0].Span));
        Assert.AreEqual("a", document.Blocks.OfType<RstTable>().Single()[0, 0]!.Text.Plain);
    }

    [TestMethod]
    public void A_line_that_is_too_long_costs_its_row_only()
    {
        Assert.AreEqual(
            """
            T 4x2, head 1
            0,0 Code
            0,1 Is
            1,0 0000
            1,1 OK
            3,0 C000
            3,1 No
            ! (6,1) Malformed table. This line is 27 columns wide; the table's borders are 15.
            """,
            Rendered.Of("""
                +-------+-----+
                | Code  | Is  |
                +=======+=====+
                | 0000  | OK  |
                +-------+-----+
                | A700  | Out of resources|
                +-------+-----+
                | C000  | No  |
                +-------+-----+
                """));
    }

    [TestMethod]
    public void A_bar_in_a_cell_that_spans_columns_is_text()
    {
        Assert.AreEqual(
            """
            T 3x2, head 1
            0,0 Code
            0,1 Is
            1,0 [1x2] A700 | Out
            2,0 C000
            2,1 No
            """,
            Rendered.Of("""
                +-------+-----+
                | Code  | Is  |
                +=======+=====+
                | A700 |  Out |
                +-------+-----+
                | C000  | No  |
                +-------+-----+
                """));
    }

    [TestMethod]
    public void A_cell_that_does_not_close_costs_its_row_only()
    {
        Assert.AreEqual(
            """
            T 3x2, head 0
            0,0 a
            0,1 b
            2,0 e
            2,1 f
            ! (4,5) Malformed table; parse incomplete. The borders of the cell that begins here do not meet.
            """,
            Rendered.Of("""
                +---+---+
                | a | b |
                +---+---+
                | c | d |
                +---+ x |
                | e   f |
                +---+---+
                | e | f |
                +---+---+
                """));
    }

    [TestMethod]
    public void A_border_that_is_too_short_costs_no_row()
    {
        Assert.AreEqual(
            """
            T 3x2, head 1
            0,0 Code
            0,1 Is
            1,0 A700
            1,1 Out
            2,0 C000
            2,1 No
            ! (5,1) Malformed table. This border is 14 columns wide and ends in '-'; expected 15 columns and '+'.
            """,
            Rendered.Of("""
                +-------+-----+
                | Code  | Is  |
                +=======+=====+
                | A700  | Out |
                +-------+-----
                | C000  | No  |
                +-------+-----+
                """));
    }

    [TestMethod]
    public void A_row_that_spans_beside_a_malformed_one_is_read()
    {
        var document = Rendered.Parse("""
            +---+---+
            | a | b |
            +---+---+
            | label |
            +---+---+
            | c | dd |
            +---+---+
            | e | f |
            |   +---+
            |   | g |
            +---+---+
            """);

        var table = document.Blocks.OfType<RstTable>().Single();
        Assert.HasCount(1, document.Errors);
        Assert.AreEqual("0,0 a\n0,1 b\n1,0 [1x2] label\n3,0 [2x1] e\n3,1 f\n4,1 g", Rendered.Cells(table));
        Assert.IsNull(table[2, 0]);
    }

    [TestMethod]
    public void The_rest_of_the_page_is_read() =>
        Assert.AreEqual(
            "# A\n# B\nT 1x1, head 0\n0,0 b\n! (5,1) Malformed table. No bottom table border found.",
            Rendered.Of("A\n=\n\n+---+\n| a |\n\nB\n=\n\n+---+\n| b |\n+---+\n"));
}
