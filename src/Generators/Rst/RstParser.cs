using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace Specgen.Generators.Rst;

/// <summary>Reads what pages of tables are made of: titles, paragraphs, grid and simple tables. Comments, labels and directives are passed over.</summary>
internal sealed class RstParser
{
    /// <summary>An adornment shorter than this and than its title is text (docutils).</summary>
    private const int ShortAdornment = 4;

    /// <summary>Directives that hold tables of the page.</summary>
    private static readonly string[] s_containers = ["table", "container", "class", "rst-class", "only"];

    /// <summary>Directives that are tables which this reader does not read.</summary>
    private static readonly string[] s_otherTables = ["list-table", "csv-table", "flat-table"];

    private readonly PageLines _lines;
    private readonly ImmutableArray<RstBlock>.Builder _blocks = ImmutableArray.CreateBuilder<RstBlock>();
    private readonly List<RstError> _errors = [];
    private readonly List<(char Adornment, bool Overlined)> _adornments = [];
    private int _line;

    private RstParser(SourceText source) => _lines = new PageLines(source);

    public static RstDocument Parse(SourceText source, CancellationToken cancellationToken = default)
    {
        var parser = new RstParser(source);
        while (parser._line < parser._lines.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            parser.ReadBlock();
        }

        return new RstDocument(source, parser._blocks.ToImmutable(), parser._errors.ToImmutableArray());
    }

    private void ReadBlock()
    {
        if (_lines.IsBlank(_line))
        {
            _line++;
        }
        else if (IsExplicit(_line))
        {
            ReadExplicit();
        }
        else if (IsGridTop(_line))
        {
            ReadGridTable();
        }
        else if (IsSimpleTop(_line))
        {
            ReadSimpleTable();
        }
        else if (Adornment(_line) is { } over && IsOverlined(over))
        {
            AddTitle(_line + 1, over, overlined: true);
            _line += 3;
        }
        else if (Adornment(_line) is not null && _lines.Length(_line) >= ShortAdornment && _lines.IsBlank(_line + 1))
        {
            // A transition.
            _line++;
        }
        else if (_lines.Indent(_line) == 0 && Adornment(_line + 1) is { } under && !IsShort(_line + 1, _line))
        {
            AddTitle(_line, under, overlined: false);
            _line += 2;
        }
        else
        {
            ReadParagraph();
        }
    }

    private bool IsExplicit(int line)
    {
        var indent = _lines.Indent(line);
        return _lines.HasAt(line, indent, "..") && (_lines.Length(line) == indent + 2 || char.IsWhiteSpace(_lines[line, indent + 2]));
    }

    /// <summary>A comment, label, substitution or directive, with the indented lines below it.</summary>
    private void ReadExplicit()
    {
        var indent = _lines.Indent(_line);
        var directive = DirectiveName(_line);
        if (directive is not null && Array.IndexOf(s_otherTables, directive) >= 0)
        {
            _errors.Add(new RstError(_lines.SpanOf(_line), $"A table of the directive '{directive}' is not read; write it as a grid table or simple table."));
        }

        var isEmpty = _lines.Length(_line) == indent + 2 && _lines.IsBlank(_line + 1);
        _line++;
        if (isEmpty)
        {
            // An empty comment has nothing below it.
            return;
        }

        // The options of a directive that holds tables end at the first blank line; what is indented below is read as usual.
        var isContainer = directive is not null && Array.IndexOf(s_containers, directive) >= 0;
        while (_line < _lines.Count && (isContainer ? !_lines.IsBlank(_line) : _lines.IsBlank(_line) || _lines.Indent(_line) > indent))
        {
            _line++;
        }
    }

    /// <summary>"table" of ".. table:: Title" or ".. Table:: Title", or null.</summary>
    private string? DirectiveName(int line)
    {
        var start = _lines.Indent(line) + 2;
        while (char.IsWhiteSpace(_lines[line, start]))
        {
            start++;
        }

        var end = start;
        while (char.IsLetterOrDigit(_lines[line, end]) || _lines[line, end] is '-' or '_')
        {
            end++;
        }

        return end > start && _lines.HasAt(line, end, "::") ? _lines.Text.Substring(_lines.Start(line) + start, end - start).ToLowerInvariant() : null;
    }

    /// <summary>A line of one punctuation character above a title and the same below it.</summary>
    private bool IsOverlined(char over) =>
        !_lines.IsBlank(_line + 1)
        && Adornment(_line + 2) == over
        && !IsShort(_line, _line + 1);

    /// <summary>Whether an adornment is so short beside its title that it is text ("..", "--").</summary>
    private bool IsShort(int adornment, int title) =>
        _lines.Length(adornment) < ShortAdornment && _lines.Length(adornment) < CharacterWidth.Of(_lines.Text, _lines.SpanOf(title).Start, _lines.SpanOf(title).End);

    private void AddTitle(int line, char adornment, bool overlined)
    {
        var level = _adornments.IndexOf((adornment, overlined));
        if (level < 0)
        {
            level = _adornments.Count;
            _adornments.Add((adornment, overlined));
        }

        var (words, span, _) = new TextGrid(_lines, line, 1, 0).Block(0, 0, 1, int.MaxValue);
        _blocks.Add(new RstTitle(span, InlineText.Parse(words), level + 1));
    }

    private void ReadParagraph()
    {
        var first = _line++;
        while (!_lines.IsBlank(_line) && !IsGridTop(_line))
        {
            _line++;
        }

        if (!_lines.IsBlank(_line))
        {
            // docutils takes the table for text; nobody means that.
            _errors.Add(new RstError(_lines.SpanOf(_line), "Blank line required before table."));
        }

        var (words, span, _) = new TextGrid(_lines, first, _line - first, 0).Block(0, 0, _line - first, int.MaxValue);
        if (words != "::")
        {
            _blocks.Add(new RstParagraph(span, InlineText.Parse(words)));
        }

        if (words.EndsWith("::", StringComparison.Ordinal))
        {
            SkipLiteral(TextIndent(first));
        }
    }

    /// <summary>Where the text of a line begins, behind the marks of the list items that begin in it: what is indented like it is the item's, too.</summary>
    private int TextIndent(int line)
    {
        var at = _lines.Indent(line);
        while (at < _lines.Length(line) && MarkEnd(line, at) is var end && end > at && end < _lines.Length(line) && char.IsWhiteSpace(_lines[line, end]))
        {
            at = end;
            while (char.IsWhiteSpace(_lines[line, at]))
            {
                at++;
            }
        }

        return at;
    }

    /// <summary>Behind "*", "12.", "(a)" or "#)"; the same place where there is no such mark.</summary>
    private int MarkEnd(int line, int at)
    {
        if (_lines[line, at] is '*' or '+' or '-' or '\u2022' or '\u2023' or '\u2043')
        {
            return at + 1;
        }

        var start = _lines[line, at] == '(' ? at + 1 : at;
        var end = start;
        while (_lines[line, end] is >= '0' and <= '9')
        {
            end++;
        }

        // A letter or a Roman number; '#' numbers by itself.
        while (end == start || _lines[line, start] is not (>= '0' and <= '9' or '#'))
        {
            if (_lines[line, end] is not ('#' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z')) || (end > start && "ivxlcdmIVXLCDM".IndexOf(_lines[line, end]) < 0))
            {
                break;
            }

            end++;
        }

        return end > start && _lines[line, end] is var mark && (mark == ')' || (mark == '.' && start == at)) ? end + 1 : at;
    }

    /// <summary>What is indented below "::" is shown as it is written.</summary>
    private void SkipLiteral(int indent)
    {
        while (_line < _lines.Count && (_lines.IsBlank(_line) || _lines.Indent(_line) > indent))
        {
            _line++;
        }
    }

    private void ReadGridTable()
    {
        var first = _line;
        var indent = _lines.Indent(first);
        while (_lines.Length(_line) > 0 && _lines[_line, _lines.Indent(_line)] is '+' or '|')
        {
            _line++;
        }

        if (!_lines.IsBlank(_line))
        {
            _errors.Add(new RstError(_lines.SpanOf(_line), "Blank line required after table."));
        }

        if (GridTableReader.Read(new TextGrid(_lines, first, _line - first, indent), _errors) is { } table)
        {
            _blocks.Add(table);
        }
    }

    private void ReadSimpleTable()
    {
        var first = _line;
        var (end, isClosed) = FindSimpleTableEnd(first);
        _line = end + 1;
        if (!isClosed)
        {
            _errors.Add(new RstError(_lines.SpanOf(first), "Malformed table. No bottom table border found or no blank line after table bottom."));
        }
        else if (!_lines.IsBlank(_line))
        {
            _errors.Add(new RstError(_lines.SpanOf(_line), "Blank line required after table."));
        }

        if (end > first)
        {
            _blocks.Add(SimpleTableReader.Read(new TextGrid(_lines, first, end - first + 1, _lines.Indent(first)), _errors));
        }
    }

    /// <summary>
    /// The second border below the first, or one with a blank line (or nothing) behind it. Without one, the table goes on to the first blank
    /// line behind what is certainly its own.
    /// </summary>
    private (int End, bool IsClosed) FindSimpleTableEnd(int first)
    {
        var found = first;
        for (var line = first + 1; line < _lines.Count; line++)
        {
            // An unbroken run of another length is the adornment of the next title.
            if (!IsSimpleBorder(line) || (_lines.SpanOf(line).Length != _lines.SpanOf(first).Length && !IsSimpleTop(line)))
            {
                continue;
            }

            if (found > first || _lines.IsBlank(line + 1))
            {
                return (line, true);
            }

            found = line;
        }

        var end = found;
        while (!_lines.IsBlank(end + 1))
        {
            end++;
        }

        return (end, false);
    }

    /// <summary>"+---+---+".</summary>
    private bool IsGridTop(int line)
    {
        var (indent, length) = (_lines.Indent(line), _lines.Length(line));
        if (length - indent < 4 || _lines[line, indent] != '+' || _lines[line, indent + 1] != '-' || _lines[line, length - 2] != '-' || _lines[line, length - 1] != '+')
        {
            return false;
        }

        for (var i = indent + 2; i < length - 2; i++)
        {
            if (_lines[line, i] is not ('+' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>'=' with gaps: an unbroken run is a title's adornment.</summary>
    private bool IsSimpleTop(int line)
    {
        var gap = false;
        for (var i = _lines.Indent(line); i < _lines.Length(line); i++)
        {
            gap |= _lines[line, i] == ' ';
        }

        return gap && IsSimpleBorder(line);
    }

    private bool IsSimpleBorder(int line)
    {
        var indent = _lines.Indent(line);
        for (var i = indent; i < _lines.Length(line); i++)
        {
            if (_lines[line, i] is not ('=' or ' '))
            {
                return false;
            }
        }

        return _lines[line, indent] == '=';
    }

    /// <summary>The character of a line that is nothing but one punctuation character.</summary>
    private char? Adornment(int line)
    {
        var c = _lines[line, 0];
        if (c is < '!' or > '~' || char.IsLetterOrDigit(c))
        {
            return null;
        }

        for (var i = 1; i < _lines.Length(line); i++)
        {
            if (_lines[line, i] != c)
            {
                return null;
            }
        }

        return c;
    }
}
