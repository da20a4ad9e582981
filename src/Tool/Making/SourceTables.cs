using System.Globalization;
using System.Text.RegularExpressions;
using Specgen.Generators.Reading;
using Specgen.Tool.DocBook;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Making;

internal sealed record StatusRow(ushort First, ushort Last, string Category, string Meaning, int Line)
{
    /// <summary>"A700", "C000-CFFF".</summary>
    public string Key => First == Last ? Hex(First) : Hex(First) + "-" + Hex(Last);

    /// <summary>"0xA700", "0xC000 to 0xCFFF".</summary>
    public string Code => First == Last ? "0x" + Hex(First) : $"0x{Hex(First)} to 0x{Hex(Last)}";

    private static string Hex(ushort code) => code.ToString("X4", CultureInfo.InvariantCulture);
}

internal sealed record NamedRow(string Key, string Value, int Line);

internal sealed record SopClassRow(string Uid, string Name, string Annex, int Line);

internal sealed record RegistryRow(string Uid, string Name, string Keyword, string Type, string Part, bool IsRetired, int Line);

/// <summary>What the tables of the standard say, whichever of their known forms they have. What is not understood is reported at its line.</summary>
internal sealed partial class SourceTables(Errata errata, Findings findings)
{
    /// <summary>"Service Status | Further Meaning | Status Code | …".</summary>
    public IReadOnlyList<StatusRow> Statuses(DocPart part, DocTable table)
    {
        var rows = new List<StatusRow>();
        if (!IsSound(part, table)
            || !Column(part, table, out var category, "Service Status", "Status")
            || !Column(part, table, out var meaning, "Further Meaning", "Meaning", "Status Meaning")
            || !Column(part, table, out var code, "Status Code", "Status Codes", "Response Status Codes", "Response Status Code", "Code"))
        {
            return rows;
        }

        var above = "";
        foreach (var row in table.Rows)
        {
            if (row.Whole is not null)
            {
                continue;
            }

            // An empty cell goes on with the category above (PS3.4 Table C.4-1 until 2019e).
            above = row[category].Length > 0 ? row[category] : above;
            var codes = Codes(row[code]);
            if (codes.Count == 0)
            {
                findings.Error(part, table, row.Line, $"'{row[code]}' is not a status code");
                continue;
            }

            foreach (var (first, last) in codes)
            {
                var status = new StatusRow(first, last, above, row[meaning], row.Line);
                status = status with
                {
                    Category = errata.Apply(table.Id, status.Key, "Category", status.Category),
                    Meaning = errata.Apply(table.Id, status.Key, "Description", status.Meaning),
                };
                if (!CellText.TryCategory(status.Category, out _))
                {
                    findings.Error(part, table, row.Line, $"'{status.Category}' is not a class of statuses");
                }

                rows.Add(status);
            }
        }

        return rows;
    }

    /// <summary>"DICOM Message Service Element | Usage SCU/SCP": the service as a page writes it, and "M/U".</summary>
    public IReadOnlyList<NamedRow> Usages(DocPart part, DocTable table, params string[] nameHeaders)
    {
        var rows = new List<NamedRow>();
        if (!IsSound(part, table)
            || !Column(part, table, out var name, nameHeaders.Length > 0 ? nameHeaders : ["DICOM Message Service Element", "DIMSE Service Element", "DIMSE Service", "Message Service Element"])
            || !Column(part, table, out var usage, "Usage SCU/SCP", "SCU/SCP", "Usage"))
        {
            return rows;
        }

        foreach (var row in table.Rows)
        {
            var key = row[name];
            var printed = errata.Apply(table.Id, key, "Usage SCU/SCP", row[usage]);
            if (!CellText.TryUsages(printed, out var scu, out var scp))
            {
                findings.Error(part, table, row.Line, $"'{printed}' is not a usage of a user and a provider");
            }
            else if (nameHeaders.Length == 0 && !CellText.TryOperation(key, out _, out _))
            {
                findings.Error(part, table, row.Line, $"'{key}' is not a DIMSE service");
            }
            else
            {
                rows.Add(new NamedRow(key, Spoken(scu) + "/" + Spoken(scp), row.Line));
            }
        }

        return rows;

        static string Spoken(Generators.Standard.Usage usage) => usage == Generators.Standard.Usage.NotUsed ? "Not used" : usage.ToString();
    }

    /// <summary>"Action Type Name | Action Type ID | …": the ID and the name of each type, once.</summary>
    public IReadOnlyList<NamedRow> Types(DocPart part, DocTable table)
    {
        var rows = new List<NamedRow>();
        if (!IsSound(part, table) || !TypeColumns(part, table, out var name, out var id))
        {
            return rows;
        }

        foreach (var row in table.Rows)
        {
            // An empty cell goes on with the type above (PS3.4 Tables H.4-14, J.3-1).
            if (row[id].Length == 0 || row.Whole is not null)
            {
                continue;
            }

            if (!ushort.TryParse(row[id], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0 || row[name].Length == 0)
            {
                findings.Error(part, table, row.Line, $"'{row[name]}' with the ID '{row[id]}' is not an action or event type");
            }
            else if (!rows.Exists(other => other.Key == row[id]))
            {
                rows.Add(new NamedRow(row[id], errata.Apply(table.Id, row[id], "Name", row[name]), row.Line));
            }
            else if (rows.Find(other => other.Key == row[id])!.Value != row[name])
            {
                findings.Error(part, table, row.Line, $"the ID {row[id]} is that of '{rows.Find(other => other.Key == row[id])!.Value}' and of '{row[name]}'");
            }
        }

        return rows;
    }

    /// <summary>"SOP Class Name | SOP Class UID | IOD Specification | …".</summary>
    public IReadOnlyList<SopClassRow> SopClasses(DocPart part, DocTable table)
    {
        var rows = new List<SopClassRow>();
        if (!IsSound(part, table)
            || !Column(part, table, out var name, "SOP Class Name", "SOP Class", "Name", "UID Name")
            || !Column(part, table, out var uid, "SOP Class UID", "UID", "UID Value"))
        {
            return rows;
        }

        var iod = Find(table, "IOD Specification", "IOD");
        foreach (var row in table.Rows)
        {
            if (row.Whole is not null)
            {
                continue;
            }

            var value = errata.Apply(table.Id, row[name], "UID", row[uid].Replace(" ", "", StringComparison.Ordinal));
            if (CellText.WhyNoUid(value) is { } why)
            {
                findings.Error(part, table, row.Line, $"'{value}' is not a UID: {why}");
                continue;
            }

            // "IOD Specification" is a reference to a section of PS3.3 without text.
            var annex = iod < 0 ? "" : row.Cells[iod].References.FirstOrDefault(static id => id.StartsWith("sect_", StringComparison.Ordinal)) is { } target
                ? target["sect_".Length..]
                : Annex().Match(row[iod]).Value;
            rows.Add(new SopClassRow(value, row[name], errata.Apply(table.Id, value, "Part 3 Annex", annex), row.Line));
        }

        return rows;
    }

    /// <summary>PS3.6 Tables A-1 and A-2.</summary>
    public IReadOnlyList<RegistryRow> Registry(DocPart part, DocTable table)
    {
        var rows = new List<RegistryRow>();
        if (!IsSound(part, table)
            || !Column(part, table, out var uid, "UID Value", "UID")
            || !Column(part, table, out var name, "UID Name", "Name"))
        {
            return rows;
        }

        var (keyword, type, where) = (Find(table, "UID Keyword", "Keyword"), Find(table, "UID Type", "Type"), Find(table, "Part"));
        foreach (var row in table.Rows)
        {
            var value = row[uid].Replace(" ", "", StringComparison.Ordinal);
            var words = row[name];
            if (CellText.WhyNoUid(value) is { } why)
            {
                findings.Error(part, table, row.Line, $"'{row[uid]}' is not a UID: {why}");
            }
            else if (words.Length > 0 && words is not "(Retired)")
            {
                var isRetired = words.EndsWith("(Retired)", StringComparison.OrdinalIgnoreCase);
                words = isRetired ? words[..^"(Retired)".Length].TrimEnd() : words;
                var colon = words.IndexOf(": ", StringComparison.Ordinal);
                rows.Add(new RegistryRow(
                    value,
                    errata.Apply(table.Id, value, "Name", colon < 0 ? words : words[..colon]),
                    keyword < 0 ? "" : errata.Apply(table.Id, value, "Keyword", row[keyword].Replace(" ", "", StringComparison.Ordinal)),
                    type < 0 ? "" : row[type],
                    where < 0 ? "" : row[where],
                    isRetired,
                    row.Line));
            }
        }

        return rows;
    }

    /// <summary>PS3.6 Tables 6-1, 7-1, 8-1 and 9-1. A tag that was taken back has no name any more.</summary>
    public IReadOnlyList<MadeRow> Dictionary(Edition edition, IReadOnlyList<SourceReference> sources)
    {
        var rows = new List<MadeRow>();
        foreach (var source in sources)
        {
            var part = edition.Part(source.Part)!;
            var table = part.Table(source.Id)!;
            if (!IsSound(part, table) || !Column(part, table, out var tag, "Tag") || !Column(part, table, out var name, "Name") || !Column(part, table, out var keyword, "Keyword")
                || !Column(part, table, out var vr, "VR") || !Column(part, table, out var vm, "VM"))
            {
                continue;
            }

            // What is retired stands in a last column without a header: "RET (2007)".
            foreach (var row in table.Rows.Where(row => row[name].Length > 0))
            {
                var key = row[tag].Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant().Replace('X', 'x');
                if (!CellText.TryTag(key.Replace('x', '0'), out _, out _))
                {
                    findings.Error(part, table, row.Line, $"'{row[tag]}' is not a tag");
                    continue;
                }

                rows.Add(new MadeRow(
                    key,
                    0,
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["Tag"] = key,
                        ["Name"] = errata.Apply(table.Id, key, "Name", row[name].Replace('\u2019', '\'')),
                        ["Keyword"] = errata.Apply(table.Id, key, "Keyword", row[keyword].Replace(" ", "", StringComparison.Ordinal)),
                        ["VR"] = row[vr].StartsWith("See", StringComparison.OrdinalIgnoreCase) ? "" : errata.Apply(table.Id, key, "VR", row[vr]),
                        ["VM"] = errata.Apply(table.Id, key, "VM", row[vm]),
                        ["Retired"] = row.Cells[^1].Text.StartsWith("RET", StringComparison.OrdinalIgnoreCase) ? "Yes" : "No",
                    },
                    [table.Id]));
            }
        }

        // One table here, in the order of tags: files' and directories' groups come first.
        return rows.OrderBy(static row => row.Key.Replace('x', '0'), StringComparer.Ordinal).ToList();
    }

    /// <summary>The codes of a cell: "C600", "A7xx", "C000 to CFFF", "A700, A900"; empty when it has anything else.</summary>
    public static IReadOnlyList<(ushort First, ushort Last)> Codes(string cell)
    {
        if (CellText.TryCodes(cell, out var first, out var last))
        {
            return [(first, last)];
        }

        // "Cxxx (values …)", "(any value C000 through CFFF …)".
        var bracket = cell.IndexOf('(', StringComparison.Ordinal);
        if (bracket > 0)
        {
            return Codes(cell[..bracket].Trim());
        }

        if (bracket == 0)
        {
            return Range().Match(cell) is { Success: true } range && CellText.TryCodes(range.Value, out first, out last) ? [(first, last)] : [];
        }

        var codes = new List<(ushort, ushort)>();
        foreach (var piece in cell.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(static piece => piece.Contains(' ') && !CellText.TryCodes(piece, out _, out _) ? piece.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [piece]))
        {
            if (!CellText.TryCodes(piece, out first, out last))
            {
                return [];
            }

            codes.Add((first, last));
        }

        return codes;
    }

    /// <summary>Whether the table's grid came out even; reported where not.</summary>
    public bool IsSound(DocPart part, DocTable table)
    {
        if (table.Problem is { } problem)
        {
            findings.Error(part, table, problem.Line, problem.Message);
        }

        return table.Problem is null;
    }

    public bool TypeColumns(DocPart part, DocTable table, out int name, out int id)
    {
        id = -1;
        return Column(part, table, out name, "Action Type Name", "Event Type Name", "Action Type", "Event Type", "Name")
            && Column(part, table, out id, "Action Type ID", "Event Type ID", "ID", "Action ID", "Event ID");
    }

    /// <summary>The column whose header is one of some, or begins with it; reported where there is none.</summary>
    public bool Column(DocPart part, DocTable table, out int column, params string[] headers)
    {
        column = Find(table, headers);
        if (column < 0)
        {
            findings.Error(part, table, table.Line, $"no column '{headers[0]}': the table has {string.Join(", ", table.Headers.Select(static header => $"'{header}'"))}");
        }

        return column >= 0;
    }

    public static int Find(DocTable table, params string[] headers)
    {
        foreach (var header in headers)
        {
            for (var column = 0; column < table.Headers.Count; column++)
            {
                if (string.Equals(table.Headers[column], header, StringComparison.OrdinalIgnoreCase))
                {
                    return column;
                }
            }
        }

        foreach (var header in headers.Where(static header => header.Contains(' ')))
        {
            for (var column = 0; column < table.Headers.Count; column++)
            {
                if (table.Headers[column].StartsWith(header + " ", StringComparison.OrdinalIgnoreCase))
                {
                    return column;
                }
            }
        }

        return -1;
    }

    [GeneratedRegex("[0-9A-F]{4} (through|to) [0-9A-F]{4}", RegexOptions.CultureInvariant)]
    private static partial Regex Range();

    [GeneratedRegex(@"\b[A-Z]{1,2}(\.\d+)+\b", RegexOptions.CultureInvariant)]
    private static partial Regex Annex();
}
