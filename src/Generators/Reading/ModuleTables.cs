using System.Collections.Immutable;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Rst;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>"Attribute Name | Tag | VR | Type | Attribute Description", nested by '&gt;', with "&gt;Include …" rows; and "Value | Meaning" tables.</summary>
internal static class ModuleTables
{
    private static readonly string[] Name = ["Attribute Name"];
    private static readonly string[] Description = ["Attribute Description", "Description"];
    private static readonly char[] Quotes = ['"', '\u201C', '\u201D', '\'', '`', ' '];

    public static bool IsAttributes(TableView table) => table.Has(Name) && table.Has("Tag");

    public static bool IsValues(TableView table) => table.Has("Value") && table.Has("Meaning");

    public static ImmutableArray<ModuleAttribute> ReadAttributes(TableView table, PageContext page)
    {
        Columns.ReportUnknown(table, page, [.. Name, "Tag", "VR", "Type", .. Description]);
        var rows = new List<(int Level, ModuleAttribute Attribute)>();
        for (var row = table.FirstRow; row < table.RowCount; row++)
        {
            if (ReadRow(table, page, row) is { } read)
            {
                if (read.Level > (rows.Count == 0 ? 0 : rows[rows.Count - 1].Level + 1))
                {
                    page.Report(PageDiagnostics.BadCell, table.Cell(row, 0)!.Span, table.Text(row, 0), "attribute at this level: one more '>' than the row above at most");
                    continue;
                }

                rows.Add(read);
            }
        }

        var position = 0;
        return Nest(rows, 0, ref position);
    }

    public static EquatableArray<ModuleValue> ReadValues(TableView table, PageContext page)
    {
        Columns.ReportUnknown(table, page, "Value", "Meaning", "Description");
        var (value, meaning, description) = (table.IndexOf("Value"), table.IndexOf("Meaning"), table.IndexOf("Description"));
        var values = new List<ModuleValue>();
        for (var row = table.FirstRow; row < table.RowCount; row++)
        {
            if (table.Label(row) is not null || table.Cell(row, value) is not { } cell)
            {
                continue;
            }

            if (!CellText.TryCode(table.Text(row, value), out var code))
            {
                page.Report(PageDiagnostics.BadCode, cell.Span, table.Text(row, value));
            }
            else if (values.Any(other => other.Code == code))
            {
                page.Report(PageDiagnostics.BadCell, cell.Span, table.Text(row, value), "value of its own: the table has it already");
            }
            else
            {
                values.Add(new ModuleValue(code, table.Text(row, meaning), table.Text(row, description)));
            }
        }

        return values.ToEquatableArray();
    }

    /// <summary>The title in: Include Table 10-11 "SOP Instance Reference Macro Attributes" → "SOP Instance Reference Macro".</summary>
    public static string MacroTitle(string include)
    {
        var open = include.IndexOfAny(['"', '\u201C', '`']);
        var title = open >= 0 ? include.Substring(open) : include;
        title = title.Trim(Quotes);
        return title.EndsWith(" Attributes", StringComparison.OrdinalIgnoreCase) ? title.Substring(0, title.Length - " Attributes".Length) : title;
    }

    private static (int Level, ModuleAttribute Attribute)? ReadRow(TableView table, PageContext page, int row)
    {
        if (table.Cell(row, table.IndexOf(Name)) is not { } cell)
        {
            return null;
        }

        var words = table.Text(row, table.IndexOf(Name));
        var level = words.TakeWhile(static c => c is '>' or ' ').Count(static c => c == '>');
        var name = words.TrimStart('>', ' ');
        if (name.StartsWith("Include ", StringComparison.OrdinalIgnoreCase))
        {
            var macro = MacroTitle(name.Substring("Include ".Length).Trim());
            page.Includes.Add(new MacroFact(macro, page.Place(cell)));
            return (level, new ModuleAttribute(name, 0, 0, null, null, "", macro, EquatableArray<ModuleAttribute>.Empty));
        }

        if (name.Length == 0)
        {
            page.Report(PageDiagnostics.BadCell, cell.Span, words, "attribute name");
            return null;
        }

        var tag = table.Cell(row, table.IndexOf("Tag"));
        if (tag is null || !CellText.TryTag(table.Text(row, table.IndexOf("Tag")), out var group, out var element))
        {
            page.Report(PageDiagnostics.BadTag, (tag ?? cell).Span, table.Text(row, table.IndexOf("Tag")));
            return null;
        }

        var vr = table.Text(row, table.IndexOf("VR"));
        if (vr.Length > 0 && (vr.Length != 2 || vr.Any(static c => c is < 'A' or > 'Z')))
        {
            page.Report(PageDiagnostics.BadCell, table.Cell(row, table.IndexOf("VR"))!.Span, vr, "value representation (PS3.5 §6.2)");
            vr = "";
        }

        var type = table.Text(row, table.IndexOf("Type"));
        return (level, new ModuleAttribute(
            name,
            group,
            element,
            vr.Length == 0 ? null : vr,
            type.Length == 0 ? null : type,
            table.Text(row, table.IndexOf(Description)),
            null,
            EquatableArray<ModuleAttribute>.Empty));
    }

    private static ImmutableArray<ModuleAttribute> Nest(List<(int Level, ModuleAttribute Attribute)> rows, int level, ref int position)
    {
        var attributes = ImmutableArray.CreateBuilder<ModuleAttribute>();
        while (position < rows.Count && rows[position].Level >= level)
        {
            var attribute = rows[position++].Attribute;
            attributes.Add(attribute with { Items = Nest(rows, level + 1, ref position) });
        }

        return attributes.ToImmutable();
    }
}
