using Microsoft.CodeAnalysis.Text;

namespace Specgen.Generators.Rst;

/// <summary>A simple table: '=' borders give the columns, '-' lines span them, a blank first column goes on with the row above.</summary>
internal sealed class SimpleTableReader
{
    /// <summary>A row of one character has as many cells as the table has columns, and there may be many of both.</summary>
    private const int MostCells = 1_000_000;

    private readonly TextGrid _grid;
    private readonly List<RstError> _errors;
    private readonly List<(int Left, int Right)> _columns;
    private readonly List<RstCell?> _places = [];
    private int _rows;
    private int _headerRows;
    private bool _isFull;

    private SimpleTableReader(TextGrid grid, List<RstError> errors)
    {
        _grid = grid;
        _errors = errors;
        _columns = Marks(0);
    }

    /// <param name="grid">From the top border to the bottom border.</param>
    public static RstTable Read(TextGrid grid, List<RstError> errors) => new SimpleTableReader(grid, errors).Read();

    private RstTable Read()
    {
        var start = 1;
        var hasText = false;
        for (var line = 1; line < _grid.Height; line++)
        {
            var isBorder = IsLine(line, '=');
            if (isBorder || IsLine(line, '-'))
            {
                // A span underline or border: the row above it is complete, and its columns are those of the line.
                AddRow(start, line, Spans(line), isLined: true);
                _headerRows = isBorder && line < _grid.Height - 1 && _headerRows == 0 ? _rows : _headerRows;
                start = line + 1;
                hasText = false;
            }
            else if (!_grid.IsBlank(line, _columns[0].Left, _columns[0].Right))
            {
                if (hasText)
                {
                    AddRow(start, line, _columns);
                }

                start = line;
                hasText = true;
            }
            else if (!hasText)
            {
                if (!_grid.IsBlank(line, 0, int.MaxValue))
                {
                    Report(line, "Malformed table. A row begins with text in its first column; write '\\\\' where that is empty.");
                }

                start = line + 1;
            }
        }

        // Only a table whose bottom border is missing has lines left.
        AddRow(start, _grid.Height, _columns);
        var span = TextSpan.FromBounds(_grid.Offset(0, 0), _grid.SpanOf(_grid.Height - 1).End);
        return new RstTable(span, _columns.Count, _headerRows, _places.ToArray());
    }

    private bool IsLine(int row, char mark) => _grid[row, 0] == mark && _grid.HasOnly(row, mark, ' ');

    /// <summary>The columns that a line of '=' or '-' marks.</summary>
    private List<(int Left, int Right)> Marks(int row)
    {
        var marks = new List<(int, int)>();
        for (var column = 0; column < _grid.Width(row); column++)
        {
            var left = column;
            while (_grid[row, column] is '=' or '-')
            {
                column++;
            }

            if (column > left)
            {
                marks.Add((left, column));
            }
        }

        return marks;
    }

    /// <summary>The columns of the row above a line, or null when the line does not fit the table's columns.</summary>
    private List<(int Left, int Right)>? Spans(int row)
    {
        var marks = Marks(row);
        var lastRight = _columns[_columns.Count - 1].Right;
        if (marks[marks.Count - 1].Right != lastRight)
        {
            Report(row, IsLine(row, '=')
                ? "Malformed table. Bottom/header table border does not match top border."
                : "Malformed table. Column span incomplete: this line does not reach the end of the last column.");
            return null;
        }

        var column = 0;
        foreach (var (left, right) in marks)
        {
            var fits = column < _columns.Count && _columns[column].Left == left;
            while (fits && column < _columns.Count && _columns[column].Right != right)
            {
                column++;
            }

            if (!fits || column == _columns.Count)
            {
                _errors.Add(new RstError(
                    TextSpan.FromBounds(_grid.Offset(row, left), _grid.Offset(row, right)),
                    "Malformed table. Column span alignment problem: this does not begin and end where columns do."));
                return null;
            }

            column++;
        }

        // Allow for text that is longer than the last column's border.
        var last = marks[marks.Count - 1];
        marks[marks.Count - 1] = (last.Left, int.MaxValue);
        return marks;
    }

    /// <param name="isLined">A line below it says that there is a row, whether it has text or not.</param>
    private void AddRow(int top, int bottom, List<(int Left, int Right)>? spans, bool isLined = false)
    {
        if (top >= bottom && !isLined)
        {
            return;
        }

        if (_places.Count + _columns.Count > MostCells)
        {
            if (!_isFull)
            {
                Report(top, $"This table has more than {MostCells} cells; those from here on are not read.");
            }

            _isFull = true;
            return;
        }

        spans ??= _columns;
        for (var row = top; row < bottom; row++)
        {
            if (!HasClearMargins(row, spans))
            {
                return;
            }
        }

        var column = 0;
        for (var i = 0; i < spans.Count; i++)
        {
            var isLast = i == spans.Count - 1;
            var first = column;
            while (column < _columns.Count && (isLast || _columns[column].Left < spans[i + 1].Left))
            {
                column++;
            }

            var (words, span, lines) = _grid.Block(top, spans[i].Left, bottom, isLast ? int.MaxValue : spans[i].Right);
            if (words.Length == 0)
            {
                span = new TextSpan(_grid.Offset(top, spans[i].Left), 0);
            }

            var above = _rows > 0 ? _places[((_rows - 1) * _columns.Count) + first] : null;
            var cell = new RstCell(span, lines, _rows, first, 1, column - first, InlineText.Parse(words, above?.Text));
            for (var c = first; c < column; c++)
            {
                _places.Add(cell);
            }
        }

        _rows++;
    }

    private bool HasClearMargins(int row, List<(int Left, int Right)> spans)
    {
        for (var i = 0; i + 1 < spans.Count; i++)
        {
            if (!_grid.IsBlank(row, spans[i].Right, spans[i + 1].Left))
            {
                _errors.Add(new RstError(
                    TextSpan.FromBounds(_grid.Offset(row, spans[i].Right), _grid.Offset(row, spans[i + 1].Left)),
                    "Malformed table. Text in column margin."));
                return false;
            }
        }

        return true;
    }

    private void Report(int row, string message) => _errors.Add(new RstError(_grid.SpanOf(row), message));
}
