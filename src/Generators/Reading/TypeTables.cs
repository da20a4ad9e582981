using System.Globalization;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>"Action Type | ID" and "Event Type | ID": what N-ACTION and N-EVENT-REPORT can ask and tell.</summary>
internal static class TypeTables
{
    private const int Name = 0;
    private const int Id = 1;

    public static void Read(TableView table, PageContext page, List<OperationType> types)
    {
        var operation = table.Kind == TableKind.ActionTypes ? DimseOperation.NAction : DimseOperation.NEventReport;
        for (var row = table.FirstRow; row < table.RowCount; row++)
        {
            if (table.Label(row) is not null || table.Cell(row, Id) is not { } cell)
            {
                continue;
            }

            var name = table.Text(row, Name);
            if (!ushort.TryParse(table.Text(row, Id), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
            {
                page.Report(PageDiagnostics.BadCell, cell.Span, table.Text(row, Id), "type ID: a number from 1 to 65535");
            }
            else if (name.Length == 0)
            {
                page.Report(PageDiagnostics.BadCell, (table.Cell(row, Name) ?? cell).Span, name, "name of a type");
            }
            else if (types.Find(type => type.Operation == operation && type.Id == number) is { } other)
            {
                page.Report(PageDiagnostics.BadCell, cell.Span, table.Text(row, Id), $"ID of its own: '{other.Name}' has it");
            }
            else
            {
                types.Add(new OperationType(operation, number, name));
            }
        }
    }
}
