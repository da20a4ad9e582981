using System.Globalization;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>"Code (hex) | Category | Description [| Section]": the statuses of a DIMSE service; with "Meaning" in place of "Description", those of PS3.7 Annex C.</summary>
internal static class StatusTables
{
    private static readonly string[] Code = ["Code (hex)", "Code", "Status Code"];

    public static bool Is(TableView table) => table.Has(Code) && table.Has("Category") && !table.Has("Meaning");

    public static bool IsGeneral(TableView table) => table.Has(Code) && table.Has("Category") && table.Has("Meaning");

    /// <param name="rows">The rows of the service that were read before, on this page.</param>
    public static void Read(TableView table, PageContext page, string serviceClass, DimseOperation operation, string? implementation, List<Row> rows)
    {
        Columns.ReportUnknown(table, page, [.. Code, "Category", "Description", "Section"]);
        var (code, category, description) = (table.IndexOf(Code), table.IndexOf("Category"), Columns.Require(table, page, "Description"));
        if (description < 0)
        {
            return;
        }

        for (var row = table.FirstRow; row < table.RowCount; row++)
        {
            if (table.Label(row) is not null || !TryCodeAndCategory(table, page, row, code, category, out var first, out var last, out var @class))
            {
                continue;
            }

            var status = new Status(first, last, @class, table.Text(row, description), implementation);
            var place = page.Place(table.Cell(row, code)!);
            CheckClass(page, status, place);
            CheckRows(page, rows, new Row(operation, status, place));
            page.Statuses.Add(new StatusFact(serviceClass, operation, status, place, page.Place(table.Cell(row, description)!)));
        }
    }

    public static void ReadGeneral(TableView table, PageContext page)
    {
        Columns.ReportUnknown(table, page, [.. Code, "Category", "Meaning", "Section"]);
        var (code, category, meaning) = (table.IndexOf(Code), table.IndexOf("Category"), table.IndexOf("Meaning"));
        for (var row = table.FirstRow; row < table.RowCount; row++)
        {
            if (table.Label(row) is null && TryCodeAndCategory(table, page, row, code, category, out var first, out _, out var @class))
            {
                page.GeneralStatuses.Add(new GeneralStatusFact(first, @class, table.Text(row, meaning), page.Place(table.Cell(row, code)!)));
            }
        }
    }

    private static bool TryCodeAndCategory(TableView table, PageContext page, int row, int codeColumn, int categoryColumn, out ushort first, out ushort last, out StatusCategory category)
    {
        first = last = 0;
        category = default;
        if (table.Cell(row, codeColumn) is not { } codeCell || table.Cell(row, categoryColumn) is not { } categoryCell)
        {
            return false;
        }

        var good = true;
        if (!CellText.TryCodes(table.Text(row, codeColumn), out first, out last))
        {
            page.Report(PageDiagnostics.BadCode, codeCell.Span, table.Text(row, codeColumn));
            good = false;
        }

        var words = table.Text(row, categoryColumn);
        if (words.Length == 0 || !CellText.TryCategory(words, out category))
        {
            // "Refused" and "Error" are what older tables call a failure.
            var meant = words is "Refused" or "Error" ? "; did you mean 'Failure'?" : Suggestion.For(words, Enum.GetNames(typeof(StatusCategory)));
            page.Report(PageDiagnostics.UnknownCategory, categoryCell.Span, words, meant);
            good = false;
        }

        return good;
    }

    /// <summary>PS3.7 Annex C: what a code means by its class; null where no value may be used.</summary>
    internal static StatusCategory? ClassOf(ushort code) => code switch
    {
        0x0000 => StatusCategory.Success,
        0x0001 or 0x0107 or 0x0116 => StatusCategory.Warning,
        >= 0xB000 and <= 0xBFFF => StatusCategory.Warning,
        >= 0x0100 and <= 0x02FF => StatusCategory.Failure,
        >= 0xA000 and <= 0xAFFF or >= 0xC000 and <= 0xCFFF => StatusCategory.Failure,
        0xFE00 => StatusCategory.Cancel,
        0xFF00 or 0xFF01 => StatusCategory.Pending,
        _ => null,
    };

    private static void CheckClass(PageContext page, Status status, PagePlace place)
    {
        if (ClassOf(status.First) is var @class && (@class != status.Category || ClassOf(status.Last) != @class))
        {
            page.Diagnostics.Add(PageDiagnostic.At(PageDiagnostics.CategoryContradictsCode, place, Hex(status.First), status.Category.ToString(), @class?.ToString() ?? "nothing: it is not to be used"));
        }
    }

    /// <summary>The same code twice is fine when both say the same; a code inside a range is fine; two ranges that cross are not.</summary>
    private static void CheckRows(PageContext page, List<Row> rows, Row added)
    {
        foreach (var other in rows)
        {
            if (other.Operation != added.Operation)
            {
                continue;
            }

            var (a, b) = (other.Status, added.Status);
            var same = a.First == b.First && a.Last == b.Last;
            var crossing = !same && a.First <= b.Last && b.First <= a.Last && !Contains(a, b) && !Contains(b, a);
            if (crossing || (same && (a.Category != b.Category || CellText.Folded(a.Description) != CellText.Folded(b.Description))))
            {
                page.Diagnostics.Add(PageDiagnostic.At(
                    PageDiagnostics.ConflictingRows,
                    added.Place,
                    Codes(b),
                    b.Description,
                    b.Category.ToString(),
                    a.Description,
                    a.Category.ToString(),
                    (other.Place.Lines.Start.Line + 1).ToString(CultureInfo.InvariantCulture)));
                if (same)
                {
                    return;
                }
            }

            if (same && a.Implementation == b.Implementation)
            {
                // One row is enough; the first stays.
                return;
            }
        }

        rows.Add(added);
    }

    private static bool Contains(Status outer, Status inner) => outer.First <= inner.First && inner.Last <= outer.Last;

    private static string Codes(Status status) => status.First == status.Last ? "0x" + Hex(status.First) : $"0x{Hex(status.First)} to 0x{Hex(status.Last)}";

    internal static string Hex(ushort code) => code.ToString("X4", CultureInfo.InvariantCulture);

    internal sealed record Row(DimseOperation Operation, Status Status, PagePlace Place);
}
