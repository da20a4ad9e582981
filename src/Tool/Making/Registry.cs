using Specgen.Tool.DocBook;
using Specgen.Tool.Pages;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Making;

/// <summary>The UIDs of PS3.6 Tables: the edition's own, and where it lacks PS3.6 those that the pages have.</summary>
internal sealed class Registry
{
    private const string SopClassType = "SOP Class";

    private readonly Edition _edition;
    private readonly SourceTables _sources;
    private readonly Dictionary<string, (string Keyword, string Name, string Type, bool IsRetired)> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _pages = new(StringComparer.Ordinal);

    public Registry(Profile profile, Edition edition, PageFolder folder, SourceTables sources)
    {
        _edition = edition;
        _sources = sources;
        foreach (var entry in folder.Pages.Select(static page => page.Reading.Content.Registry).OfType<Generators.Standard.Registry>().SelectMany(static registry => registry.Entries))
        {
            _known[entry.Uid] = (entry.Keyword, entry.Name, entry.Type, entry.IsRetired);
        }

        foreach (var source in profile.RegistrySources.Where(edition.Has))
        {
            var part = edition.Part(source.Part)!;
            foreach (var row in sources.Registry(part, part.Table(source.Id)!))
            {
                _known[row.Uid] = (row.Keyword.Length > 0 ? row.Keyword : Keyword(row.Uid) ?? "", row.Name, row.Type, row.IsRetired);
            }
        }

        foreach (var page in folder.Pages)
        {
            foreach (var fact in page.Reading.Facts.SopClasses)
            {
                _pages.TryAdd(fact.Uid, page.Name);
            }
        }
    }

    public string? Keyword(string uid) => _known.TryGetValue(uid, out var known) && known.Keyword.Length > 0 ? known.Keyword : null;

    public bool IsSopClass(string uid) => !_known.TryGetValue(uid, out var known) || known.Type.EndsWith(SopClassType, StringComparison.Ordinal);

    public bool IsKnown(string uid) => _known.ContainsKey(uid);

    public bool IsRetired(string uid) => _known.TryGetValue(uid, out var known) && known.IsRetired;

    /// <summary>The page that has a SOP class, or null.</summary>
    public string? PageOf(string uid) => _pages.GetValueOrDefault(uid);

    public IReadOnlyList<MadeRow> Rows(IReadOnlyList<SourceReference> sources)
    {
        var rows = new List<MadeRow>();
        foreach (var source in sources)
        {
            var part = _edition.Part(source.Part)!;
            foreach (var row in _sources.Registry(part, part.Table(source.Id)!))
            {
                var cells = new Dictionary<string, string>(StringComparer.Ordinal) { ["UID"] = row.Uid, ["Name"] = row.Name, ["Retired"] = row.IsRetired ? "Yes" : "No" };
                Set(cells, "Keyword", row.Keyword);
                Set(cells, "Type", row.Type);
                Set(cells, "Part", row.Part);
                rows.Add(new MadeRow(row.Uid, 0, cells, [source.Id]));
            }
        }

        return rows;

        // Editions before 2018 have no keywords, Table A-2 has neither type nor part.
        static void Set(Dictionary<string, string> cells, string column, string value)
        {
            if (value.Length > 0)
            {
                cells[column] = value;
            }
        }
    }
}
