using System.Text.RegularExpressions;
using Specgen.Generators.Reading;
using Specgen.Tool.DocBook;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Making;

/// <summary>"Attribute Name | Tag | Req. Type … (SCU/SCP) | …", with action or event types before them or without.</summary>
/// <param name="isLenient">Whether a requirement that is none is taken as it is, and levels are: for comparing what is printed.</param>
internal sealed partial class AttributeTables(SourceTables tables, Profile profile, Errata errata, Findings findings, bool isLenient = false)
{
    /// <summary>Columns that no page has (PS3.4 Tables F.7.2-1, CC.2.5-3).</summary>
    private static readonly string[] s_others = ["Final State", "Match Key Type", "Return Key Type"];

    /// <param name="message">The words of the header of the column of requirements: "N-CREATE"; empty where there is one such column.</param>
    public IReadOnlyList<AttributeRow> Read(DocPart part, DocTable table, string message)
    {
        var rows = new List<AttributeRow>();
        if (!tables.IsSound(part, table)
            || !tables.Column(part, table, out var name, "Attribute Name", "Attribute")
            || !tables.Column(part, table, out var tag, "Tag", "Attribute Tag")
            || !RequirementColumn(part, table, message, out var requirement))
        {
            return rows;
        }

        var hasTypes = SourceTables.Find(table, "Action Type ID", "Event Type ID", "Action Type Name", "Event Type Name") >= 0;
        var id = -1;
        if (hasTypes && !tables.TypeColumns(part, table, out _, out id))
        {
            return rows;
        }

        var (type, previous) = ("", "");
        foreach (var row in table.Rows)
        {
            type = id >= 0 && row[id].Length > 0 ? row[id] : type;
            if (row.Whole is not null && IsInclude(row, name, tag) is null)
            {
                continue;
            }

            if (Read(part, table, row, message, (name, tag, requirement), type, previous) is { } attribute)
            {
                rows.Add(attribute);
            }

            previous = row[name];
        }

        if (!isLenient)
        {
            CheckLevels(part, table, rows);
        }

        return rows;
    }

    private AttributeRow? Read(DocPart part, DocTable table, DocRow row, string message, (int Name, int Tag, int Requirement) at, string type, string previous)
    {
        var printed = errata.Apply(table.Id, row[at.Name], "Attribute Name", row[at.Name], previous);
        var level = printed.TakeWhile(static c => c is '>' or ' ').Count(static c => c == '>');
        var name = printed.TrimStart('>', ' ');
        if (IsInclude(row, at.Name, at.Tag) is { } include)
        {
            return new AttributeRow(level, name, "", include, "", type, row.Line);
        }

        if (name.Length == 0 || name == "None")
        {
            return null;
        }

        if (profile.SkippedRows.Any(skipped => name.StartsWith(skipped, StringComparison.OrdinalIgnoreCase)))
        {
            return isLenient ? new AttributeRow(level, name, "", "", Requirement(row[at.Requirement]) ?? row[at.Requirement], type, row.Line) { Others = OthersOf(table, row) } : null;
        }

        // "(0074,100e)", "(0008, 1150)".
        var tag = row[at.Tag].Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        tag = errata.Apply(table.Id, row[at.Name], "Tag", tag, previous);
        if (!CellText.TryTag(tag, out _, out _))
        {
            findings.Error(part, table, row.Line, $"'{name}' has no tag: '{row[at.Tag]}'");
            return null;
        }

        // An erratum is about the requirement, not about the condition behind it.
        var words = row[at.Requirement].Split(' ', 2);
        var cell = string.Join(' ', [errata.Apply(table.Id, row[at.Name], message.Length == 0 ? "SCU/SCP" : message, words[0], previous), .. words.Skip(1)]);
        if ((Requirement(cell) ?? (isLenient ? words[0] : null)) is not { } requirement)
        {
            findings.Error(part, table, row.Line, $"'{cell}' is not a requirement of a user and a provider");
            return null;
        }

        return new AttributeRow(level, name, tag, "", requirement, type, row.Line) { Others = isLenient ? OthersOf(table, row) : [] };
    }

    private static IReadOnlyList<(string Header, string Words)> OthersOf(DocTable table, DocRow row) => Enumerable.Range(0, table.Headers.Count)
        .Select(column => (Header: s_others.FirstOrDefault(other => table.Headers[column].Contains(other, StringComparison.OrdinalIgnoreCase), ""), Words: row[column]))
        .Where(static other => other.Header.Length > 0 && other.Words is not ("" or "-"))
        .ToArray();

    /// <summary>
    /// "1C/1C Required if …" → "1C/1C"; "-/-" and "Not allowed. …" → "Not allowed" (PS3.4 §5.4); "See …" → empty; M, MC and U of §H.2.4 →
    /// 1, 1C and 3; null for anything else.
    /// </summary>
    public static string? Requirement(string cell)
    {
        if (cell.Length == 0 || cell == "-" || cell.StartsWith("See", StringComparison.OrdinalIgnoreCase) || cell.StartsWith("(see", StringComparison.OrdinalIgnoreCase))
        {
            return "";
        }

        if (cell.StartsWith("Not allowed", StringComparison.OrdinalIgnoreCase))
        {
            return "Not allowed";
        }

        if (RequirementForm().Match(cell) is not { Success: true } match)
        {
            return null;
        }

        var (user, provider) = (Typed(match.Groups[1].Value), Typed(match.Groups[2].Value));
        return user == "-" && provider == "-" ? "Not allowed" : user + "/" + provider;

        static string Typed(string word) => word switch { "M" => "1", "MC" => "1C", "U" => "3", "UC" => "3", _ => word };
    }

    /// <summary>The id of the macro's table; null for an attribute, though its name may begin with "Include" as (2200,0008) does.</summary>
    private static string? IsInclude(DocRow row, int name, int tag)
    {
        var words = row[name].TrimStart('>', ' ');
        return words.StartsWith("Include ", StringComparison.OrdinalIgnoreCase) && !CellText.TryTag(row[tag].Replace(" ", "", StringComparison.Ordinal), out _, out _)
            ? row.Cells[name].References.FirstOrDefault(static id => id.StartsWith("table_", StringComparison.Ordinal)) ?? words["Include ".Length..]
            : null;
    }

    private bool RequirementColumn(DocPart part, DocTable table, string message, out int column)
    {
        bool IsRequirement(string header) => message.Length > 0 && header.Contains("SCU", StringComparison.Ordinal)
            ? header.Contains(message, StringComparison.OrdinalIgnoreCase)
            : message.Length == 0 && (header.Contains("SCU/SCP", StringComparison.Ordinal) || header.Contains("SCU / SCP", StringComparison.Ordinal));

        var found = Enumerable.Range(0, table.Headers.Count).Where(i => IsRequirement(table.Headers[i])).ToList();
        column = found.Count == 1 ? found[0] : -1;
        if (column < 0)
        {
            findings.Error(part, table, table.Line, $"{(found.Count == 0 ? "no column" : $"{found.Count} columns")} of requirements{(message.Length > 0 ? " of " + message : "")}: "
                + $"the table has {string.Join(", ", table.Headers.Select(static header => $"'{header}'"))}");
        }

        return column >= 0;
    }

    private void CheckLevels(DocPart part, DocTable table, List<AttributeRow> rows)
    {
        var (above, type) = (-1, "");
        foreach (var row in rows)
        {
            above = row.Type == type ? above : -1;
            if (row.Level > above + 1)
            {
                findings.Error(part, table, row.Line, $"'{new string('>', row.Level)}{row.Name}' is {row.Level - above} levels below the row above");
            }

            (above, type) = (row.Include.Length > 0 ? Math.Max(above, row.Level) : row.Level, row.Type);
        }
    }

    [GeneratedRegex(@"^(-|[12]C?|3|MC?|UC?)\s?/\s?(-|[12]C?|3|MC?|UC?)(?![A-Za-z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex RequirementForm();
}
