namespace Specgen.Tool.DocBook;

/// <summary>A chapter or section, with the paragraphs and tables that are its own and not of a section in it.</summary>
/// <param name="Parent">The id of the section around it; empty for a chapter.</param>
internal sealed record DocSection(string Id, string Label, string Parent, int Line)
{
    public string Title { get; set; } = "";

    public List<DocParagraph> Paragraphs { get; } = [];

    public List<DocTable> Tables { get; } = [];
}

internal sealed record DocParagraph(string Text, int Line);
