using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Rst;

namespace Specgen.Generators.Reading;

/// <summary>A table by the columns of its kind. A cell that spans rows is in each of them.</summary>
internal sealed class TableView
{
    private readonly RstTable _table;
    private readonly int[] _columns;

    private TableView(RstTable table)
    {
        _table = table;
        FirstRow = table.HeaderRows > 0 ? table.HeaderRows : Math.Min(1, table.Rows);
        var headers = ImmutableArray.CreateBuilder<string>(table.Columns);
        for (var column = 0; column < table.Columns; column++)
        {
            headers.Add(Header(column));
        }

        Headers = headers.MoveToImmutable();
        Kind = TableKind.Of(Headers, out _columns);
    }

    public static TableView Of(RstTable table) => new(table);

    public TextSpan Span => _table.Span;

    /// <summary>The header of each of the table's columns; one of several lines or rows joined by spaces.</summary>
    public ImmutableArray<string> Headers { get; }

    /// <summary>What the table is, or is most like; null when it is like nothing that is known.</summary>
    public TableKind? Kind { get; }

    /// <summary>Whether the header itself could not be read.</summary>
    public bool HasNoHeader => Headers.All(static header => header.Length == 0);

    public int FirstRow { get; }

    public int RowCount => _table.Rows;

    /// <summary>The place of the table's header.</summary>
    public TextSpan HeaderSpan => HeaderSpanOf(0);

    /// <summary>Reports columns that the kind requires and the table lacks, and those that nobody reads.</summary>
    /// <returns>Whether everything required is there.</returns>
    public bool CheckColumns(PageContext page)
    {
        var complete = true;
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_columns[i] >= 0 || !Kind!.Columns[i].IsRequired)
            {
                continue;
            }

            // A header that is nearly the one that is missing is where the mistake is.
            complete = false;
            var name = Kind.Columns[i].Name;
            var near = Array.FindIndex(Headers.ToArray(), header => !IsKnown(header) && Suggestion.AreNear(header, name));
            page.Report(PageDiagnostics.MissingColumn, HeaderSpanOf(Math.Max(0, near)), name, Quoted(Headers));
        }

        for (var column = 0; column < Headers.Length && complete; column++)
        {
            if (!IsKnown(Headers[column]))
            {
                page.Report(PageDiagnostics.UnknownColumn, HeaderSpanOf(column), Headers[column], Quoted(Kind!.Columns.Select(static known => known.Name)));
            }
        }

        return complete;
    }

    /// <param name="column">The index of a column of the kind.</param>
    public RstCell? Cell(int row, int column) => _columns[column] < 0 ? null : _table[row, _columns[column]];

    /// <summary>A cell's words, in which a no-break space is a space; empty without the cell.</summary>
    public string Text(int row, int column) => Cell(row, column) is { } cell ? CellText.Plain(cell) : "";

    /// <summary>The cell of a row that spans all columns and heads the rows below, or null.</summary>
    public RstCell? Label(int row) => _table.Columns > 1 && _table[row, 0] is { } cell && cell.ColumnSpan == _table.Columns ? cell : null;

    public static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(static name => "'" + name + "'"));

    private bool IsKnown(string header)
    {
        foreach (var column in Kind!.Columns)
        {
            if (column.Is(header))
            {
                return true;
            }
        }

        return false;
    }

    private TextSpan HeaderSpanOf(int column) => FirstRow > 0 && _table[0, column] is { } cell ? cell.Span : Span;

    private string Header(int column)
    {
        var header = "";
        for (var row = 0; row < FirstRow; row++)
        {
            if (_table[row, column] is { } cell && cell.Row == row)
            {
                header = header.Length == 0 ? CellText.Plain(cell) : header + " " + CellText.Plain(cell);
            }
        }

        return header;
    }
}
