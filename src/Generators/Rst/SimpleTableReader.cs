using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace Specgen.Generators.Rst;

/// <summary>A simple table: '=' borders give the columns, '-' lines span them, a blank first column goes on with the row above.</summary>
internal static class SimpleTableReader
{
    /// <param name="grid">From the top border to the bottom border.</param>
    public static RstTable? Read(TextGrid grid, TextSpan span, List<RstError> errors)
    {
        var columns = Columns(grid, 0, '=', int.MaxValue);
        var rows = ImmutableArray.CreateBuilder<RstRow>();
        var header = 0;
        var start = 1;
        for (var line = 1; line < grid.Height; line++)
        {
            if (IsBorder(grid, line, '='))
            {
                if (!Columns(grid, line, '=', int.MaxValue).SequenceEqual(columns))
                {
                    errors.Add(new RstError(grid.SpanOf(line), "Malformed table: this border does not match the top border"));
                    return null;
                }

                if (!Add(start, line, columns))
                {
                    return null;
                }

                header = line < grid.Height - 1 ? rows.Count : header;
                start = line + 1;
            }
            else if (IsBorder(grid, line, '-'))
            {
                if (Spanning(grid, line, columns) is not { } spanning)
                {
                    errors.Add(new RstError(grid.SpanOf(line), "Malformed table: a column span does not line up with the columns of the top border"));
                    return null;
                }

                if (!Add(start, line, spanning))
                {
                    return null;
                }

                start = line + 1;
            }
            else if (grid.IsBlank(line))
            {
                if (!Add(start, line, columns))
                {
                    return null;
                }

                start = line + 1;
            }
            else if (line > start && !grid.IsBlank(line, columns[0].Left, columns[0].Right) && !SpanFollows(line))
            {
                if (!Add(start, line, columns))
                {
                    return null;
                }

                start = line;
            }
        }

        return new RstTable(span, columns.Length, header, rows.ToImmutable());

        // The lines of a row with column spans belong together up to their '-' line.
        bool SpanFollows(int line)
        {
            for (var next = line; next < grid.Height && !grid.IsBlank(next) && !IsBorder(grid, next, '='); next++)
            {
                if (IsBorder(grid, next, '-'))
                {
                    return grid.IsBlank(line, columns[0].Left, columns[0].Right);
                }
            }

            return false;
        }

        bool Add(int top, int bottom, (int Left, int Right)[] cells)
        {
            if (top >= bottom)
            {
                return true;
            }

            for (var row = top; row < bottom; row++)
            {
                for (var i = 0; i + 1 < cells.Length; i++)
                {
                    if (!grid.IsBlank(row, cells[i].Right, cells[i + 1].Left))
                    {
                        errors.Add(new RstError(
                            TextSpan.FromBounds(grid.Offset(row, cells[i].Right), grid.Offset(row, cells[i + 1].Left)),
                            "Malformed table: text in the column margin"));
                        return false;
                    }
                }
            }

            var builder = ImmutableArray.CreateBuilder<RstCell>(cells.Length);
            for (var i = 0; i < cells.Length; i++)
            {
                var (left, right) = cells[i];
                var column = Array.FindIndex(columns, c => c.Left == left);
                var last = i + 1 < cells.Length ? Array.FindIndex(columns, c => c.Left == cells[i + 1].Left) : columns.Length;
                var (words, at) = grid.Block(top, left, bottom, i + 1 < cells.Length ? right : int.MaxValue);
                builder.Add(new RstCell(at, rows.Count, column, 1, last - column, InlineText.Parse(words == "\\" ? "" : words)));
            }

            rows.Add(new RstRow(builder.ToImmutable()));
            return true;
        }
    }

    public static bool IsBorder(TextGrid grid, int row, char border)
    {
        var length = grid.LengthOf(row);
        for (var column = 0; column < length; column++)
        {
            if (grid[row, column] != border && grid[row, column] != ' ')
            {
                return false;
            }
        }

        return length > 0 && grid[row, 0] == border;
    }

    private static (int Left, int Right)[] Columns(TextGrid grid, int row, char border, int limit)
    {
        var columns = new List<(int, int)>();
        for (var column = 0; column < Math.Min(limit, grid.LengthOf(row)); column++)
        {
            if (grid[row, column] != border)
            {
                continue;
            }

            var left = column;
            while (grid[row, column] == border)
            {
                column++;
            }

            columns.Add((left, column));
        }

        return columns.ToArray();
    }

    private static (int Left, int Right)[]? Spanning(TextGrid grid, int row, (int Left, int Right)[] columns)
    {
        var spans = Columns(grid, row, '-', int.MaxValue);
        return spans.All(span => columns.Any(c => c.Left == span.Left) && columns.Any(c => c.Right == span.Right)) && spans[0].Left == columns[0].Left ? spans : null;
    }
}
