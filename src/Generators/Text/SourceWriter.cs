using System.Runtime.CompilerServices;
using System.Text;

namespace Specgen.Generators.Text;

/// <summary>Writes C# line by line: indentation, blocks, raw text; "\n" only, so that the output is the same on every machine.</summary>
internal sealed class SourceWriter(int capacity = 8192)
{
    private const int SpacesPerLevel = 4;
    private readonly StringBuilder _text = new(capacity);
    private int _level;

    /// <summary>Writes one line at the current indentation; an empty one stays empty.</summary>
    public SourceWriter Line(string text = "")
    {
        if (text.Length > 0)
        {
            _text.Append(' ', _level * SpacesPerLevel).Append(text);
        }

        _text.Append('\n');
        return this;
    }

    /// <summary>Writes one line at the current indentation, piece by piece, without a string of the whole.</summary>
    public SourceWriter Line([InterpolatedStringHandlerArgument("")] ref Pieces line)
    {
        _text.Append('\n');
        return this;
    }

    /// <summary>Writes a text of several lines (a raw string), each at the current indentation on top of its own.</summary>
    public SourceWriter Lines(string text)
    {
        var start = 0;
        while (start <= text.Length)
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length : end;
            var length = next - start - (next > start && text[next - 1] == '\r' ? 1 : 0);
            if (length > 0)
            {
                _text.Append(' ', _level * SpacesPerLevel).Append(text, start, length);
            }

            _text.Append('\n');
            start = next + 1;
        }

        return this;
    }

    /// <summary>Writes lines of text as one literal between <paramref name="head"/> and <paramref name="tail"/>; raw, one row a line, where no character of them keeps it from being that.</summary>
    public SourceWriter Table(string head, string[] rows, string tail)
    {
        var text = string.Join("\n", rows);
        if (!CSharpText.CanBeRaw(text))
        {
            return Line(head + CSharpText.Literal(text) + tail);
        }

        Line(head + "\"\"\"");
        _level++;
        Lines(text).Line("\"\"\"" + tail);
        _level--;
        return this;
    }

    /// <summary>As the other, piece by piece.</summary>
    public BlockScope Block([InterpolatedStringHandlerArgument("")] ref Pieces head, string tail = "")
    {
        Line(ref head).Line("{");
        _level++;
        return new BlockScope(this, tail);
    }

    /// <summary>Writes <paramref name="head"/> and "{"; disposing writes "}" and <paramref name="tail"/>.</summary>
    public BlockScope Block(string head, string tail = "")
    {
        Line(head).Line("{");
        _level++;
        return new BlockScope(this, tail);
    }

    /// <summary>One more level of indentation without braces, until disposed.</summary>
    public IndentScope Indent()
    {
        _level++;
        return new IndentScope(this);
    }

    public override string ToString() => _text.ToString();

    /// <summary>An interpolated string on its way into the text.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Pieces
    {
        private readonly StringBuilder _text;

        public Pieces(int literalLength, int formattedCount, SourceWriter writer)
        {
            _ = literalLength + formattedCount;
            _text = writer._text.Append(' ', writer._level * SpacesPerLevel);
        }

        public void AppendLiteral(string text) => _text.Append(text);

        public void AppendFormatted(string? text) => _text.Append(text);

        public void AppendFormatted<T>(T value)
            where T : struct => _text.Append(value.ToString());
    }

    internal readonly struct BlockScope(SourceWriter writer, string tail) : IDisposable
    {
        public void Dispose()
        {
            writer._level--;
            writer.Line("}" + tail);
        }
    }

    internal readonly struct IndentScope(SourceWriter writer) : IDisposable
    {
        public void Dispose() => writer._level--;
    }
}
