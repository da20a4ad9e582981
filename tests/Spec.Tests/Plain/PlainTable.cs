namespace Specgen.Spec.Tests.Plain;

/// <summary>A table as it stands in a page.</summary>
/// <param name="Headings">The headings above it, the page's title first.</param>
/// <param name="Header">The names of its columns.</param>
/// <param name="Rows">Its rows without the header; inline markup taken away.</param>
/// <param name="Labels">Of each row the labels that head it: those in succession before it, or before a row above it.</param>
/// <param name="Line">The line of its first border, counted from 1.</param>
internal sealed record PlainTable(IReadOnlyList<string> Headings, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<IReadOnlyList<string>> Labels, int Line)
{
    private static readonly string[] s_services =
        ["C-ECHO", "C-STORE", "C-FIND", "C-GET", "C-MOVE", "N-EVENT-REPORT", "N-GET", "N-SET", "N-ACTION", "N-CREATE", "N-DELETE"];

    public string Heading => Headings[^1];

    /// <summary>The DIMSE service that the heading names; for a heading without one, see <see cref="PlainPage.StatusTables"/>.</summary>
    public string? Service => s_services.FirstOrDefault(service => Heading.Contains(service, StringComparison.Ordinal));

    public bool Is(params string[] header) => Header.Take(header.Length).SequenceEqual(header);

    /// <summary>The cells of one column.</summary>
    public IEnumerable<string> Column(string name)
    {
        var column = Header.ToList().IndexOf(name);
        Assert.IsTrue(column >= 0, $"no column '{name}' in {string.Join(" | ", Header)}");
        return Rows.Select(row => row[column]);
    }

    /// <summary>The cell of a row in a column that the table may lack.</summary>
    public string Cell(IReadOnlyList<string> row, string name)
    {
        var column = Header.ToList().IndexOf(name);
        return column < 0 ? "" : row[column];
    }
}
