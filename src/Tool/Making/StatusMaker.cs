using System.Globalization;
using Specgen.Generators.Reading;
using Specgen.Tool.DocBook;
using Specgen.Tool.Pages;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Making;

/// <summary>The tables of statuses: those of PS3.7 that every service class has, those of its own, those of conformance statements.</summary>
internal sealed class StatusMaker
{
    private static readonly string[] s_prefixes = ["Failed: ", "Error: ", "Refused: ", "Failure: ", "Warning: "];

    private readonly Profile _profile;
    private readonly Edition _edition;
    private readonly SourceTables _sources;
    private readonly Findings _findings;
    private readonly GeneralStatusSections _sections;
    private readonly Dictionary<string, GeneralStatus> _general = new(StringComparer.Ordinal);
    private readonly HashSet<string> _codes = new(StringComparer.Ordinal);

    public StatusMaker(Profile profile, Edition edition, PageFolder folder, SourceTables sources, Findings findings)
    {
        _profile = profile;
        _edition = edition;
        _sources = sources;
        _findings = findings;
        _sections = new GeneralStatusSections(findings);
        if (edition.Part("PS3.7") is { } part)
        {
            foreach (var status in _sections.Statuses(part, GeneralIds))
            {
                _general.TryAdd(status.Code, status);
            }
        }
        else
        {
            foreach (var fact in folder.Pages.SelectMany(static page => page.Reading.Facts.GeneralStatuses))
            {
                _codes.Add(fact.Code.ToString("X4", CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>The sections of Annex C with the statuses.</summary>
    private IEnumerable<string> GeneralIds => _profile.Pages.SelectMany(static page => page.Tables).Where(static table => table.GeneralStatuses is not null)
        .SelectMany(static table => table.Sources).Select(static source => source.Id);

    public IReadOnlyList<MadeRow> Make(TableProfile profile, IReadOnlyList<SourceReference> sources)
    {
        var found = new Dictionary<string, Found>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            var part = _edition.Part(source.Part)!;
            if (part.Table(source.Id) is { } table && source.Id.StartsWith("table_", StringComparison.Ordinal))
            {
                AddTable(part, table);
            }
            else if (part.Section(source.Id) is { } section)
            {
                AddList(part, section);
            }
        }

        return found.Values.OrderBy(static status => status.Row.First).Select(status => new MadeRow(
            status.Row.Key,
            0,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Code (hex)"] = status.Row.Code,
                ["Category"] = status.Row.Category,
                ["Description"] = status.Meaning,
                ["Section"] = status.IsGeneral ? status.Section : Cited(profile.Prefers.TryGetValue(status.Row.Key, out var preferred) ? [preferred] : profile.CitesFirst ? status.Tables.Take(1).ToList() : status.Tables),
            },
            status.Tables)
        { Order = status.Row.First }).ToList();

        void AddTable(DocPart part, DocTable table)
        {
            foreach (var row in _sources.Statuses(part, table))
            {
                if (IsGeneral(row))
                {
                    continue;
                }

                var meaning = Meaning(row.Meaning);
                if (!found.TryGetValue(row.Key, out var known))
                {
                    found[row.Key] = new Found(row, meaning, "", [table.Id], false);
                    continue;
                }

                known.Tables.Add(table.Id);
                if (profile.Prefers.TryGetValue(row.Key, out var better))
                {
                    found[row.Key] = better == table.Id ? known with { Row = row, Meaning = meaning } : known;
                }
                else if (known.Meaning != meaning || !CellText.IsWord(known.Row.Category, row.Category))
                {
                    _findings.Error(part, table, row.Line, $"{row.Key} is '{row.Category}, {row.Meaning}' here and '{known.Row.Category}, {known.Row.Meaning}' in {SourceReference.Spoken(known.Tables[0])}; "
                        + "the page has one row for both: say in errata.json which it is");
                }
            }
        }

        void AddList(DocPart part, DocSection section)
        {
            foreach (var row in _sections.Listed(part, section))
            {
                if (General(row.Key) is not { } general || !SourceTables.Codes(row.Key).Any())
                {
                    _findings.Error(part.File, row.Line, section.Id, $"{row.Key} '{row.Value}' is not a status of PS3.7 Annex C");
                    continue;
                }

                var code = SourceTables.Codes(row.Key)[0].First;
                found.TryAdd(row.Key, new Found(new StatusRow(code, code, general.Category, general.Meaning, row.Line), general.Meaning, "PS3.7 " + general.Section, [section.Id], true));
            }
        }
    }

    /// <summary>PS3.7 Annex C with the services whose lists name each status.</summary>
    public IReadOnlyList<MadeRow> General(IReadOnlyList<SourceReference> sources)
    {
        var part = _edition.Part("PS3.7")!;
        var services = _profile.Operations
            .Select(operation => (operation.Key, Source: SourceReference.Parse(operation.Value)))
            .Where(operation => operation.Source is not null && part.Section(operation.Source.Id) is not null)
            .Select(operation => (operation.Key, Codes: _sections.Listed(part, part.Section(operation.Source!.Id)!).Select(static row => row.Key).ToHashSet(StringComparer.Ordinal)))
            .ToList();
        return _general.Values.Where(static status => SourceTables.Codes(status.Code).Count == 1).Select(status => new MadeRow(
            status.Code,
            0,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Code (hex)"] = "0x" + status.Code,
                ["Category"] = status.Category,
                ["Meaning"] = status.Meaning,
                ["Section"] = status.Section,
                ["DIMSE Services"] = string.Join(", ", services.Where(service => service.Codes.Contains(status.Code)).Select(static service => service.Key)),
            },
            sources.Select(static source => source.Id).ToList())
        { Order = SourceTables.Codes(status.Code)[0].First }).OrderBy(static row => row.Order).ToList();
    }

    /// <summary>"0110H - Processing failure", as PS3.3 §C.14.1.1 lists the values of an attribute.</summary>
    public IReadOnlyList<MadeRow> Values(IReadOnlyList<SourceReference> sources)
    {
        var rows = new List<MadeRow>();
        foreach (var source in sources)
        {
            foreach (var paragraph in _edition.Part(source.Part)!.Section(source.Id)!.Paragraphs)
            {
                var dash = paragraph.Text.IndexOf(" - ", StringComparison.Ordinal);
                if (dash > 0 && CellText.TryCode(paragraph.Text[..dash].Trim(), out var code))
                {
                    var key = code.ToString("X4", CultureInfo.InvariantCulture);
                    rows.Add(new MadeRow(key, 0, new Dictionary<string, string>(StringComparer.Ordinal) { ["Value"] = key + "H", ["Meaning"] = paragraph.Text[(dash + 3)..].Trim() }, [source.Id]) { Order = code });
                }
            }
        }

        return rows;
    }

    /// <summary>A table of PS3.2 Annex N.</summary>
    public IReadOnlyList<MadeRow> Conformance(IReadOnlyList<SourceReference> sources)
    {
        var rows = new List<MadeRow>();
        foreach (var source in sources)
        {
            var part = _edition.Part(source.Part)!;
            var table = part.Table(source.Id)!;
            if (!_sources.IsSound(part, table)
                || !_sources.Column(part, table, out var category, "Service Status")
                || !_sources.Column(part, table, out var meaning, "Further Meaning")
                || !_sources.Column(part, table, out var code, "Status Code", "Status Codes", "Status Code(s)"))
            {
                continue;
            }

            foreach (var row in table.Rows.Where(static row => row.Whole is null))
            {
                var key = row[code].StartsWith("Any other", StringComparison.OrdinalIgnoreCase) ? "any other" : row[code];
                rows.Add(new MadeRow(key, 0, new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["Service Status"] = row[category] is "" or "*" ? "-" : row[category],
                    ["Further Meaning"] = Meaning(row[meaning]),
                    ["Status Code"] = key,
                }, [table.Id]));
            }
        }

        return rows;
    }

    /// <summary>What a page says for what a table of PS3.4 prints.</summary>
    public string Meaning(string printed)
    {
        if (_profile.Wordings.FirstOrDefault(wording => Errata.Prints(wording.Printed, printed)) is { } whole)
        {
            return whole.Page;
        }

        var prefix = Array.Find(s_prefixes, prefix => printed.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        var words = printed[(prefix?.Length ?? 0)..].Trim().TrimEnd('.');
        return _profile.Wordings.FirstOrDefault(wording => Errata.Prints(wording.Printed, words))?.Page ?? words;
    }

    /// <summary>"PS3.4 Table C.4-2", "PS3.4 Tables H.4-4, H.4-9".</summary>
    private static string Cited(List<string> tables) =>
        $"PS3.4 Table{(tables.Count == 1 ? "" : "s")} " + string.Join(", ", tables.Distinct().Select(static id => id["table_".Length..]));

    /// <summary>Whether PS3.7 has the status for every service class.</summary>
    private bool IsGeneral(StatusRow row) => row.First == row.Last && (_codes.Contains(row.Key) || _general.ContainsKey(row.Key));

    private GeneralStatus? General(string code) => _general.GetValueOrDefault(code);

    private sealed record Found(StatusRow Row, string Meaning, string Section, List<string> Tables, bool IsGeneral);
}
