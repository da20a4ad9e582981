using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Rst;

namespace Specgen.Generators.Reading;

/// <summary>A table by the names of its columns. A cell that spans rows is in each of them.</summary>
internal sealed class TableView
{
    private readonly RstTable _table;
    private readonly RstCell?[][] _cells;

    private TableView(RstTable table, int headerRows)
    {
        _table = table;
        _cells = new RstCell?[table.Rows.Length][];
        for (var row = 0; row < _cells.Length; row++)
        {
            _cells[row] = new RstCell?[table.Columns];
        }

        foreach (var cell in table.Rows.SelectMany(static row => row.Cells))
        {
            for (var row = cell.Row; row < Math.Min(cell.Row + cell.RowSpan, _cells.Length); row++)
            {
                for (var column = cell.Column; column < Math.Min(cell.Column + cell.ColumnSpan, table.Columns); column++)
                {
                    _cells[row][column] = cell;
                }
            }
        }

        FirstRow = headerRows;
        Columns = ImmutableArray.CreateRange(Enumerable.Range(0, table.Columns).Select(column => Header(column, headerRows)));
    }

    public static TableView Of(RstTable table) => new(table, table.HeaderRows > 0 ? table.HeaderRows : Math.Min(1, table.Rows.Length));

    public TextSpan Span => _table.Span;

    /// <summary>The headers, a header of several lines or rows joined by spaces.</summary>
    public ImmutableArray<string> Columns { get; }

    public int FirstRow { get; }

    public int RowCount => _cells.Length;

    /// <summary>The place of the header of a column.</summary>
    public TextSpan HeaderSpan(int column) => FirstRow > 0 && _cells[0][column] is { } cell ? cell.Span : Span;

    /// <summary>Index of the column whose header is one of the names, or -1.</summary>
    public int IndexOf(params string[] names)
    {
        for (var column = 0; column < Columns.Length; column++)
        {
            if (names.Any(name => string.Equals(Columns[column], name, StringComparison.OrdinalIgnoreCase)))
            {
                return column;
            }
        }

        return -1;
    }

    public bool Has(params string[] names) => IndexOf(names) >= 0;

    public RstCell? Cell(int row, int column) => column < 0 ? null : _cells[row][column];

    public string Text(int row, int column) => Cell(row, column)?.Text.Plain.Replace('\u00A0', ' ').Trim() ?? "";

    /// <summary>The cell of a row that spans all columns and heads the rows below, or null.</summary>
    public RstCell? Label(int row) => _table.Columns > 1 && _cells[row][0] is { } cell && cell.ColumnSpan == _table.Columns ? cell : null;

    /// <summary>The cells of a row, each once.</summary>
    public IEnumerable<RstCell> CellsOf(int row) => _cells[row].Where(static cell => cell is not null).Select(static cell => cell!).Distinct();

    private string Header(int column, int headerRows) =>
        string.Join(" ", Enumerable.Range(0, headerRows).Select(row => _cells[row][column]).Where(static cell => cell is not null).Distinct().Select(static cell => cell!.Text.Plain)).Replace('\u00A0', ' ').Trim();
}
