using System.Globalization;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Making;

/// <summary>A module of a page, made of the tables that give its attributes for one message each.</summary>
internal sealed class AttributeMaker(Profile profile, Errata errata, Edition edition, Dictionary dictionary, SourceTables sources, Findings findings)
{
    public const string NameColumn = "Attribute Name";

    /// <summary>The key of a row that includes a macro, whichever it is.</summary>
    public const string IncludeKey = "Include";

    private readonly AttributeTables _tables = new(sources, profile, errata, findings);

    public IReadOnlyList<MadeRow> Make(TableProfile table)
    {
        var rows = new List<Builder>();
        foreach (var (message, texts) in table.Attributes!)
        {
            foreach (var source in texts.Select(static text => SourceReference.Parse(text)!).Where(edition.Has))
            {
                Add(rows, table, message, source);
            }
        }

        return rows.Select(row => new MadeRow(row.Key, 0, Cells(table, row), row.Sources)).ToList();
    }

    private void Add(List<Builder> rows, TableProfile table, string message, SourceReference source)
    {
        var part = edition.Part(source.Part)!;
        var docTable = part.Table(source.Id)!;
        var all = _tables.Read(part, docTable, source.Column);
        foreach (var type in source.Types.Count == 0 ? [""] : source.Types)
        {
            var previous = -1;
            var path = new List<string>();
            var met = new HashSet<string>(StringComparer.Ordinal);
            foreach (var row in all.Where(row => type.Length == 0 || row.Type == type))
            {
                path.RemoveRange(Math.Min(row.Level, path.Count), path.Count - Math.Min(row.Level, path.Count));
                path.Add(row.Include.Length == 0 ? row.Tag : IncludeKey);
                var key = string.Join(">", path);
                if (table.Skips.Contains(key) || (table.Only.Count > 0 && !table.Only.Contains(key)))
                {
                    continue;
                }

                while (row.Include.Length > 0 && met.Contains(key))
                {
                    key = NextKey(key);
                }

                if (!met.Add(key))
                {
                    findings.Error(part, docTable, row.Line, $"'{row.Name}' {row.Tag} stands twice at the same level");
                    continue;
                }

                var at = rows.FindIndex(other => other.Key == key);
                if (at < 0)
                {
                    // Behind the row that it follows in its table, and what the page has below that.
                    at = previous + 1;
                    while (at > 0 && at < rows.Count && rows[at].Level > row.Level)
                    {
                        at++;
                    }

                    rows.Insert(at, new Builder(key, row.Level, row.Include.Length == 0 ? Name(row, part.File, docTable.Id) : "", row.Tag));
                }

                rows[at].Set(message, row, docTable.Id, (what, other) => findings.Error(part, docTable, row.Line, $"'{row.Name}' is {what} here and {other} elsewhere, of which the page makes one"));
                previous = at;
            }
        }
    }

    /// <summary>Of the second row that includes a macro at the same place, and so on.</summary>
    public static string NextKey(string key) =>
        key.LastIndexOf('#') is > 0 and var at ? $"{key[..at]}#{int.Parse(key[(at + 1)..], CultureInfo.InvariantCulture) + 1}" : key + "#2";

    private string IncludeText(Builder row)
    {
        if (profile.Includes.TryGetValue(string.Join(' ', row.Includes), out var whole))
        {
            return "Include " + whole;
        }

        var texts = row.Includes.Select(id => profile.Includes.GetValueOrDefault(id)).Distinct().ToList();
        if (texts is [{ } text])
        {
            return "Include " + text;
        }

        var file = edition.Part("PS3.4")?.File ?? "";
        findings.Error(file, row.Line, row.Sources[0], $"the profile's includes do not say what the page includes for {string.Join(" and ", row.Includes.Select(SourceReference.Spoken))}");
        return "Include " + SourceReference.Spoken(row.Includes[0]);
    }

    private string Name(AttributeRow row, string file, string id)
    {
        if (dictionary[row.Tag] is { } known)
        {
            return known.Name;
        }

        findings.Error(file, row.Line, id, dictionary.IsStandard
            ? $"{row.Tag} '{row.Name}' is not in PS3.6 Table 6-1"
            : $"{row.Tag} '{row.Name}' is on no page: its name, VR and VM stand in PS3.6 (part06.xml)");
        return row.Name;
    }

    private Dictionary<string, string> Cells(TableProfile table, Builder row)
    {
        var name = row.Includes.Count == 0 ? row.Name : IncludeText(row);
        var cells = new Dictionary<string, string>(StringComparer.Ordinal) { [NameColumn] = new string('>', row.Level) + name, ["Tag"] = row.Tag };
        foreach (var message in table.Attributes!.Keys)
        {
            cells[message + " SCU/SCP"] = row.Requirements.GetValueOrDefault(message, "");
        }

        cells["VR"] = row.Tag.Length == 0 ? "" : dictionary[row.Tag]?.Vr ?? "";
        cells["VM"] = row.Tag.Length == 0 ? "" : dictionary[row.Tag]?.Vm ?? "";
        if (table.Type.Split(' ') is [var message1, var role])
        {
            var parts = row.Requirements.GetValueOrDefault(message1, "").Split('/');
            cells["Type"] = parts.Length == 2 && parts[role == "SCU" ? 0 : 1] is var type and not "-" ? type : "";
        }

        return cells;
    }

    private sealed class Builder(string key, int level, string name, string tag)
    {
        public string Key { get; } = key;

        public int Level { get; } = level;

        public string Name { get; } = name;

        public string Tag { get; } = tag;

        public Dictionary<string, string> Requirements { get; } = new(StringComparer.Ordinal);

        public List<string> Sources { get; } = [];

        /// <summary>The ids of the macros that its tables include.</summary>
        public List<string> Includes { get; } = [];

        public int Line { get; private set; }

        public void Set(string message, AttributeRow row, string source, Action<string, string> differs)
        {
            if (Requirements.TryGetValue(message, out var known) && known != row.Requirement)
            {
                differs(row.Requirement, known);
            }

            Line = row.Line;
            Requirements[message] = row.Requirement;
            if (row.Include.Length > 0 && !Includes.Contains(row.Include))
            {
                Includes.Add(row.Include);
            }

            if (!Sources.Contains(source))
            {
                Sources.Add(source);
            }
        }
    }
}
