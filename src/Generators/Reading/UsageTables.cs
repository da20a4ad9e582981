using Specgen.Generators.Diagnostics;
using Specgen.Generators.Rst;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>
/// "DIMSE Service | Usage SCU/SCP". Rows that span the table name the SOP classes of the rows below: several in a row share what follows,
/// and one behind a service begins a new group.
/// </summary>
internal static class UsageTables
{
    public static bool Is(TableView table) => table.Has("DIMSE Service");

    public static void Read(TableView table, PageContext page, IReadOnlyList<SopClass> sopClasses, List<DimseUsage> usages)
    {
        Columns.ReportUnknown(table, page, "DIMSE Service", "Usage SCU/SCP");
        var service = table.IndexOf("DIMSE Service");
        var usage = Columns.Require(table, page, "Usage SCU/SCP");
        if (usage < 0)
        {
            return;
        }

        var group = new List<string>();
        var labelled = false;
        for (var row = table.FirstRow; row < table.RowCount; row++)
        {
            if (table.Label(row) is { } label)
            {
                if (!labelled)
                {
                    group.Clear();
                }

                labelled = true;
                AddLabel(label, page, sopClasses, group);
                continue;
            }

            labelled = false;
            if (table.Cell(row, service) is not { } serviceCell || table.Cell(row, usage) is not { } usageCell)
            {
                continue;
            }

            if (!CellText.TryOperation(table.Text(row, service), out var operation, out var qualifier))
            {
                page.Report(
                    PageDiagnostics.UnknownOperation,
                    serviceCell.Span,
                    table.Text(row, service),
                    Suggestion.For(table.Text(row, service), CellText.Operations.Select(CellText.Dimse)));
            }
            else if (!CellText.TryUsages(table.Text(row, usage), out var scu, out var scp))
            {
                page.Report(PageDiagnostics.BadUsage, usageCell.Span, table.Text(row, usage));
            }
            else
            {
                usages.Add(new DimseUsage(operation, qualifier, group.ToEquatableArray(), scu, scp));
            }
        }
    }

    private static void AddLabel(RstCell label, PageContext page, IReadOnlyList<SopClass> sopClasses, List<string> group)
    {
        var words = label.Text.Plain;
        var keyword = SopClassTables.KeywordOf(words);
        var match = sopClasses.FirstOrDefault(sopClass => CellText.Folded(sopClass.Keyword) == CellText.Folded(keyword) || sopClass.Name == words);
        if (match is null)
        {
            page.Report(PageDiagnostics.UnknownLabel, label.Span, words, Suggestion.For(keyword, sopClasses.Select(static sopClass => sopClass.Keyword)));
        }

        group.Add(match?.Keyword ?? keyword);
    }
}
