using System.Text;

namespace Specgen.Tool.Profiles;

/// <summary>spec/errata.json: what `update` applies, and what else docs/errata.md says.</summary>
internal sealed record ErrataFile
{
    /// <summary>The section behind which the overrides stand in the text.</summary>
    private const string Before = "DIMSE services";

    public required IReadOnlyList<Erratum> Overrides { get; init; }

    public string Title { get; init; } = "";

    public IReadOnlyList<ErrataBlock> Blocks { get; init; } = [];

    public IReadOnlyList<ErrataSection> Sections { get; init; } = [];

    /// <summary>docs/errata.md.</summary>
    public string Markdown()
    {
        var text = new StringBuilder("# ").Append(Title).Append("\n\n<!-- Made of spec/errata.json by tests/Tool.Tests. -->\n");
        Append(text, Blocks);
        foreach (var section in Sections)
        {
            if (section.Title == Before)
            {
                AppendOverrides(text);
            }

            text.Append("\n## ").Append(section.Title).Append('\n');
            Append(text, section.Blocks);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, IReadOnlyList<ErrataBlock> blocks)
    {
        foreach (var block in blocks)
        {
            text.Append('\n');
            foreach (var line in block.Text)
            {
                text.Append(line).Append('\n');
            }

            if (block.Columns.Count > 0)
            {
                AppendTable(text, block.Columns, block.Rows);
            }
        }
    }

    private void AppendOverrides(StringBuilder text)
    {
        text.Append("\n## Corrections that `specgen update` makes\n\n");
        AppendTable(
            text,
            ["table", "row", "column", "the standard prints", "the pages have", "why"],
            Overrides.Select(static erratum => (IReadOnlyList<string>)
                ["PS3.4 " + SourceReference.Spoken(erratum.Table), erratum.Row, erratum.Column, erratum.Prints.StartsWith("sha256:", StringComparison.Ordinal) ? "a sentence" : erratum.Prints, erratum.Page, erratum.Why]).ToArray());
    }

    private static void AppendTable(StringBuilder text, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        text.Append("| ").AppendJoin(" | ", columns).Append(" |\n|").Append(string.Concat(columns.Select(static _ => "---|"))).Append('\n');
        foreach (var row in rows)
        {
            text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        }
    }
}

internal sealed record ErrataSection(string Title, IReadOnlyList<ErrataBlock> Blocks);

/// <summary>Lines of text, or a table.</summary>
internal sealed record ErrataBlock
{
    public IReadOnlyList<string> Text { get; init; } = [];

    public IReadOnlyList<string> Columns { get; init; } = [];

    public IReadOnlyList<IReadOnlyList<string>> Rows { get; init; } = [];
}
