namespace Specgen.Tool.DocBook;

/// <param name="Cells">One for each column of the table.</param>
internal sealed record DocRow(IReadOnlyList<DocCell> Cells, int Line)
{
    public string this[int column] => Cells[column].Text;

    /// <summary>The one cell that takes the whole row, or null.</summary>
    public DocCell? Whole => Cells.Count > 1 && Cells.All(cell => ReferenceEquals(cell, Cells[0])) ? Cells[0] : null;
}
