using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>"Attribute Name | Tag | VR | Type | Attribute Description", nested by '&gt;', with "&gt;Include …" rows; and "Value | Meaning" tables.</summary>
internal static class ModuleTables
{
    private const int Name = 0;
    private const int Tag = 1;
    private const int Vr = 2;
    private const int Type = 3;
    private const int Description = 4;

    /// <summary>The first of the columns that <see cref="s_messages"/> stand in.</summary>
    private const int Usage = 5;

    private const int Vm = 10;
    private const int Creator = 11;

    private const int Value = 0;
    private const int Meaning = 1;
    private const int ValueDescription = 2;

    private const string IncludeWord = "Include ";

    /// <summary>
    /// The value representations of PS3.5 §6.2. They are here, and not on a page, because the views need a C# type for each; a test compares them with those of spec/data_elements.rst.
    /// </summary>
    public static IReadOnlyList<string> ValueRepresentations { get; } =
    [
        "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "OB", "OD", "OF", "OL", "OV", "OW", "PN", "SH", "SL", "SQ", "SS", "ST", "SV", "TM", "UC", "UI", "UL", "UN", "UR", "US", "UT", "UV",
    ];

    private static readonly string[] s_types = ["1", "1C", "2", "2C", "3"];

    private static readonly DimseOperation[] s_messages = [DimseOperation.NCreate, DimseOperation.NSet, DimseOperation.NGet, DimseOperation.NAction, DimseOperation.NEventReport];
    private static readonly Regex s_vm = new(@"^[1-9]\d*(-([1-9]\d*|[1-9]?n))?( or [1-9]\d*(-([1-9]\d*|[1-9]?n))?)*$", RegexOptions.CultureInvariant);
    private static readonly char[] s_openingQuotes = ['"', '\u201C', '`'];
    private static readonly char[] s_quotes = ['"', '\u201C', '\u201D', '\'', '`', ' '];

    public static EquatableArray<ModuleAttribute> ReadAttributes(TableView table, PageContext page)
    {
        var rows = new List<(int Level, ModuleAttribute Attribute)>();

        // What is below a row that is left out goes with it.
        var leftOut = int.MaxValue;
        for (var row = table.FirstRow; row < table.RowCount; row++)
        {
            if (table.Cell(row, Name) is not { } cell)
            {
                continue;
            }

            var words = table.Text(row, Name);
            var level = LevelOf(words);
            if (level > leftOut)
            {
                continue;
            }

            leftOut = int.MaxValue;
            if (ParentProblem(rows, level) is { } problem)
            {
                page.Report(PageDiagnostics.BadCell, cell.Span, words, problem);
                leftOut = level - 1;
            }
            else if (ReadRow(table, page, row, words) is { } attribute)
            {
                if (Sibling(rows, level, attribute) is { } other)
                {
                    page.Report(PageDiagnostics.BadCell, table.Cell(row, Tag)!.Span, table.Text(row, Tag), $"unique: '{other}' has this tag");
                    leftOut = level;
                }
                else
                {
                    rows.Add((level, attribute));
                }
            }
            else
            {
                leftOut = level;
            }
        }

        var position = 0;
        return Nest(rows, 0, ref position);
    }

    public static EquatableArray<ModuleValue> ReadValues(TableView table, PageContext page)
    {
        var values = new List<ModuleValue>();
        for (var row = table.FirstRow; row < table.RowCount; row++)
        {
            if (table.Label(row) is not null || table.Cell(row, Value) is not { } cell || table.Cell(row, Meaning) is not { } meaningCell)
            {
                continue;
            }

            var meaning = table.Text(row, Meaning);
            if (!CellText.TryCode(table.Text(row, Value), out var code))
            {
                page.Report(PageDiagnostics.BadCell, cell.Span, table.Text(row, Value), "a value: expected four hexadecimal digits (0110H, 0x0110)");
            }
            else if (meaning.Length == 0)
            {
                page.Report(PageDiagnostics.BadCell, meaningCell.Span, meaning, "the meaning of a value");
            }
            else if (values.Find(other => other.Code == code) is { } other)
            {
                page.Report(PageDiagnostics.BadCell, cell.Span, table.Text(row, Value), $"unique: '{other.Meaning}' has this value");
            }
            else
            {
                values.Add(new ModuleValue(code, meaning, table.Text(row, ValueDescription)));
            }
        }

        return values.ToEquatableArray();
    }

    /// <summary>The title in: Include Table 10-11 "SOP Instance Reference Macro Attributes" → "SOP Instance Reference Macro".</summary>
    public static string MacroTitle(string include)
    {
        var open = include.IndexOfAny(s_openingQuotes);
        var title = (open >= 0 ? include.Substring(open) : include).Trim(s_quotes);
        return title.EndsWith(" Attributes", StringComparison.OrdinalIgnoreCase) ? title.Substring(0, title.Length - " Attributes".Length) : title;
    }

    private static int LevelOf(string words)
    {
        var level = 0;
        for (var i = 0; i < words.Length && words[i] is '>' or ' '; i++)
        {
            level += words[i] == '>' ? 1 : 0;
        }

        return level;
    }

    /// <summary>Why no attribute may stand at this level below the last row, or null.</summary>
    private static string? ParentProblem(List<(int Level, ModuleAttribute Attribute)> rows, int level)
    {
        if (level == 0)
        {
            return null;
        }

        var last = rows.Count - 1;
        if (last < 0 || level > rows[last].Level + 1)
        {
            return $"possible at this level: expected at most {(last < 0 ? 0 : rows[last].Level + 1)} '>'";
        }

        var parent = rows.FindLastIndex(row => row.Level == level - 1);
        var attribute = rows[parent].Attribute;
        return attribute.Include is not null || attribute.Vr is not (null or "SQ")
            ? $"an attribute of an item: '{attribute.Name}' is not a sequence"
            : null;
    }

    /// <summary>The attribute of the same item that has the same tag, or null.</summary>
    private static string? Sibling(List<(int Level, ModuleAttribute Attribute)> rows, int level, ModuleAttribute attribute)
    {
        for (var i = rows.Count - 1; i >= 0 && rows[i].Level >= level && attribute.Include is null; i--)
        {
            var other = rows[i].Attribute;
            if (rows[i].Level == level && other.Include is null && (other.Group, other.Element) == (attribute.Group, attribute.Element))
            {
                return other.Name;
            }
        }

        return null;
    }

    /// <remarks>Include Non-DICOM Objects (2200,0008) is an attribute: what includes a macro has no tag.</remarks>
    private static ModuleAttribute? ReadRow(TableView table, PageContext page, int row, string words)
    {
        var cell = table.Cell(row, Name)!;
        var name = words.TrimStart('>', ' ');
        if (name.StartsWith(IncludeWord, StringComparison.OrdinalIgnoreCase) && !CellText.TryTag(table.Text(row, Tag), out _, out _))
        {
            var macro = MacroTitle(name.Substring(IncludeWord.Length).Trim());
            page.Includes.Add(new MacroFact(macro, page.Place(cell)));
            return new ModuleAttribute(name, 0, 0, null, null, "", macro, EquatableArray<ModuleAttribute>.Empty);
        }

        if (name.Length == 0)
        {
            page.Report(PageDiagnostics.BadCell, cell.Span, words, "the name of an attribute");
            return null;
        }

        var creator = ReadCreator(table, page, row);
        if (!CellText.TryTag(creator is null ? table.Text(row, Tag) : AnyBlock(table.Text(row, Tag)), out var group, out var element))
        {
            page.Report(PageDiagnostics.BadTag, (table.Cell(row, Tag) ?? cell).Span, table.Text(row, Tag));
            return null;
        }

        var vr = ReadVr(table, page, row);
        if (creator is null && group % 2 == 0)
        {
            var tag = string.Format(CultureInfo.InvariantCulture, "({0:X4},{1:X4})", group, element);
            page.Attributes.Add(new AttributeFact(name, tag, vr, page.Place(cell), page.Place(table.Cell(row, Tag)!), vr is null ? null : page.Place(table.Cell(row, Vr)!)));
        }

        return new ModuleAttribute(
            name,
            group,
            element,
            vr,
            ReadType(table, page, row),
            table.Text(row, Description),
            null,
            EquatableArray<ModuleAttribute>.Empty)
        {
            Usages = ReadUsages(table, page, row),
            Vm = ReadVm(table, page, row),
            Creator = creator,
        };
    }

    /// <summary>What reserves the block of a private attribute: LO, so of up to 64 characters (PS3.5 §7.8.1).</summary>
    private static string? ReadCreator(TableView table, PageContext page, int row)
    {
        const int Longest = 64;
        var creator = table.Text(row, Creator);
        if (creator.Length == 0)
        {
            return null;
        }

        if (creator.Length > Longest || creator.Contains('\\') || !CellText.TryTag(AnyBlock(table.Text(row, Tag)), out var group, out _) || group % 2 == 0)
        {
            page.Report(PageDiagnostics.BadCell, table.Cell(row, Creator)!.Span, creator, "a private creator: expected up to 64 characters without a backslash, for a tag of an odd group (PS3.5 §7.8.1)");
            return null;
        }

        return creator;
    }

    /// <summary>"(0041,xx10)", of whichever block → "(0041,1010)".</summary>
    private static string AnyBlock(string tag) => tag.Replace(",xx", ",10");

    /// <summary>"1/1", "2C/1", "-/2", or "Not allowed": the user's before the provider's. An empty cell: the message does not have the attribute, or its rules are not known.</summary>
    private static EquatableArray<AttributeUsage> ReadUsages(TableView table, PageContext page, int row)
    {
        var usages = ImmutableArray.CreateBuilder<AttributeUsage>();
        for (var i = 0; i < s_messages.Length; i++)
        {
            var words = table.Text(row, Usage + i);
            if (words.Length == 0)
            {
                continue;
            }

            var parts = string.Equals(words, "Not allowed", StringComparison.OrdinalIgnoreCase) ? ["-", "-"] : words.Split('/');
            if (parts.Length == 2 && parts.All(static part => part == "-" || Array.IndexOf(s_types, part) >= 0))
            {
                usages.Add(new AttributeUsage(s_messages[i], parts[0], parts[1]));
            }
            else
            {
                page.Report(PageDiagnostics.BadCell, table.Cell(row, Usage + i)!.Span, words, "a usage of an attribute: expected 1, 1C, 2, 2C, 3 or - for SCU/SCP, or 'Not allowed' (PS3.4 §5.4)");
            }
        }

        return usages.ToImmutable();
    }

    private static string? ReadVr(TableView table, PageContext page, int row)
    {
        var vr = table.Text(row, Vr);
        if (vr.Length == 0 || ValueRepresentations.Contains(vr, StringComparer.Ordinal))
        {
            return vr.Length == 0 ? null : vr;
        }

        page.Report(PageDiagnostics.BadCell, table.Cell(row, Vr)!.Span, vr, "a value representation: expected one of " + string.Join(", ", ValueRepresentations) + " (PS3.5 §6.2)");
        return null;
    }

    /// <summary>"1-n", "2", "2-2n", "1-n or 1"; null for 1.</summary>
    private static string? ReadVm(TableView table, PageContext page, int row)
    {
        var vm = table.Text(row, Vm);
        if (vm.Length == 0 || s_vm.IsMatch(vm))
        {
            return vm.Length == 0 || vm == "1" ? null : vm;
        }

        page.Report(PageDiagnostics.BadCell, table.Cell(row, Vm)!.Span, vm, "a value multiplicity: expected 1, 2, 1-3, 1-n or 2-2n (PS3.5 §6.4)");
        return null;
    }

    private static string? ReadType(TableView table, PageContext page, int row)
    {
        var type = table.Text(row, Type);
        if (type.Length == 0 || Array.IndexOf(s_types, type) >= 0)
        {
            return type.Length == 0 ? null : type;
        }

        page.Report(PageDiagnostics.BadCell, table.Cell(row, Type)!.Span, type, "a type of an attribute: expected 1, 1C, 2, 2C or 3 (PS3.5 §7.4)");
        return null;
    }

    private static EquatableArray<ModuleAttribute> Nest(List<(int Level, ModuleAttribute Attribute)> rows, int level, ref int position)
    {
        var attributes = ImmutableArray.CreateBuilder<ModuleAttribute>();
        while (position < rows.Count && rows[position].Level >= level)
        {
            var attribute = rows[position++].Attribute;
            attributes.Add(position < rows.Count && rows[position].Level > level ? attribute with { Items = Nest(rows, level + 1, ref position) } : attribute);
        }

        return attributes.ToImmutable();
    }
}
