using Microsoft.CodeAnalysis.Text;

namespace Specgen.Generators.Rst;

/// <summary>The lines of a page: where each begins, how long it is without the white space at its end, and how far it is indented.</summary>
internal sealed class PageLines
{
    private readonly int[] _starts;
    private readonly int[] _ends;
    private readonly int[] _lengths;
    private readonly int[] _indents;

    public PageLines(SourceText source)
    {
        Text = source.ToString();
        var lines = source.Lines;
        _starts = new int[lines.Count];
        _ends = new int[lines.Count];
        _lengths = new int[lines.Count];
        _indents = new int[lines.Count];
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var (start, end) = (line.Start, line.End);
            while (end > start && char.IsWhiteSpace(Text[end - 1]))
            {
                end--;
            }

            var indent = start;
            while (indent < end && char.IsWhiteSpace(Text[indent]))
            {
                indent++;
            }

            (_starts[i], _ends[i], _lengths[i], _indents[i]) = (start, line.End, end - start, indent - start);
        }
    }

    public string Text { get; }

    public int Count => _starts.Length;

    public int Start(int line) => _starts[line];

    /// <summary>With the white space at the end.</summary>
    public int End(int line) => _ends[line];

    /// <summary>Without the white space at the end; 0 behind the last line.</summary>
    public int Length(int line) => line < _lengths.Length ? _lengths[line] : 0;

    public int Indent(int line) => line < _indents.Length ? _indents[line] : 0;

    public bool IsBlank(int line) => Length(line) == 0;

    /// <summary>A line's character; '\0' behind its end.</summary>
    public char this[int line, int column] => column < Length(line) ? Text[_starts[line] + column] : '\0';

    /// <summary>From a line's first character that is not white space to its last.</summary>
    public TextSpan SpanOf(int line) => TextSpan.FromBounds(_starts[line] + _indents[line], _starts[line] + _lengths[line]);

    public bool HasAt(int line, int column, string value) =>
        column + value.Length <= Length(line) && string.CompareOrdinal(Text, _starts[line] + column, value, 0, value.Length) == 0;
}
