using System.Collections.Immutable;
using Specgen.Generators.Diagnostics;

namespace Specgen.Generators.Reading;

/// <summary>What only several pages together show: UIDs that stand twice, that the registry does not know, statuses that contradict each other.</summary>
internal static class CrossPageChecks
{
    /// <summary>The root of every UID of the standard (PS3.6 Annex A): UIDs outside of it are private and not registered there.</summary>
    private const string DicomRoot = "1.2.840.10008.";

    public static ImmutableArray<PageDiagnostic> Run(ImmutableArray<PageFacts> pages, CancellationToken cancellationToken)
    {
        var diagnostics = ImmutableArray.CreateBuilder<PageDiagnostic>();

        // The same pages in another order say the same.
        pages = pages.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
        CheckTitles(pages, diagnostics);
        CheckDuplicates(pages, diagnostics);
        cancellationToken.ThrowIfCancellationRequested();
        CheckRegistry(pages, diagnostics, cancellationToken);
        CheckGeneralStatuses(pages, diagnostics);
        CheckConformance(pages, diagnostics, cancellationToken);
        CheckIncludes(pages, diagnostics);
        return diagnostics.ToImmutable();
    }

    private static void CheckTitles(ImmutableArray<PageFacts> pages, ImmutableArray<PageDiagnostic>.Builder diagnostics)
    {
        var first = new Dictionary<string, TitleFact>(StringComparer.OrdinalIgnoreCase);
        foreach (var title in pages.SelectMany(static page => page.ServiceClasses))
        {
            if (first.TryGetValue(title.Title, out var other))
            {
                diagnostics.Add(PageDiagnostic.At(PageDiagnostics.DuplicateServiceClass, title.Place, title.Title, Where(other.Place)));
            }
            else
            {
                first.Add(title.Title, title);
            }
        }
    }

    private static void CheckDuplicates(ImmutableArray<PageFacts> pages, ImmutableArray<PageDiagnostic>.Builder diagnostics)
    {
        var uids = new Dictionary<string, SopClassFact>(StringComparer.Ordinal);
        var keywords = new Dictionary<string, SopClassFact>(StringComparer.Ordinal);
        foreach (var sopClass in pages.SelectMany(static page => page.SopClasses))
        {
            if (uids.TryGetValue(sopClass.Uid, out var other))
            {
                diagnostics.Add(PageDiagnostic.At(PageDiagnostics.DuplicateUid, sopClass.UidPlace, "UID", sopClass.Uid, Where(other.UidPlace)));
            }
            else if (keywords.TryGetValue(sopClass.Keyword, out other))
            {
                diagnostics.Add(PageDiagnostic.At(PageDiagnostics.DuplicateUid, sopClass.KeywordPlace, "Keyword", sopClass.Keyword, Where(other.KeywordPlace)));
            }
            else
            {
                uids.Add(sopClass.Uid, sopClass);
                keywords.Add(sopClass.Keyword, sopClass);
            }
        }
    }

    private static void CheckRegistry(ImmutableArray<PageFacts> pages, ImmutableArray<PageDiagnostic>.Builder diagnostics, CancellationToken cancellationToken)
    {
        var entries = pages.SelectMany(static page => page.Registry).Select(static fact => fact.Entry).ToList();
        if (entries.Count == 0)
        {
            return;
        }

        var byUid = new Dictionary<string, Standard.RegistryEntry>(StringComparer.Ordinal);
        var byKeyword = new Dictionary<string, Standard.RegistryEntry>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            byUid[entry.Uid] = entry;
            byKeyword[entry.Keyword] = entry;
        }

        foreach (var sopClass in pages.SelectMany(static page => page.SopClasses))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var known = byUid.TryGetValue(sopClass.Uid, out var entry);
            if (known && entry.Keyword != sopClass.Keyword)
            {
                diagnostics.Add(PageDiagnostic.At(PageDiagnostics.KeywordMismatch, sopClass.KeywordPlace, sopClass.Uid, entry.Keyword, sopClass.Keyword));
            }
            else if (known && entry.IsRetired && !sopClass.MarkedRetired)
            {
                diagnostics.Add(PageDiagnostic.At(PageDiagnostics.RetiredSopClass, sopClass.KeywordPlace, sopClass.Keyword, sopClass.Uid));
            }
            else if (!known && sopClass.Uid.StartsWith(DicomRoot, StringComparison.Ordinal))
            {
                // The keyword tells which UID was meant better than the digits do.
                var meant = byKeyword.TryGetValue(sopClass.Keyword, out var named) ? $"; did you mean '{named.Uid}' ({named.Keyword})?" : Suggestion.For(sopClass.Uid, byUid.Keys);
                diagnostics.Add(PageDiagnostic.At(PageDiagnostics.UnknownUid, sopClass.UidPlace, sopClass.Uid, meant));
                if (named is null)
                {
                    diagnostics.Add(PageDiagnostic.At(PageDiagnostics.UnknownKeyword, sopClass.KeywordPlace, sopClass.Keyword, Suggestion.For(sopClass.Keyword, byKeyword.Keys)));
                }
            }
        }
    }

    /// <summary>A service class may not change the meaning of 01xx and 02xx (PS3.7 Annex C).</summary>
    private static void CheckGeneralStatuses(ImmutableArray<PageFacts> pages, ImmutableArray<PageDiagnostic>.Builder diagnostics)
    {
        var general = pages.SelectMany(static page => page.GeneralStatuses).ToList();
        if (general.Count == 0)
        {
            return;
        }

        foreach (var status in pages.SelectMany(static page => page.Statuses))
        {
            Check(status.Status.First, status.Status.Description, status.CodePlace);
        }

        foreach (var row in pages.SelectMany(static page => page.Conformance))
        {
            Check(row.First, row.Meaning, row.CodePlace);
        }

        void Check(ushort code, string meaning, PagePlace place)
        {
            if (code is < 0x0100 or > 0x02FF)
            {
                return;
            }

            var folded = Meaning(meaning);
            var named = general.FirstOrDefault(fact => Meaning(fact.Meaning) == folded);
            var own = general.FirstOrDefault(fact => fact.Code == code);
            if (own is not null && (Meaning(own.Meaning) == folded || named is null || named.Code == code))
            {
                if (named is null)
                {
                    diagnostics.Add(PageDiagnostic.At(PageDiagnostics.GeneralStatus, place, StatusTables.Hex(code), own.Meaning, meaning, ""));
                }

                return;
            }

            diagnostics.Add(PageDiagnostic.At(
                PageDiagnostics.GeneralStatus,
                place,
                StatusTables.Hex(code),
                own?.Meaning ?? "unassigned",
                meaning,
                named is null ? "" : $"; '{named.Meaning}' is 0x{StatusTables.Hex(named.Code)}"));
        }
    }

    /// <summary>One meaning under two codes, or one code with two meanings, between a service page and a conformance table.</summary>
    private static void CheckConformance(ImmutableArray<PageFacts> pages, ImmutableArray<PageDiagnostic>.Builder diagnostics, CancellationToken cancellationToken)
    {
        foreach (var row in pages.SelectMany(static page => page.Conformance))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var statuses = pages
                .SelectMany(static page => page.Statuses)
                .Where(fact => fact.Operation == row.Operation && fact.Status.Implementation is null && row.Table.IndexOf(Short(fact.ServiceClass), StringComparison.OrdinalIgnoreCase) >= 0)
                .ToList();
            if (statuses.Count == 0)
            {
                continue;
            }

            var meaning = Meaning(row.Meaning);
            var @class = StatusTables.ClassOf(row.First);
            var sameMeaning = statuses.FirstOrDefault(fact => Meaning(fact.Status.Description) == meaning && fact.Status.Category == @class);
            var sameCode = statuses.FirstOrDefault(fact => fact.Status.First <= row.First && row.Last <= fact.Status.Last);
            if (sameMeaning is not null && (sameMeaning.Status.First > row.First || row.Last > sameMeaning.Status.Last))
            {
                Report(row.CodePlace, $"'{row.Meaning}' is 0x{StatusTables.Hex(row.First)} here and 0x{StatusTables.Hex(sameMeaning.Status.First)} in {Where(sameMeaning.CodePlace)}");
            }
            else if (sameMeaning is not null && row.First == row.Last && sameMeaning.Status.First != sameMeaning.Status.Last)
            {
                Report(row.CodePlace, $"0x{StatusTables.Hex(row.First)} ('{row.Meaning}') is one code of the range 0x{StatusTables.Hex(sameMeaning.Status.First)} to 0x{StatusTables.Hex(sameMeaning.Status.Last)} in {Where(sameMeaning.CodePlace)}");
            }
            else if (sameCode is not null && Meaning(sameCode.Status.Description) != meaning)
            {
                Report(row.MeaningPlace, $"0x{StatusTables.Hex(row.First)} is '{row.Meaning}' here and '{sameCode.Status.Description}' in {Where(sameCode.DescriptionPlace)}");
            }
            else if (sameCode is null)
            {
                Report(row.CodePlace, $"0x{StatusTables.Hex(row.First)} ('{row.Meaning}') is not a status of {CellText.Dimse(row.Operation)} in the {statuses[0].ServiceClass}");
            }
        }

        void Report(PagePlace place, string message) => diagnostics.Add(PageDiagnostic.At(PageDiagnostics.ConformanceConflict, place, message));
    }

    private static void CheckIncludes(ImmutableArray<PageFacts> pages, ImmutableArray<PageDiagnostic>.Builder diagnostics)
    {
        var macros = new HashSet<string>(pages.SelectMany(static page => page.Macros).Select(static macro => macro.Title), StringComparer.OrdinalIgnoreCase);
        foreach (var include in pages.SelectMany(static page => page.Includes).Where(include => !macros.Contains(include.Title)))
        {
            diagnostics.Add(PageDiagnostic.At(PageDiagnostics.UnknownMacro, include.Place, include.Title, Suggestion.For(include.Title, macros)));
        }
    }

    /// <summary>Two wordings of one meaning fold to the same: case, punctuation, British spelling, a leading "Refused:" or "Error:".</summary>
    private static string Meaning(string words)
    {
        foreach (var prefix in new[] { "Refused:", "Error:", "Failed:", "Warning:" })
        {
            words = words.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? words.Substring(prefix.Length) : words;
        }

        return CellText.Folded(words)
            .Replace("authorised", "authorized")
            .Replace("unrecognised", "unrecognized")
            .Replace("doesnt", "doesnot")
            .Replace("actiontype", "action")
            .Replace("eventtype", "event");
    }

    private static string Short(string serviceClass) =>
        serviceClass.EndsWith(" Service Class", StringComparison.OrdinalIgnoreCase) ? serviceClass.Substring(0, serviceClass.Length - " Service Class".Length) : serviceClass;

    private static string Where(PagePlace place) => $"{System.IO.Path.GetFileName(place.Path)}, line {place.Lines.Start.Line + 1}";
}
