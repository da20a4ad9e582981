using System.Runtime.CompilerServices;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>What the registry knows of a page's SOP classes: their names, and whether they are retired.</summary>
internal static class RegistryNames
{
    /// <summary>One for each registry, however many pages ask.</summary>
    private static readonly ConditionalWeakTable<Registry, Dictionary<string, RegistryEntry>> s_indexes = new();

    public static ServiceClass Apply(ServiceClass page, Registry? registry)
    {
        if (registry is null)
        {
            return page;
        }

        var index = s_indexes.GetValue(registry, static registry => Index(registry));
        return page with { SopClasses = page.SopClasses.Select(sopClass => index.TryGetValue(sopClass.Uid, out var entry) ? Apply(sopClass, entry) : sopClass).ToEquatableArray() };
    }

    private static SopClass Apply(SopClass sopClass, RegistryEntry entry) =>
        sopClass with { Name = sopClass.Name ?? entry.Name, IsRetired = sopClass.IsRetired || entry.IsRetired };

    private static Dictionary<string, RegistryEntry> Index(Registry registry)
    {
        var index = new Dictionary<string, RegistryEntry>(registry.Entries.Count, StringComparer.Ordinal);
        foreach (var entry in registry.Entries)
        {
            index[entry.Uid] = entry;
        }

        return index;
    }
}
