using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace Specgen.Generators.Rst;

/// <summary>Reads what pages of tables are made of: titles, paragraphs, grid and simple tables. Comments, labels and directives are passed over.</summary>
internal sealed class RstParser
{
    private readonly SourceText _source;
    private readonly string _text;
    private readonly ImmutableArray<RstBlock>.Builder _blocks = ImmutableArray.CreateBuilder<RstBlock>();
    private readonly List<RstError> _errors = [];
    private readonly List<(char Adornment, bool Overlined)> _adornments = [];
    private readonly int[] _lengths;
    private int _line;

    private RstParser(SourceText source)
    {
        _source = source;
        _text = source.ToString();
        _lengths = new int[source.Lines.Count];
        for (var i = 0; i < _lengths.Length; i++)
        {
            _lengths[i] = TrimmedLength(source.Lines[i]);
        }
    }

    public static RstDocument Parse(SourceText source, CancellationToken cancellationToken = default)
    {
        var parser = new RstParser(source);
        while (parser._line < source.Lines.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            parser.ReadBlock();
        }

        return new RstDocument(source, parser._blocks.ToImmutable(), parser._errors.ToImmutableArray());
    }

    private void ReadBlock()
    {
        if (IsBlank(_line))
        {
            _line++;
        }
        else if (Starts(_line, "..") && (LengthOf(_line) == 2 || CharAt(_line, 2) is ' ' or '\t'))
        {
            SkipExplicit();
        }
        else if (IsGridBorder(_line))
        {
            ReadGridTable();
        }
        else if (IsSimpleBorder(_line) && FindSimpleTableEnd(_line) is var end and > 0)
        {
            ReadSimpleTable(end);
        }
        else if (Adornment(_line) is { } over && !IsBlank(_line + 1) && Adornment(_line + 2) == over)
        {
            AddTitle(_line + 1, over, overlined: true);
            _line += 3;
        }
        else if (Adornment(_line) is not null && IsBlank(_line + 1))
        {
            // A transition.
            _line++;
        }
        else if (Indent(_line) == 0 && Adornment(_line + 1) is { } under && !IsSimpleBorder(_line + 1))
        {
            AddTitle(_line, under, overlined: false);
            _line += 2;
        }
        else
        {
            ReadParagraph();
        }
    }

    /// <summary>A comment, label, directive or substitution with the indented lines below it.</summary>
    private void SkipExplicit()
    {
        _line++;
        while (_line < _source.Lines.Count && (IsBlank(_line) || Indent(_line) > 0))
        {
            _line++;
        }
    }

    private void AddTitle(int line, char adornment, bool overlined)
    {
        var level = _adornments.IndexOf((adornment, overlined));
        if (level < 0)
        {
            level = _adornments.Count;
            _adornments.Add((adornment, overlined));
        }

        var (words, span) = new TextGrid(_source, _text, line, 1, 0).Block(0, 0, 1, int.MaxValue);
        _blocks.Add(new RstTitle(span, InlineText.Parse(words), level + 1));
    }

    private void ReadParagraph()
    {
        var first = _line++;
        while (_line < _source.Lines.Count && !IsBlank(_line) && !IsGridBorder(_line))
        {
            _line++;
        }

        var (words, span) = new TextGrid(_source, _text, first, _line - first, 0).Block(0, 0, _line - first, int.MaxValue);
        _blocks.Add(new RstParagraph(span, InlineText.Parse(words)));
    }

    private void ReadGridTable()
    {
        var first = _line;
        var indent = Indent(first);
        while (_line < _source.Lines.Count && !IsBlank(_line) && Indent(_line) == indent && CharAt(_line, indent) is '+' or '|')
        {
            _line++;
        }

        var grid = new TextGrid(_source, _text, first, _line - first, indent);
        var span = TextSpan.FromBounds(grid.Offset(0, 0), grid.SpanOf(grid.Height - 1).End);
        if (_line < _source.Lines.Count && !IsBlank(_line))
        {
            _errors.Add(new RstError(LineSpan(_line), "Blank line required after table"));
            while (_line < _source.Lines.Count && !IsBlank(_line))
            {
                _line++;
            }
        }

        if (GridTableReader.Read(grid, span, _errors) is { } table)
        {
            _blocks.Add(table);
        }
    }

    private void ReadSimpleTable(int end)
    {
        var grid = new TextGrid(_source, _text, _line, end - _line + 1, Indent(_line));
        var span = TextSpan.FromBounds(grid.Offset(0, 0), grid.SpanOf(grid.Height - 1).End);
        _line = end + 1;
        if (SimpleTableReader.Read(grid, span, _errors) is { } table)
        {
            _blocks.Add(table);
        }
    }

    /// <summary>The second border, or the first with a blank line (or nothing) behind it.</summary>
    private int FindSimpleTableEnd(int first)
    {
        var found = 0;
        for (var line = first + 1; line < _source.Lines.Count; line++)
        {
            if (IsSimpleBorder(line) && Indent(line) == Indent(first) && (++found == 2 || IsBlank(line + 1)))
            {
                return line;
            }
        }

        _errors.Add(new RstError(LineSpan(first), "Malformed table: no bottom table border found"));
        return -1;
    }

    private bool IsGridBorder(int line)
    {
        var indent = Indent(line);
        if (CharAt(line, indent) != '+' || CharAt(line, indent + 1) is not ('-' or '='))
        {
            return false;
        }

        for (var i = indent; i < LengthOf(line); i++)
        {
            if (CharAt(line, i) is not ('+' or '-' or '='))
            {
                return false;
            }
        }

        return CharAt(line, LengthOf(line) - 1) == '+';
    }

    /// <summary>'=' with gaps: an unbroken run is a title's adornment.</summary>
    private bool IsSimpleBorder(int line)
    {
        var gap = false;
        for (var i = Indent(line); i < LengthOf(line); i++)
        {
            if (CharAt(line, i) is not ('=' or ' '))
            {
                return false;
            }

            gap |= CharAt(line, i) == ' ';
        }

        return gap && CharAt(line, Indent(line)) == '=';
    }

    /// <summary>The character of a line that is nothing but one punctuation character, at least twice.</summary>
    private char? Adornment(int line)
    {
        var length = LengthOf(line);
        if (length < 2)
        {
            return null;
        }

        var c = CharAt(line, 0);
        if (c is < '!' or > '~' || char.IsLetterOrDigit(c))
        {
            return null;
        }

        for (var i = 1; i < length; i++)
        {
            if (CharAt(line, i) != c)
            {
                return null;
            }
        }

        return c;
    }

    private TextSpan LineSpan(int line) => TextSpan.FromBounds(_source.Lines[line].Start + Indent(line), _source.Lines[line].Start + LengthOf(line));

    private bool IsBlank(int line) => LengthOf(line) == 0;

    /// <summary>Without the white space at the end; 0 behind the last line.</summary>
    private int LengthOf(int line) => line < _lengths.Length ? _lengths[line] : 0;

    private int TrimmedLength(TextLine line)
    {
        var end = line.End;
        while (end > line.Start && char.IsWhiteSpace(_text[end - 1]))
        {
            end--;
        }

        return end - line.Start;
    }

    private int Indent(int line)
    {
        var length = LengthOf(line);
        var i = 0;
        while (i < length && CharAt(line, i) is ' ' or '\t')
        {
            i++;
        }

        return i;
    }

    private char CharAt(int line, int column) => column < LengthOf(line) && column >= 0 ? _text[_source.Lines[line].Start + column] : '\0';

    private bool Starts(int line, string value) => LengthOf(line) >= value.Length && string.CompareOrdinal(_text, _source.Lines[line].Start, value, 0, value.Length) == 0;
}
