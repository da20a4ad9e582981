namespace Specgen.Tool.DocBook;

/// <summary>A cell with its paragraphs, references resolved; the same one at each place that it spans.</summary>
/// <param name="Paragraphs">Without the empty ones; white space is one space.</param>
internal sealed record DocCell(IReadOnlyList<string> Paragraphs, IReadOnlyList<string> References, int Line, int RowSpan, int ColumnSpan)
{
    public static DocCell Empty { get; } = new([], [], 0, 1, 1);

    public string Text { get; } = string.Join(" ", Paragraphs);
}
