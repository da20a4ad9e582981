using System.Collections.Immutable;
using System.Text;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Reading;
using Specgen.Tool.Making;
using Specgen.Tool.Pages;
using Specgen.Tool.Profiles;
using Finding = Specgen.Tool.Making.Finding;

namespace Specgen.Tool.Updating;

/// <summary>What an edition makes of the pages of a folder.</summary>
/// <param name="Files">What is to be written, by its name in the folder; empty when there is an error, or nothing to write.</param>
/// <param name="Updated">The pages as they would be.</param>
internal sealed record Update(PageFolder Updated, IReadOnlyList<CellChange> Changes, IReadOnlyList<Finding> Findings, IReadOnlyDictionary<string, byte[]> Files, IReadOnlyList<string> NotRead)
{
    public bool HasErrors => Findings.Any(static finding => finding.IsError);

    /// <summary>Reads everything, writes nothing.</summary>
    public static Update Of(Edition edition, PageFolder folder, Profile profile, Errata errata, StandardLock standardLock)
    {
        var findings = new Findings();
        var maker = new Maker(profile, errata, edition, folder, findings);
        var changes = new List<CellChange>();
        var pages = new Dictionary<string, Page>(StringComparer.Ordinal);
        foreach (var pageProfile in profile.Pages)
        {
            if (folder[pageProfile.Page] is not { } page)
            {
                findings.Error(folder.File(PageFolder.ProfileName), 1, "", $"the profile names the page {pageProfile.Page}, which is not there");
                continue;
            }

            if (Of(page, pageProfile, profile, maker, changes, findings) is { } written)
            {
                pages[page.Name] = written;
            }
        }

        var added = changes.Where(change => change.Column.Length == 0 && change.New.Length > 0 && IsOfSopClasses(change, profile)).Select(static change => change.Row).ToHashSet(StringComparer.Ordinal);
        Census.Report(profile, edition, maker.Registry, added, findings);
        ReportGone(edition, profile, folder, standardLock, changes, findings);
        foreach (var obsolete in errata.Obsolete)
        {
            findings.Notice(folder.File(PageFolder.ErrataName), 1, obsolete.Table, $"obsolete erratum: edition {edition.Name} does not print '{obsolete.Prints}' for {obsolete.Column} of '{obsolete.Row}' any more");
        }

        var updated = folder.With(pages);
        if (pages.Count > 0)
        {
            ReportDiagnostics(folder, updated, findings);
        }

        return new Update(updated, changes, findings.All, findings.HasErrors ? ImmutableDictionary<string, byte[]>.Empty : FilesOf(edition, updated, pages, profile, standardLock, folder), NotReadOf(edition, profile));
    }

    private static bool IsOfSopClasses(CellChange change, Profile profile) =>
        profile.Table(profile.Pages.First(page => page.Page == change.Page), change.Heading)?.SopClasses is not null;

    private static Page? Of(Page page, PageProfile pageProfile, Profile profile, Maker maker, List<CellChange> changes, Findings findings)
    {
        foreach (var missing in pageProfile.Tables.Where(table => page.Tables.All(other => other.Heading != table.Heading)))
        {
            findings.Error(page.Path, 1, "", $"the profile names a table below '{missing.Heading}', which the page has not");
        }

        var texts = new List<(PageTable, string)>();
        var made = new List<(string Heading, MadeTable Table)>();
        foreach (var table in page.Tables)
        {
            if (profile.Table(pageProfile, table.Heading) is { } tableProfile && maker.Make(pageProfile, tableProfile) is { } wanted)
            {
                var (text, tableChanges) = TableMerge.Of(page, table, wanted, maker.Registry, findings);
                changes.AddRange(tableChanges);
                if (text is not null)
                {
                    texts.Add((table, text));
                    made.Add((table.Heading, wanted));
                }
            }
        }

        if (texts.Count == 0)
        {
            return null;
        }

        // What was written says what was meant: read back, nothing is left to change.
        var written = page.With(texts);
        foreach (var (heading, wanted) in made)
        {
            var table = written.Tables.FirstOrDefault(table => table.Heading == heading);
            if (table is null || TableMerge.Of(written, table, wanted, maker.Registry, findings).Changes is not [])
            {
                findings.Error(page.Path, table?.Line ?? 1, "", $"the table below '{heading}' does not say what it should when it is written and read again");
            }
        }

        return written;
    }

    /// <summary>Tables that this or an older edition had, and it has not; and SOP classes that its tables have not any more.</summary>
    private static void ReportGone(Edition edition, Profile profile, PageFolder folder, StandardLock standardLock, List<CellChange> changes, Findings findings)
    {
        foreach (var source in SourceLocks.References(profile).Where(source => edition.Part(source.Part) is not null && !edition.Has(source)))
        {
            var file = edition.Part(source.Part)!.File;
            if (standardLock.Source(source.Part, source.Id) is { } known && string.CompareOrdinal(known.Edition, edition.Name) <= 0)
            {
                findings.Error(file, 1, source.Id, $"edition {known.Edition} had {SourceReference.Spoken(source.Id)}, this one has not");
            }
            else
            {
                findings.Notice(file, 1, source.Id, $"{SourceReference.Spoken(source.Id)} is not in edition {edition.Name}{(standardLock.Source(source.Part, source.Id) is { } newer ? $"; the pages have it from {newer.Edition}" : "")}");
            }
        }

        foreach (var change in changes.Where(change => change.New.Length == 0 && change.Column.Length == 0 && IsOfSopClasses(change, profile) && !IsOlder(change)))
        {
            findings.Error(folder.File(change.Page), 1, change.Sources[0], $"edition {edition.Name} does not have the SOP class {change.Row} any more: mark it as retired on the page, or keep it in the profile");
        }

        bool IsOlder(CellChange change) => change.Sources.Any(id => standardLock.Sources.FirstOrDefault(source => source.Id == id) is { } known && string.CompareOrdinal(known.Edition, edition.Name) > 0);
    }

    /// <summary>What the generator would say of the pages as written and did not say before.</summary>
    private static void ReportDiagnostics(PageFolder before, PageFolder after, Findings findings)
    {
        var known = PageDiagnosis.Of(before).Select(static diagnostic => (diagnostic.Id, diagnostic.Arguments)).ToHashSet();
        foreach (var diagnostic in PageDiagnosis.Of(after).Where(diagnostic => !known.Contains((diagnostic.Id, diagnostic.Arguments))))
        {
            // That two pages disagree may be because one was made of a part or an edition that was not read now.
            var message = "the page as updated would say: " + PageDiagnosis.Message(diagnostic);
            if (diagnostic.Id == PageDiagnostics.GeneralStatus.Id || diagnostic.Id == PageDiagnostics.ConformanceConflict.Id || diagnostic.Id == PageDiagnostics.MissingGeneralStatus.Id)
            {
                findings.Notice(diagnostic.Place.Path, diagnostic.Place.Lines.Start.Line + 1, diagnostic.Id, message);
            }
            else
            {
                findings.Error(diagnostic.Place.Path, diagnostic.Place.Lines.Start.Line + 1, diagnostic.Id, message);
            }
        }
    }

    private static Dictionary<string, byte[]> FilesOf(Edition edition, PageFolder updated, Dictionary<string, Page> pages, Profile profile, StandardLock standardLock, PageFolder folder)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (name, page) in pages.OrderBy(static page => page.Key, StringComparer.Ordinal))
        {
            var encoding = page.Text.Encoding ?? Encoding.UTF8;
            files[name] = [.. encoding.GetPreamble().Length > 0 && HasPreamble(page.Path) ? encoding.GetPreamble() : [], .. encoding.GetBytes(page.Text.ToString())];
        }

        foreach (var source in SourceLocks.Of(profile, edition))
        {
            standardLock.Set(source);
        }

        standardLock.SetPages(SourceLocks.Of(updated));
        var text = standardLock.Write();
        var lockFile = folder.File(PageFolder.LockName);
        if (!File.Exists(lockFile) || File.ReadAllText(lockFile) != text)
        {
            files[PageFolder.LockName] = Encoding.UTF8.GetBytes(text);
        }

        return files;
    }

    private static bool HasPreamble(string path)
    {
        using var stream = File.OpenRead(path);
        return stream.ReadByte() == 0xEF && stream.ReadByte() == 0xBB && stream.ReadByte() == 0xBF;
    }

    private static string[] NotReadOf(Edition edition, Profile profile) => edition.NotThere
        .Select(file => (File: file, Part: "PS3." + int.Parse(file.AsSpan(4, 2), System.Globalization.CultureInfo.InvariantCulture)))
        .Select(file => (file.File, Pages: profile.Pages.Where(page => page.Tables.Any(table => table.Sources.Any(source => source.Part == file.Part))).Select(static page => page.Page).ToList(), file.Part))
        .Select(static file => file.Part == "PS3.6"
            ? $"{file.File} is not there: {string.Join(", ", file.Pages)} stays as it is, and keywords, names, VRs and VMs are those that the pages have"
            : $"{file.File} is not there: what {(file.Pages.Count is 0 or > 6 ? "the pages have" : string.Join(", ", file.Pages) + " has")} of {file.Part} stays as it is")
        .ToArray();
}
