using System.Collections.Immutable;
using System.Text;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Text;

/// <summary>Names of members out of the words of a table. They depend on the set of rows only, never on their order.</summary>
internal static class MemberNames
{
    private const int Limit = 60;

    /// <summary>
    /// "SOP Class not supported" → "SopClassNotSupported": words of three and more capitals become words, "ID" becomes "Id", apostrophes
    /// vanish, and a long text ends at the word before its 60th character. Empty when the text has neither letter nor digit.
    /// </summary>
    public static string Pascal(string text)
    {
        var name = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[i]))
            {
                i++;
                continue;
            }

            var start = name.Length;
            for (; i < text.Length && (char.IsLetterOrDigit(text[i]) || IsApostrophe(text[i])); i++)
            {
                if (!IsApostrophe(text[i]))
                {
                    name.Append(text[i]);
                }
            }

            if (start > 0 && name.Length > Limit)
            {
                name.Length = start;
                break;
            }

            Capitalize(name, start);
        }

        if (name.Length > Limit)
        {
            name.Length = Limit;
        }

        return name.Length > 0 && char.IsDigit(name[0]) ? "_" + name : name.ToString();
    }

    /// <summary>
    /// One name a row of a status table, in the order of the rows. Rows of one name and different categories get their category appended,
    /// rows that still share a name their code.
    /// </summary>
    public static ImmutableArray<string> OfStatuses(IReadOnlyList<Status> rows) => Unique(
        rows,
        static row => Pascal(row.Description),
        static row => row.Category.ToString(),
        static row => CSharpText.HexDigits(row.First),
        static row => CSharpText.HexDigits(row.Last));

    /// <summary>Names of rows that have a code and words only: action types, event types, the values of an attribute.</summary>
    public static ImmutableArray<string> OfCodes<T>(IReadOnlyList<T> rows, Func<T, string> words, Func<T, string> code) =>
        Unique(rows, row => Pascal(words(row)), static _ => "", code, static _ => "");

    private static ImmutableArray<string> Unique<T>(
        IReadOnlyList<T> rows,
        Func<T, string> name,
        Func<T, string> category,
        Func<T, string> code,
        Func<T, string> last)
    {
        var names = rows.Select(row => name(row) is { Length: > 0 } words ? words : "Code" + code(row)).ToArray();

        if (new HashSet<string>(names, StringComparer.Ordinal).Count == names.Length)
        {
            return names.ToImmutableArray();
        }

        // Each pass lengthens every name of a group that still shares one; a name that is alone keeps what it has.
        Lengthen(category, onlyIfDifferent: true);
        Lengthen(code, onlyIfDifferent: false);
        Lengthen(last, onlyIfDifferent: false);
        for (var counter = 2; names.Distinct(StringComparer.Ordinal).Count() < names.Length; counter++)
        {
            foreach (var group in Shared().ToArray())
            {
                names[group.Last()] += "_" + CSharpText.Number(counter);
            }
        }

        return names.ToImmutableArray();

        IEnumerable<IGrouping<string, int>> Shared() =>
            Enumerable.Range(0, names.Length).GroupBy(i => names[i], StringComparer.Ordinal).Where(static group => group.Count() > 1);

        void Lengthen(Func<T, string> suffix, bool onlyIfDifferent)
        {
            foreach (var group in Shared().ToArray())
            {
                if (!onlyIfDifferent || group.Select(i => suffix(rows[i])).Distinct(StringComparer.Ordinal).Count() > 1)
                {
                    foreach (var i in group)
                    {
                        names[i] += suffix(rows[i]);
                    }
                }
            }
        }
    }

    private static bool IsApostrophe(char c) => c is '\'' or '\u2019' or '\u2018';

    /// <summary>The word at the end of a name.</summary>
    private static void Capitalize(StringBuilder name, int start)
    {
        var length = name.Length - start;
        var capitals = 0;
        while (capitals < length && char.IsUpper(name[start + capitals]))
        {
            capitals++;
        }

        name[start] = char.ToUpperInvariant(name[start]);
        if (capitals == length && (length >= 3 || (length == 2 && name[start] == 'I' && name[start + 1] == 'D')))
        {
            for (var i = start + 1; i < name.Length; i++)
            {
                name[i] = char.ToLowerInvariant(name[i]);
            }
        }
    }
}
