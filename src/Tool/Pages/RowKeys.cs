using System.Globalization;
using Specgen.Generators.Reading;
using Specgen.Tool.Making;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Pages;

/// <summary>What the rows of a page's table are told by, as <see cref="MadeRow.Key"/> and <see cref="MadeRow.Group"/>; labels have no key.</summary>
internal static class RowKeys
{
    public static IEnumerable<(string Key, int Group, PageRow Row)> Of(PageTable table, TableProfile profile)
    {
        var hasGroups = profile.Usages is not null || profile.MetaSopClasses is not null || profile.Types is not null;
        var (group, afterLabel) = (0, true);
        var path = new List<string>();
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            if (row.Label is not null && profile.Attributes is null)
            {
                group += hasGroups && !afterLabel ? 1 : 0;
                afterLabel = true;
                continue;
            }

            afterLabel = false;
            var key = profile.Attributes is null ? Simple(table, row, profile) : Path(table, row, path);
            while (!met.Add(hasGroups ? group + " " + key : key))
            {
                key = AttributeMaker.NextKey(key);
            }

            yield return (key, group, row);
        }
    }

    private static string Simple(PageTable table, PageRow row, TableProfile profile)
    {
        if (profile.Statuses is not null || profile.GeneralStatuses is not null)
        {
            var code = table.Cell(row, "Code (hex)");
            return CellText.TryCodes(code, out var first, out var last) ? new StatusRow(first, last, "", "", 0).Key : code;
        }

        if (profile.Values is not null)
        {
            return CellText.TryCode(table.Cell(row, "Value"), out var code) ? code.ToString("X4", CultureInfo.InvariantCulture) : table.Cell(row, "Value");
        }

        return table.Cell(row, profile switch
        {
            { Usages: not null } => "DIMSE Service",
            { MetaSopClasses: not null } => "SOP Class",
            { Types: not null } => "ID",
            { Conformance: not null } => "Status Code",
            { Dictionary: not null } => "Tag",
            _ => "UID",
        });
    }

    private static string Path(PageTable table, PageRow row, List<string> path)
    {
        var name = row.Label ?? table.Cell(row, AttributeMaker.NameColumn);
        var words = name.TrimStart('>', ' ');
        var level = name[..^words.Length].Count(static c => c == '>');
        var tag = table.Cell(row, "Tag").ToUpperInvariant();
        path.RemoveRange(Math.Min(level, path.Count), path.Count - Math.Min(level, path.Count));
        path.Add(CellText.TryTag(tag, out _, out _) ? tag : AttributeMaker.IncludeKey);
        return string.Join(">", path);
    }
}
