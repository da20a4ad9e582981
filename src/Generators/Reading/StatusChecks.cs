using System.Collections.Immutable;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>Statuses against the general ones of PS3.7 Annex C, and those of conformance tables against those of the service class.</summary>
internal static class StatusChecks
{
    private const string ServiceClassSuffix = " Service Class";

    /// <summary>What stands before a meaning in one table and not in another.</summary>
    private static readonly string[] s_prefixes = ["Refused:", "Error:", "Failed:", "Failure:", "Warning:"];

    /// <summary>Two wordings of one meaning, letters and digits only.</summary>
    private static readonly (string Other, string Usual)[] s_wordings =
        [("authorised", "authorized"), ("recognised", "recognized"), ("doesnt", "doesnot"), ("actiontype", "action"), ("eventtype", "event")];

    public static void Run(ImmutableArray<PageFacts> pages, ImmutableArray<PageDiagnostic>.Builder diagnostics, CancellationToken cancellationToken)
    {
        var general = pages.SelectMany(static page => page.GeneralStatuses).ToList();
        if (general.Count > 0)
        {
            CheckMeanings(pages, general, diagnostics);
            CheckMissing(pages, general, diagnostics);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (pages.Any(static page => page.Conformance.Count > 0))
        {
            CheckConformance(pages, diagnostics, cancellationToken);
        }
    }

    /// <summary>A service class may not change the meaning of 01xx and 02xx (PS3.7 Annex C).</summary>
    private static void CheckMeanings(ImmutableArray<PageFacts> pages, List<GeneralStatusFact> general, ImmutableArray<PageDiagnostic>.Builder diagnostics)
    {
        var byCode = new Dictionary<ushort, GeneralStatusFact>();
        var byMeaning = new Dictionary<string, GeneralStatusFact>(StringComparer.Ordinal);
        foreach (var fact in general)
        {
            byCode[fact.Code] = fact;
            byMeaning[Meaning(fact.Meaning)] = fact;
        }

        foreach (var page in pages)
        {
            foreach (var fact in page.Statuses)
            {
                Check(fact.Status.First, fact.Status.Description, fact.CodePlace, fact.DescriptionPlace);
            }

            foreach (var fact in page.Conformance)
            {
                Check(fact.First, fact.Meaning, fact.CodePlace, fact.MeaningPlace);
            }
        }

        void Check(ushort code, string words, PagePlace codePlace, PagePlace wordsPlace)
        {
            if (code is < 0x0100 or > 0x02FF)
            {
                return;
            }

            var own = byCode.TryGetValue(code, out var found) ? found : null;
            byMeaning.TryGetValue(Meaning(words), out var meant);
            if (own is not null && (meant == own || (meant is null && Begins(Meaning(words), Meaning(own.Meaning)))))
            {
                return;
            }

            // When another code has the meaning, it is the code that is wrong, else the words.
            diagnostics.Add(PageDiagnostic.At(
                PageDiagnostics.GeneralStatus,
                meant is null && own is not null ? wordsPlace : codePlace,
                StatusTables.Hex(code),
                own is not null ? $"'{own.Meaning}'" : "unassigned",
                words,
                meant is null ? "" : $"; '{meant.Meaning}' is {StatusTables.Hex(meant.Code)}"));
        }
    }

    /// <summary>A meaning with words of explanation behind it ("Missing attribute value – a required …") is still that meaning.</summary>
    private static bool Begins(string words, string meaning) => meaning.Length > 0 && words.StartsWith(meaning, StringComparison.Ordinal);

    /// <summary>General statuses that PS3.7 lists for a DIMSE service, and its tables on a page have none of: a table may be shorter, so this is no more than a hint.</summary>
    private static void CheckMissing(ImmutableArray<PageFacts> pages, List<GeneralStatusFact> general, ImmutableArray<PageDiagnostic>.Builder diagnostics)
    {
        foreach (var page in pages)
        {
            var seen = new HashSet<(string, DimseOperation)>();
            foreach (var table in page.StatusTables)
            {
                if (!seen.Add((table.ServiceClass, table.Operation)))
                {
                    continue;
                }

                var codes = new HashSet<ushort>(page.Statuses.Where(fact => fact.ServiceClass == table.ServiceClass && fact.Operation == table.Operation).Select(static fact => fact.Status.First));
                var missing = general.Where(fact => (fact.Operations & table.Operation.ToFlag()) != 0 && !codes.Contains(fact.Code)).ToList();
                if (missing.Count > 0)
                {
                    var words = string.Join(", ", missing.Select(static fact => $"{StatusTables.Hex(fact.Code)} '{fact.Meaning}'"));
                    diagnostics.Add(PageDiagnostic.At(PageDiagnostics.MissingGeneralStatus, table.Place, CellText.Dimse(table.Operation), words));
                }
            }
        }
    }

    /// <summary>One meaning under two codes, or one code with two meanings, between a service page and a conformance table.</summary>
    private static void CheckConformance(ImmutableArray<PageFacts> pages, ImmutableArray<PageDiagnostic>.Builder diagnostics, CancellationToken cancellationToken)
    {
        var services = pages
            .SelectMany(static page => page.Statuses)
            .Where(static fact => fact.Status.Implementation is null)
            .GroupBy(static fact => (fact.ServiceClass, fact.Operation))
            .Select(static group => (group.Key.ServiceClass, group.Key.Operation, Rows: group.Select(static fact => (Fact: fact, Meaning: Meaning(fact.Status.Description))).ToList()))
            .ToList();
        foreach (var row in pages.SelectMany(static page => page.Conformance))
        {
            cancellationToken.ThrowIfCancellationRequested();

            // "Storage Commitment …" is not of the Storage Service Class: the longest name that the headings have is meant.
            var rows = services
                .Where(service => service.Operation == row.Operation && row.Table.IndexOf(Short(service.ServiceClass), StringComparison.OrdinalIgnoreCase) >= 0)
                .OrderByDescending(static service => service.ServiceClass.Length)
                .Select(static service => service.Rows)
                .FirstOrDefault();
            if (rows is not null && Conflict(row, rows) is { } conflict)
            {
                diagnostics.Add(PageDiagnostic.At(PageDiagnostics.ConformanceConflict, conflict.Place, conflict.Message));
            }
        }
    }

    private static (PagePlace Place, string Message)? Conflict(ConformanceFact row, List<(StatusFact Fact, string Meaning)> rows)
    {
        var meaning = Meaning(row.Meaning);
        var category = row.Category ?? StatusTables.ClassOf(row.First);
        var codes = StatusTables.Codes(row.First, row.Last);
        var sameMeaning = rows.Find(candidate => candidate.Meaning == meaning && candidate.Fact.Status.Category == category).Fact;
        var sameCode = rows
            .Where(candidate => candidate.Fact.Status.First <= row.First && row.Last <= candidate.Fact.Status.Last)
            .OrderBy(static candidate => candidate.Fact.Status.Last - candidate.Fact.Status.First)
            .FirstOrDefault();
        if (sameMeaning is { Status: var status })
        {
            var where = CrossPageChecks.Where(sameMeaning.CodePlace);
            return status.First > row.First || row.Last > status.Last
                ? (row.CodePlace, $"'{row.Meaning}' is {codes} here and {StatusTables.Codes(status)} in {where}")
                : (row.First, row.Last) != (status.First, status.Last)
                    ? (row.CodePlace, $"'{row.Meaning}' is {codes} here, which is a part only of the range {StatusTables.Codes(status)} in {where}")
                    : null;
        }

        if (sameCode.Fact is { } fact)
        {
            return sameCode.Meaning != meaning
                ? (row.MeaningPlace, $"{codes} is '{row.Meaning}' here and '{fact.Status.Description}' in {CrossPageChecks.Where(fact.DescriptionPlace)}")
                : (row.CodePlace, $"{codes} is marked {category} here and {fact.Status.Category} in {CrossPageChecks.Where(fact.CodePlace)}");
        }

        return (row.CodePlace, $"{codes} ('{row.Meaning}') is not a status of {CellText.Dimse(row.Operation)} in the {rows[0].Fact.ServiceClass}");
    }

    /// <summary>Two wordings of one meaning fold to the same: case, punctuation, British spelling, a leading "Refused:" or "Error:".</summary>
    private static string Meaning(string words)
    {
        foreach (var prefix in s_prefixes)
        {
            words = words.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? words.Substring(prefix.Length) : words;
        }

        var folded = CellText.Folded(words);
        foreach (var (other, usual) in s_wordings)
        {
            folded = folded.Replace(other, usual);
        }

        return folded;
    }

    private static string Short(string serviceClass) =>
        serviceClass.EndsWith(ServiceClassSuffix, StringComparison.OrdinalIgnoreCase) ? serviceClass.Substring(0, serviceClass.Length - ServiceClassSuffix.Length) : serviceClass;
}
