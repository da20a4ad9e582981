using System.Collections.Immutable;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>What only several pages together show: UIDs that stand twice, that the registry does not know, macros that no page has.</summary>
/// <remarks>Statuses are compared by <see cref="StatusChecks"/>, attributes by <see cref="AttributeChecks"/>.</remarks>
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
        StatusChecks.Run(pages, diagnostics, cancellationToken);
        CheckIncludes(pages, diagnostics);
        AttributeChecks.Run(pages, diagnostics, cancellationToken);
        return diagnostics.ToImmutable();
    }

    private static void CheckTitles(ImmutableArray<PageFacts> pages, ImmutableArray<PageDiagnostic>.Builder diagnostics)
    {
        // Names that differ in case only would be files of one name.
        var first = new Dictionary<string, TitleFact>(StringComparer.OrdinalIgnoreCase);
        foreach (var title in pages.SelectMany(static page => page.ServiceClasses))
        {
            if (first.TryGetValue(title.Name, out var other))
            {
                diagnostics.Add(PageDiagnostic.At(PageDiagnostics.DuplicateServiceClass, title.Place, title.Title, title.Name, Where(other.Place)));
            }
            else
            {
                first.Add(title.Name, title);
            }
        }
    }

    private static void CheckDuplicates(ImmutableArray<PageFacts> pages, ImmutableArray<PageDiagnostic>.Builder diagnostics)
    {
        var seen = new Seen(diagnostics);
        foreach (var sopClass in pages.SelectMany(static page => page.SopClasses))
        {
            seen.Add(sopClass.Uid, sopClass.Keyword, sopClass.UidPlace, sopClass.KeywordPlace);
        }

        seen = new Seen(diagnostics);
        foreach (var fact in pages.SelectMany(static page => page.Registry))
        {
            seen.Add(fact.Entry.Uid, fact.Entry.Keyword, fact.UidPlace, fact.KeywordPlace);
        }
    }

    private static void CheckRegistry(ImmutableArray<PageFacts> pages, ImmutableArray<PageDiagnostic>.Builder diagnostics, CancellationToken cancellationToken)
    {
        var byUid = new Dictionary<string, RegistryEntry>(StringComparer.Ordinal);
        var byKeyword = new Dictionary<string, RegistryEntry>(StringComparer.Ordinal);
        foreach (var fact in pages.SelectMany(static page => page.Registry))
        {
            byUid[fact.Entry.Uid] = fact.Entry;
            byKeyword[fact.Entry.Keyword] = fact.Entry;
        }

        if (byUid.Count == 0)
        {
            return;
        }

        foreach (var sopClass in pages.SelectMany(static page => page.SopClasses))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (byUid.TryGetValue(sopClass.Uid, out var entry))
            {
                if (entry.Keyword != sopClass.Keyword)
                {
                    diagnostics.Add(PageDiagnostic.At(PageDiagnostics.KeywordMismatch, sopClass.KeywordPlace, sopClass.Uid, entry.Keyword, sopClass.Keyword));
                }

                if (entry.IsRetired && !sopClass.MarkedRetired)
                {
                    diagnostics.Add(PageDiagnostic.At(PageDiagnostics.RetiredSopClass, sopClass.UidPlace, sopClass.Keyword, sopClass.Uid));
                }
            }
            else if (sopClass.Uid.StartsWith(DicomRoot, StringComparison.Ordinal))
            {
                ReportUnknown(sopClass, byUid, byKeyword, diagnostics);
            }
            else if (byKeyword.TryGetValue(sopClass.Keyword, out entry))
            {
                diagnostics.Add(PageDiagnostic.At(PageDiagnostics.KeywordMismatch, sopClass.KeywordPlace, entry.Uid, entry.Keyword, sopClass.Keyword + "' of " + sopClass.Uid));
            }
        }
    }

    /// <summary>The keyword tells which UID was meant better than the digits do.</summary>
    private static void ReportUnknown(
        SopClassFact sopClass,
        Dictionary<string, RegistryEntry> byUid,
        Dictionary<string, RegistryEntry> byKeyword,
        ImmutableArray<PageDiagnostic>.Builder diagnostics)
    {
        var meant = sopClass.Keyword;
        if (!byKeyword.TryGetValue(meant, out var entry))
        {
            meant = Suggestion.Nearest(sopClass.Keyword, byKeyword.Keys) ?? Suggestion.NearestByWords(sopClass.Keyword, byKeyword.Keys);
            entry = meant is null ? null : byKeyword[meant];
            diagnostics.Add(PageDiagnostic.At(
                PageDiagnostics.UnknownKeyword,
                sopClass.KeywordPlace,
                sopClass.Keyword,
                meant is null ? "" : $"; did you mean '{meant}'?"));
        }

        diagnostics.Add(PageDiagnostic.At(
            PageDiagnostics.UnknownUid,
            sopClass.UidPlace,
            sopClass.Uid,
            entry is null ? Suggestion.For(sopClass.Uid, byUid.Keys) : $"; did you mean '{entry.Uid}' ({entry.Keyword})?"));
    }

    private static void CheckIncludes(ImmutableArray<PageFacts> pages, ImmutableArray<PageDiagnostic>.Builder diagnostics)
    {
        var macros = new HashSet<string>(pages.SelectMany(static page => page.Macros).Select(static macro => macro.Title), StringComparer.OrdinalIgnoreCase);
        foreach (var include in pages.SelectMany(static page => page.Includes).Where(include => !macros.Contains(include.Title)))
        {
            diagnostics.Add(PageDiagnostic.At(PageDiagnostics.UnknownMacro, include.Place, include.Title, Suggestion.For(include.Title, macros)));
        }

        var modules = new HashSet<string>(pages.SelectMany(static page => page.Modules).Select(static module => module.Title), StringComparer.OrdinalIgnoreCase);
        foreach (var named in pages.SelectMany(static page => page.NamedModules).Where(named => !modules.Contains(named.Title)))
        {
            diagnostics.Add(PageDiagnostic.At(PageDiagnostics.UnknownModule, named.Place, named.Title, Suggestion.For(named.Title, modules)));
        }
    }

    internal static string Where(PagePlace place) => $"{System.IO.Path.GetFileName(place.Path)}, line {place.Lines.Start.Line + 1}";

    /// <summary>The UIDs and keywords that stand somewhere already.</summary>
    private sealed class Seen(ImmutableArray<PageDiagnostic>.Builder diagnostics)
    {
        private readonly Dictionary<string, PagePlace> _uids = new(StringComparer.Ordinal);
        private readonly Dictionary<string, PagePlace> _keywords = new(StringComparer.Ordinal);

        public void Add(string uid, string keyword, PagePlace uidPlace, PagePlace keywordPlace)
        {
            if (_uids.TryGetValue(uid, out var other))
            {
                diagnostics.Add(PageDiagnostic.At(PageDiagnostics.DuplicateUid, uidPlace, "UID", uid, Where(other)));
            }
            else if (_keywords.TryGetValue(keyword, out other))
            {
                diagnostics.Add(PageDiagnostic.At(PageDiagnostics.DuplicateUid, keywordPlace, "Keyword", keyword, Where(other)));
            }
            else
            {
                _uids.Add(uid, uidPlace);
                _keywords.Add(keyword, keywordPlace);
            }
        }
    }
}
