using Specgen.Generators.Diagnostics;

namespace Specgen.Generators.Reading;

/// <summary>Columns that a table must have, and those that nobody reads.</summary>
internal static class Columns
{
    public static int Require(TableView table, PageContext page, params string[] names)
    {
        var column = table.IndexOf(names);
        if (column < 0)
        {
            page.Report(PageDiagnostics.MissingColumn, table.HeaderSpan(0), names[0], Quoted(table.Columns));
        }

        return column;
    }

    public static void ReportUnknown(TableView table, PageContext page, params string[] known)
    {
        for (var column = 0; column < table.Columns.Length; column++)
        {
            if (!known.Contains(table.Columns[column], StringComparer.OrdinalIgnoreCase))
            {
                page.Report(PageDiagnostics.UnknownColumn, table.HeaderSpan(column), table.Columns[column], Quoted(known));
            }
        }
    }

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(static name => "'" + name + "'"));
}
