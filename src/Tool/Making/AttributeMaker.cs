using Specgen.Generators.Reading;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Making;

/// <summary>A module of a page, made of the tables that give its attributes for one message each.</summary>
internal sealed class AttributeMaker(Profile profile, Errata errata, Edition edition, Dictionary dictionary, SourceTables sources, Findings findings)
{
    public const string NameColumn = "Attribute Name";

    private readonly AttributeTables _tables = new(sources, profile, errata, findings);

    public IReadOnlyList<MadeRow> Make(TableProfile table)
    {
        var rows = new List<Builder>();
        foreach (var (message, texts) in table.Attributes!)
        {
            foreach (var source in texts.Select(static text => SourceReference.Parse(text)!).Where(edition.Has))
            {
                Add(rows, message, source);
            }
        }

        return rows.Select(row => new MadeRow(row.Key, 0, Cells(table, row), row.Sources)).ToList();
    }

    private void Add(List<Builder> rows, string message, SourceReference source)
    {
        var part = edition.Part(source.Part)!;
        var docTable = part.Table(source.Id)!;
        var all = _tables.Read(part, docTable, source.Column);
        var types = source.Types.Count == 0 ? [""] : source.Types;
        var path = new List<string>();
        foreach (var type in types)
        {
            var (at, previous) = (0, "");
            var met = new HashSet<string>(StringComparer.Ordinal);
            foreach (var row in all.Where(row => type.Length == 0 || row.Type == type))
            {
                path.RemoveRange(Math.Min(row.Level, path.Count), path.Count - Math.Min(row.Level, path.Count));
                var text = row.Include.Length == 0 ? row.Tag : IncludeText(part.File, docTable.Id, row);
                path.Add(row.Include.Length == 0 ? row.Tag : Key(text["Include ".Length..]));
                var key = string.Join(">", path);
                if (!met.Add(key))
                {
                    key += "#2";
                    if (row.Include.Length == 0 || !met.Add(key))
                    {
                        findings.Error(part, docTable, row.Line, $"'{row.Name}' {row.Tag} stands twice at the same level");
                        continue;
                    }
                }

                var known = rows.FindIndex(other => other.Key == key);
                if (known < 0)
                {
                    // Behind the row that it follows in its table.
                    known = previous.Length == 0 ? at : rows.FindIndex(other => other.Key == previous) + 1;
                    while (known < rows.Count && known > 0 && rows[known].Level > row.Level)
                    {
                        known++;
                    }

                    rows.Insert(known, new Builder(key, row.Level, row.Include.Length == 0 ? Name(row, part.File, docTable.Id) : text, row.Tag));
                }

                rows[known].Set(message, row.Requirement, docTable.Id, (what, other) => findings.Error(part, docTable, row.Line, $"'{row.Name}' is {what} here and {other} elsewhere, of which the page makes one"));
                (at, previous) = (known + 1, key);
            }
        }
    }

    /// <summary>The key of a row that includes a macro: whatever number its table has.</summary>
    public static string Key(string include) => "Include " + ModuleTables.MacroTitle(include);

    private string IncludeText(string file, string id, AttributeRow row)
    {
        if (profile.Includes.TryGetValue(row.Include, out var text))
        {
            return "Include " + text;
        }

        findings.Error(file, row.Line, id, $"the macro of {SourceReference.Spoken(row.Include)} is not among the profile's includes");
        return "Include " + SourceReference.Spoken(row.Include);
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
        var cells = new Dictionary<string, string>(StringComparer.Ordinal) { [NameColumn] = new string('>', row.Level) + row.Name, ["Tag"] = row.Tag };
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

        public void Set(string message, string requirement, string source, Action<string, string> differs)
        {
            if (Requirements.TryGetValue(message, out var known) && known != requirement)
            {
                differs(requirement, known);
            }

            Requirements[message] = requirement;
            if (!Sources.Contains(source))
            {
                Sources.Add(source);
            }
        }
    }
}
