using Specgen.Tool.Profiles;

namespace Specgen.Tool.Making;

/// <summary>What a table of a page has to say by the standard.</summary>
/// <param name="IsComplete">Whether all that it is made of was there: then rows that are not here are not the standard's.</param>
internal sealed record MadeTable(TableProfile Profile, IReadOnlyList<MadeRow> Rows, bool IsComplete);

/// <param name="Key">What the row is told by: a UID, a code, a service, the tags from the outermost sequence on.</param>
/// <param name="Group">Which of the page's groups it belongs to: rows below one set of labels.</param>
/// <param name="Cells">By the page's columns; those that are the page's own are not here.</param>
/// <param name="Sources">The ids of the tables that have the row.</param>
internal sealed record MadeRow(string Key, int Group, IReadOnlyDictionary<string, string> Cells, IReadOnlyList<string> Sources)
{
    /// <summary>What it is sorted by where a table's rows have an order of their own (codes); else -1.</summary>
    public int Order { get; init; } = -1;
}
