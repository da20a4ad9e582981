using Microsoft.CodeAnalysis;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Project;

/// <summary>What referenced assemblies have generated, in the order of the references.</summary>
internal sealed record Imports(EquatableArray<GeneratedNamespace> Namespaces)
{
    /// <summary>Those whose types are for everybody.</summary>
    public IEnumerable<GeneratedNamespace> Public => Namespaces.Where(static import => import.IsPublic);

    /// <summary>A reference has the standard's pages compiled.</summary>
    public bool HasStandard => In(EmissionSettings.StandardNamespace) is not null;

    /// <summary>The public types of a namespace, or null. They are used, not generated again.</summary>
    public GeneratedNamespace? In(string @namespace)
    {
        var name = @namespace.Replace("@", "");
        return Public.FirstOrDefault(import => import.Name == name);
    }

    /// <summary>The namespace that has a public type of this name, or null.</summary>
    public string? NamespaceOf(string type) => Public.FirstOrDefault(import => import.Has(type))?.Name;

    /// <summary>The namespace whose classes of constants (<c>SopClassUids</c>) have those of all others as well; null where several projects went their own ways.</summary>
    public string? Widest
    {
        get
        {
            var candidates = Public.Where(import => !Public.Any(other => other.Base == import.Name)).Select(static import => import.Name).Distinct().ToList();
            return candidates.Count == 1 ? candidates[0] : null;
        }
    }

    /// <summary>The service classes of these names, with where they are.</summary>
    public EquatableArray<ImportedService> Services(IEnumerable<string> names) => Namespaces
        .SelectMany(import => import.Services.Where(service => names.Contains(service.Name, StringComparer.Ordinal)))
        .ToEquatableArray();
}

/// <summary>A namespace that a referenced assembly has generated types in.</summary>
/// <param name="Assembly">The assembly's name.</param>
/// <param name="IsPublic">Its types are for everybody; else they are the assembly's own.</param>
/// <param name="Base">The namespace whose constants its own have as well, or null.</param>
/// <param name="Types">Names of the public types.</param>
internal sealed record GeneratedNamespace(string Assembly, string Name, bool IsPublic, string? Base, EquatableArray<string> Types, EquatableArray<ImportedService> Services)
{
    public bool Has(string type) => Types.Contains(type, StringComparer.Ordinal);
}

/// <summary>A service class of a referenced assembly.</summary>
/// <param name="Surface">What the assembly says that handlers can be written for (<see cref="SurfaceText"/>); null where it says nothing.</param>
internal sealed record ImportedService(string Assembly, string Namespace, string Name, bool IsPublic, string? Surface);
