namespace Specgen;

/// <summary>Wild card matching (PS3.4 §C.2.2.2.4): <c>*</c> for any characters, <c>?</c> for one.</summary>
internal static class WildCards
{
    public static bool Has(string key) => key.AsSpan().IndexOfAny('*', '?') >= 0;

    public static bool IsAnything(string key) => key.Length > 0 && key.AsSpan().TrimStart('*').IsEmpty;

    /// <summary>Of the order of both lengths at worst, however many <c>*</c> there are: it goes back to the last one only.</summary>
    public static bool Matches(string pattern, string value)
    {
        var (p, v, star, retry) = (0, 0, -1, 0);
        while (v < value.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, retry) = (p++, v);
            }
            else if (p < pattern.Length && pattern[p] == '?')
            {
                (p, v) = (p + 1, v + CharactersOf(value, v));
            }
            else if (p < pattern.Length && pattern[p] == value[v])
            {
                (p, v) = (p + 1, v + 1);
            }
            else if (star >= 0)
            {
                retry += CharactersOf(value, retry);
                (p, v) = (star + 1, retry);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }

    /// <summary>What is beyond the first plane of Unicode is one character of two chars.</summary>
    private static int CharactersOf(string value, int at) => at + 1 < value.Length && char.IsSurrogatePair(value[at], value[at + 1]) ? 2 : 1;
}
