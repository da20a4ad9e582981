using System.Globalization;

namespace Specgen.Spec.Tests.Plain;

/// <summary>A page's title and tables.</summary>
/// <param name="Name">Path below spec/, with '/'.</param>
internal sealed record PlainPage(string Name, string Title, IReadOnlyList<PlainTable> Tables)
{
    public IEnumerable<PlainTable> SopClassTables => Tables.Where(static table => table.Is("UID", "SOP Class"));

    public IEnumerable<PlainTable> UsageTables => Tables.Where(static table => table.Is("DIMSE Service", "Usage SCU/SCP"));

    public IEnumerable<PlainTable> MetaTables => Tables.Where(static table => table.Is("SOP Class", "Usage SCU/SCP"));

    /// <summary>The tables of attributes that are a module, below its title or a heading of its own.</summary>
    public IEnumerable<PlainTable> Modules => Tables.Where(static table => table.Is("Attribute Name", "Tag") && table.Heading.EndsWith(" Module", StringComparison.Ordinal));

    /// <summary>UID and keyword of each SOP class.</summary>
    public IEnumerable<(string Uid, string Keyword)> SopClasses => SopClassTables.SelectMany(static table => table.Rows).Select(static row => (row[0], row[1]));

    /// <summary>The status tables, each with the DIMSE service of its heading or of the one before.</summary>
    public IEnumerable<(string Service, PlainTable Table)> StatusTables
    {
        get
        {
            var service = "";
            foreach (var table in Tables.Where(static table => table.Is("Code (hex)", "Category", "Description")))
            {
                service = table.Service ?? service;
                yield return (service, table);
            }
        }
    }

    public IEnumerable<(string Service, PlainStatus Status)> Statuses =>
        StatusTables.SelectMany(static pair => pair.Table.Rows.Select(row => (pair.Service, PlainStatus.Of(row))));

    /// <summary>The rows of "Action Type | ID" or "Event Type | ID", with the labels that head them.</summary>
    public IEnumerable<(string Name, int Id, IReadOnlyList<string> Labels)> Types(string kind) =>
        Tables.Where(table => table.Is(kind, "ID")).SelectMany(static table => table.Rows.Zip(table.Labels, static (row, labels) => (row[0], int.Parse(row[1], CultureInfo.InvariantCulture), labels)));
}
