using Specgen.Generators.Diagnostics;
using Specgen.Generators.Rst;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>
/// "DIMSE Service | Usage SCU/SCP". Rows that span the table name the SOP classes of the rows below: several in a row share what follows,
/// and one behind a service begins a new group. In "SOP Class | Usage SCU/SCP" they name a meta SOP class, and the rows below its members.
/// </summary>
internal static class UsageTables
{
    private const int Subject = 0;
    private const int Usages = 1;

    public static void Read(TableView table, PageContext page, IReadOnlyList<SopClass> sopClasses, List<DimseUsage> usages)
    {
        var group = new List<string>();
        var afterLabel = false;
        var isUnknown = false;
        for (var row = table.FirstRow; row < table.RowCount; row++)
        {
            if (table.Label(row) is { } label)
            {
                if (!afterLabel)
                {
                    group.Clear();
                    isUnknown = false;
                }

                afterLabel = true;
                if (SopClassOf(label, page, sopClasses) is { } keyword)
                {
                    group.Add(keyword);
                }
                else
                {
                    isUnknown = true;
                }

                continue;
            }

            afterLabel = false;
            if (table.Cell(row, Subject) is not { } cell || table.Cell(row, Usages) is null)
            {
                continue;
            }

            var words = table.Text(row, Subject);
            if (!CellText.TryOperation(words, out var operation, out var qualifier))
            {
                page.Report(PageDiagnostics.UnknownOperation, cell.Span, words, Suggestion.For(words, CellText.DimseNames));
            }
            else if (TryUsages(table, page, row, out var scu, out var scp) && (group.Count > 0 || !isUnknown))
            {
                // A group of which no SOP class is known is left out: no SOP class at all would mean all of them.
                usages.Add(new DimseUsage(operation, qualifier, group.ToEquatableArray(), scu, scp));
            }
        }
    }

    public static void ReadMeta(TableView table, PageContext page, IReadOnlyList<SopClass> sopClasses, List<MetaSopClass> metaSopClasses)
    {
        string? meta = null;
        var members = new List<MetaSopClassMember>();
        for (var row = table.FirstRow; row < table.RowCount; row++)
        {
            if (table.Label(row) is { } label)
            {
                Flush();
                meta = SopClassOf(label, page, sopClasses);
            }
            else if (table.Cell(row, Subject) is { } cell
                && TryUsages(table, page, row, out var scu, out var scp)
                && SopClassOf(cell, page, sopClasses) is { } member)
            {
                members.Add(new MetaSopClassMember(member, scu, scp));
            }
        }

        Flush();

        void Flush()
        {
            if (meta is not null)
            {
                metaSopClasses.Add(new MetaSopClass(meta, members.ToEquatableArray()));
            }

            members.Clear();
        }
    }

    private static bool TryUsages(TableView table, PageContext page, int row, out Usage scu, out Usage scp)
    {
        var words = table.Text(row, Usages);
        if (CellText.TryUsages(words, out scu, out scp))
        {
            return true;
        }

        if (table.Cell(row, Usages) is { } cell)
        {
            page.Report(PageDiagnostics.BadUsage, cell.Span, words, CellText.UsageSuggestion(words));
        }

        return false;
    }

    /// <summary>The SOP class that a label names: by its name, or the keyword that PS3.6 makes of it; one that is nearly so with a diagnostic.</summary>
    internal static string? SopClassOf(RstCell label, PageContext page, IReadOnlyList<SopClass> sopClasses)
    {
        var words = CellText.Plain(label);
        var keyword = SopClassTables.KeywordOf(words);
        foreach (var sopClass in sopClasses)
        {
            if (CellText.IsWord(sopClass.Keyword, keyword) || CellText.IsWord(sopClass.Keyword, keyword + "SOPClass") || CellText.IsWord(words, sopClass.Name ?? ""))
            {
                return sopClass.Keyword;
            }
        }

        var known = sopClasses.Select(static sopClass => sopClass.Keyword);
        var near = Suggestion.Nearest(keyword, known) ?? Suggestion.NearestByWords(keyword, known);
        page.Report(PageDiagnostics.UnknownLabel, label.Span, words, near is null ? "; the rows below it are left out" : $"; did you mean '{near}'? It is read as that");
        return near;
    }
}
