namespace Specgen.Conformance;

/// <summary>A statement → the document's sections, in the order of PS3.2 Annex N.</summary>
internal sealed class ConformanceOutline
{
    /// <summary>What the template has behind the title of a section, and in it, that is of no use to a product.</summary>
    private const string NotApplicable = "N/A";

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
            var isUsed = author != "other" || IsWritten(number);
            var section = Add(number, isUsed ? title : $"{title} - {NotApplicable}", edition.Length > 0);
            if (author == "author" && !IsWritten(number))
            {
                authors.Add(section);
            }
            else if (!isUsed)
            {
                section.Blocks.Add(new Paragraph($"{NotApplicable}: not a service of the application entities that are described here."));
            }
        }

        new GeneralContent(_statement, this).Write();
        new TransferContent(_statement, this).Write();
        new ServiceContent(_statement, this).Write();
        foreach (var section in All.ToList())
        {
            section.Sort();
        }

        WriteWhatIsToBeChecked();
        foreach (var section in All.Where(s => IsWritten(s.Number)))
        {
            section.Blocks.Add(new Snippet(_statement.Snippets[section.Number]));
        }

        foreach (var section in authors)
        {
            section.Blocks.Add(new ToBeWritten(ToBeWritten(section)));
        }

        _missing.InsertRange(0, authors.Select(static s => $"{s.Heading}: to be written by hand ({s.Number}.md)"));
        _missing.AddRange(_statement.Snippets.Keys.Where(number => !_byNumber.ContainsKey(number)).Order(StringComparer.Ordinal).Select(static number => $"{number}: the statement has no such section, what was written for it is lost"));
    }

    public DocumentSection this[string number] => _byNumber[number];

    /// <summary>Whether the author has written something for a section: blank text says nothing.</summary>
    public bool IsWritten(string number) => _statement.Snippets.TryGetValue(number, out var markdown) && !string.IsNullOrWhiteSpace(markdown);

    public static string ToBeWritten(DocumentSection section) => $"To be written by hand, in {section.Number}.md of the folder of snippets.";

    /// <summary>A section with a number goes below the one whose number is the beginning of its own.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="title">Its title.</param>
    /// <param name="isChecked">Whether the template's section could be read.</param>
    /// <param name="template">The template's section that it is made after, where that has another number; empty where there is none.</param>
    public DocumentSection Add(string number, string title, bool isChecked, string? template = null)
    {
        var section = new DocumentSection(number, "sect_" + number, title, isChecked) { Template = template ?? number };
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

    private void WriteWhatIsToBeChecked()
    {
        var toCheck = All.Where(static s => s is { IsChecked: false, Template.Length: > 0 }).DistinctBy(static s => s.Template).Select(static section =>
        {
            var tables = section.Blocks.OfType<Table>().Where(static t => t.Number.Length > 0).Select(static t => t.Number).ToList();
            return $"{section.Template} {section.Title}{(tables.Count == 0 ? "" : $" (Table {string.Join(", ", tables)})")}";
        });
        this["N.3.3"].Blocks.Add(new Paragraph("Sections of the template that could not be read in their published form, and whose outline is to be checked against it:"));
        this["N.3.3"].Blocks.Add(new BulletList([.. toCheck]));
    }
}
