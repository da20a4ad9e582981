namespace Specgen;

/// <summary>
/// Matching of names (PS3.4 §C.2.2.2.1.1, §C.2.2.2.4), in the form of <see cref="ComparableValue"/>: whatever the case of letters, the whole name
/// or a component group of it.
/// </summary>
internal static class PersonNames
{
    /// <summary>Family name, given name, middle name, prefix, suffix (PS3.5 §6.2.1.1).</summary>
    private const int Components = 5;

    /// <summary>
    /// A key with several component groups matches group by group, and a group that it leaves out matches; a key with one matches the alphabetic,
    /// ideographic or phonetic representation.
    /// </summary>
    public static bool Match(string key, string name)
    {
        if (IsLike(key, name))
        {
            return true;
        }

        var groups = name.Split('=');
        if (!key.Contains('=', StringComparison.Ordinal))
        {
            return Array.Exists(groups, group => IsLike(key, group));
        }

        var keys = key.Split('=');
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i].Length > 0 && !IsLike(keys[i], i < groups.Length ? groups[i] : ""))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The carets at the end of a name may be left out: DOE^* is DOE without a given name, too.</summary>
    private static bool IsLike(string key, string group) =>
        WildCards.Matches(key, group) || (key.Contains('^', StringComparison.Ordinal) && WildCards.Has(key) && WildCards.Matches(key, Full(group)));

    private static string Full(string group) => group + new string('^', Math.Max(0, Components - group.AsSpan().Count('^') - 1));
}
