using System.Globalization;
using Specgen.Tool.Making;
using Specgen.Tool.Pages;
using Specgen.Tool.Profiles;

namespace Specgen.Tool.Updating;

/// <summary>
/// The rows of a page's table as the standard has them now: rows that say the same stay, cells that differ are changed, rows that the
/// standard has not (and the profile does not keep) go, new ones come where they belong. The page's own columns are left alone.
/// </summary>
internal sealed class TableMerge
{
    private readonly string _page;
    private readonly PageTable _table;
    private readonly MadeTable _made;
    private readonly Findings _findings;
    private readonly string _file;
    private readonly List<Entry> _entries = [];
    private readonly List<CellChange> _changes = [];

    private TableMerge(Page page, PageTable table, MadeTable made, Findings findings)
    {
        (_page, _file, _table, _made, _findings) = (page.Name, page.Path, table, made, findings);
    }

    /// <returns>The table's text, or null when nothing changes.</returns>
    public static (string? Text, IReadOnlyList<CellChange> Changes) Of(Page page, PageTable table, MadeTable made, Registry registry, Findings findings)
    {
        if (made.Rows.GroupBy(static row => (row.Group, row.Key)).FirstOrDefault(static rows => rows.Skip(1).Any()) is { } twice)
        {
            findings.Error(page.Path, table.Line, string.Join(", ", made.Profile.Sources.Select(static source => source.Id)), $"'{twice.Key.Key}' has two rows");
            return (null, []);
        }

        var merge = new TableMerge(page, table, made, findings);
        merge.Keep(registry);
        merge.Add();
        if (merge._changes.Count == 0)
        {
            return (null, []);
        }

        if (!table.Layout.IsWritable)
        {
            findings.Error(page.Path, table.Line, "", $"the table below '{table.Heading}' has to change and is laid out so that its rows cannot be written one by one");
            return (null, []);
        }

        return (table.Layout.Write(merge._entries.Select(static entry => entry.Edit).ToList()), merge._changes);
    }

    private void Keep(Registry registry)
    {
        var made = _made.Rows.ToDictionary(static row => (row.Group, row.Key));
        var keys = RowKeys.Of(_table, _made.Profile).ToDictionary(static row => row.Row.Index);
        var group = 0;
        foreach (var row in _table.Rows)
        {
            if (!keys.TryGetValue(row.Index, out var at))
            {
                // A label heads the group that comes next.
                var next = _table.Rows.Skip(row.Index).FirstOrDefault(other => keys.ContainsKey(other.Index));
                group = next is null ? group : keys[next.Index].Group;
                _entries.Add(new Entry("", group, -1, new RowEdit(row.Index, null)));
                continue;
            }

            group = at.Group;
            if (made.GetValueOrDefault((at.Group, at.Key)) is { } wanted)
            {
                Change(row, at.Key, at.Group, wanted);
            }
            else if (!_made.IsComplete || _made.Profile.Keeps.Contains(at.Key) || IsKept(registry, row, at.Key))
            {
                _entries.Add(new Entry(at.Key, at.Group, OrderOf(at.Key), new RowEdit(row.Index, null)));
            }
            else
            {
                _changes.Add(new CellChange(_page, _table.Heading, at.Key, "", string.Join(" | ", row.Cells), "", _made.Profile.Sources.Select(static source => source.Id).ToArray()));
            }
        }
    }

    /// <summary>A SOP class that is retired stays on the page that has it, whatever the table has.</summary>
    private bool IsKept(Registry registry, PageRow row, string key) =>
        _made.Profile.SopClasses is not null && (registry.IsRetired(key) || _table.Cell(row, "Retired").StartsWith("Y", StringComparison.OrdinalIgnoreCase));

    private void Change(PageRow row, string key, int group, MadeRow wanted)
    {
        string?[]? cells = null;
        foreach (var (column, words) in wanted.Cells)
        {
            var at = _table.Column(column);
            if (at >= 0 && row.Cells[at] != words)
            {
                cells ??= new string?[row.Cells.Count];
                cells[at] = Escaped(words);
                _changes.Add(new CellChange(_page, _table.Heading, key, column, row.Cells[at], words, wanted.Sources));
            }
        }

        _entries.Add(new Entry(key, group, wanted.Order, new RowEdit(row.Index, cells)));
    }

    private void Add()
    {
        var previous = (Group: -1, Key: "");
        foreach (var row in _made.Rows)
        {
            if (!_entries.Exists(entry => entry.Group == row.Group && entry.Key == row.Key))
            {
                Insert(row, previous);
            }

            previous = (row.Group, row.Key);
        }
    }

    private void Insert(MadeRow row, (int Group, string Key) previous)
    {
        if (row.Group > 0 && !_entries.Exists(entry => entry.Group == row.Group))
        {
            _findings.Error(_file, _table.Line, row.Sources[0], $"the table below '{_table.Heading}' has no group of rows for '{row.Key}'");
            return;
        }

        var cells = new string?[_table.Layout.Columns];
        Array.Fill(cells, "");
        foreach (var (column, words) in row.Cells)
        {
            var at = _table.Column(column);
            if (at >= 0)
            {
                cells[at] = Escaped(words);
            }
            else if (column == "VM" && words is not ("" or "1"))
            {
                _findings.Error(_file, _table.Line, row.Sources[0], $"the table below '{_table.Heading}' needs a column VM: {row.Key} has several values ({words})");
            }
        }

        var place = PlaceOf(row, previous);
        _entries.Insert(place, new Entry(row.Key, row.Group, row.Order, new RowEdit(-1, cells)));
        _changes.Add(new CellChange(_page, _table.Heading, row.Key, "", "", string.Join(" | ", cells), row.Sources));
    }

    /// <summary>Codes by their order; other rows behind the one that they follow in the standard, or at the beginning of their group.</summary>
    private int PlaceOf(MadeRow row, (int Group, string Key) previous)
    {
        if (row.Order >= 0)
        {
            var after = _entries.FindIndex(entry => entry.Order > row.Order);
            return after < 0 ? _entries.Count : after;
        }

        var at = previous.Group == row.Group ? _entries.FindIndex(entry => entry.Group == row.Group && entry.Key == previous.Key) : -1;
        if (at < 0)
        {
            at = _entries.FindLastIndex(entry => entry.Group == row.Group && entry.Key.Length == 0);
            return at < 0 ? Math.Max(0, _entries.FindIndex(entry => entry.Group == row.Group)) : at + 1;
        }

        // Not between a sequence and what of its items only the page has.
        at++;
        var depth = DepthOf(row.Key);
        while (_made.Profile.Attributes is not null && at < _entries.Count && DepthOf(_entries[at].Key) > depth)
        {
            at++;
        }

        return at;
    }

    private static int DepthOf(string key) => key.Count(static c => c == '>');

    private int OrderOf(string key) =>
        (_made.Profile.Statuses ?? _made.Profile.GeneralStatuses ?? _made.Profile.Values) is not null && key.Length >= 4
        && int.TryParse(key.AsSpan(0, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code) ? code : -1;

    /// <summary>Words in which reStructuredText sees no markup.</summary>
    private static string Escaped(string words)
    {
        if (words.AsSpan().IndexOfAny("*`|_\\") < 0)
        {
            return words;
        }

        return string.Concat(words.Select(static (c, _) => c is '*' or '`' or '|' or '_' or '\\' ? "\\" + c : c.ToString()));
    }

    private sealed record Entry(string Key, int Group, int Order, RowEdit Edit);
}
