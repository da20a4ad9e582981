using System.Text.RegularExpressions;
using Specgen.Tool.DocBook;

namespace Specgen.Tool.Making;

internal sealed record GeneralStatus(string Code, string Category, string Meaning, string Section, int Line);

/// <summary>PS3.7 Annex C, in which each status has a section of its own, and the lists of §9.1 and §10.1 that name them.</summary>
internal sealed partial class GeneralStatusSections(Findings findings)
{
    /// <summary>"shall be set to 0107H" in a section of its own: the code with the section's title.</summary>
    public IReadOnlyList<GeneralStatus> Statuses(DocPart part, IEnumerable<string> chapters)
    {
        var statuses = new List<GeneralStatus>();
        foreach (var chapter in chapters.Where(id => part.Section(id) is not null))
        {
            // "Warning Status Class".
            var category = part.Section(chapter)!.Title.Split(' ')[0];
            foreach (var section in part.Within(chapter))
            {
                foreach (var row in section.Tables.SelectMany(static table => table.Rows))
                {
                    if (row.Cells.Select(static cell => SetTo().Match(cell.Text)).FirstOrDefault(static match => match.Success) is { } match)
                    {
                        statuses.Add(new GeneralStatus(match.Groups[1].Value, category, section.Title, section.Label, row.Line));
                    }
                }
            }
        }

        if (statuses.Count == 0)
        {
            findings.Error(part.File, 1, "chapter_C", "no statuses were found in Annex C");
        }

        return statuses;
    }

    /// <summary>The codes in a list such as §9.1.1.1.9: "Invalid SOP Instance (0117H) - …".</summary>
    public IReadOnlyList<NamedRow> Listed(DocPart part, DocSection section)
    {
        var rows = new List<NamedRow>();
        foreach (var paragraph in section.Paragraphs)
        {
            if (Item().Match(paragraph.Text) is { Success: true } match && !rows.Exists(row => row.Key == match.Groups[2].Value))
            {
                rows.Add(new NamedRow(match.Groups[2].Value, match.Groups[1].Value, paragraph.Line));
            }
        }

        if (rows.Count == 0)
        {
            findings.Error(part.File, section.Line, section.Id, "the list of statuses is not there, or names them without their codes, as editions before 2017e do");
        }

        return rows;
    }

    [GeneratedRegex(@"\bset to ([0-9A-F]{4})H", RegexOptions.CultureInvariant)]
    private static partial Regex SetTo();

    [GeneratedRegex(@"^(.{3,80}?) ?\(([0-9A-F]{4})H\)", RegexOptions.CultureInvariant)]
    private static partial Regex Item();
}
