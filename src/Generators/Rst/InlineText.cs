using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Specgen.Generators.Rst;

/// <summary>Inline markup → plain text: roles, links, literals, emphasis, references, substitutions and escapes.</summary>
/// <remarks>What begins and ends markup is decided by the characters around it, by reStructuredText's "inline markup recognition rules".</remarks>
internal sealed class InlineText
{
    private readonly string _source;
    private readonly StringBuilder _plain;
    private ImmutableArray<RstRole>.Builder? _roles;
    private bool _isEmphasized;
    private bool _isLiteral;

    /// <summary>Where a search for an end-string found none: none of that kind is behind it either. So the time stays linear.</summary>
    private int _noStar = int.MaxValue;
    private int _noStars = int.MaxValue;
    private int _noTick = int.MaxValue;
    private int _noTicks = int.MaxValue;
    private int _noBar = int.MaxValue;

    private InlineText(string source)
    {
        _source = source;
        _plain = new StringBuilder(source.Length);
    }

    /// <param name="source">One line of words.</param>
    /// <param name="like">A text that may be the same, so that a column of one word is one text.</param>
    public static RstText Parse(string source, RstText? like = null)
    {
        if (source.Length == 0)
        {
            return RstText.Empty;
        }

        if (source.IndexOfAny(s_markupCharacters) < 0)
        {
            return like is { Roles.IsEmpty: true, IsEmphasized: false, IsLiteral: false } && string.Equals(like.Plain, source, StringComparison.Ordinal)
                ? like
                : new RstText(source, false, false, ImmutableArray<RstRole>.Empty);
        }

        return new InlineText(source).Parse();
    }

    private static readonly char[] s_markupCharacters = ['`', '*', '\\', '_', '|'];

    private RstText Parse()
    {
        var i = 0;
        while (i < _source.Length)
        {
            i = _source[i] switch
            {
                '\\' => ReadEscape(i),
                '`' => ReadTicks(i),
                '*' => ReadEmphasis(i),
                ':' => ReadRole(i),
                '|' => ReadSubstitution(i),
                '[' => ReadFootnote(i),
                '_' => ReadUnderscore(i),
                _ => Append(i),
            };
        }

        return new RstText(_plain.ToString().Trim(), _isEmphasized, _isLiteral, _roles?.ToImmutable() ?? ImmutableArray<RstRole>.Empty);
    }

    private int Append(int at)
    {
        _plain.Append(_source[at]);
        return at + 1;
    }

    /// <summary>The character behind a backslash stands for itself; a space there joins what is left and right of it.</summary>
    private int ReadEscape(int at)
    {
        if (at + 1 < _source.Length && !char.IsWhiteSpace(_source[at + 1]))
        {
            _plain.Append(_source[at + 1]);
        }

        return at + 2;
    }

    /// <summary>``literal``, `interpreted`:role:, `text &lt;link&gt;`_ or `reference`_.</summary>
    private int ReadTicks(int at)
    {
        if (Is(at, "``"))
        {
            if (!CanStart(at, 2) || FindEnd("``", at + 2, ref _noTicks, isLiteral: true) is not (var close and >= 0))
            {
                _plain.Append("``");
                return at + 2;
            }

            _isLiteral |= at == 0 && close + 2 == _source.Length;
            _plain.Append(_source, at + 2, close - at - 2);
            return close + 2;
        }

        if (!CanStart(at, 1) || FindEnd("`", at + 1, ref _noTick) is not (var end and >= 0))
        {
            return Append(at);
        }

        var (text, target) = TextAndTarget(at + 1, end);
        _plain.Append(text);
        if (RoleName(end + 1) is { } name)
        {
            Add(name, text, target);
            return end + name.Length + 3;
        }

        var after = end + 1;
        while (after < _source.Length && _source[after] == '_' && after < end + 3)
        {
            after++;
        }

        return after;
    }

    private int ReadEmphasis(int at)
    {
        var length = Is(at, "**") ? 2 : 1;
        ref var none = ref length == 2 ? ref _noStars : ref _noStar;
        if (!CanStart(at, length) || FindEnd(length == 2 ? "**" : "*", at + length, ref none) is not (var end and >= 0))
        {
            _plain.Append('*', length);
            return at + length;
        }

        _isEmphasized |= length == 1 && at == 0 && end + 1 == _source.Length;
        AppendUnescaped(at + length, end);
        return end + length;
    }

    /// <summary>:role:`text &lt;target&gt;`.</summary>
    private int ReadRole(int at)
    {
        if ((at > 0 && !CanPrecede(_source[at - 1])) || RoleName(at) is not { } name || !Is(at + name.Length + 2, "`"))
        {
            return Append(at);
        }

        var open = at + name.Length + 3;
        if (open >= _source.Length || char.IsWhiteSpace(_source[open]) || FindEnd("`", open, ref _noTick) is not (var end and >= 0))
        {
            return Append(at);
        }

        var (text, target) = TextAndTarget(open, end);
        Add(name, text, target);
        _plain.Append(text);
        return end + 1;
    }

    private int ReadSubstitution(int at)
    {
        if (!CanStart(at, 1) || FindEnd("|", at + 1, ref _noBar) is not (var end and >= 0))
        {
            return Append(at);
        }

        AppendUnescaped(at + 1, end);
        var after = end + 1;
        while (after < _source.Length && _source[after] == '_' && after < end + 3)
        {
            after++;
        }

        return after;
    }

    /// <summary>[1]_, [#]_, [*]_, [Name]_: the mark says nothing without its note.</summary>
    private int ReadFootnote(int at)
    {
        const int LongestMark = 40;
        for (var i = at + 1; i < _source.Length && i < at + LongestMark; i++)
        {
            if (_source[i] == ']')
            {
                if (i == at + 1 || !Is(i + 1, "_") || !CanFollow(i + 2) || (at > 0 && !CanPrecede(_source[at - 1])))
                {
                    break;
                }

                while (_plain.Length > 0 && _plain[_plain.Length - 1] == ' ')
                {
                    _plain.Length--;
                }

                return i + 2;
            }

            if (!char.IsLetterOrDigit(_source[i]) && _source[i] is not ('#' or '*' or '-' or '_' or '.' or ':' or '+'))
            {
                break;
            }
        }

        return Append(at);
    }

    /// <summary>word_ is a reference; _`text` a target.</summary>
    private int ReadUnderscore(int at)
    {
        if (Is(at + 1, "`") && CanStart(at, 2) && FindEnd("`", at + 2, ref _noTick) is var end and >= 0)
        {
            AppendUnescaped(at + 2, end);
            return end + 1;
        }

        var isAnonymous = Is(at + 1, "_");
        var isReference = at > 0 && char.IsLetterOrDigit(_source[at - 1]) && CanFollow(at + (isAnonymous ? 2 : 1)) && IsSimpleName(at);
        if (!isReference)
        {
            _plain.Append('_', isAnonymous ? 2 : 1);
        }

        return at + (isAnonymous ? 2 : 1);
    }

    /// <summary>Whether a name ends here: letters and digits, with single marks between them ("tkinter.__init__" has two).</summary>
    private bool IsSimpleName(int end)
    {
        var start = end;
        while (true)
        {
            while (start > 0 && char.IsLetterOrDigit(_source[start - 1]))
            {
                start--;
            }

            if (start == 0 || CanPrecede(_source[start - 1]))
            {
                return true;
            }

            if (_source[start - 1] is not ('.' or '+' or '_') || start < 2 || !char.IsLetterOrDigit(_source[start - 2]))
            {
                return false;
            }

            start--;
        }
    }

    private void Add(string name, string text, string? target) =>
        (_roles ??= ImmutableArray.CreateBuilder<RstRole>()).Add(new RstRole(name, text, target));

    /// <summary>The name in ":name:" at a place, or null.</summary>
    private string? RoleName(int at)
    {
        if (!Is(at, ":"))
        {
            return null;
        }

        var end = at + 1;
        while (end < _source.Length && (char.IsLetterOrDigit(_source[end]) || (_source[end] is '-' or '_' or '.' or '+' or ':' && end > at + 1 && end + 1 < _source.Length && char.IsLetterOrDigit(_source[end + 1]))))
        {
            end++;
        }

        return end > at + 1 && Is(end, ":") ? _source.Substring(at + 1, end - at - 1) : null;
    }

    private (string Text, string? Target) TextAndTarget(int start, int end)
    {
        var content = _source.Substring(start, end - start);
        var open = content.EndsWith(">", StringComparison.Ordinal) ? content.LastIndexOf('<') : -1;
        if (open < 0 || IsEscaped(content, open))
        {
            return (Unescaped(content.Trim()), null);
        }

        var target = content.Substring(open + 1, content.Length - open - 2).Trim();
        var text = content.Substring(0, open).Trim();
        return (Unescaped(text.Length == 0 ? target : text), target);
    }

    /// <summary>Whether an odd number of backslashes stands before a character.</summary>
    private static bool IsEscaped(string text, int at)
    {
        var first = at;
        while (first > 0 && text[first - 1] == '\\')
        {
            first--;
        }

        return (at - first) % 2 == 1;
    }

    private void AppendUnescaped(int start, int end) => _plain.Append(Unescaped(_source.Substring(start, end - start)));

    private static string Unescaped(string text)
    {
        if (text.IndexOf('\\') < 0)
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && ++i >= text.Length)
            {
                break;
            }

            if (i == 0 || text[i - 1] != '\\' || !char.IsWhiteSpace(text[i]))
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }

    /// <summary>A start-string needs text right behind it, and before it nothing, white space or an opening character that is not closed right behind it.</summary>
    private bool CanStart(int at, int length) =>
        at + length < _source.Length
        && !char.IsWhiteSpace(_source[at + length])
        && (at == 0 || (CanPrecede(_source[at - 1]) && !AreQuotes(_source[at - 1], _source[at + length])));

    private int FindEnd(string marker, int from, ref int none, bool isLiteral = false)
    {
        if (from >= none)
        {
            return -1;
        }

        for (var i = from + 1; i + marker.Length <= _source.Length; i++)
        {
            if (!isLiteral && _source[i - 1] == '\\')
            {
                // What is escaped ends nothing.
                i += _source[i] == '\\' ? 1 : 0;
                continue;
            }

            if (_source[i] == marker[0] && Is(i, marker) && !char.IsWhiteSpace(_source[i - 1]) && CanEnd(i, marker))
            {
                return i;
            }
        }

        none = from;
        return -1;
    }

    private bool CanEnd(int at, string marker)
    {
        var after = at + marker.Length;
        if (marker == "`" || marker == "|")
        {
            // A reference's underscores, or the role behind its text.
            if (Is(after, "`"))
            {
                return false;
            }

            after += Is(after, "__") ? 2 : Is(after, "_") ? 1 : 0;
        }

        return CanFollow(after);
    }

    private bool CanFollow(int at) =>
        at >= _source.Length
        || char.IsWhiteSpace(_source[at])
        || "'\")]}>-/\\:.,;!?".IndexOf(_source[at]) >= 0
        || char.GetUnicodeCategory(_source[at]) is UnicodeCategory.ClosePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.DashPunctuation
        || (_source[at] > '\x7F' && char.GetUnicodeCategory(_source[at]) == UnicodeCategory.OtherPunctuation);

    private static bool CanPrecede(char c) =>
        char.IsWhiteSpace(c)
        || "'\"([{<-/:".IndexOf(c) >= 0
        || char.GetUnicodeCategory(c) is UnicodeCategory.OpenPunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.DashPunctuation
        || (c > '\x7F' && char.GetUnicodeCategory(c) == UnicodeCategory.OtherPunctuation);

    private static bool AreQuotes(char open, char close) => (open, close) is ('"', '"') or ('\'', '\'') or ('(', ')') or ('[', ']') or ('{', '}') or ('<', '>') or ('\u201C', '\u201D') or ('\u2018', '\u2019');

    private bool Is(int at, string value) => at >= 0 && at + value.Length <= _source.Length && string.CompareOrdinal(_source, at, value, 0, value.Length) == 0;
}
