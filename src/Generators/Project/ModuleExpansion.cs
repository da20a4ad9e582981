using System.Collections.Immutable;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Project;

/// <summary>Puts the attributes of macros in the place of the rows that include them (PS3.3 §5.4: a macro's attributes are as if they stood there).</summary>
internal static class ModuleExpansion
{
    /// <param name="macros">All macros of all pages.</param>
    public static Module Expand(Module module, IReadOnlyList<Module> macros)
    {
        var values = new List<ValueSet>(module.Values);
        var attributes = Expand(module.Attributes, macros, values, ImmutableStack<string>.Empty);
        var sets = values.GroupBy(static set => set.Name, StringComparer.Ordinal).Select(static group => group.First());
        return module with { Attributes = attributes, Values = sets.ToEquatableArray() };
    }

    private static EquatableArray<ModuleAttribute> Expand(EquatableArray<ModuleAttribute> rows, IReadOnlyList<Module> macros, List<ValueSet> values, ImmutableStack<string> within)
    {
        var result = ImmutableArray.CreateBuilder<ModuleAttribute>();
        var tags = new HashSet<int>();
        foreach (var row in rows)
        {
            if (row.Include is null)
            {
                Add(row.Items.Count == 1 && Find(macros, row.Items[0].Include) is { } only
                    ? row with { Items = EquatableArray<ModuleAttribute>.Empty, ItemMacro = only.Title }
                    : row with { Items = Expand(row.Items, macros, values, within) });
            }
            else if (Find(macros, row.Include) is { } macro && !within.Contains(macro.Title))
            {
                // A macro may include itself (a content item holds content items): the view ends there.
                values.AddRange(macro.Values);
                foreach (var attribute in Expand(macro.Attributes, macros, values, within.Push(macro.Title)))
                {
                    Add(attribute);
                }
            }
        }

        return result.ToImmutable();

        void Add(ModuleAttribute attribute)
        {
            if (tags.Add((attribute.Group << 16) | attribute.Element))
            {
                result.Add(attribute);
            }
        }
    }

    /// <summary>Titles of the macros that are the items of some sequence.</summary>
    public static IEnumerable<string> ItemMacros(EquatableArray<ModuleAttribute> attributes) =>
        attributes.SelectMany(static attribute => attribute.ItemMacro is { } macro ? [macro] : ItemMacros(attribute.Items));

    private static Module? Find(IReadOnlyList<Module> macros, string? include) => include is null ? null : macros.FirstOrDefault(macro => SameTitle(macro.Title, include));

    /// <summary>"Code Sequence Macro" → "CodeSequenceItem": the view of items that are the macro and nothing else.</summary>
    public static string ItemType(string macro) => MemberNames.Pascal(Core(macro)) + "Item";

    /// <summary>"SOP Instance Reference Macro" includes what "SOP Instance Reference Macro Attributes" and "Table 10-11 SOP Instance Reference Macro" mean.</summary>
    private static bool SameTitle(string title, string include) => string.Equals(Core(title), Core(include), StringComparison.OrdinalIgnoreCase);

    private static string Core(string title)
    {
        var end = title.IndexOf(" Macro", StringComparison.OrdinalIgnoreCase);
        return (end < 0 ? title : title.Substring(0, end)).Trim(' ', '"', '“', '”', '\u00A0');
    }
}
