using System.Globalization;

namespace Specgen.Conformance;

/// <summary>A section of the document.</summary>
/// <param name="Number">Its number in PS3.2, <c>N.7.3.2.5</c>; empty where Annex N has none for it.</param>
/// <param name="Id">Unique in the document.</param>
/// <param name="Title">Its title.</param>
/// <param name="IsChecked">Whether the template's section could be read; else the outline is to be checked.</param>
internal sealed record DocumentSection(string Number, string Id, string Title, bool IsChecked)
{
    public List<DocumentBlock> Blocks { get; } = [];

    public List<DocumentSection> Sections { get; } = [];

    /// <summary>"7.3.2.5": a statement is numbered from 1, not from N.1 (PS3.2 Annex N).</summary>
    public string Label => Number.Length > 2 ? Number[2..] : "";

    /// <summary>"7.3.2.5 Storage Service".</summary>
    public string Heading => Label.Length == 0 ? Title : Label + " " + Title;

    /// <summary>The template's section in the published standard.</summary>
    public string Link => $"https://dicom.nema.org/medical/dicom/{AnnexN.Edition}/output/html/part02.html#sect_{Number}";

    /// <summary>Sections below it in the order of their numbers, and those without one behind them.</summary>
    public void Sort()
    {
        var sorted = Sections.OrderBy(static s => s.Number.Length == 0 ? int.MaxValue : int.Parse(s.Number[(s.Number.LastIndexOf('.') + 1)..], CultureInfo.InvariantCulture)).ToList();
        Sections.Clear();
        Sections.AddRange(sorted);
    }

    public IEnumerable<DocumentSection> All => Sections.SelectMany(static s => s.All).Prepend(this);
}

/// <summary>What a section consists of.</summary>
internal abstract record DocumentBlock;

internal sealed record Paragraph(string Text) : DocumentBlock;

internal sealed record BulletList(IReadOnlyList<string> Items) : DocumentBlock;

/// <summary>What the author wrote, as Markdown.</summary>
internal sealed record Snippet(string Markdown) : DocumentBlock;

/// <summary>What somebody has to write.</summary>
internal sealed record ToBeWritten(string Text) : DocumentBlock;

/// <summary>A table: its title has the number that PS3.2 has for it, where that is known; the first column heads its row; footnotes are numbered from 1.</summary>
internal sealed record Table(string Title, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<string> Notes) : DocumentBlock;
