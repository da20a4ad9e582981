namespace Specgen.Tool.Updating;

/// <summary>What an update changes in a table of a page.</summary>
/// <param name="Row">The row's key; empty for what is about the table.</param>
/// <param name="Column">The page's column; empty where a whole row comes or goes.</param>
/// <param name="Old">Empty for a row that comes.</param>
/// <param name="New">Empty for a row that goes.</param>
/// <param name="Sources">The tables of the standard that say so.</param>
internal sealed record CellChange(string Page, string Heading, string Row, string Column, string Old, string New, IReadOnlyList<string> Sources);
