using System.Collections.Immutable;
using System.Globalization;
using Specgen.Generators.Diagnostics;

namespace Specgen.Generators.Reading;

/// <summary>The attributes of modules against the data dictionary, where a page has it: names, VRs, and whether there is such an attribute at all.</summary>
internal static class AttributeChecks
{
    private const string SeveralVrs = " or ";

    public static void Run(ImmutableArray<PageFacts> pages, ImmutableArray<PageDiagnostic>.Builder diagnostics, CancellationToken cancellationToken)
    {
        var entries = pages.SelectMany(static page => page.Dictionary).ToList();
        if (entries.Count == 0)
        {
            return;
        }

        // A tag that stands twice is the later one's: a page of the project's own may know more than the standard's.
        var byTag = new Dictionary<string, DictionaryEntry>(entries.Count, StringComparer.OrdinalIgnoreCase);
        entries.ForEach(entry => byTag[entry.Tag] = entry);
        var repeating = entries.Where(static entry => entry.Tag.Contains('x')).ToList();
        foreach (var attribute in pages.SelectMany(static page => page.Attributes))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!byTag.TryGetValue(attribute.Tag, out var entry))
            {
                entry = repeating.Find(pattern => IsOf(attribute.Tag, pattern.Tag));
            }

            if (entry is null)
            {
                diagnostics.Add(PageDiagnostic.At(PageDiagnostics.UnknownTag, attribute.TagPlace, attribute.Tag, TagSuggestion(attribute.Name, entries)));
                continue;
            }

            if (!IsNamed(attribute.Name, entry))
            {
                var other = entries.Find(other => IsNamed(attribute.Name, other));
                diagnostics.Add(PageDiagnostic.At(PageDiagnostics.AttributeName, attribute.NamePlace, attribute.Tag, entry.Name, attribute.Name, other is null ? "" : $", which is {other.Tag}"));
            }

            if (attribute.Vr is { } vr && entry.Vr.Length > 0 && Array.IndexOf(entry.Vr.Split([SeveralVrs], StringSplitOptions.None), vr) < 0)
            {
                diagnostics.Add(PageDiagnostic.At(PageDiagnostics.AttributeVr, attribute.VrPlace ?? attribute.TagPlace, attribute.Tag, entry.Name, entry.Vr, vr));
            }
        }
    }

    /// <summary>
    /// Names differ in case from part to part of the standard ("File-set", "File-Set"), and PS3.6 has words in brackets behind some that other parts leave out
    /// ("Referenced Print Job Sequence (Pull Stored Print)").
    /// </summary>
    private static bool IsNamed(string name, DictionaryEntry entry)
    {
        var bracket = entry.Name.EndsWith(")", StringComparison.Ordinal) ? entry.Name.LastIndexOf(" (", StringComparison.Ordinal) : -1;
        return IsSame(name, entry.Name) || (bracket > 0 && IsSame(name, entry.Name.Substring(0, bracket)));
    }

    private static bool IsSame(string name, string other) => CellText.IsWord(name.Replace('\u2019', '\''), other.Replace('\u2019', '\''));

    private static bool IsOf(string tag, string pattern)
    {
        for (var i = 0; i < tag.Length; i++)
        {
            if (pattern[i] != 'x' && char.ToUpperInvariant(pattern[i]) != tag[i])
            {
                return false;
            }
        }

        return true;
    }

    private static string TagSuggestion(string name, List<DictionaryEntry> entries)
    {
        var meant = entries.Find(entry => IsNamed(name, entry));
        if (meant is null && Suggestion.Nearest(name, entries.Select(static entry => entry.Name)) is { } near)
        {
            meant = entries.Find(entry => entry.Name == near);
        }

        return meant is null ? "" : string.Format(CultureInfo.InvariantCulture, "; did you mean '{0}' ({1})?", meant.Tag, meant.Name);
    }
}
