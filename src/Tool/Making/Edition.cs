using System.Text.RegularExpressions;
using Specgen.Tool.DocBook;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Making;

/// <summary>The parts of one edition of the standard that a folder has.</summary>
internal sealed partial class Edition
{
    private static readonly (string Part, string File)[] s_files =
        [("PS3.2", "part02"), ("PS3.3", "part03"), ("PS3.4", "part04"), ("PS3.6", "part06"), ("PS3.7", "part07")];

    private readonly Dictionary<string, DocPart> _parts;

    private Edition(string name, Dictionary<string, DocPart> parts)
    {
        Name = name;
        _parts = parts;
    }

    /// <summary>"2020c".</summary>
    public string Name { get; }

    public IReadOnlyCollection<DocPart> Parts => _parts.Values;

    /// <summary>The files that the folder does not have.</summary>
    public IEnumerable<string> NotThere => s_files.Where(file => !_parts.ContainsKey(file.Part)).Select(static file => file.File + ".xml");

    /// <param name="folder">With partNN.xml in it, or partNN/partNN.xml as NEMA's own folders have it.</param>
    /// <exception cref="DocBookException">It holds no part, a file that is not one, or parts of two editions.</exception>
    public static Edition Read(string folder, Profile profile, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new DocBookException(folder, 1, "no such folder");
        }

        var found = s_files.Select(file => (file.Part, Path: Find(folder, file.File))).Where(static file => file.Path is not null).ToList();
        if (found.Count == 0)
        {
            throw new DocBookException(folder, 1, $"the folder has none of {string.Join(", ", s_files.Select(static file => file.File + ".xml"))}");
        }

        var wanted = Wanted(profile);
        var parts = new DocPart[found.Count];
        try
        {
            // PS3.4 and PS3.7 as a whole, to see what is new; of the others, which are long, what the profile names.
            Parallel.For(0, found.Count, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancellationToken }, i =>
                parts[i] = DocBookReader.Read(found[i].Path!, found[i].Part is "PS3.4" or "PS3.7" ? null : wanted.Contains, cancellationToken));
        }
        catch (AggregateException exception) when (exception.InnerExceptions.OfType<DocBookException>().OrderBy(static inner => inner.File, StringComparer.Ordinal).FirstOrDefault() is { } first)
        {
            throw first;
        }

        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Name != found[i].Part)
            {
                throw new DocBookException(parts[i].File, 1, $"the file is {parts[i].Name}; expected {found[i].Part}");
            }

            if (parts[i].Edition != parts[0].Edition)
            {
                throw new DocBookException(parts[i].File, 1, $"the file is of edition {parts[i].Edition}, {Path.GetFileName(parts[0].File)} of {parts[0].Edition}: a folder has one edition");
            }
        }

        return new Edition(parts[0].Edition, parts.ToDictionary(static part => part.Name));
    }

    /// <summary>Whether there is a file of the standard in the folder, so that it is one of DocBook and not one of pages.</summary>
    public static bool IsIn(string folder) => Array.Exists(s_files, file => Find(folder, file.File) is not null);

    public DocPart? Part(string name) => _parts.GetValueOrDefault(name);

    /// <summary>Whether the edition has what a table is made of.</summary>
    public bool Has(SourceReference source) =>
        Part(source.Part) is { } part && (source.Id.StartsWith("table_", StringComparison.Ordinal) ? part.Table(source.Id) is not null : part.Section(source.Id) is not null);

    /// <summary>The UIDs of DICOM in the text and the tables of a chapter or section, each where it stands first.</summary>
    public static IReadOnlyList<(string Uid, int Line)> UidsIn(DocPart part, string section)
    {
        var uids = new List<(string, int)>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (text, line) in part.Within(section).SelectMany(static within => within.Paragraphs.Select(static paragraph => (paragraph.Text, paragraph.Line))
            .Concat(within.Tables.SelectMany(static table => table.Rows).SelectMany(static row => row.Cells).Select(static cell => (cell.Text, cell.Line)))))
        {
            foreach (Match match in Uid().Matches(text))
            {
                if (known.Add(match.Value))
                {
                    uids.Add((match.Value, line));
                }
            }
        }

        return uids;
    }

    private static string? Find(string folder, string name) =>
        new[] { Path.Combine(folder, name + ".xml"), Path.Combine(folder, name, name + ".xml") }.FirstOrDefault(File.Exists);

    private static HashSet<string> Wanted(Profile profile)
    {
        var ids = profile.Pages.SelectMany(static page => page.Tables).SelectMany(static table => table.Sources).Select(static source => source.Id);
        return new HashSet<string>(ids, StringComparer.Ordinal) { Dictionary.TableId };
    }

    [GeneratedRegex(@"\b1\.2\.840\.10008(\.(0|[1-9]\d*))+", RegexOptions.CultureInvariant)]
    private static partial Regex Uid();
}
