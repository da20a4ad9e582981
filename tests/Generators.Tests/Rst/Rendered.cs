using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Rst;

namespace Specgen.Generators.Tests.Rst;

/// <summary>What the reader makes of a text, as lines that tests compare.</summary>
internal static class Rendered
{
    public static RstDocument Parse(string text) => RstParser.Parse(SourceText.From(text));

    /// <summary>Titles with their level, the first words of paragraphs, tables cell by cell, errors with their line and column.</summary>
    public static string Of(string text) => string.Join("\n", Lines(Parse(text)));

    /// <summary>The only table of a text; nothing may be wrong with it.</summary>
    public static RstTable Table(string text)
    {
        var document = Parse(text);
        Assert.AreEqual("", string.Join("\n", document.Errors.Select(static error => error.Message)));
        return document.Blocks.OfType<RstTable>().Single();
    }

    /// <summary>A table's cells: "row,column [rows x columns] words"; the spans only where a cell has some.</summary>
    public static string Cells(RstTable table) => string.Join("\n", table.Cells.Select(Cell));

    public static string At(SourceText source, TextSpan span)
    {
        var place = source.Lines.GetLinePosition(span.Start);
        return $"({place.Line + 1},{place.Character + 1})";
    }

    private static IEnumerable<string> Lines(RstDocument document)
    {
        foreach (var block in document.Blocks)
        {
            switch (block)
            {
                case RstTitle title:
                    yield return $"{new string('#', title.Level)} {title.Text.Plain}";
                    break;
                case RstParagraph paragraph:
                    yield return $"P {paragraph.Text.Plain}";
                    break;
                case RstTable table:
                    yield return $"T {table.Rows}x{table.Columns}, head {table.HeaderRows}";
                    yield return Cells(table);
                    break;
            }
        }

        foreach (var error in document.Errors)
        {
            yield return $"! {At(document.Source, error.Span)} {error.Message}";
        }
    }

    private static string Cell(RstCell cell)
    {
        var spans = cell.RowSpan == 1 && cell.ColumnSpan == 1 ? "" : $" [{cell.RowSpan}x{cell.ColumnSpan}]";
        return $"{cell.Row},{cell.Column}{spans} {cell.Text.Plain}".TrimEnd();
    }
}
