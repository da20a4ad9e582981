using System.Globalization;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>
/// "Action Type | ID" and "Event Type | ID": what N-ACTION and N-EVENT-REPORT can ask and tell. Rows that span the table name the SOP classes of the rows
/// below, as in the table of DIMSE services.
/// </summary>
internal static class TypeTables
{
    private const int Name = 0;
    private const int Id = 1;
    private const int Information = 2;
    private const int Reply = 3;

    public static void Read(TableView table, PageContext page, IReadOnlyList<SopClass> sopClasses, List<OperationType> types)
    {
        var operation = table.Kind == TableKind.ActionTypes ? DimseOperation.NAction : DimseOperation.NEventReport;
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
                if (UsageTables.SopClassOf(label, page, sopClasses) is { } keyword)
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
            if (table.Cell(row, Id) is not { } cell || (isUnknown && group.Count == 0))
            {
                continue;
            }

            var name = table.Text(row, Name);
            if (!ushort.TryParse(table.Text(row, Id), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
            {
                page.Report(PageDiagnostics.BadCell, cell.Span, table.Text(row, Id), "a type ID: expected a number from 1 to 65535");
            }
            else if (name.Length == 0)
            {
                page.Report(PageDiagnostics.BadCell, (table.Cell(row, Name) ?? cell).Span, name, "the name of a type");
            }
            else if (types.Find(type => type.Operation == operation && type.Id == number && Share(type, group)) is { } other)
            {
                page.Report(PageDiagnostics.BadCell, cell.Span, table.Text(row, Id), $"unique: '{other.Name}' has this ID");
            }
            else
            {
                types.Add(new OperationType(operation, number, name) { SopClasses = group.ToEquatableArray(), Information = ReadModule(table, page, row, Information), Reply = ReadModule(table, page, row, Reply) });
            }
        }
    }

    /// <summary>The type name of the module that a cell names; null for an empty one. Whether there is such a module is seen between pages.</summary>
    internal static string? ReadModule(TableView table, PageContext page, int row, int column)
    {
        var title = table.Text(row, column);
        if (title.Length == 0)
        {
            return null;
        }

        page.NamedModules.Add(new MacroFact(title, page.Place(table.Cell(row, column)!)));
        return PageReader.TypeName(title);
    }

    /// <summary>Whether some SOP class has both the type and those of the group; no group is all of the page.</summary>
    private static bool Share(OperationType type, List<string> group) =>
        type.SopClasses.Count == 0 || group.Count == 0 || group.Exists(keyword => type.SopClasses.Contains(keyword, StringComparer.Ordinal));
}
