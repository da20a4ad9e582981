using Specgen.Tool.DocBook;
using Specgen.Tool.Pages;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Making;

/// <summary>What the lock says of an edition's tables and of the pages.</summary>
internal static class SourceLocks
{
    /// <summary>Of each table, section and chapter that the profile names and the edition has.</summary>
    public static IEnumerable<SourceLock> Of(Profile profile, Edition edition) => References(profile).Where(edition.Has).Select(source => Of(edition, source));

    /// <summary>All that the profile names, once.</summary>
    public static IEnumerable<SourceReference> References(Profile profile) => profile.Pages
        .SelectMany(static page => page.Tables)
        .SelectMany(static table => table.Sources)
        .Concat(profile.Operations.Values.Select(static source => SourceReference.Parse(source)!))
        .Select(static source => source with { Column = "", Types = [] })
        .DistinctBy(static source => (source.Part, source.Id));

    public static IEnumerable<PageLock> Of(PageFolder folder) =>
        from page in folder.Pages
        from tables in page.Tables.GroupBy(static table => table.Heading)
        let rows = tables.SelectMany(static table => table.Rows).ToList()
        select new PageLock(page.Name, tables.Key, rows.Count, StandardLock.Hash(rows.Select(static row => row.Label is { } label ? [label] : row.Cells)));

    private static SourceLock Of(Edition edition, SourceReference source)
    {
        var part = edition.Part(source.Part)!;
        var rows = (source.Id.StartsWith("table_", StringComparison.Ordinal) ? Rows(part.Table(source.Id)!) : Rows(edition, part, part.Section(source.Id)!)).ToList();
        return new SourceLock(source.Part, source.Id, edition.Name, rows.Count, StandardLock.Hash(rows));
    }

    /// <summary>The rows of a table without what spans them more than once, and its header.</summary>
    private static IEnumerable<IReadOnlyList<string>> Rows(DocTable table) =>
        table.Rows.Select(static row => (IReadOnlyList<string>)row.Cells.Select(static cell => cell.Text).ToArray()).Prepend(table.Headers);

    /// <summary>Of a section that statuses are read in, these; of other sections the UIDs, or the paragraphs.</summary>
    private static IEnumerable<IReadOnlyList<string>> Rows(Edition edition, DocPart part, DocSection section)
    {
        var findings = new Findings();
        var sections = new GeneralStatusSections(findings);
        if (sections.Statuses(part, [section.Id]) is { Count: > 0 } statuses)
        {
            return statuses.Select(static status => (IReadOnlyList<string>)[status.Code, status.Meaning, status.Section]);
        }

        if (sections.Listed(part, section) is { Count: > 0 } listed)
        {
            return listed.Select(static row => (IReadOnlyList<string>)[row.Key, row.Value]);
        }

        return section.Id.StartsWith("chapter_", StringComparison.Ordinal) || part.Name == "PS3.4" && Edition.UidsIn(part, section.Id).Count > 0
            ? Edition.UidsIn(part, section.Id).Select(static uid => (IReadOnlyList<string>)[uid.Uid])
            : part.Within(section.Id).SelectMany(static within => within.Paragraphs).Select(static paragraph => (IReadOnlyList<string>)[paragraph.Text]);
    }
}
