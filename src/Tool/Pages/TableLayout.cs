using System.Text;
using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Rst;

namespace Specgen.Tool.Pages;

/// <summary>
/// The lines of a table, row by row, so that some rows can be written anew and the others stay to the letter. Grid tables whose cells span
/// one column or all, and simple tables without spans; of any other form <see cref="IsWritable"/> is false.
/// </summary>
internal sealed class TableLayout
{
    private const int WidestLine = 150;
    private const int ShortCell = 24;

    private readonly bool _isGrid;
    private readonly string _newLine;

    /// <summary>The columns of each column's text: from behind its left border to the next.</summary>
    private readonly (int Start, int End)[] _columns;
    private readonly Row _header;

    /// <summary>Whether the bottom border has the columns' corners, though a row that spans them may be the last.</summary>
    private readonly bool _endsInCorners;
    private readonly List<Row> _rows = [];

    private TableLayout(TextSpan span, string[] lines, string newLine)
    {
        Span = span;
        _newLine = newLine;
        _isGrid = lines[0].StartsWith('+');
        var separator = _isGrid ? Array.FindIndex(lines, static line => line.StartsWith("+=", StringComparison.Ordinal)) : 0;
        _columns = separator < 0 ? [] : ColumnsOf(lines[separator]);
        _header = new Row(false, []);
        _endsInCorners = _isGrid && lines[^1].AsSpan(1, Math.Max(0, lines[^1].Length - 2)).Contains('+');
        if (_columns.Length == 0)
        {
            return;
        }

        var second = _isGrid ? separator : Array.FindIndex(lines, 1, static line => line.StartsWith('='));
        if (second < 0)
        {
            return;
        }

        _header = new Row(false, lines[1..second].Select(Segments).ToList());
        List<string[]> row = [];
        foreach (var line in lines.Skip(second + 1))
        {
            if (_isGrid ? line.StartsWith('+') : line.StartsWith('='))
            {
                Close(row);
                row = [];
                continue;
            }

            if (!_isGrid && line.Length > 0 && line[0] != ' ')
            {
                Close(row);
                row = [];
            }

            row.Add(Segments(line));
        }

        IsWritable = row.Count == 0 && Render(_columns.Select(static column => column.End - column.Start).ToArray(), _rows) == string.Join(newLine, lines);
    }

    /// <summary>From the first character of the table's first line to the end of its last line.</summary>
    public TextSpan Span { get; }

    public int Columns => _columns.Length;

    /// <summary>Whether what is written without a change is the table as it is, to the letter.</summary>
    public bool IsWritable { get; }

    public static TableLayout Of(RstTable table, SourceText text)
    {
        var first = text.Lines.GetLineFromPosition(table.Span.Start);
        var last = text.Lines.GetLineFromPosition(Math.Max(table.Span.Start, table.Span.End - 1));
        var lines = Enumerable.Range(first.LineNumber, last.LineNumber - first.LineNumber + 1).Select(line => text.ToString(text.Lines[line].Span)).ToArray();
        var newLine = text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak));
        return new TableLayout(TextSpan.FromBounds(first.Start, last.End), lines, newLine.Length == 0 ? "\n" : newLine);
    }

    /// <summary>The table with these rows.</summary>
    public string Write(IReadOnlyList<RowEdit> edits)
    {
        var widths = _columns.Select(static column => column.End - column.Start).ToArray();
        Widen(widths, edits);
        var rows = edits.Select(edit => edit.Cells is null ? _rows[edit.Index] : new Row(false, Lines(edit, widths))).ToList();
        return Render(widths, rows);
    }

    private static (int Start, int End)[] ColumnsOf(string line)
    {
        var columns = new List<(int, int)>();
        for (var i = 0; i < line.Length; i++)
        {
            var start = i;
            while (i < line.Length && line[i] == '=')
            {
                i++;
            }

            if (i > start)
            {
                columns.Add((start, i));
            }
        }

        return columns.ToArray();
    }

    private void Close(List<string[]> row)
    {
        if (row.Count > 0)
        {
            _rows.Add(new Row(_isGrid && _columns.Length > 1 && row.TrueForAll(static line => line.Length == 1), row));
        }
    }

    /// <summary>The text of each column of a line, with its own leading space; one for a line that spans the table.</summary>
    private string[] Segments(string line)
    {
        if (_isGrid && _columns.Skip(1).All(column => line.Length < column.Start || line[column.Start - 1] != '|'))
        {
            return [line.Length < 2 ? "" : line[1..^1].TrimEnd()];
        }

        return _columns.Select((column, i) => line.Length <= column.Start
            ? ""
            : line[column.Start..(!_isGrid && i == _columns.Length - 1 ? line.Length : Math.Min(line.Length, column.End))].TrimEnd()).ToArray();
    }

    private void Widen(int[] widths, IReadOnlyList<RowEdit> edits)
    {
        var margin = _isGrid ? 2 : 0;
        foreach (var edit in edits.Where(static edit => edit.Cells is not null))
        {
            for (var column = 0; column < widths.Length; column++)
            {
                if (edit.Cells![column] is not { } words || words.Length + margin <= widths[column])
                {
                    continue;
                }

                var longest = words.Split(' ').Max(static word => word.Length);
                var fits = widths.Sum() + widths.Length + 1 - widths[column] + words.Length + margin <= WidestLine;
                widths[column] = Math.Max(widths[column], (!_isGrid || (words.Length <= ShortCell && fits) ? words.Length : longest) + margin);
            }
        }
    }

    /// <summary>The lines of a row: what has not changed as it was, the rest broken between words.</summary>
    private List<string[]> Lines(RowEdit edit, int[] widths)
    {
        var old = edit.Index < 0 || _rows[edit.Index].IsLabel ? null : _rows[edit.Index].Lines;
        var cells = edit.Cells!.Select((words, column) => words is null
            ? old?.Select(line => column < line.Length ? line[column] : "").ToList() ?? [""]
            : Broken(words, _isGrid ? widths[column] - 2 : int.MaxValue).Select(line => line.Length == 0 || !_isGrid ? line : " " + line).ToList()).ToList();
        foreach (var cell in cells)
        {
            while (cell.Count > 1 && cell[^1].Length == 0)
            {
                cell.RemoveAt(cell.Count - 1);
            }
        }

        var height = cells.Max(static cell => cell.Count);
        return Enumerable.Range(0, height).Select(line => cells.Select(cell => line < cell.Count ? cell[line] : "").ToArray()).ToList();
    }

    private static List<string> Broken(string words, int width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var word in words.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        lines.Add(line.ToString());
        return lines;
    }

    private string Render(int[] widths, IReadOnlyList<Row> rows) => string.Join(_newLine, _isGrid ? Grid(widths, rows) : Simple(widths, rows));

    private IEnumerable<string> Grid(int[] widths, IReadOnlyList<Row> rows)
    {
        yield return Border(widths, '-', _header, _header);
        foreach (var line in _header.Lines)
        {
            yield return Line(widths, line);
        }

        yield return Border(widths, '=', _header, _header);
        for (var i = 0; i < rows.Count; i++)
        {
            foreach (var line in rows[i].Lines)
            {
                yield return Line(widths, line);
            }

            yield return Border(widths, '-', rows[i], i + 1 < rows.Count ? rows[i + 1] : _endsInCorners ? _header : rows[i]);
        }
    }

    /// <summary>A border has a corner where a row above or below it has one.</summary>
    private static string Border(int[] widths, char mark, Row above, Row below) =>
        "+" + string.Join(above.IsLabel && below.IsLabel ? mark : '+', widths.Select(width => new string(mark, width))) + "+";

    private static string Line(int[] widths, string[] cells) => cells.Length == 1
        ? "|" + cells[0].PadRight(widths.Sum() + widths.Length - 1) + "|"
        : "|" + string.Join("|", cells.Select((cell, column) => cell.PadRight(widths[column]))) + "|";

    private IEnumerable<string> Simple(int[] widths, IReadOnlyList<Row> rows)
    {
        var border = Spaced(widths.Select(static width => new string('=', width)).ToArray());
        return [border, .. _header.Lines.Select(Spaced), border, .. rows.SelectMany(static row => row.Lines).Select(Spaced), border];

        string Spaced(string[] cells) => string.Concat(cells.Select((cell, column) => cell.PadRight(widths[column]) + (column == cells.Length - 1 ? "" : Gap(column)))).TrimEnd();
    }

    private string Gap(int column) => new(' ', _columns[column + 1].Start - _columns[column].End);

    private sealed record Row(bool IsLabel, List<string[]> Lines);
}

/// <summary>A row as it shall be: one of the table's, or with cells of its own.</summary>
/// <param name="Index">The row of the table that it is, or -1 for a new one.</param>
/// <param name="Cells">Null to leave it as it is; a null cell stays as it was.</param>
internal sealed record RowEdit(int Index, IReadOnlyList<string?>? Cells);
