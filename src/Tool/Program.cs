using Specgen.Tool.Making;
using Specgen.Tool.Pages;
using Specgen.Tool.Profiles;

// TEMPORARY: compares
var profile = JsonFile.Read<Profile>(Path.Combine(args[1], PageFolder.ProfileName));
var folder = PageFolder.Read(args[1]);
var edition = Edition.Read(args[0], profile, default);
var findings = new Findings();
var maker = new Maker(profile, new Errata(JsonFile.Read<ErrataFile>(Path.Combine(args[1], PageFolder.ErrataName)).Overrides), edition, folder, findings);
foreach (var p in folder.Pages)
    foreach (var t in p.Tables)
        if (!t.Layout.IsWritable) Console.WriteLine($"NOT WRITABLE {p.Name} {t.Heading}");
var (same, diff, missing, extra, own) = (0, 0, 0, 0, 0);
foreach (var page in profile.Pages)
{
    var p = folder[page.Page];
    foreach (var table in page.Tables.Concat((p?.Tables ?? []).Where(t => !page.Tables.Any(x => x.Heading == t.Heading)).Select(t => profile.Table(page, t.Heading)).OfType<TableProfile>()))
    {
        var pt = p?.Tables.FirstOrDefault(t => t.Heading == table.Heading);
        if (pt is null) { Console.WriteLine($"NO TABLE {page.Page} {table.Heading}"); continue; }
        var made = maker.Make(page, table);
        if (made is null) { own += pt.Rows.Sum(r => r.Label is null ? r.Cells.Count : 1); if (args.Length > 2) Console.WriteLine($"NOT MADE {page.Page} {table.Heading}"); continue; }
        var rows = RowKeys.Of(pt, table).ToList();
        foreach (var (key, group, row) in rows)
        {
            var m = made.Rows.FirstOrDefault(r => r.Key == key && r.Group == group);
            if (m is null) { if (!table.Keeps.Contains(key)) Console.WriteLine($"PAGE ONLY {page.Page} | {table.Heading} | {group} {key} {string.Join('|', row.Cells)}"); missing += row.Cells.Count; continue; }
            foreach (var (c, v) in m.Cells)
            {
                if (pt.Column(c) < 0) continue;
                var cell = pt.Cell(row, c);
                if (cell == v) same++; else { diff++; Console.WriteLine($"DIFF {page.Page} | {table.Heading} | {key} {c}: page '{cell}' made '{v}'  [{string.Join(',', m.Sources)}] {(v.Length > 60 ? Errata.Digest(v) : "")}"); }
            }
            own += row.Cells.Count - m.Cells.Keys.Count(c => pt.Column(c) >= 0);
        }
        foreach (var m in made.Rows)
            if (!rows.Any(r => r.Key == m.Key && r.Group == m.Group)) { extra++; Console.WriteLine($"MADE ONLY {page.Page} | {table.Heading} | {m.Group} {m.Key} {string.Join('|', m.Cells.Values)} [{string.Join(',', m.Sources)}]"); }
    }
    foreach (var t in p?.Tables ?? []) if (profile.Table(page, t.Heading) is null) Console.WriteLine($"UNPROFILED {page.Page} {t.Heading}");
}
foreach (var f in findings.All) Console.WriteLine($"FINDING {f}");
Console.WriteLine($"same {same} diff {diff} missing {missing} own {own} extra rows {extra}");
