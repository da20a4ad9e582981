using Specgen.Generators.Diagnostics;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>"Service Status | Further Meaning | Status Code(s) | …" of PS3.2 §N.7: only checked against the service page, nothing is generated from it.</summary>
internal static class ConformanceTables
{
    private const int Category = 0;
    private const int Meaning = 1;
    private const int Code = 2;

    /// <param name="title">The headings above the table: they name the service class that it is of.</param>
    public static void Read(TableView table, PageContext page, string title, DimseOperation operation)
    {
        for (var row = table.FirstRow; row < table.RowCount; row++)
        {
            if (table.Label(row) is not null || table.Cell(row, Code) is not { } codeCell || table.Cell(row, Meaning) is not { } meaningCell)
            {
                continue;
            }

            var words = table.Text(row, Category);
            StatusCategory? category = CellText.TryCategory(words, out var known) ? known : null;
            if (category is null && words.Length > 0 && words is not ("-" or "*" or "\u2013"))
            {
                page.Report(PageDiagnostics.UnknownCategory, table.Cell(row, Category)!.Span, words, CellText.CategorySuggestion(words));
            }

            var codes = table.Text(row, Code);
            if (CellText.TryCodes(codes, out var first, out var last))
            {
                page.Conformance.Add(new ConformanceFact(title, operation, first, last, category, table.Text(row, Meaning), page.Place(codeCell), page.Place(meaningCell)));
            }
            else if (!codes.StartsWith("any", StringComparison.OrdinalIgnoreCase) && codes is not ("-" or "*"))
            {
                // "any other", "anything else": what an application does with codes that it does not know.
                page.Report(PageDiagnostics.BadCode, codeCell.Span, codes);
            }
        }
    }
}
