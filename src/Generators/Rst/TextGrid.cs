using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Specgen.Generators.Rst;

/// <summary>
/// The lines of a table as a grid of display columns: a double-width character takes two, a combining one none, a tab goes on to the next
/// multiple of eight, so that borders line up as the author sees them. Keeps where each column stands in the source.
/// </summary>
internal sealed class TextGrid
{
    /// <summary>The right half of a double-width character.</summary>
    private const char Filler = '\uFFFF';

    private const int TabWidth = 8;

    private readonly string _text;
    private readonly int[] _starts;
    private readonly int[] _ends;
    private readonly int[] _blankEnds;
    private readonly int[] _widths;

    /// <summary>The source offset of each column of a line and of its end; null where column and character are one.</summary>
    private readonly int[]?[] _offsets;

    /// <summary>The columns of the lines that have <see cref="_offsets"/>.</summary>
    private readonly string?[] _columns;

    /// <param name="lines">The lines of the page.</param>
    /// <param name="indent">Characters at the beginning of each line that are not the table's.</param>
    public TextGrid(PageLines lines, int firstLine, int count, int indent)
    {
        _text = lines.Text;
        _starts = new int[count];
        _ends = new int[count];
        _blankEnds = new int[count];
        _widths = new int[count];
        _offsets = new int[count][];
        _columns = new string[count];
        for (var row = 0; row < count; row++)
        {
            var start = lines.Start(firstLine + row);
            var end = start + lines.Length(firstLine + row);
            _starts[row] = Math.Min(start + Math.Min(indent, lines.Indent(firstLine + row)), end);
            _ends[row] = end;
            _blankEnds[row] = lines.End(firstLine + row);
            _offsets[row] = OffsetsOf(_text, start, _starts[row], end, combines: true);
            _widths[row] = _offsets[row] is { } offsets ? offsets.Length - 1 : end - _starts[row];
            if (_widths[row] != _widths[0] && _offsets[row] is not null && OffsetsOf(_text, start, _starts[row], end, combines: false) is { } counted && counted.Length - 1 == _widths[0])
            {
                // docutils counts what combines as a column in grid tables; whoever aligned the line so is understood, too.
                (_offsets[row], _widths[row]) = (counted, _widths[0]);
            }

            _columns[row] = _offsets[row] is { } shown ? ColumnsOf(shown) : null;
        }
    }

    public int Height => _starts.Length;

    public char this[int row, int column] => column >= _widths[row] ? ' ' : _columns[row] is { } columns ? columns[column] : _text[_starts[row] + column];

    /// <summary>The columns of a line.</summary>
    public ReadOnlySpan<char> Row(int row) => _columns[row] is { } columns ? columns.AsSpan() : _text.AsSpan(_starts[row], _widths[row]);

    /// <summary>Display columns of a line, without the white space at its end.</summary>
    public int Width(int row) => _widths[row];

    /// <summary>Where a column stands in the source; the line's end for a column behind it.</summary>
    public int Offset(int row, int column) => column >= _widths[row] ? (int)Math.Min(_ends[row] + (long)column - _widths[row], _blankEnds[row]) : _offsets[row] is { } offsets ? offsets[column] : _starts[row] + column;

    public TextSpan SpanOf(int row) => TextSpan.FromBounds(Offset(row, Left(row, 0, _widths[row])), _ends[row]);

    public bool IsBlank(int row, int left, int right) => Left(row, left, Math.Min(right, _widths[row])) >= Math.Min(right, _widths[row]);

    /// <summary>Whether a line has nothing but two characters.</summary>
    public bool HasOnly(int row, char one, char other)
    {
        for (var column = 0; column < _widths[row]; column++)
        {
            if (this[row, column] != one && this[row, column] != other)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The words of a rectangle (right and bottom exclusive) on one line, and where they stand.</summary>
    public (string Words, TextSpan Span, ImmutableArray<TextSpan> Lines) Block(int top, int left, int bottom, int right)
    {
        StringBuilder? words = null;
        ImmutableArray<TextSpan>.Builder? lines = null;
        string? line = null;
        var first = default(TextSpan);
        for (var row = top; row < bottom; row++)
        {
            var end = Math.Min(right, _widths[row]);
            var start = Left(row, left, end);
            while (end > start && char.IsWhiteSpace(this[row, end - 1]))
            {
                end--;
            }

            if (start >= end)
            {
                continue;
            }

            var span = TextSpan.FromBounds(Offset(row, start), Offset(row, end));
            if (line is null)
            {
                // Most cells have one line.
                (line, first) = (Spaced(span), span);
                continue;
            }

            words ??= new StringBuilder(line, 2 * line.Length);
            words.Append(' ').Append(Spaced(span));
            lines ??= First(first);
            lines.Add(span);
        }

        if (line is null)
        {
            var at = Offset(Math.Min(top, Height - 1), Math.Min(left + 1, right));
            return ("", new TextSpan(at, 0), default);
        }

        return lines is null
            ? (line, first, default)
            : (words!.ToString(), TextSpan.FromBounds(first.Start, lines[lines.Count - 1].End), lines.ToImmutable());

        static ImmutableArray<TextSpan>.Builder First(TextSpan span)
        {
            var lines = ImmutableArray.CreateBuilder<TextSpan>();
            lines.Add(span);
            return lines;
        }
    }

    /// <summary>The first column of a range that is not blank.</summary>
    private int Left(int row, int left, int right)
    {
        var line = Row(row);
        while (left < right && (line[left] == ' ' || char.IsWhiteSpace(line[left])))
        {
            left++;
        }

        return left;
    }

    /// <summary>A piece of a line, runs of white space as one space.</summary>
    private string Spaced(TextSpan span)
    {
        for (var i = span.Start + 1; i < span.End; i++)
        {
            var c = _text[i];
            if (c == ' ' ? _text[i - 1] == ' ' : c is < ' ' or > '~' && char.IsWhiteSpace(c))
            {
                return Collapsed(span);
            }
        }

        return _text.Substring(span.Start, span.Length);
    }

    private string Collapsed(TextSpan span)
    {
        var words = new StringBuilder(span.Length);
        for (var i = span.Start; i < span.End; i++)
        {
            var space = char.IsWhiteSpace(_text[i]);
            if (!space || words[words.Length - 1] != ' ')
            {
                words.Append(space ? ' ' : _text[i]);
            }
        }

        return words.ToString();
    }

    private string ColumnsOf(int[] offsets)
    {
        var columns = new char[offsets.Length - 1];
        for (var column = 0; column < columns.Length; column++)
        {
            var c = _text[offsets[column]];
            columns[column] = column > 0 && offsets[column] == offsets[column - 1] && c != '\t' ? Filler : c;
        }

        return new string(columns);
    }

    private static int[]? OffsetsOf(string text, int line, int start, int end, bool combines)
    {
        var plain = true;
        for (var i = start; i < end && plain; i++)
        {
            plain = text[i] is < '\u0300' and not '\t';
        }

        if (plain)
        {
            return null;
        }

        var offsets = new List<int>(end - start + TabWidth);
        for (var i = start; i < end; i++)
        {
            var pair = char.IsHighSurrogate(text[i]) && i + 1 < end && char.IsLowSurrogate(text[i + 1]);
            var width = text[i] == '\t' ? TabWidth - ((start - line + offsets.Count) % TabWidth) : Math.Max(combines ? 0 : 1, CharacterWidth.Of(text, i));
            for (var copies = 0; copies < width; copies++)
            {
                offsets.Add(i);
            }

            i += pair ? 1 : 0;
        }

        offsets.Add(end);
        return offsets.ToArray();
    }
}
