using System.Collections.Immutable;
using System.Text;

namespace Specgen.Generators.Rst;

/// <summary>Inline markup → plain text: roles, links, literals, emphasis, substitutions and escapes.</summary>
internal static class InlineText
{
    public static RstText Parse(string source)
    {
        if (source.Length == 0)
        {
            return RstText.Empty;
        }

        if (source.IndexOfAny(MarkupCharacters) < 0)
        {
            return new RstText(source, false, ImmutableArray<RstRole>.Empty);
        }

        var plain = new StringBuilder(source.Length);
        ImmutableArray<RstRole>.Builder? roles = null;
        var emphasized = false;
        var i = 0;
        while (i < source.Length)
        {
            var c = source[i];
            if (c == '\\' && i + 1 < source.Length)
            {
                // An escaped space joins what stands left and right of it.
                if (source[i + 1] != ' ')
                {
                    plain.Append(source[i + 1]);
                }

                i += 2;
            }
            else if (c == '`' && StartsWith(source, i, "``") && Find(source, "``", i + 2) is var literal and >= 0)
            {
                plain.Append(source, i + 2, literal - i - 2);
                i = literal + 2;
            }
            else if (c == '*' && CanStart(source, i, StartsWith(source, i, "**") ? 2 : 1))
            {
                var marker = StartsWith(source, i, "**") ? "**" : "*";
                var end = FindEnd(source, marker, i + marker.Length);
                if (end < 0)
                {
                    plain.Append(c);
                    i++;
                    continue;
                }

                emphasized |= marker.Length == 1 && i == 0 && end == source.Length - 1;
                plain.Append(source, i + marker.Length, end - i - marker.Length);
                i = end + marker.Length;
            }
            else if (c == ':' && RoleAt(source, i, out var role, out var after))
            {
                (roles ??= ImmutableArray.CreateBuilder<RstRole>()).Add(role);
                plain.Append(role.Text);
                i = after;
            }
            else if (c == '`' && Find(source, "`", i + 1) is var close and >= 0)
            {
                plain.Append(TextAndTarget(source.Substring(i + 1, close - i - 1)).Text);
                i = close + 1;
                while (i < source.Length && source[i] == '_')
                {
                    i++;
                }
            }
            else
            {
                plain.Append(c);
                i++;
            }
        }

        return new RstText(plain.ToString().Trim(), emphasized, roles?.ToImmutable() ?? ImmutableArray<RstRole>.Empty);
    }

    private static readonly char[] MarkupCharacters = ['`', '*', '\\'];

    /// <summary>A start-string needs text right behind it and nothing but white space or an opening character before it.</summary>
    private static bool CanStart(string text, int at, int length) =>
        at + length < text.Length && !char.IsWhiteSpace(text[at + length])
        && (at == 0 || char.IsWhiteSpace(text[at - 1]) || "-:/'\"<([{".IndexOf(text[at - 1]) >= 0);

    private static int FindEnd(string text, string marker, int from)
    {
        for (var i = Find(text, marker, from + 1); i >= 0; i = Find(text, marker, i + 1))
        {
            if (!char.IsWhiteSpace(text[i - 1]))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool RoleAt(string text, int at, out RstRole role, out int after)
    {
        role = null!;
        after = at;
        var name = at + 1;
        while (name < text.Length && (char.IsLetterOrDigit(text[name]) || text[name] is '-' or '_' or '.' or '+' or ':') && !(text[name] == ':' && name + 1 < text.Length && text[name + 1] == '`'))
        {
            name++;
        }

        if (name == at + 1 || !StartsWith(text, name, ":`") || Find(text, "`", name + 2) is not (var close and >= 0))
        {
            return false;
        }

        var (words, target) = TextAndTarget(text.Substring(name + 2, close - name - 2));
        role = new RstRole(text.Substring(at + 1, name - at - 1), words, target);
        after = close + 1;
        return true;
    }

    private static (string Text, string? Target) TextAndTarget(string content)
    {
        var open = content.LastIndexOf('<');
        return open >= 0 && content.EndsWith(">", StringComparison.Ordinal)
            ? (content.Substring(0, open).Trim(), content.Substring(open + 1, content.Length - open - 2).Trim())
            : (content.Trim(), null);
    }

    private static bool StartsWith(string text, int at, string value) => string.CompareOrdinal(text, at, value, 0, value.Length) == 0;

    private static int Find(string text, string value, int from) => from > text.Length ? -1 : text.IndexOf(value, from, StringComparison.Ordinal);
}
