using Specgen.Generators.Diagnostics;
using Specgen.Generators.Reading;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Project;

/// <summary>What decides, beside a page itself, whether and how it is generated: names of other pages, referenced assemblies, options.</summary>
/// <param name="Modules">Names of the modules' types that are generated here.</param>
internal sealed record ProjectScope(Ownership Ownership, EquatableArray<string> Modules, Imports Imports, ProjectSettings Project)
{
    private EmissionSettings Settings => Project.Emission;

    /// <summary>What a reference has in the very namespace that this project generates in, or null.</summary>
    private GeneratedNamespace? Taken => Imports.In(Settings.Namespace);

    public ServiceEmission? For(ServiceItem item) => Ownership.IsLost(item.Path, item.Service.Title) || Taken is not null
        ? null
        : new ServiceEmission(item.Service, Qualified(ServiceSurface.Of(item.Service)), Settings, Ownership.Foreign(item.Path, item.Service.Title));

    public ModuleEmission? For(ModuleItem item)
    {
        if (Ownership.IsLost(item.Path, item.Module.Title) || Taken?.Has(item.Module.Name) == true || (item.IsForeign && Imports.NamespaceOf(item.Module.Name) is not null))
        {
            return null;
        }

        var missing = Ownership.Missing(item.Path, item.Module.Title);
        var values = item.Module.Values.Where(set => !missing.Contains(set.Name, StringComparer.Ordinal)).ToEquatableArray();
        var foreign = Ownership.Foreign(item.Path, item.Module.Title).Concat(values.Select(static set => set.Name).Where(name => Taken?.Has(name) == true));
        var items = ModuleExpansion.ItemMacros(item.Module.Attributes).Select(ModuleExpansion.ItemType).Distinct(StringComparer.Ordinal);
        return new ModuleEmission(
            item.Module with { Values = values },
            Settings,
            foreign.ToEquatableArray(),
            items.Select(Qualified).Where(static name => name.Contains('.')).ToEquatableArray());
    }

    public RegistryEmission? For(Registry? registry) => registry is null || Taken is not null ? null : new RegistryEmission(registry.Entries, Settings);

    public CatalogueEmission? Catalogue(EquatableArray<OwnedSurface> services) => services.Count == 0 || Taken is not null
        ? null
        : new CatalogueEmission(
            Available(services).Select(static service => service.Name).ToEquatableArray(),
            Settings,
            Project.BuildsOnImports ? Imports.Widest ?? EmissionSettings.StandardNamespace : null,
            Project.BuildsOnImports ? Imports.Public.Select(static import => import.Name).Distinct().ToEquatableArray() : EquatableArray<string>.Empty);

    /// <summary>Which of the classes of constants is meant, where several namespaces have them.</summary>
    public AliasEmission? Aliases(EquatableArray<OwnedSurface> services)
    {
        var hasOwn = services.Count > 0 && Taken is null;
        if (!Project.BuildsOnImports || Imports.Public.Count() + (hasOwn ? 1 : 0) < 2)
        {
            return null;
        }

        var meant = hasOwn ? Settings.Namespace : Imports.Widest;
        return string.IsNullOrEmpty(meant) ? null : new AliasEmission(meant!);
    }

    /// <summary>The service classes that handlers can name.</summary>
    public ServiceDirectory Directory(EquatableArray<OwnedSurface> services, EquatableArray<ImportedSurface> imported)
    {
        var own = Taken is null ? Available(services).Select(Qualified).ToEquatableArray() : EquatableArray<ServiceSurface>.Empty;
        var names = Imports.Public.SelectMany(static import => import.Services).Where(static service => service.IsPublic).Select(static service => service.Name)
            .Concat(own.Select(static service => service.Name)).Distinct(StringComparer.Ordinal);
        return new ServiceDirectory(own, imported, names.ToEquatableArray(), Settings);
    }

    public EquatableArray<Finding> Findings(EquatableArray<OwnedSurface> services, SpecgenOptions options, EquatableArray<string> names, bool hasOwnPages)
    {
        var findings = options.Findings.Concat(Ownership.Findings()).Concat(options.WithoutEffect(Project, hasOwnPages)).ToList();
        foreach (var wanted in Project.ServiceClasses.Where(wanted => !names.Any(name => SpecgenOptions.Means(wanted, name))))
        {
            findings.Add(Finding.Of(HandlerDiagnostics.UnknownFilter, wanted, Suggestion.For(wanted, names.Concat(names.Select(static name => name.Replace(Names.ServiceClassSuffix, ""))))));
        }

        if (Taken is { } taken)
        {
            // A standard page that the other assembly left out is left out here as well; a page of the project's own is not lost in silence.
            findings.AddRange(services.Where(item => !item.IsStandard && !taken.Has(item.Surface.Name)).Select(item => Finding.In(HandlerDiagnostics.SharedNamespace, item.Path, item.Surface.Name, Settings.Namespace)));
        }

        foreach (var twice in Imports.Public.GroupBy(static import => import.Name).Where(static group => group.Count() > 1))
        {
            findings.Add(Finding.Of(HandlerDiagnostics.ImportedTwice, twice.First().Assembly, twice.ElementAt(1).Assembly, twice.Key));
        }

        return findings.ToEquatableArray();
    }

    private IEnumerable<ServiceSurface> Available(EquatableArray<OwnedSurface> services) => services
        .Where(item => !Ownership.IsLost(item.Path, item.Surface.Title))
        .Select(static item => item.Surface)
        .OrderBy(static service => service.Name, StringComparer.Ordinal);

    /// <summary>The surface with the namespaces of modules that a reference has.</summary>
    private ServiceSurface Qualified(ServiceSurface surface) => surface with
    {
        SopClasses = surface.SopClasses.Select(sop => sop.Module is null ? sop : sop with { Module = Qualified(sop.Module) }).ToEquatableArray(),
        Types = surface.Types.Select(type => type.Information is null && type.Reply is null ? type : type with { Information = type.Information is null ? null : Qualified(type.Information), Reply = type.Reply is null ? null : Qualified(type.Reply) })
            .ToEquatableArray(),
    };

    private string Qualified(string type) => !Modules.Contains(type, StringComparer.Ordinal) && Imports.NamespaceOf(type) is { Length: > 0 } found && found != Settings.Namespace ? found + "." + type : type;
}

/// <summary>A service class's surface and the page that it is from.</summary>
internal sealed record OwnedSurface(string Path, bool IsStandard, ServiceSurface Surface);
