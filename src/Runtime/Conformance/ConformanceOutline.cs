namespace Specgen.Conformance;

/// <summary>A statement → the document's sections, in the order of PS3.2 Annex N.</summary>
internal sealed class ConformanceOutline
{
    private readonly ConformanceStatement _statement;
    private readonly Dictionary<string, DocumentSection> _byNumber = new(StringComparer.Ordinal);
    private readonly List<string> _missing = [];

    private ConformanceOutline(ConformanceStatement statement) => _statement = statement;

    public List<DocumentSection> Sections { get; } = [];

    public IReadOnlyList<string> Missing => _missing;

    public IEnumerable<DocumentSection> All => Sections.SelectMany(static s => s.All);

    public static ConformanceOutline Of(ConformanceStatement statement)
    {
        var outline = new ConformanceOutline(statement);
        outline.Build();
        return outline;
    }

    private void Build()
    {
        var authors = new List<DocumentSection>();
        foreach (var (number, title, edition, author) in AnnexN.Sections)
        {
            var section = Add(number, title, edition.Length > 0);
            if (author == "author")
            {
                authors.Add(section);
            }
            else if (author == "other")
            {
                section.Blocks.Add(new Paragraph("Not a service of the application entities that are described here."));
            }
        }

        new GeneralContent(_statement, this).Write();
        new ServiceContent(_statement, this).Write();
        foreach (var section in All.ToList())
        {
            section.Sort();
        }

        foreach (var section in All)
        {
            if (_statement.Snippets.TryGetValue(section.Number, out var markdown))
            {
                section.Blocks.Add(new Snippet(markdown));
            }
        }

        foreach (var section in authors.Where(s => !_statement.Snippets.ContainsKey(s.Number)))
        {
            section.Blocks.Add(new ToBeWritten($"To be written by hand, in {section.Number}.md of the folder of snippets."));
        }

        _missing.InsertRange(0, authors.Where(s => !_statement.Snippets.ContainsKey(s.Number)).Select(static s => $"{s.Heading}: to be written by hand ({s.Number}.md)"));
    }

    public DocumentSection this[string number] => _byNumber[number];

    /// <summary>A section with a number goes below the one whose number is the beginning of its own.</summary>
    public DocumentSection Add(string number, string title, bool isChecked)
    {
        var section = new DocumentSection(number, "sect_" + number, title, isChecked);
        _byNumber.Add(number, section);
        (_byNumber.TryGetValue(number[..number.LastIndexOf('.')], out var above) ? above.Sections : Sections).Add(section);
        return section;
    }

    /// <summary>A section that Annex N has no number for.</summary>
    public static DocumentSection AddBelow(DocumentSection above, string name, string title)
    {
        var section = new DocumentSection("", $"{above.Id}_{name}", title, false);
        above.Sections.Add(section);
        return section;
    }

    public void Miss(DocumentSection section, string what) => _missing.Add($"{section.Heading}: {what}");
}
