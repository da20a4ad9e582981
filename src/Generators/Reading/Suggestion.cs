namespace Specgen.Generators.Reading;

/// <summary>"Did you mean …": the known word that is nearest to what was found, when one is near.</summary>
internal static class Suggestion
{
    /// <summary>"; did you mean 'x'?" or nothing.</summary>
    public static string For(string found, IEnumerable<string> known) => Nearest(found, known) is { } best ? $"; did you mean '{best}'?" : "";

    /// <summary>The nearest word, of equals the first in ordinal order; null when none is near.</summary>
    public static string? Nearest(string found, IEnumerable<string> known)
    {
        string? best = null;
        var least = Limit(found) + 1;
        var row = Array.Empty<int>();
        foreach (var candidate in known)
        {
            // Of equals the first in ordinal order: what is suggested does not depend on the order of rows.
            var distance = Math.Abs(candidate.Length - found.Length) > least ? least + 1 : Distance(found, candidate, least, ref row);
            if (distance < least || (distance == least && best is not null && string.CompareOrdinal(candidate, best) < 0))
            {
                (best, least) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>Of keywords of many words: the one that has most words in common, whatever their order.</summary>
    public static string? NearestByWords(string found, IEnumerable<string> known)
    {
        const double Least = 0.6;
        var words = Words(found);
        string? best = null;
        var most = Least;
        foreach (var candidate in known)
        {
            var others = Words(candidate);
            var common = words.Count(others.Contains);
            var likeness = common / (double)(words.Count + others.Count - common);
            if (likeness > most || (likeness == most && best is not null && string.CompareOrdinal(candidate, best) < 0))
            {
                (best, most) = (candidate, likeness);
            }
        }

        return best;
    }

    public static bool AreNear(string found, string known) => Nearest(found, [known]) is not null;

    private static int Limit(string found) => Math.Max(2, found.Length / 4);

    /// <summary>"CTImageStorage" → CT, Image, Storage.</summary>
    public static HashSet<string> Words(string keyword)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var start = 0;
        for (var i = 1; i <= keyword.Length; i++)
        {
            var isEnd = i == keyword.Length
                || (char.IsUpper(keyword[i]) && (!char.IsUpper(keyword[i - 1]) || (i + 1 < keyword.Length && char.IsLower(keyword[i + 1]))));
            if (isEnd)
            {
                words.Add(keyword.Substring(start, i - start));
                start = i;
            }
        }

        return words;
    }

    /// <summary>Levenshtein's distance, without regard to case; more than <paramref name="limit"/> once it cannot be less or equal.</summary>
    private static int Distance(string a, string b, int limit, ref int[] row)
    {
        if (row.Length <= b.Length)
        {
            row = new int[Math.Max(b.Length + 1, 2 * row.Length)];
        }

        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
                least = Math.Min(least, row[j]);
            }

            if (least > limit)
            {
                return limit + 1;
            }
        }

        return row[b.Length];
    }
}
