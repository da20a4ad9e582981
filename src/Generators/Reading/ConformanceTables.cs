using Specgen.Generators.Diagnostics;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>"Service Status | Further Meaning | Status Code(s) | …" of PS3.2 §N.7: only checked against the service page, nothing is generated from it.</summary>
internal static class ConformanceTables
{
    private static readonly string[] Code = ["Status Code", "Status Codes", "Status Code(s)"];

    public static bool Is(TableView table) => table.Has("Further Meaning") && table.Has(Code);

    public static void Read(TableView table, PageContext page, string title, DimseOperation operation)
    {
        var (category, meaning, code) = (table.IndexOf("Service Status"), table.IndexOf("Further Meaning"), table.IndexOf(Code));
        for (var row = table.FirstRow; row < table.RowCount; row++)
        {
            if (table.Label(row) is not null || table.Cell(row, code) is not { } codeCell || table.Cell(row, meaning) is not { } meaningCell)
            {
                continue;
            }

            var words = table.Text(row, category);
            if (words.Length > 0 && words is not ("-" or "*") && !CellText.TryCategory(words, out _))
            {
                page.Report(
                    PageDiagnostics.UnknownCategory,
                    table.Cell(row, category)!.Span,
                    words,
                    words is "Refused" or "Error" ? "; did you mean 'Failure'?" : Suggestion.For(words, Enum.GetNames(typeof(StatusCategory))));
            }

            var codes = table.Text(row, code);
            if (CellText.TryCodes(codes, out var first, out var last))
            {
                page.Conformance.Add(new ConformanceFact(title, operation, first, last, table.Text(row, meaning), page.Place(codeCell), page.Place(meaningCell)));
            }
            else if (!codes.StartsWith("any", StringComparison.OrdinalIgnoreCase))
            {
                page.Report(PageDiagnostics.BadCode, codeCell.Span, codes);
            }
        }
    }
}
