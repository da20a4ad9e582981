using System.Buffers;
using System.Text;
using FellowOakDicom;
using Specgen;

namespace Archive.Storage;

/// <summary>
/// Texts as the database compares them: without control characters, in upper case, of bounded length. It is asked for more than what matches, never for less: the last word is
/// <see cref="QueryMatcher"/>'s. So whatever is done to a text here is done to the key as well, and what cannot be said simply is left to that.
/// </summary>
internal static class SearchKey
{
    /// <summary>What stands for several values: a candidate for every key.</summary>
    public const string Several = "\\";

    private const int MaximumLength = 100;

    /// <summary>The greatest character there is: behind every text that begins with what stands before it.</summary>
    private const string Last = "\U0010FFFF";

    private static readonly SearchValues<char> s_wordCharacters = SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue).Select(static c => (char)c).Where(static c => char.IsLetterOrDigit(c))]);

    public static string Of(string text) => text.Contains('\\', StringComparison.Ordinal) ? Several : Folded(text);

    /// <summary>A date of either form as YYYYMMDD; what is none is a candidate for every key.</summary>
    public static string OfDate(string text) => text.Length == 0 ? "" : (text.Contains('\\', StringComparison.Ordinal) ? null : ComparableValue.Of(DicomVR.DA, text)) ?? Several;

    /// <summary>The component groups of a name (PS3.5 §6.2.1), each of which a key may be for.</summary>
    public static IEnumerable<string> OfName(string name) =>
        name.Split('\\').SelectMany(static value => (ComparableValue.Of(DicomVR.PN, value) ?? "").Split('=')).Select(Folded).Where(static group => group.Length > 0).Distinct();

    /// <summary>From where to where a text lies that a key matches, wildcards included (PS3.4 §C.2.2.2.4); null where that says nothing.</summary>
    public static (string From, string To)? Range(string key)
    {
        var wildcard = key.AsSpan().IndexOfAny('*', '?');
        var prefix = Folded(wildcard < 0 ? key : key[..wildcard]);
        return prefix.Length == 0 ? null : (prefix, wildcard < 0 && prefix.Length < MaximumLength ? prefix : prefix + Last);
    }

    /// <summary>From where to where a component group lies that a name matches, by how its first word begins: what stands between words and components may differ.</summary>
    public static (string From, string To)? NameRange(string key)
    {
        var group = Folded(key.Split('=')[0]);
        var end = group.AsSpan().IndexOfAnyExcept(s_wordCharacters);
        var prefix = end < 0 ? group : group[..end];
        return prefix.Length == 0 ? null : (prefix, prefix + Last);
    }

    private static string Folded(string text)
    {
        var folded = new StringBuilder(Math.Min(text.Length, MaximumLength));
        foreach (var c in text.AsSpan().Trim())
        {
            // A half of a surrogate pair is no text to a database.
            if (folded.Length == MaximumLength || char.IsSurrogate(c))
            {
                break;
            }
            if (!char.IsControl(c))
            {
                folded.Append(char.ToUpperInvariant(c));
            }
        }
        return folded.ToString().Trim();
    }
}
