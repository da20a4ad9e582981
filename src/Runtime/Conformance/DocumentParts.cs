using System.Globalization;

namespace Specgen.Conformance;

/// <summary>A section of the document.</summary>
/// <param name="Number">Its number in PS3.2, <c>N.7.3.2.5</c>; empty where Annex N has none for it.</param>
/// <param name="Id">Unique in the document.</param>
/// <param name="Title">Its title.</param>
/// <param name="IsChecked">Whether the template's section could be read; else the outline is to be checked.</param>
internal sealed record DocumentSection(string Number, string Id, string Title, bool IsChecked)
{
    /// <summary>N.8 is the last section of a statement, N.9 is its annex A.A.</summary>
    private const int FirstAnnex = 9;

    public List<DocumentBlock> Blocks { get; } = [];

    public List<DocumentSection> Sections { get; } = [];

    /// <summary>The template's section that it is made after; empty where it is none of the template.</summary>
    public string Template { get; init; } = Number;

    /// <summary>"7.3.2.5": a statement is numbered from 1, not from N.1; its annexes are A.A and the following (PS3.2 Annex N).</summary>
    public string Label
    {
        get
        {
            var parts = Number.Split('.', 3);
            return parts.Length < 2 ? ""
                : !IsAnnex ? Number[2..]
                : $"A.{(char)('A' + First - FirstAnnex)}{(parts.Length > 2 ? "." + parts[2] : "")}";
        }
    }

    public bool IsAnnex => First >= FirstAnnex;

    /// <summary>"7.3.2.5 Storage Service".</summary>
    public string Heading => Label.Length == 0 ? Title : Label + " " + Title;

    /// <summary>The template's section in the published standard.</summary>
    public string Link => $"https://dicom.nema.org/medical/dicom/{AnnexN.Edition}/output/html/part02.html#sect_{Template}";

    private int First => Number.Length == 0 ? 0 : int.Parse(Number.Split('.')[1], CultureInfo.InvariantCulture);

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

internal sealed record BulletList(IReadOnlyList<string> Items, bool IsNumbered = false) : DocumentBlock;

/// <summary>Text as it is.</summary>
internal sealed record CodeBlock(string Text) : DocumentBlock;

/// <summary>A heading inside of what an author wrote: it is no section of the document.</summary>
internal sealed record Subheading(string Text) : DocumentBlock;

/// <summary>What the author wrote, as Markdown.</summary>
internal sealed record Snippet(string Markdown) : DocumentBlock;

/// <summary>What somebody has to write.</summary>
internal sealed record ToBeWritten(string Text) : DocumentBlock;

/// <summary>A table; footnotes are numbered from 1.</summary>
/// <param name="Title">Empty where it needs none.</param>
/// <param name="Headers">Of its columns.</param>
/// <param name="Rows">A cell for each column.</param>
/// <param name="Notes">Its footnotes.</param>
/// <param name="Number">The number that PS3.2 has for it, "N.7-43"; empty where it has none.</param>
/// <param name="Head">The column that heads its row.</param>
internal sealed record Table(string Title, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<string> Notes, string Number = "", int Head = 0) : DocumentBlock
{
    public string Caption => Number.Length == 0 ? Title : $"Table {Number}. {Title}";
}
