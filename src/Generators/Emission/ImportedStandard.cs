using Microsoft.CodeAnalysis;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Emission;

/// <summary>Public types that a referenced assembly has generated in the same namespace: they are used, not generated again. Empty as a rule.</summary>
internal sealed record ImportedStandard(EquatableArray<string> Types)
{
    public static ImportedStandard Of(Compilation compilation, string @namespace)
    {
        var name = @namespace.Replace("@", "");
        foreach (var catalogue in compilation.GetTypesByMetadataName(name + "." + Names.Catalogue))
        {
            if (catalogue.DeclaredAccessibility == Accessibility.Public && !SymbolEqualityComparer.Default.Equals(catalogue.ContainingAssembly, compilation.Assembly))
            {
                return new ImportedStandard(catalogue.ContainingNamespace.GetTypeMembers()
                    .Where(static type => type.DeclaredAccessibility == Accessibility.Public)
                    .Select(static type => type.Name)
                    .OrderBy(static type => type, StringComparer.Ordinal)
                    .ToEquatableArray());
            }
        }

        return new ImportedStandard(EquatableArray<string>.Empty);
    }

    public bool Any => Types.Count > 0;

    public bool Has(string type) => Types.Contains(type, StringComparer.Ordinal);
}
