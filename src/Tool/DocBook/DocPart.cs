namespace Specgen.Tool.DocBook;

/// <summary>A part of one edition of the standard: "PS3.4" of "2020c".</summary>
internal sealed class DocPart(string name, string edition, string file, IReadOnlyList<DocSection> sections, IReadOnlyList<DocTable> tables)
{
    private readonly Dictionary<string, DocTable> _tables = ById(tables, static table => table.Id, static table => table.Label);
    private readonly Dictionary<string, DocSection> _sections = ById(sections, static section => section.Id, static section => section.Label);

    public string Name { get; } = name;

    public string Edition { get; } = edition;

    public string File { get; } = file;

    /// <summary>In the order of the text.</summary>
    public IReadOnlyList<DocSection> Sections { get; } = sections;

    public IReadOnlyList<DocTable> Tables { get; } = tables;

    /// <summary>By id, then by label: "table_H.4.4.2", "H.4.4.2-1".</summary>
    public DocTable? Table(string id) => Find(_tables, id, "table_");

    public DocSection? Section(string id) => Find(_sections, id, "sect_") ?? Find(_sections, id, "chapter_");

    /// <summary>A section, and all that is in it.</summary>
    public IEnumerable<DocSection> Within(string id)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in Sections)
        {
            if (section.Id == id || ids.Contains(section.Parent))
            {
                ids.Add(section.Id);
                yield return section;
            }
        }
    }

    private static T? Find<T>(Dictionary<string, T> all, string id, string prefix)
        where T : class
    {
        if (all.TryGetValue(id, out var found))
        {
            return found;
        }

        return id.StartsWith(prefix, StringComparison.Ordinal) ? all.GetValueOrDefault(id[prefix.Length..]) : null;
    }

    private static Dictionary<string, T> ById<T>(IReadOnlyList<T> all, Func<T, string> id, Func<T, string> label)
    {
        var found = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var one in all.Where(one => id(one).Length > 0))
        {
            found.TryAdd(id(one), one);
        }

        foreach (var one in all.Where(one => label(one).Length > 0))
        {
            found.TryAdd(label(one), one);
        }

        return found;
    }
}
