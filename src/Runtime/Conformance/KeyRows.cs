using System.Globalization;
using FellowOakDicom;

namespace Specgen.Conformance;

/// <summary>The keys that a provider supports → rows of PS3.2 Table N.5-18 and its siblings. What PS3.4 calls each of them is in spec/conformance/query_keys.txt.</summary>
internal static class KeyRows
{
    private const string Optional = "Optional key";

    private static readonly Lazy<string[][]> s_lines = new(static () => TextResource.Read("Specgen.query_keys.txt"));

    public static IEnumerable<ConformanceKey> Of(string serviceClass, SupportedKeys supported) => Of(serviceClass, supported.Level, supported.Keys, "", "");

    private static IEnumerable<ConformanceKey> Of(string serviceClass, string level, QueryKeys keys, string above, string mark)
    {
        var tags = keys.Matched.Concat(keys.Returned).Concat(keys.Sequences.Keys).Distinct().OrderBy(static tag => tag.Group).ThenBy(static tag => tag.Element);
        foreach (var tag in tags)
        {
            var path = above + string.Create(CultureInfo.InvariantCulture, $"{tag.Group:x4}{tag.Element:x4}");
            var nested = keys.Sequences.TryGetValue(tag, out var items) ? items : null;
            yield return new ConformanceKey(level, mark + tag.DictionaryEntry.Name, Names.Of(tag), Matching(tag, keys.Matched.Contains(tag) || nested is not null), Kind(serviceClass, level, path));
            foreach (var key in nested is null ? [] : Of(serviceClass, level, nested, path + ".", mark + ">"))
            {
                yield return key;
            }
        }
    }

    private static string Kind(string serviceClass, string level, string path)
    {
        var known = s_lines.Value.Where(l => l[0] == serviceClass).ToList();
        return known.Count == 0 ? "" : known.Find(l => l[1] == level && l[2] == path)?[3] ?? Optional;
    }

    /// <summary>As <see cref="QueryMatcher"/> does (PS3.4 §C.2.2.2).</summary>
    private static string[] Matching(DicomTag tag, bool isMatched) => !isMatched ? ["UNIVERSAL"] : tag.DictionaryEntry.ValueRepresentations.FirstOrDefault()?.Code switch
    {
        "SQ" => ["SEQUENCE", "UNIVERSAL"],
        "UI" => ["SINGLE_VALUE", "UID", "UNIVERSAL"],
        "DA" or "TM" or "DT" => ["SINGLE_VALUE", "RANGE", "UNIVERSAL"],
        "AE" or "CS" or "LO" or "LT" or "PN" or "SH" or "ST" or "UC" or "UR" or "UT" => ["SINGLE_VALUE", "WILDCARD", "UNIVERSAL"],
        _ => ["SINGLE_VALUE", "UNIVERSAL"],
    };
}
