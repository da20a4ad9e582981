using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace Specgen.Generators.Rst;

/// <summary>A grid table, traced corner by corner so that cells may span rows and columns.</summary>
internal sealed class GridTableReader
{
    private readonly TextGrid _grid;
    private readonly int _bottom;
    private readonly int _right;
    private readonly int _separator;
    private readonly SortedSet<int> _rowLines = [0];
    private readonly SortedSet<int> _columnLines = [0];
    private readonly List<(int Top, int Left, int Bottom, int Right)> _cells = [];

    private GridTableReader(TextGrid grid, int separator)
    {
        _grid = grid;
        _separator = separator;
        _bottom = grid.Height - 1;
        _right = grid.LengthOf(0) - 1;
    }

    public static RstTable? Read(TextGrid grid, TextSpan span, List<RstError> errors)
    {
        var separator = -1;
        for (var row = 0; row < grid.Height; row++)
        {
            var length = grid.LengthOf(row);
            if (length != grid.LengthOf(0) || grid[row, 0] is not ('+' or '|') || grid[row, length - 1] is not ('+' or '|'))
            {
                errors.Add(new RstError(grid.SpanOf(row), length != grid.LengthOf(0)
                    ? $"Malformed table: this line is {length} columns wide, the top border {grid.LengthOf(0)}"
                    : "Malformed table: a line of a grid table begins and ends with '|' or '+'"));
                return null;
            }

            if (!IsSeparator(grid, row))
            {
                continue;
            }

            if (separator >= 0)
            {
                errors.Add(new RstError(grid.SpanOf(row), "Malformed table: a second line of '=' between head and body"));
                return null;
            }

            if (row == 0 || row == grid.Height - 1)
            {
                errors.Add(new RstError(grid.SpanOf(row), "Malformed table: the line of '=' between head and body is not the first or last line of a table"));
                return null;
            }

            separator = row;
        }

        if (grid[grid.Height - 1, 0] != '+')
        {
            errors.Add(new RstError(grid.SpanOf(grid.Height - 1), "Malformed table: no bottom table border found"));
            return null;
        }

        return new GridTableReader(grid, separator).Trace(span, errors);
    }

    private static bool IsSeparator(TextGrid grid, int row)
    {
        var any = false;
        for (var column = 0; column < grid.LengthOf(row); column++)
        {
            var c = grid[row, column];
            any |= c == '=';
            if (c is not ('=' or '+'))
            {
                return false;
            }
        }

        return any;
    }

    private RstTable? Trace(TextSpan span, List<RstError> errors)
    {
        // How far down each column is covered: a cell begins where everything above it is done.
        var done = new int[_right];
        var corners = new SortedSet<(int Row, int Column)> { (0, 0) };
        while (corners.Count > 0)
        {
            var (top, left) = corners.Min;
            corners.Remove((top, left));
            if (top >= _bottom || left >= _right || top < done[left])
            {
                continue;
            }

            if (Find(top, left) is not { } cell)
            {
                continue;
            }

            for (var column = left; column < cell.Right; column++)
            {
                if (done[column] != top)
                {
                    return Malformed(top, left);
                }

                done[column] = cell.Bottom;
            }

            _cells.Add((top, left, cell.Bottom, cell.Right));
            _rowLines.Add(cell.Bottom);
            _columnLines.Add(cell.Right);
            corners.Add((top, cell.Right));
            corners.Add((cell.Bottom, left));
        }

        var open = Array.FindIndex(done, bottom => bottom != _bottom);
        return open >= 0 ? Malformed(done[open], open) : Build(span);

        RstTable? Malformed(int row, int column)
        {
            errors.Add(new RstError(TextSpan.FromBounds(_grid.Offset(row, column), _grid.SpanOf(row).End), "Malformed table: parse incomplete, the borders of the cell that begins here do not meet"));
            return null;
        }
    }

    private (int Bottom, int Right)? Find(int top, int left)
    {
        if (_grid[top, left] != '+')
        {
            return null;
        }

        for (var right = left + 1; right <= _right && IsHorizontal(top, right); right++)
        {
            if (_grid[top, right] != '+')
            {
                continue;
            }

            for (var bottom = top + 1; bottom <= _bottom && IsVertical(bottom, right); bottom++)
            {
                if (_grid[bottom, right] == '+' && _grid[bottom, left] == '+' && BottomIsClosed(bottom, left, right) && LeftIsClosed(top, bottom, left))
                {
                    return (bottom, right);
                }
            }
        }

        return null;
    }

    private bool IsHorizontal(int row, int column) => _grid[row, column] is '+' or '-' || (row == _separator && _grid[row, column] == '=');

    private bool IsVertical(int row, int column) => _grid[row, column] is '+' or '|';

    private bool BottomIsClosed(int row, int left, int right)
    {
        for (var column = left; column <= right; column++)
        {
            if (!IsHorizontal(row, column))
            {
                return false;
            }
        }

        return true;
    }

    private bool LeftIsClosed(int top, int bottom, int column)
    {
        for (var row = top; row <= bottom; row++)
        {
            if (!IsVertical(row, column))
            {
                return false;
            }
        }

        return true;
    }

    private RstTable Build(TextSpan span)
    {
        var rows = _rowLines.ToArray();
        var columns = _columnLines.ToArray();
        var cells = new ImmutableArray<RstCell>.Builder[rows.Length - 1];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = ImmutableArray.CreateBuilder<RstCell>();
        }

        foreach (var (top, left, bottom, right) in _cells.OrderBy(static cell => cell.Top).ThenBy(static cell => cell.Left))
        {
            var row = Array.BinarySearch(rows, top);
            var column = Array.BinarySearch(columns, left);
            var (words, at) = _grid.Block(top + 1, left + 1, bottom, right);
            cells[row].Add(new RstCell(at, row, column, Array.BinarySearch(rows, bottom) - row, Array.BinarySearch(columns, right) - column, InlineText.Parse(words)));
        }

        var header = _separator < 0 ? 0 : Math.Max(0, Array.BinarySearch(rows, _separator));
        return new RstTable(span, columns.Length - 1, header, cells.Select(static row => new RstRow(row.ToImmutable())).ToImmutableArray());
    }
}
