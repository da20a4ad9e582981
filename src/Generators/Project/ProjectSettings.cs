using Specgen.Generators.Standard;

namespace Specgen.Generators.Project;

/// <summary>What a project's options mean in view of its references.</summary>
/// <param name="GeneratesStandard">The standard's pages are generated here; else the project's own alone.</param>
/// <param name="BuildsOnImports">The project's own constants and catalogue have those of its references as well.</param>
/// <param name="IsTaken">A reference has the very namespace that this project generates in: of the standard, what that has is used, and what it left out is left out here as well.</param>
internal sealed record ProjectSettings(EmissionSettings Emission, bool GeneratesStandard, bool BuildsOnImports, bool IsTaken, EquatableArray<string> ServiceClasses)
{
    public static ProjectSettings Of(SpecgenOptions options, Imports imports)
    {
        var generates = options.StandardPages == StandardPages.Generate || (options.StandardPages == StandardPages.Compiled && !imports.HasStandard);

        // Who generates the standard has all in one namespace; pages beside the compiled standard are at home in the project's.
        var @namespace = options.Namespace ?? (imports.HasStandard && !generates ? options.RootNamespace : EmissionSettings.StandardNamespace);
        return new ProjectSettings(
            new EmissionSettings(@namespace, options.IsPublic),
            generates,
            options.StandardPages == StandardPages.Compiled && !generates,
            imports.In(@namespace) is not null,
            generates ? options.ServiceClasses : EquatableArray<string>.Empty);
    }

    /// <summary>Whether the service class is generated.</summary>
    public bool Wants(ServiceClass service) => ServiceClasses.Count == 0 || ServiceClasses.Any(name => SpecgenOptions.Means(name, service.Name));
}
