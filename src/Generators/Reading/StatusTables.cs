using System.Globalization;
using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>"Code (hex) | Category | Description [| Section]": the statuses of a DIMSE service; with "Meaning" in place of "Description", those of PS3.7 Annex C.</summary>
internal static class StatusTables
{
    private const int Code = 0;
    private const int Category = 1;
    private const int Words = 2;
    private const int Services = 4;

    /// <param name="rows">The rows of the page that were read before.</param>
    public static void Read(TableView table, PageContext page, string serviceClass, DimseOperation operation, string? implementation, List<Row> rows)
    {
        if (implementation is null)
        {
            page.StatusTables.Add(new StatusTableFact(serviceClass, operation, page.Place(table.HeaderSpan)));
        }

        for (var row = table.FirstRow; row < table.RowCount; row++)
        {
            if (!TryRow(table, page, row, "a description of a status", out var first, out var last, out var category))
            {
                continue;
            }

            var status = new Status(first, last, category, table.Text(row, Words), implementation);
            var codeSpan = table.Cell(row, Code)!.Span;
            CheckClass(page, status, table.Cell(row, Category)!.Span);
            page.Statuses.Add(new StatusFact(serviceClass, operation, status, page.Place(codeSpan), page.Place(table.Cell(row, Words)!)));
            AddRow(page, rows, new Row(operation, status, codeSpan));
        }
    }

    public static void ReadGeneral(TableView table, PageContext page)
    {
        for (var row = table.FirstRow; row < table.RowCount; row++)
        {
            if (TryRow(table, page, row, "a meaning of a status", out var first, out _, out var category))
            {
                page.GeneralStatuses.Add(new GeneralStatusFact(first, category, table.Text(row, Words), ReadServices(table, page, row), page.Place(table.Cell(row, Code)!)));
            }
        }
    }

    /// <summary>"C-STORE, N-ACTION": the DIMSE services for which PS3.7 §9 and §10 list a general status.</summary>
    private static DimseOperations ReadServices(TableView table, PageContext page, int row)
    {
        var operations = DimseOperations.None;
        foreach (var name in table.Text(row, Services).Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (CellText.TryOperationName(name, out var operation))
            {
                operations |= operation.ToFlag();
            }
            else
            {
                page.Report(PageDiagnostics.UnknownOperation, table.Cell(row, Services)!.Span, name, Suggestion.For(name, CellText.DimseNames));
            }
        }

        return operations;
    }

    private static bool TryRow(TableView table, PageContext page, int row, string words, out ushort first, out ushort last, out StatusCategory category)
    {
        first = last = 0;
        category = default;
        if (table.Label(row) is not null || table.Cell(row, Code) is not { } codeCell || table.Cell(row, Category) is not { } categoryCell || table.Cell(row, Words) is not { } wordsCell)
        {
            return false;
        }

        var good = true;
        if (!CellText.TryCodes(table.Text(row, Code), out first, out last))
        {
            page.Report(PageDiagnostics.BadCode, codeCell.Span, table.Text(row, Code));
            good = false;
        }

        var name = table.Text(row, Category);
        if (!CellText.TryCategory(name, out category))
        {
            page.Report(PageDiagnostics.UnknownCategory, categoryCell.Span, name, CellText.CategorySuggestion(name));
            good = false;
        }

        if (table.Text(row, Words).Length == 0)
        {
            page.Report(PageDiagnostics.BadCell, wordsCell.Span, "", words);
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

    private static void CheckClass(PageContext page, Status status, TextSpan categorySpan)
    {
        var @class = ClassOf(status.First);
        if (@class != status.Category || ClassOf(status.Last) != @class)
        {
            page.Report(
                PageDiagnostics.CategoryContradictsCode,
                categorySpan,
                Codes(status),
                status.Category.ToString(),
                @class is null ? "is of no class and must not be used" : ClassOf(status.Last) == @class ? $"is of the class {@class}" : $"begins in the class {@class} and ends in another");
        }
    }

    /// <summary>The same code twice is fine when both say the same; a code inside a range is fine; two ranges that cross are not.</summary>
    private static void AddRow(PageContext page, List<Row> rows, Row added)
    {
        foreach (var other in rows)
        {
            var (a, b) = (other.Status, added.Status);
            if (other.Operation != added.Operation || a.First > b.Last || b.First > a.Last)
            {
                continue;
            }

            var isSame = a.First == b.First && a.Last == b.Last;
            if ((isSame || (!Contains(a, b) && !Contains(b, a))) && (a.Category != b.Category || CellText.Folded(a.Description) != CellText.Folded(b.Description)))
            {
                page.Report(
                    PageDiagnostics.ConflictingRows,
                    added.CodeSpan,
                    Codes(b),
                    b.Description,
                    b.Category.ToString(),
                    Codes(a),
                    a.Description,
                    a.Category.ToString(),
                    (page.Place(other.CodeSpan).Lines.Start.Line + 1).ToString(CultureInfo.InvariantCulture));
            }

            if (isSame)
            {
                // One row is enough; the first stays.
                return;
            }
        }

        rows.Add(added);
    }

    private static bool Contains(Status outer, Status inner) => outer.First <= inner.First && inner.Last <= outer.Last;

    internal static string Codes(Status status) => Codes(status.First, status.Last);

    internal static string Codes(ushort first, ushort last) => first == last ? Hex(first) : $"{Hex(first)} to {Hex(last)}";

    internal static string Hex(ushort code) => "0x" + code.ToString("X4", CultureInfo.InvariantCulture);

    internal readonly record struct Row(DimseOperation Operation, Status Status, TextSpan CodeSpan);
}
