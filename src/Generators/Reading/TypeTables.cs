using System.Globalization;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>"Action Type | ID" and "Event Type | ID": what N-ACTION and N-EVENT-REPORT can ask and tell.</summary>
internal static class TypeTables
{
    private static readonly string[] Action = ["Action Type", "Action Type Name"];
    private static readonly string[] Event = ["Event Type", "Event Type Name"];
    private static readonly string[] Id = ["ID", "Action Type ID", "Event Type ID"];

    public static bool Is(TableView table) => table.Has(Id) && (table.Has(Action) || table.Has(Event));

    public static void Read(TableView table, PageContext page, List<OperationType> types)
    {
        Columns.ReportUnknown(table, page, [.. Action, .. Event, .. Id, "Description", "Section"]);
        var operation = table.Has(Action) ? DimseOperation.NAction : DimseOperation.NEventReport;
        var (name, id) = (table.Has(Action) ? table.IndexOf(Action) : table.IndexOf(Event), table.IndexOf(Id));
        for (var row = table.FirstRow; row < table.RowCount; row++)
        {
            if (table.Label(row) is not null || table.Cell(row, id) is not { } cell)
            {
                continue;
            }

            if (!ushort.TryParse(table.Text(row, id), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
            {
                page.Report(PageDiagnostics.BadCell, cell.Span, table.Text(row, id), "type ID: a number from 1 to 65535");
            }
            else if (types.FirstOrDefault(type => type.Operation == operation && type.Id == number) is { } other)
            {
                page.Report(PageDiagnostics.BadCell, cell.Span, table.Text(row, id), $"ID of its own: '{other.Name}' has it");
            }
            else
            {
                types.Add(new OperationType(operation, number, table.Text(row, name)));
            }
        }
    }
}
