using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>What the registry knows of a page's SOP classes: their names, and whether they are retired.</summary>
internal static class RegistryNames
{
    public static ServiceClass Apply(ServiceClass page, Registry? registry) => registry is null
        ? page
        : page with { SopClasses = page.SopClasses.Select(sopClass => Apply(sopClass, registry)).ToEquatableArray() };

    private static SopClass Apply(SopClass sopClass, Registry registry)
    {
        foreach (var entry in registry.Entries)
        {
            if (entry.Uid == sopClass.Uid)
            {
                return sopClass with { Name = sopClass.Name ?? entry.Name, IsRetired = sopClass.IsRetired || entry.IsRetired };
            }
        }

        return sopClass;
    }
}
