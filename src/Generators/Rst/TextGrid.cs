using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Specgen.Generators.Rst;

/// <summary>
/// The lines of a table as a grid of display columns: a double-width character takes two, a combining one none, so that borders line up as
/// the author sees them. Keeps where each column stands in the source.
/// </summary>
internal sealed class TextGrid
{
    /// <summary>The right half of a double-width character.</summary>
    private const char Filler = '\uFFFF';

    private readonly Line[] _lines;

    public TextGrid(SourceText source, string text, int firstLine, int count, int indent)
    {
        _lines = new Line[count];
        for (var i = 0; i < count; i++)
        {
            var line = source.Lines[firstLine + i];
            var start = Math.Min(line.Start + indent, line.End);
            _lines[i] = Line.Of(text, start, line.End);
            Width = Math.Max(Width, _lines[i].Columns);
        }
    }

    public int Height => _lines.Length;

    public int Width { get; }

    public char this[int row, int column] => _lines[row].At(column);

    public int LengthOf(int row) => _lines[row].Columns;

    /// <summary>Where a column stands in the source; the line's end for a column behind it.</summary>
    public int Offset(int row, int column) => _lines[row].Offset(column);

    public TextSpan SpanOf(int row) => TextSpan.FromBounds(_lines[row].Offset(0), _lines[row].Offset(_lines[row].Columns));

    public bool IsBlank(int row) => IsBlank(row, 0, _lines[row].Columns);

    public bool IsBlank(int row, int left, int right)
    {
        for (var column = left; column < Math.Min(right, _lines[row].Columns); column++)
        {
            if (!char.IsWhiteSpace(this[row, column]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The words of a rectangle (right and bottom exclusive) on one line, and the span from its first character to its last.</summary>
    public (string Words, TextSpan Span) Block(int top, int left, int bottom, int right)
    {
        var words = new StringBuilder();
        var first = -1;
        var last = -1;
        for (var row = top; row < bottom; row++)
        {
            var space = words.Length > 0;
            for (var column = left; column < Math.Min(right, _lines[row].Columns); column++)
            {
                var c = this[row, column];
                if (c == Filler)
                {
                    continue;
                }

                if (char.IsWhiteSpace(c))
                {
                    space |= words.Length > 0;
                    continue;
                }

                if (space)
                {
                    words.Append(' ');
                    space = false;
                }

                _lines[row].AppendTo(words, column);
                first = first < 0 ? Offset(row, column) : first;
                last = Offset(row, column + 1);
            }
        }

        if (first < 0)
        {
            first = last = Offset(top, Math.Min(left + 1, right));
        }

        return (words.ToString(), TextSpan.FromBounds(first, Math.Max(first, last)));
    }

    /// <summary>A line; with arrays of its own only when a column is not a character.</summary>
    private sealed class Line(string text, int start, int end, int[]? offsets)
    {
        public int Columns { get; } = offsets is null ? end - start : offsets.Length - 1;

        public static Line Of(string text, int start, int end)
        {
            while (end > start && char.IsWhiteSpace(text[end - 1]))
            {
                end--;
            }

            var plain = true;
            for (var i = start; i < end && plain; i++)
            {
                plain = text[i] < 0x300;
            }

            return new Line(text, start, end, plain ? null : Offsets(text, start, end));
        }

        public char At(int column)
        {
            if (column >= Columns)
            {
                return ' ';
            }

            if (offsets is null)
            {
                return text[start + column];
            }

            return column > 0 && offsets[column] == offsets[column - 1] ? Filler : text[offsets[column]];
        }

        public int Offset(int column) => column >= Columns ? end : offsets is null ? start + column : offsets[column];

        /// <summary>The column's character with what combines with it.</summary>
        public void AppendTo(StringBuilder words, int column)
        {
            if (offsets is null)
            {
                words.Append(text[start + column]);
                return;
            }

            var next = column + 1;
            while (next < Columns && offsets[next] == offsets[column])
            {
                next++;
            }

            words.Append(text, offsets[column], Offset(next) - offsets[column]);
        }

        private static int[] Offsets(string text, int start, int end)
        {
            var offsets = new List<int>(end - start + 1);
            for (var i = start; i < end; i++)
            {
                var pair = char.IsHighSurrogate(text[i]) && i + 1 < end && char.IsLowSurrogate(text[i + 1]);
                var width = Width(text, i);
                for (var copies = 0; copies < width; copies++)
                {
                    offsets.Add(i);
                }

                i += pair ? 1 : 0;
            }

            offsets.Add(end);
            return offsets.ToArray();
        }

        private static int Width(string text, int at)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(text, at) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
            {
                return 0;
            }

            var code = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? char.ConvertToUtf32(text, at) : text[at];

            // East Asian wide and fullwidth blocks (Unicode Standard Annex #11).
            return code is >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0x303E or >= 0x3041 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF
                or >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6 or >= 0x1F300 and <= 0x1F64F or >= 0x20000 and <= 0x3FFFD
                ? 2
                : 1;
        }
    }
}
