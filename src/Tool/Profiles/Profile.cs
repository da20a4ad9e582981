using System.Text.Json.Serialization;

namespace Specgen.Tool.Profiles;

/// <summary>Which table of the standard each table of each page is made of (spec/profile.json).</summary>
internal sealed record Profile
{
    private const string StatusesSuffix = " Statuses";

    public required IReadOnlyList<PageProfile> Pages { get; init; }

    /// <summary>Where PS3.7 lists the statuses of a DIMSE service: a page's table under "C-FIND Statuses" is made of it.</summary>
    public required IReadOnlyDictionary<string, string> Operations { get; init; }

    /// <summary>
    /// Macro tables as pages name them: "table_8-1a" → "Table 8.8-1 "Code Sequence Macro Attributes"". Where the tables of several messages
    /// include different ones, all of them: "table_F.7.2-1a table_8-3a".
    /// </summary>
    public IReadOnlyDictionary<string, string> Includes { get; init; } = new Dictionary<string, string>();

    /// <summary>Rows of modules that are left out: what their name begins with.</summary>
    public IReadOnlyList<string> SkippedRows { get; init; } = [];

    /// <summary>What the pages say in words of their own, or in one spelling where the standard has several.</summary>
    public IReadOnlyList<Wording> Wordings { get; init; } = [];

    /// <summary>Tables that look like a page's and have no place on one: id → why.</summary>
    public IReadOnlyDictionary<string, string> LeftOut { get; init; } = new Dictionary<string, string>();

    /// <summary>SOP classes that have no page: UID → why.</summary>
    public IReadOnlyDictionary<string, string> LeftOutSopClasses { get; init; } = new Dictionary<string, string>();

    /// <summary>Every source, and that each table is of one kind.</summary>
    /// <exception cref="ProfileException">One of them is not what it should be.</exception>
    public void Validate(string file)
    {
        foreach (var page in Pages)
        {
            foreach (var table in page.Tables)
            {
                var kinds = new object?[] { table.SopClasses, table.Usages, table.MetaSopClasses, table.Types, table.Statuses, table.Attributes, table.Values, table.Registry, table.Dictionary, table.GeneralStatuses, table.Conformance, table.ByHand };
                if (kinds.Count(static kind => kind is not null) != 1)
                {
                    throw new ProfileException(file, 1, $"{page.Page}, '{table.Heading}': expected one of sopClasses, usages, metaSopClasses, types, statuses, attributes, values, registry, dictionary, generalStatuses, conformance, byHand");
                }

                if (table.Texts.FirstOrDefault(static text => SourceReference.Parse(text) is null) is { } wrong)
                {
                    throw new ProfileException(file, 1, $"{page.Page}, '{table.Heading}': '{wrong}' is not a source; expected one like 'table_C.4-1' or 'PS3.7 sect_9.1.1.1.9'");
                }
            }
        }
    }

    /// <summary>The tables of UIDs.</summary>
    [JsonIgnore]
    public IEnumerable<SourceReference> RegistrySources => Pages.SelectMany(static page => page.Tables).Where(static table => table.Registry is not null).SelectMany(static table => table.Sources);

    /// <summary>What a table of a page is made of; null for one that the profile does not know.</summary>
    public TableProfile? Table(PageProfile page, string heading) =>
        page.Tables.FirstOrDefault(table => table.Heading == heading)
        ?? (heading.EndsWith(StatusesSuffix, StringComparison.Ordinal) && Operations.TryGetValue(heading[..^StatusesSuffix.Length], out var source)
            ? new TableProfile { Heading = heading, Statuses = [source] }
            : null);
}

/// <param name="Annex">The id of the chapter of PS3.4 that is about the service class; empty for a page that is none's.</param>
internal sealed record PageProfile(string Page, IReadOnlyList<TableProfile> Tables, string Annex = "");

/// <summary>A table of a page, by the heading above it. Exactly one of the kinds is given.</summary>
internal sealed record TableProfile
{
    public required string Heading { get; init; }

    /// <summary>Tables with UIDs, or chapters in whose text they stand.</summary>
    public IReadOnlyList<string>? SopClasses { get; init; }

    /// <summary>For each group of rows of the page, the tables that say the same of its SOP classes.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Usages { get; init; }

    public IReadOnlyList<IReadOnlyList<string>>? MetaSopClasses { get; init; }

    public IReadOnlyList<IReadOnlyList<string>>? Types { get; init; }

    public IReadOnlyList<string>? Statuses { get; init; }

    /// <summary>For each message, the tables that give its requirements.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Attributes { get; init; }

    public IReadOnlyList<string>? Values { get; init; }

    public IReadOnlyList<string>? Registry { get; init; }

    /// <summary>The tables of PS3.6 Chapters 6 to 9.</summary>
    public IReadOnlyList<string>? Dictionary { get; init; }

    public IReadOnlyList<string>? GeneralStatuses { get; init; }

    public IReadOnlyList<string>? Conformance { get; init; }

    /// <summary>What is written by hand: where it stands in the standard. Changes of these are reported, not made.</summary>
    public IReadOnlyList<string>? ByHand { get; init; }

    /// <summary>Rows that stand in the text of the standard only, or are kept after it dropped them: their UIDs, codes, names.</summary>
    public IReadOnlyList<string> Keeps { get; init; } = [];

    /// <summary>Rows of the standard's tables that the page leaves out, by their keys.</summary>
    public IReadOnlyList<string> Skips { get; init; } = [];

    /// <summary>The only rows of the standard's tables that the page has, by their keys; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Which table has it where several say different things of a row: its key → the table, which is named then.</summary>
    public IReadOnlyDictionary<string, string> Prefers { get; init; } = new Dictionary<string, string>();

    /// <summary>Whose requirement the column Type has: "N-CREATE SCU".</summary>
    public string Type { get; init; } = "";

    /// <summary>Whether a status names the first of its tables only.</summary>
    public bool CitesFirst { get; init; }

    /// <summary>All that the table is made of, once.</summary>
    [JsonIgnore]
    public IReadOnlyList<SourceReference> Sources => Texts.Select(static source => SourceReference.Parse(source)!).Distinct().ToArray();

    [JsonIgnore]
    public IEnumerable<string> Texts =>
        SopClasses ?? Statuses ?? Values ?? Registry ?? Dictionary ?? GeneralStatuses ?? Conformance ?? ByHand
            ?? (Usages ?? MetaSopClasses ?? Types)?.SelectMany(static group => group) ?? Attributes?.Values.SelectMany(static sources => sources) ?? [];
}

/// <param name="Printed">What the standard prints, or "sha256:" and the first 16 digits of its hash where it is a sentence.</param>
internal sealed record Wording(string Printed, string Page);
