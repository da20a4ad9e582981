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
        var places = new Dictionary<int, (int Index, bool IsIncluded)>();
        foreach (var row in rows)
        {
            if (row.Include is null)
            {
                Add(ExpandItems(row, macros, values, within), isIncluded: false);
            }
            else if (Find(macros, row.Include) is { } macro && !within.Contains(macro.Title))
            {
                // A macro may include itself (a content item holds content items): the view ends there.
                values.AddRange(macro.Values);
                foreach (var attribute in Expand(macro.Attributes, macros, values, within.Push(macro.Title)))
                {
                    Add(attribute, isIncluded: true);
                }
            }
        }

        return result.ToImmutable();

        void Add(ModuleAttribute attribute, bool isIncluded)
        {
            var tag = TagOf(attribute);
            if (!places.TryGetValue(tag, out var place))
            {
                places.Add(tag, (result.Count, isIncluded));
                result.Add(attribute);
            }
            else if (place.IsIncluded && !isIncluded)
            {
                result[place.Index] = WithTypesOf(result[place.Index], attribute);
            }
        }
    }

    private static ModuleAttribute ExpandItems(ModuleAttribute row, IReadOnlyList<Module> macros, List<ValueSet> values, ImmutableStack<string> within)
    {
        if (BaseOf(row.Items, macros, within) is not { } macro)
        {
            return row with { Items = Expand(row.Items, macros, values, within) };
        }

        // The view is the macro's; the types are those of the place where they are not the macro's.
        var items = within.Contains(macro.Title) ? EquatableArray<ModuleAttribute>.Empty : Expand(row.Items, macros, values, within);
        var plain = Expand(macro.Attributes, macros, values, within.Push(macro.Title));
        return row with { ItemMacro = macro.Title, Items = items.Equals(plain) ? EquatableArray<ModuleAttribute>.Empty : items };
    }

    /// <summary>
    /// The macro whose attributes these rows are and nothing else: it is included, and what else there is repeats attributes of it. A macro that is itself another one with types of its own
    /// stands for that one.
    /// </summary>
    private static Module? BaseOf(EquatableArray<ModuleAttribute> rows, IReadOnlyList<Module> macros, ImmutableStack<string> within)
    {
        if (rows.Count == 0 || rows[0].Include is not { } include || Find(macros, include) is not { } macro || rows.Skip(1).Any(static row => row.Include is not null))
        {
            return null;
        }

        if (rows.Count > 1)
        {
            var tags = Expand(macro.Attributes, macros, [], within.Push(macro.Title)).Select(TagOf).ToImmutableHashSet();
            if (rows.Skip(1).Any(row => !tags.Contains(TagOf(row))))
            {
                return null;
            }
        }

        return within.Contains(macro.Title) ? macro : BaseOf(macro.Attributes, macros, within.Push(macro.Title)) ?? macro;
    }

    /// <summary>What a row says of an attribute that an included macro has: its types where it is included, and those of its items.</summary>
    private static ModuleAttribute WithTypesOf(ModuleAttribute attribute, ModuleAttribute row) => attribute with
    {
        Type = row.Type ?? attribute.Type,
        Usages = row.Usages.Count > 0 ? row.Usages : attribute.Usages,
        Items = row.Items.Count > 0 ? row.Items : attribute.Items,
    };

    private static int TagOf(ModuleAttribute attribute) => (attribute.Group << 16) | attribute.Element;

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
