using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Reading;
using Specgen.Generators.Rst;

namespace Specgen.Tool.Pages;

/// <summary>A table of a page: what it says, and how it is laid out.</summary>
internal sealed class PageTable
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);

    public PageTable(string heading, RstTable table, SourceText text)
    {
        Heading = heading;
        var view = TableView.Of(table);
        Line = text.Lines.GetLinePosition(table.Span.Start).Line + 1;
        Kind = TableKind.Of(view.Headers, out var indexes);
        for (var i = 0; i < indexes.Length; i++)
        {
            if (indexes[i] >= 0)
            {
                _columns[Kind!.Columns[i].Name] = indexes[i];
            }
        }

        Layout = TableLayout.Of(table, text);
        Rows = Enumerable.Range(view.FirstRow, table.Rows - view.FirstRow).Select(row => new PageRow(
            row - view.FirstRow,
            view.Label(row) is { } label ? CellText.Plain(label) : null,
            Enumerable.Range(0, table.Columns).Select(column => table[row, column] is { } cell ? CellText.Plain(cell) : "").ToArray())).ToArray();
    }

    /// <summary>The words of the heading right above.</summary>
    public string Heading { get; }

    public int Line { get; }

    public TableKind? Kind { get; }

    public TableLayout Layout { get; }

    public IReadOnlyList<PageRow> Rows { get; }

    /// <summary>Where a column of the kind stands in the table, or -1.</summary>
    public int Column(string name) => _columns.GetValueOrDefault(name, -1);

    public string Cell(PageRow row, string column) => Column(column) is >= 0 and var at ? row.Cells[at] : "";
}

/// <param name="Label">The words of a row that spans the table and heads the rows below, or null.</param>
/// <param name="Cells">By the table's columns, without markup.</param>
internal sealed record PageRow(int Index, string? Label, IReadOnlyList<string> Cells);
