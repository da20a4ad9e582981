using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Specgen.Generators.Text;

/// <summary>Text from a page made safe for where it lands: a literal, an identifier, a documentation comment.</summary>
internal static class CSharpText
{
    /// <summary>Documentation comments are for tooltips: longer text is cut at a word.</summary>
    private const int DocumentationLimit = 400;

    public static string Literal(string? text) => text is null ? "null" : IsPlain(text, '"', '\\', '\0') ? "\"" + text + "\"" : SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>Whether lines of text can stand between three quotation marks: what the compiler takes for the end of a line or of the literal is not in them.</summary>
    public static bool CanBeRaw(string text)
    {
        foreach (var c in text)
        {
            if ((char.IsControl(c) && c != '\n') || char.IsSurrogate(c) || c is '\u2028' or '\u2029')
            {
                return false;
            }
        }

        return text.Length > 0 && text.IndexOf("\"\"\"", StringComparison.Ordinal) < 0;
    }

    /// <summary>"0xA700".</summary>
    public static string Hex(ushort code) => "0x" + HexDigits(code);

    /// <summary>"A700".</summary>
    public static string HexDigits(ushort code) => code.ToString("X4", CultureInfo.InvariantCulture);

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A name as it stands in code: characters that cannot be in one are left out, a keyword gets its "@".</summary>
    public static string Identifier(string name)
    {
        if (!SyntaxFacts.IsValidIdentifier(name))
        {
            var kept = new StringBuilder(name.Length);
            foreach (var c in name)
            {
                if (SyntaxFacts.IsIdentifierPartCharacter(c))
                {
                    kept.Append(c);
                }
            }

            if (kept.Length == 0 || !SyntaxFacts.IsIdentifierStartCharacter(kept[0]))
            {
                kept.Insert(0, '_');
            }

            name = kept.ToString();
        }

        return SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
    }

    /// <summary>The identifier of a member of <paramref name="type"/>: not the type's own name (CS0542), nor one that hides a member of object.</summary>
    public static string Member(string name, string type)
    {
        var identifier = Identifier(name);
        return identifier == type || identifier is "Equals" or "GetHashCode" or "GetType" or "MemberwiseClone" or "ReferenceEquals" or "ToString" or "Finalize"
            ? identifier + "_"
            : identifier;
    }

    /// <summary>Plain text for a documentation comment: one line, escaped, without what XML does not allow, bounded in length.</summary>
    public static string Xml(string text, int limit = DocumentationLimit)
    {
        if (text.Length < limit - 20 && IsPlain(text, '&', '<', '>') && text.IndexOf("  ", StringComparison.Ordinal) < 0 && text.Trim().Length == text.Length)
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 16);
        var written = 0;
        var space = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                space = written > 0;
                continue;
            }

            var pair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if ((char.IsSurrogate(c) && !pair) || c is '\uFFFE' or '\uFFFF')
            {
                continue;
            }

            if (space)
            {
                if (written >= limit - 20)
                {
                    return result.Append('…').ToString();
                }

                result.Append(' ');
                written++;
                space = false;
            }

            if (written >= limit)
            {
                return result.Append('…').ToString();
            }

            _ = c switch { '&' => result.Append("&amp;"), '<' => result.Append("&lt;"), '>' => result.Append("&gt;"), _ => result.Append(c) };
            if (pair)
            {
                result.Append(text[++i]);
            }

            written++;
        }

        return result.ToString();
    }

    /// <summary>Printable ASCII without three characters that would have to be escaped: nearly everything that pages have.</summary>
    private static bool IsPlain(string text, char first, char second, char third)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or > '~' || c == first || c == second || c == third)
            {
                return false;
            }
        }

        return true;
    }
}
