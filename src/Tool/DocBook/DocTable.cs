namespace Specgen.Tool.DocBook;

/// <summary>A table in which every place has its cell, whatever spans the source has or has forgotten.</summary>
/// <param name="Section">The id of the section that it stands in.</param>
/// <param name="Problem">What could not be understood of its shape, or null.</param>
internal sealed record DocTable(
    string Id,
    string Label,
    string Caption,
    string Section,
    int Line,
    IReadOnlyList<string> Headers,
    IReadOnlyList<DocRow> Rows,
    DocTableProblem? Problem);

internal sealed record DocTableProblem(int Line, string Message);
