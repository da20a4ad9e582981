using Specgen.Tool.DocBook;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Making;

/// <summary>What a page could be made of, by the header of a table.</summary>
internal enum SourceKind
{
    None,
    Statuses,
    Usages,
    MetaSopClasses,
    Types,
    SopClasses,
    Attributes,
}

/// <summary>What an edition has and no page.</summary>
internal static class Census
{
    public static SourceKind KindOf(DocTable table)
    {
        bool Has(string words) => table.Headers.Any(header => header.Contains(words, StringComparison.OrdinalIgnoreCase));

        return table switch
        {
            _ when (Has("Action Type") || Has("Event Type")) && Has("ID") => SourceKind.Types,
            _ when Has("Status Code") && (Has("Service Status") || Has("Further Meaning")) => SourceKind.Statuses,
            _ when Has("Service Element") && Has("SCU/SCP") => SourceKind.Usages,
            _ when Has("SOP Class Name") && Has("Usage SCU/SCP") => SourceKind.MetaSopClasses,
            _ when Has("SOP Class UID") && Has("SOP Class Name") => SourceKind.SopClasses,
            _ when (Has("Attribute Name") || table.Headers.Contains("Attribute")) && Has("Tag") && Has("SCU/SCP") => SourceKind.Attributes,
            _ => SourceKind.None,
        };
    }

    /// <summary>Tables that look as if a page should have them, and SOP classes that none has.</summary>
    /// <param name="added">UIDs of SOP classes that the update gives a row.</param>
    public static void Report(Profile profile, Edition edition, Registry registry, IReadOnlySet<string> added, Findings findings)
    {
        var known = SourceLocks.References(profile).Select(source => edition.Part(source.Part)?.Table(source.Id)?.Id ?? source.Id).Concat(profile.Includes.Keys.SelectMany(static ids => ids.Split(' '))).ToHashSet(StringComparer.Ordinal);
        if (edition.Part("PS3.4") is { } part)
        {
            foreach (var table in part.Tables)
            {
                if (KindOf(table) != SourceKind.None && !known.Contains(table.Id) && !profile.LeftOut.ContainsKey(table.Id))
                {
                    findings.Error(part, table, table.Line, $"'{table.Caption}' is a table that no page has: give it a place in the profile, or say there why it has none (leftOut)");
                }
            }

            foreach (var chapter in part.Sections.Where(static section => section.Parent.Length == 0))
            {
                foreach (var (uid, line) in Edition.UidsIn(part, chapter.Id).Where(found => IsUnclaimed(found.Uid)))
                {
                    findings.Error(part.File, line, chapter.Id, $"no page has the SOP class {uid}{(registry.Keyword(uid) is { } keyword ? $" ({keyword})" : "")}");
                }
            }
        }

        foreach (var source in profile.RegistrySources.Where(edition.Has))
        {
            foreach (var uid in registry.Rows([source]).Select(static row => row.Key).Where(IsUnclaimed))
            {
                findings.Error(edition.Part("PS3.6")!.File, 1, source.Id, $"no page has the SOP class {uid} ({registry.Keyword(uid)})");
            }
        }

        bool IsUnclaimed(string uid) => registry.IsKnown(uid) && registry.IsSopClass(uid) && !registry.IsRetired(uid)
            && registry.PageOf(uid) is null && !added.Contains(uid) && !profile.LeftOutSopClasses.ContainsKey(uid);
    }
}
