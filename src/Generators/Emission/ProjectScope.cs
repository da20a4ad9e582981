using System.Collections.Immutable;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Handlers;
using Specgen.Generators.Reading;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Emission;

/// <summary>What decides, beside a page itself, whether and how it is generated: names of other pages, referenced assemblies, options.</summary>
internal sealed record ProjectScope(Ownership Ownership, ImportedStandard Imported, EmissionSettings Settings)
{
    public ServiceEmission? For(ServiceItem item) =>
        Ownership.IsLost(item.Path, item.Service.Title) || Imported.Any ? null : new ServiceEmission(item.Service, Settings, Ownership.Foreign(item.Path, item.Service.Title));

    public ModuleEmission? For(ModuleItem item)
    {
        if (Ownership.IsLost(item.Path, item.Module.Title) || Imported.Has(item.Module.Name))
        {
            return null;
        }

        var missing = Ownership.Missing(item.Path, item.Module.Title);
        var values = item.Module.Values.Where(set => !missing.Contains(set.Name, StringComparer.Ordinal)).ToEquatableArray();
        var foreign = Ownership.Foreign(item.Path, item.Module.Title).Concat(values.Select(static set => set.Name).Where(Imported.Has));
        return new ModuleEmission(item.Module with { Values = values }, Settings, foreign.ToEquatableArray());
    }

    public RegistryEmission? For(Registry? registry) => registry is null || Imported.Any
        ? null
        : new RegistryEmission(registry.Entries.Where(RegistryEmitter.IsEmitted).ToEquatableArray(), Settings);

    public CatalogueEmission? Catalogue(ImmutableArray<OwnedSurface> services) => services.Length == 0 || Imported.Any
        ? null
        : new CatalogueEmission(Available(services).Select(static service => service.Name).ToEquatableArray(), Settings);

    /// <summary>The service classes that handlers can name: the project's own, or those that the referenced assembly has.</summary>
    public ServiceDirectory Directory(ImmutableArray<OwnedSurface> services)
    {
        var available = Available(services).Where(service => !Imported.Any || Imported.Has(service.Name)).ToEquatableArray();
        var names = Imported.Types.Where(static type => type.EndsWith("ServiceClass", StringComparison.Ordinal)).Concat(available.Select(static service => service.Name)).Distinct(StringComparer.Ordinal);
        return new ServiceDirectory(available, names.ToEquatableArray(), Imported.Any ? Settings with { IsPublic = true } : Settings);
    }

    public EquatableArray<Finding> Findings(ImmutableArray<OwnedSurface> services, SpecgenOptions options, ImmutableArray<string> names)
    {
        var findings = options.Findings.Concat(Ownership.Findings()).ToList();
        foreach (var wanted in options.ServiceClasses.Where(wanted => !names.Any(name => SpecgenOptions.Means(wanted, name))))
        {
            findings.Add(Finding.Of(HandlerDiagnostics.UnknownFilter, wanted, Suggestion.For(wanted, names.Concat(names.Select(static name => name.Replace("ServiceClass", ""))))));
        }

        if (Imported.Any)
        {
            // A standard page that the other assembly left out is left out here as well; a page of the project's own is not lost in silence.
            findings.AddRange(services.Where(item => !item.IsStandard && !Imported.Has(item.Surface.Name)).Select(item => Finding.In(HandlerDiagnostics.SharedNamespace, item.Path, item.Surface.Name, Settings.Namespace)));
        }

        return findings.ToEquatableArray();
    }

    private IEnumerable<ServiceSurface> Available(ImmutableArray<OwnedSurface> services) => services
        .Where(item => !Ownership.IsLost(item.Path, item.Surface.Title))
        .Select(static item => item.Surface)
        .OrderBy(static service => service.Name, StringComparer.Ordinal);
}

/// <summary>A service class's surface and the page that it is from.</summary>
internal sealed record OwnedSurface(string Path, bool IsStandard, ServiceSurface Surface);

/// <summary>The service classes that handlers can name, and where their types are.</summary>
/// <param name="Names">Of all of them; of those whose pages are compiled, only the ones that a handler names are among the others.</param>
internal sealed record ServiceDirectory(EquatableArray<ServiceSurface> Services, EquatableArray<string> Names, EmissionSettings Settings);
