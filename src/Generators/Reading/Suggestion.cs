namespace Specgen.Generators.Reading;

/// <summary>"Did you mean …": the known word that is nearest to what was found, when one is near.</summary>
internal static class Suggestion
{
    /// <summary>"; did you mean 'x'?" or nothing.</summary>
    public static string For(string found, IEnumerable<string> known)
    {
        string? best = null;
        var limit = Math.Max(2, found.Length / 4);
        var least = limit + 1;
        foreach (var candidate in known)
        {
            if (Math.Abs(candidate.Length - found.Length) < least)
            {
                var distance = Distance(found, candidate, least);
                if (distance < least || (distance == least && best is not null && string.CompareOrdinal(candidate, best) < 0))
                {
                    (best, least) = (candidate, distance);
                }
            }
        }

        return best is null ? "" : $"; did you mean '{best}'?";
    }

    /// <summary>Levenshtein's distance, without regard to case; at least <paramref name="limit"/> once it cannot be less.</summary>
    private static int Distance(string a, string b, int limit)
    {
        var row = new int[b.Length + 1];
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
