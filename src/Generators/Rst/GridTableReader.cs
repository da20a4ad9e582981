using Microsoft.CodeAnalysis.Text;

namespace Specgen.Generators.Rst;

/// <summary>
/// A grid table, traced corner by corner so that cells may span rows and columns. Where that does not come out even, the table is traced
/// from one full border to the next, so that what is wrong costs the row it is in and no other.
/// </summary>
internal sealed class GridTableReader
{
    private readonly TextGrid _grid;
    private readonly List<RstError> _errors;
    private readonly int _height;
    private readonly int _width;
    private readonly bool[] _rowLines;
    private readonly bool[] _columnLines;

    /// <summary>Lines of '=' and '+'; more than one, or one at the wrong place, is reported and taken for '-'.</summary>
    private readonly bool[] _doubleLines;
    private readonly List<Box> _cells = [];

    /// <summary>Of each line, a run of what borders are made of, from one column to the one behind it. Many cells ask for the same, and it may be long.</summary>
    private readonly (int Start, int End)[] _runs;
    private int _separator = -1;

    private GridTableReader(TextGrid grid, int height, List<RstError> errors)
    {
        _grid = grid;
        _errors = errors;
        _height = height;
        _width = grid.Width(0);
        _rowLines = new bool[height];
        _columnLines = new bool[_width];
        _doubleLines = new bool[height];
        _runs = new (int, int)[height];
        _rowLines[0] = _columnLines[0] = true;
    }

    /// <summary>The table, or null when nothing of it can be read.</summary>
    /// <param name="grid">From the top border to the last line that begins with '+' or '|'.</param>
    public static RstTable? Read(TextGrid grid, List<RstError> errors)
    {
        var bottom = grid.Height - 1;
        while (bottom > 1 && !IsBorder(grid, bottom))
        {
            bottom--;
        }

        if (bottom < 2)
        {
            errors.Add(new RstError(grid.SpanOf(grid.Height - 1), "Malformed table. No bottom table border found."));
            return null;
        }

        if (bottom < grid.Height - 1)
        {
            errors.Add(new RstError(grid.SpanOf(bottom + 1), "Malformed table. No bottom table border found below this line."));
        }

        return new GridTableReader(grid, bottom + 1, errors).Read();
    }

    private RstTable? Read()
    {
        FindSeparator();
        if (!TraceWhole())
        {
            TraceBands();
        }

        return _cells.Count == 0 ? null : Build();
    }

    /// <summary>A line of '+' and '-' (or '=') only.</summary>
    private static bool IsBorder(TextGrid grid, int row)
    {
        if (grid[row, 0] != '+')
        {
            return false;
        }

        for (var column = 1; column < grid.Width(row); column++)
        {
            if (grid[row, column] is not ('+' or '-' or '='))
            {
                return false;
            }
        }

        return true;
    }

    private void FindSeparator()
    {
        for (var row = 0; row < _height; row++)
        {
            if (_grid[row, 0] != '+' || _grid[row, 1] != '=' || !_grid.HasOnly(row, '=', '+'))
            {
                continue;
            }

            _doubleLines[row] = true;
            if (row == 0 || row == _height - 1)
            {
                Report(row, "Malformed table. The head/body row separator may not be the first or last line of the table.");
            }
            else if (_separator >= 0)
            {
                Report(row, "Malformed table. Multiple head/body row separators; only one allowed.");
            }
            else
            {
                _separator = row;
            }
        }
    }

    private bool TraceWhole()
    {
        var rows = new int[_height];
        for (var row = 0; row < _height; row++)
        {
            if (!HasEdges(row))
            {
                return false;
            }

            rows[row] = row;
        }

        return Trace(rows, 0) < 0;
    }

    private bool HasEdges(int row) => _grid.Width(row) == _width && _grid[row, 0] is '+' or '|' && _grid[row, _width - 1] is '+' or '|';

    /// <summary>From border to border; a border that is itself wrong is taken for the one above it.</summary>
    private void TraceBands()
    {
        var top = 0;
        var lastGood = 0;
        for (var row = 1; row < _height; row++)
        {
            if (!IsBorder(_grid, row))
            {
                continue;
            }

            var good = HasEdges(row);
            if (!good)
            {
                Report(row, $"Malformed table. This border is {_grid.Width(row)} columns wide and ends in '{_grid[row, Math.Max(0, _grid.Width(row) - 1)]}'; expected {_width} columns and '+'.");
            }

            if (good || row > top + 1)
            {
                // Between a wrong border and the next line there is nothing: many of them would be many rows of many cells.
                TraceBand(top, row, lastGood, good ? row : lastGood);
            }

            top = row;
            lastGood = good ? row : lastGood;
        }
    }

    private void TraceBand(int top, int bottom, int topBorder, int bottomBorder)
    {
        var rows = new int[bottom - top + 1];
        for (var row = top + 1; row < bottom; row++)
        {
            if (!HasEdges(row))
            {
                Report(row, _grid.Width(row) == _width
                    ? "Malformed table. A line of a grid table begins and ends with '|' or '+'."
                    : $"Malformed table. This line is {_grid.Width(row)} columns wide; the table's borders are {_width}.");
                return;
            }

            rows[row - top] = row;
        }

        rows[0] = topBorder;
        rows[bottom - top] = bottomBorder;
        if (Trace(rows, top) is var wrong and >= 0)
        {
            var (row, column) = (top + (wrong / _width), wrong % _width);
            row += row == top && bottom > top + 1 ? 1 : 0;
            _errors.Add(new RstError(
                TextSpan.FromBounds(_grid.Offset(row, column), _grid.SpanOf(row).End),
                "Malformed table; parse incomplete. The borders of the cell that begins here do not meet."));
        }
    }

    /// <summary>Traces the cells of some lines, of which the first and the last are borders.</summary>
    /// <returns>-1, or where (row × width + column) the cell begins that does not close; then nothing is added.</returns>
    private int Trace(int[] rows, int first)
    {
        var bottom = rows.Length - 1;
        var right = _width - 1;

        // How far down each column is covered: a cell begins where everything above it is done. Corners are taken in order.
        var done = new int[right];
        var corners = new SortedSet<long> { 0 };
        var count = _cells.Count;
        while (corners.Count > 0)
        {
            var corner = corners.Min;
            corners.Remove(corner);
            var (top, left) = ((int)(corner / _width), (int)(corner % _width));
            if (top >= bottom || left >= right || top != done[left])
            {
                continue;
            }

            if (!Find(rows, top, left, out var cell))
            {
                // No other cell can cover this: those that could begin above, or to the left, have been found.
                break;
            }

            for (var column = left; column < cell.Right; column++)
            {
                if (done[column] != top)
                {
                    return Undo(top, column);
                }

                done[column] = cell.Bottom;
            }

            _cells.Add(new Box(first + cell.Top, cell.Left, first + cell.Bottom, cell.Right));
            corners.Add(((long)cell.Top * _width) + cell.Right);
            corners.Add(((long)cell.Bottom * _width) + cell.Left);
        }

        for (var column = 0; column < right; column++)
        {
            if (done[column] != bottom)
            {
                var least = Array.IndexOf(done, done.Min());
                return Undo(done[least], least);
            }
        }

        for (var i = count; i < _cells.Count; i++)
        {
            MarkLines(rows, first, _cells[i]);
        }

        return -1;

        int Undo(int row, int column)
        {
            _cells.RemoveRange(count, _cells.Count - count);
            return (row * _width) + column;
        }
    }

    private bool Find(int[] rows, int top, int left, out Box cell)
    {
        var border = _grid.Row(rows[top]);
        for (var right = left + 1; border[left] == '+' && right < _width && IsHorizontal(border[right], _doubleLines[rows[top]]); right++)
        {
            if (border[right] == '+' && FindBottom(rows, top, left, right) is var bottom and > 0)
            {
                cell = new Box(top, left, bottom, right);
                return true;
            }
        }

        cell = default;
        return false;
    }

    private int FindBottom(int[] rows, int top, int left, int right)
    {
        for (var bottom = top + 1; bottom < rows.Length; bottom++)
        {
            var line = _grid.Row(rows[bottom]);
            if (line[left] is not ('+' or '|') || line[right] is not ('+' or '|'))
            {
                break;
            }

            if (line[left] == '+' && line[right] == '+' && IsClosed(rows[bottom], left, right))
            {
                return bottom;
            }
        }

        return -1;
    }

    /// <summary>Whether a bottom border goes from side to side.</summary>
    private bool IsClosed(int row, int left, int right)
    {
        if (left < _runs[row].Start || left >= _runs[row].End)
        {
            var line = _grid.Row(row);
            var end = left;
            while (end < line.Length && IsHorizontal(line[end], _doubleLines[row]))
            {
                end++;
            }

            _runs[row] = (left, end);
        }

        return right < _runs[row].End;
    }

    private static bool IsHorizontal(char c, bool isDouble) => c is '+' or '-' || (isDouble && c == '=');

    /// <summary>Each '+' on a cell's border is a line of the table, whether or not another cell ends there.</summary>
    private void MarkLines(int[] rows, int first, Box cell)
    {
        _rowLines[cell.Top] = _rowLines[cell.Bottom] = true;
        _columnLines[cell.Left] = _columnLines[cell.Right] = true;
        MarkColumns(rows[cell.Top - first], cell);
        MarkColumns(rows[cell.Bottom - first], cell);

        for (var row = cell.Top + 1; row < cell.Bottom; row++)
        {
            _rowLines[row] |= _grid[rows[row - first], cell.Left] == '+' || _grid[rows[row - first], cell.Right] == '+';
        }
    }

    private void MarkColumns(int row, Box cell)
    {
        var line = _grid.Row(row);
        if (line.Slice(cell.Left + 1, cell.Right - cell.Left - 1).IndexOf('+') < 0)
        {
            return;
        }

        for (var column = cell.Left + 1; column < cell.Right; column++)
        {
            _columnLines[column] |= line[column] == '+';
        }
    }

    private RstTable Build()
    {
        var rowOf = Number(_rowLines, out var rows);
        var columnOf = Number(_columnLines, out var columns);
        var places = new RstCell?[rows * columns];
        foreach (var box in _cells)
        {
            var (row, column) = (rowOf[box.Top], columnOf[box.Left]);
            var (rowSpan, columnSpan) = (rowOf[box.Bottom] - row, columnOf[box.Right] - column);
            var (words, span, lines) = _grid.Block(box.Top + 1, box.Left + 1, box.Bottom, box.Right);
            var above = row > 0 ? places[((row - 1) * columns) + column] : null;
            var cell = new RstCell(span, lines, row, column, rowSpan, columnSpan, InlineText.Parse(words, above?.Text));
            for (var r = row; r < row + rowSpan; r++)
            {
                for (var c = column; c < column + columnSpan; c++)
                {
                    places[(r * columns) + c] = cell;
                }
            }
        }

        var tableSpan = TextSpan.FromBounds(_grid.Offset(0, 0), _grid.SpanOf(_height - 1).End);
        return new RstTable(tableSpan, columns, _separator < 0 ? 0 : rowOf[_separator], places);
    }

    /// <summary>The index of the row or column that begins at each line; of the one before for a line that begins none.</summary>
    private static int[] Number(bool[] lines, out int count)
    {
        var numbers = new int[lines.Length];
        count = -1;
        for (var i = 0; i < lines.Length; i++)
        {
            count += lines[i] ? 1 : 0;
            numbers[i] = count;
        }

        return numbers;
    }

    private void Report(int row, string message) => _errors.Add(new RstError(_grid.SpanOf(row), message));

    private readonly record struct Box(int Top, int Left, int Bottom, int Right);
}
