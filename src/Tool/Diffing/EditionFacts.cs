using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Reading;
using Specgen.Generators.Standard;
using Specgen.Tool.DocBook;
using Specgen.Tool.Making;
using Specgen.Tool.Pages;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Diffing;

/// <summary>What an edition says, table by table and in its own words: without errata and the pages' wordings, and whether a page has the table or not.</summary>
internal sealed partial class EditionFacts
{
    private readonly Profile _profile;
    private readonly Edition _edition;
    private readonly Findings _findings = new();
    private readonly SourceTables _sources;
    private readonly AttributeTables _attributes;
    private readonly List<Fact> _facts = [];

    private readonly Dictionary<string, RegistryEntry> _registered;

    private EditionFacts(Profile profile, Edition edition)
    {
        _registered = Page.Of("registry.rst", "registry.rst", SourceText.From(PageFolder.Resource("spec/registry.rst"))).Reading.Content.Registry!.Entries.ToDictionary(static entry => entry.Uid, StringComparer.Ordinal);
        _profile = profile;
        _edition = edition;
        _sources = new SourceTables(Errata.None, _findings);
        _attributes = new AttributeTables(_sources, profile, Errata.None, _findings, isLenient: true);
    }

    /// <param name="findings">What could not be read, as a notice: the facts of the rest are there.</param>
    public static IReadOnlyList<Fact> Of(Profile profile, Edition edition, Findings findings)
    {
        var facts = new EditionFacts(profile, edition);
        if (edition.Part("PS3.4") is { } services)
        {
            facts.AddServices(services);
        }

        if (edition.Part("PS3.7") is { } messages)
        {
            facts.AddGeneralStatuses(messages);
        }

        if (edition.Part("PS3.6") is { } dictionary)
        {
            facts.AddRegistry(dictionary);
        }

        foreach (var finding in facts._findings.All)
        {
            findings.Notice(finding.File, finding.Line, finding.Id, finding.Message);
        }

        return facts._facts;
    }

    private void AddServices(DocPart part)
    {
        var users = UsersOf();
        foreach (var table in part.Tables)
        {
            var kind = Census.KindOf(table);
            if (kind == SourceKind.None && !users.ContainsKey(table.Id))
            {
                continue;
            }

            // A table whose header this edition words otherwise is what the profile takes it for.
            foreach (var (annex, heading, known) in users.GetValueOrDefault(table.Id, [("", "", SourceKind.None)]).Distinct())
            {
                Add(part, table, kind == SourceKind.None ? known : kind, ServiceClassOf(part, annex.Length > 0 ? annex : ChapterOf(part, table)), heading);
            }
        }

        foreach (var page in _profile.Pages)
        {
            foreach (var source in page.Tables.Where(static table => table.SopClasses is not null).SelectMany(static table => table.Sources).Where(source => !source.Id.StartsWith("table_", StringComparison.Ordinal)))
            {
                // A chapter's text names well-known instances, too.
                foreach (var (uid, _) in (part.Section(source.Id) is null ? [] : Edition.UidsIn(part, source.Id)).Where(found => !_registered.TryGetValue(found.Uid, out var entry) || IsSopClass(entry.Type)))
                {
                    // The text has the UID alone; its name is a help for who reads, not what is compared.
                    _facts.Add(new Fact(ServiceClassOf(part, page.Annex), FactKind.SopClass, source.Id, _registered.GetValueOrDefault(uid)?.Name ?? "", uid, new Dictionary<string, string>()));
                }
            }
        }
    }

    /// <summary>For each table of PS3.4 that pages are made of, the annexes of the pages, as far as this edition has them, the headings there, and what it is a table of.</summary>
    private Dictionary<string, List<(string Annex, string Heading, SourceKind Kind)>> UsersOf()
    {
        var users = new Dictionary<string, List<(string Annex, string Heading, SourceKind Kind)>>(StringComparer.Ordinal);
        foreach (var page in _profile.Pages.Where(page => page.Annex.Length == 0 || _edition.Part("PS3.4")!.Section(page.Annex) is not null))
        {
            foreach (var table in page.Tables.Where(static table => table.ByHand is null))
            {
                foreach (var source in table.Sources.Where(static source => source.Part == "PS3.4" && source.Id.StartsWith("table_", StringComparison.Ordinal)))
                {
                    var id = _edition.Part("PS3.4")!.Table(source.Id)?.Id ?? source.Id;
                    if (!users.TryGetValue(id, out var known))
                    {
                        users[id] = known = [];
                    }

                    // Action and event tables are those of several tables of pages, and say one thing.
                    known.Add((page.Annex, table.Statuses is null ? "" : table.Heading, KindOf(table)));
                }
            }
        }

        return users.ToDictionary(static user => user.Key, static user => user.Value.Exists(static one => one.Annex.Length > 0) ? user.Value.FindAll(static one => one.Annex.Length > 0) : user.Value, StringComparer.Ordinal);
    }

    private static SourceKind KindOf(TableProfile table) => table switch
    {
        { Statuses: not null } => SourceKind.Statuses,
        { Usages: not null } => SourceKind.Usages,
        { MetaSopClasses: not null } => SourceKind.MetaSopClasses,
        { Types: not null } => SourceKind.Types,
        { SopClasses: not null } => SourceKind.SopClasses,
        { Attributes: not null } => SourceKind.Attributes,
        _ => SourceKind.None,
    };

    private static bool IsSopClass(string type) => type.EndsWith("SOP Class", StringComparison.Ordinal);

    private void Add(DocPart part, DocTable table, SourceKind kind, string service, string heading)
    {
        var subject = Subject(table.Caption);
        switch (kind)
        {
            case SourceKind.Statuses:
                var operation = OperationOf(heading, table.Caption);
                foreach (var row in _sources.Statuses(part, table))
                {
                    Add(service, FactKind.Status, table.Id, operation.Length > 0 ? operation : subject, row.Key, ("meaning", row.Meaning), ("category", row.Category));
                }

                break;
            case SourceKind.Usages:
                foreach (var row in _sources.Usages(part, table))
                {
                    Add(service, FactKind.Usage, table.Id, subject, row.Key, ("usage", row.Value));
                }

                break;
            case SourceKind.MetaSopClasses:
                foreach (var row in _sources.Usages(part, table, "SOP Class Name"))
                {
                    Add(service, FactKind.Usage, table.Id, subject, row.Key, ("usage", row.Value));
                }

                break;
            case SourceKind.Types:
                var isAction = table.Headers.Any(static header => header.StartsWith("Action", StringComparison.Ordinal));
                var types = _sources.Types(part, table);
                foreach (var row in types)
                {
                    Add(service, isAction ? FactKind.ActionType : FactKind.EventType, table.Id, subject, row.Key, ("name", row.Value));
                }

                if (Census.KindOf(table with { Headers = table.Headers.Where(static header => !header.Contains("Type ", StringComparison.Ordinal) || header.Contains("SCU", StringComparison.Ordinal)).ToArray() }) == SourceKind.Attributes)
                {
                    AddAttributes(part, table, service, id => types.FirstOrDefault(type => type.Key == id)?.Value ?? subject);
                }

                break;
            case SourceKind.SopClasses:
                foreach (var row in _sources.SopClasses(part, table))
                {
                    Add(service, FactKind.SopClass, table.Id, "", row.Uid, ("name", row.Name), ("IOD", row.Annex.Length > 0 ? "PS3.3 " + row.Annex : ""));
                }

                break;
            case SourceKind.Attributes:
                AddAttributes(part, table, service, _ => subject);
                break;
        }
    }

    private void AddAttributes(DocPart part, DocTable table, string service, Func<string, string> subject)
    {
        var messages = table.Headers.Where(static header => header.Contains("SCU", StringComparison.Ordinal)).Select(static header => Message().Match(header).Value).ToList();
        var rows = new Dictionary<(string Type, string Path), Dictionary<string, string>>();
        var others = new Dictionary<(string Type, string Path), IReadOnlyList<(string Header, string Words)>>();
        foreach (var message in messages.Count > 1 ? messages.Where(static message => message.Length > 0).Distinct() : [""])
        {
            var path = new List<string>();
            var type = "";
            var met = new HashSet<string>(StringComparer.Ordinal);
            foreach (var row in _attributes.Read(part, table, message))
            {
                if (row.Type != type)
                {
                    path.Clear();
                    met.Clear();
                    type = row.Type;
                }

                path.RemoveRange(Math.Min(row.Level, path.Count), path.Count - Math.Min(row.Level, path.Count));
                path.Add(row.Tag.Length > 0 ? row.Tag : row.Include.Length > 0 ? AttributeMaker.IncludeKey : row.Name);
                var key = string.Join(">", path);
                while (!met.Add(key))
                {
                    key = AttributeMaker.NextKey(key);
                }

                if (!rows.TryGetValue((row.Type, key), out var fields))
                {
                    rows[(row.Type, key)] = fields = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["name"] = new string('>', row.Level) + (row.Include.Length == 0 ? row.Name : "Include " + SourceReference.Spoken(row.Include)),
                    };
                }

                if (row.Include.Length == 0)
                {
                    fields[message.Length > 0 ? message : "type"] = row.Requirement;
                }

                others[(row.Type, key)] = row.Others;
            }
        }

        foreach (var (key, columns) in others)
        {
            foreach (var (header, words) in columns)
            {
                rows[key][header] = words;
            }
        }

        _facts.AddRange(rows.Select(row => new Fact(service, FactKind.Attribute, table.Id, subject(row.Key.Type), row.Key.Path, row.Value) { Scope = row.Key.Type }));
    }

    private void AddGeneralStatuses(DocPart part)
    {
        var sections = new GeneralStatusSections(_findings);
        var ids = _profile.Pages.SelectMany(static page => page.Tables).Where(static table => table.GeneralStatuses is not null).SelectMany(static table => table.Sources).Select(static source => source.Id);
        foreach (var status in sections.Statuses(part, ids))
        {
            Add("DIMSE (PS3.7)", FactKind.Status, "chapter_C", "Annex C", status.Code, ("meaning", status.Meaning), ("category", status.Category));
        }

        foreach (var (operation, text) in _profile.Operations)
        {
            if (SourceReference.Parse(text) is { } source && part.Section(source.Id) is { } section)
            {
                foreach (var row in sections.Listed(part, section))
                {
                    Add("DIMSE (PS3.7)", FactKind.Status, source.Id, operation, row.Key, ("meaning", row.Value));
                }
            }
        }
    }

    private void AddRegistry(DocPart part)
    {
        foreach (var source in _profile.RegistrySources.Where(_edition.Has))
        {
            foreach (var row in _sources.Registry(part, part.Table(source.Id)!).Where(static row => row.Type.Length == 0 || IsSopClass(row.Type)))
            {
                Add("Registry (PS3.6)", FactKind.SopClass, source.Id, "", row.Uid, ("name", row.Name), ("keyword", row.Keyword), ("retired", row.IsRetired ? "Yes" : "No"));
            }
        }
    }

    private void Add(string service, FactKind kind, string table, string subject, string key, params (string Name, string Words)[] fields) =>
        _facts.Add(new Fact(service, kind, table, subject, key, fields.Where(static field => field.Words.Length > 0).ToDictionary(static field => field.Name, static field => field.Words, StringComparer.Ordinal))
        {
            Scope = kind == FactKind.Status ? subject : "",
        });

    private static string ChapterOf(DocPart part, DocTable table)
    {
        var section = part.Sections.FirstOrDefault(section => section.Id == table.Section);
        while (section is { Parent.Length: > 0 })
        {
            var parent = section.Parent;
            section = part.Sections.First(other => other.Id == parent);
        }

        return section?.Id ?? "";
    }

    /// <summary>"Query/Retrieve Service Class (Normative)" → "Query/Retrieve Service Class".</summary>
    private static string ServiceClassOf(DocPart part, string chapter) =>
        part.Sections.FirstOrDefault(section => section.Id == chapter) is { } section ? section.Title.Replace("(Normative)", "", StringComparison.OrdinalIgnoreCase).Trim() : chapter;

    /// <summary>What a caption is about: "DIMSE Service Group Applicable to Basic Film Session" → "Basic Film Session".</summary>
    private static string Subject(string caption)
    {
        const string Group = "Applicable to ";
        var at = caption.IndexOf(Group, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? caption : caption[(at + Group.Length)..];
    }

    /// <summary>The DIMSE service that a heading of a page or a caption names: "Query/Retrieve (Find) Service Statuses", "C-STORE Status".</summary>
    private static string OperationOf(string heading, string caption)
    {
        foreach (var words in new[] { heading, caption })
        {
            if (CellText.DimseNames.FirstOrDefault(name => words.Contains(name, StringComparison.OrdinalIgnoreCase)) is { } named)
            {
                return named;
            }

            foreach (var operation in new[] { DimseOperation.CFind, DimseOperation.CGet, DimseOperation.CMove })
            {
                if (words.Contains("(" + operation.ToString()[1..] + ")", StringComparison.OrdinalIgnoreCase))
                {
                    return CellText.Dimse(operation);
                }
            }
        }

        return "";
    }

    [GeneratedRegex("N-(CREATE|SET|GET|ACTION|EVENT-REPORT|DELETE)", RegexOptions.CultureInvariant)]
    private static partial Regex Message();
}
