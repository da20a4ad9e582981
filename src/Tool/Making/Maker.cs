using Specgen.Generators.Reading;
using Specgen.Tool.DocBook;
using Specgen.Tool.Pages;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Making;

/// <summary>Makes what the tables of the pages have to say from the tables of an edition, as the profile says.</summary>
internal sealed class Maker
{
    private readonly Profile _profile;
    private readonly Edition _edition;
    private readonly Findings _findings;
    private readonly SourceTables _sources;
    private readonly Registry _registry;
    private readonly StatusMaker _statuses;
    private readonly AttributeMaker _attributes;

    public Maker(Profile profile, Errata errata, Edition edition, PageFolder folder, Findings findings)
    {
        _profile = profile;
        _edition = edition;
        _findings = findings;
        _sources = new SourceTables(errata, findings);
        _registry = new Registry(profile, edition, folder, _sources);
        _statuses = new StatusMaker(profile, edition, folder, _sources, findings);
        _attributes = new AttributeMaker(profile, errata, edition, Dictionary.Of(edition, folder.Pages.Select(static page => page.Reading.Content)), _sources, findings);
    }

    public Registry Registry => _registry;

    /// <returns>Null for a table that is written by hand, or of which the edition has nothing.</returns>
    public MadeTable? Make(PageProfile page, TableProfile table)
    {
        var sources = table.Sources;
        var there = sources.Where(_edition.Has).ToList();
        if (table.ByHand is not null || there.Count == 0)
        {
            return null;
        }

        var rows = table switch
        {
            { SopClasses: not null } => SopClasses(page, there),
            { Usages: { } groups } => Groups(groups, (part, id) => _sources.Usages(part, id), "DIMSE Service", "Usage SCU/SCP"),
            { MetaSopClasses: { } groups } => Groups(groups, (part, id) => _sources.Usages(part, id, "SOP Class Name", "SOP Class"), "SOP Class", "Usage SCU/SCP"),
            { Types: { } groups } => Groups(groups, _sources.Types, "ID", "Action Type", "Event Type"),
            { Statuses: not null } => _statuses.Make(table, there),
            { Attributes: not null } => _attributes.Make(table),
            { GeneralStatuses: not null } => _statuses.General(there),
            { Values: not null } => _statuses.Values(there),
            { Conformance: not null } => _statuses.Conformance(there),
            { Dictionary: not null } => _sources.Dictionary(_edition, there),
            _ => _registry.Rows(there),
        };

        return new MadeTable(table, rows, there.Count == sources.Count && sources.All(source => IsCurrent(source)));

        bool IsCurrent(SourceReference source) => source.Part != "PS3.6" || _edition.Part("PS3.6") is not null;
    }

    private List<MadeRow> SopClasses(PageProfile page, IReadOnlyList<SourceReference> sources)
    {
        var rows = new List<MadeRow>();
        foreach (var source in sources)
        {
            var part = _edition.Part(source.Part)!;
            if (part.Table(source.Id) is { } table)
            {
                foreach (var row in _sources.SopClasses(part, table).Where(row => !rows.Exists(other => other.Key == row.Uid)))
                {
                    Add(row.Uid, row.Annex, table.Id, row.Line, part);
                }
            }
            else
            {
                // A chapter names UIDs of others, too: those that another page has are not this one's.
                foreach (var (uid, line) in Edition.UidsIn(part, source.Id))
                {
                    if (!rows.Exists(row => row.Key == uid) && _registry.IsSopClass(uid) && _registry.PageOf(uid) is var owner && (owner is null || owner == page.Page))
                    {
                        Add(uid, null, source.Id, line, part);
                    }
                }
            }
        }

        return rows;

        void Add(string uid, string? annex, string id, int line, DocPart part)
        {
            if (_profile.LeftOutSopClasses.ContainsKey(uid))
            {
                return;
            }

            var cells = new Dictionary<string, string>(StringComparer.Ordinal) { ["UID"] = uid };
            if (_registry.Keyword(uid) is { } keyword)
            {
                cells["SOP Class"] = keyword;
            }
            else
            {
                _findings.Error(part.File, line, id, $"the SOP class {uid} is not in the registry: its keyword stands in PS3.6 (part06.xml)");
            }

            if (annex is not null)
            {
                cells["Part 3 Annex"] = annex;
            }

            rows.Add(new MadeRow(uid, 0, cells, [id]));
        }
    }

    private List<MadeRow> Groups(
        IReadOnlyList<IReadOnlyList<string>> groups,
        Func<DocPart, DocTable, IReadOnlyList<NamedRow>> read,
        string keyColumn,
        params string[] valueColumns)
    {
        var rows = new List<MadeRow>();
        for (var group = 0; group < groups.Count; group++)
        {
            DocTable? first = null;
            foreach (var source in groups[group].Select(static text => SourceReference.Parse(text)!).Where(_edition.Has))
            {
                var part = _edition.Part(source.Part)!;
                var table = part.Table(source.Id)!;
                var named = read(part, table).Where(row => source.Types.Count == 0 || source.Types.Contains(row.Key)).ToList();
                if (first is null || (source.Types.Count > 0 && !named.Exists(row => rows.Exists(other => other.Group == group && other.Key == row.Key))))
                {
                    // The first table, or one with types of its own (PS3.4 Tables S.3.2.2.1-1 and S.3.2.3.1-1).
                    var at = group;
                    rows.AddRange(named.Select(row => new MadeRow(row.Key, at, Cells(row), [table.Id])));
                    first ??= table;
                    continue;
                }

                // The page says it once for SOP classes that have the same.
                var here = rows.Where(row => row.Group == group).Select(row => (row.Key, row.Cells[valueColumns[0]]));
                if (!here.Order().SequenceEqual(named.Select(static row => (row.Key, row.Value)).Order()))
                {
                    _findings.Error(part, table, table.Line, $"the page has one group of rows for this table and for {SourceReference.Spoken(first.Id)}, which say different things now");
                }
            }
        }

        return rows;

        Dictionary<string, string> Cells(NamedRow row)
        {
            var cells = valueColumns.ToDictionary(static column => column, _ => row.Value, StringComparer.Ordinal);
            cells[keyColumn] = row.Key;
            return cells;
        }
    }
}
