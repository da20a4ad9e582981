using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Emission;

/// <summary>Public types that a referenced assembly has generated in the same namespace: they are used, not generated again. Empty as a rule.</summary>
internal sealed record ImportedStandard(EquatableArray<string> Types)
{
    public static ImportedStandard Of(ImmutableArray<GeneratedNamespace> references, string @namespace)
    {
        var name = @namespace.Replace("@", "");
        return new ImportedStandard(references.FirstOrDefault(reference => reference.Name == name)?.Types ?? EquatableArray<string>.Empty);
    }

    public bool Any => Types.Count > 0;

    public bool Has(string type) => Types.Contains(type, StringComparer.Ordinal);
}

/// <summary>A namespace that a referenced assembly has generated types in, and the public ones of them.</summary>
internal sealed record GeneratedNamespace(string Name, EquatableArray<string> Types)
{
    private const string Runtime = "Specgen.Runtime";

    /// <summary>
    /// Read from the reference itself: asking the compilation for its symbols would be work at every key stroke. Most references are done with after their list of assembly references.
    /// </summary>
    public static IEnumerable<GeneratedNamespace> Of(MetadataReference reference, CancellationToken cancellationToken)
    {
        try
        {
            return reference switch
            {
                CompilationReference project => InSource(project.Compilation.Assembly, cancellationToken),
                PortableExecutableReference file when (file.GetMetadata() as AssemblyMetadata)?.GetModules() is { Length: > 0 } modules => InMetadata(modules[0].GetMetadataReader()),
                _ => [],
            };
        }
        catch (Exception exception) when (exception is BadImageFormatException or IOException)
        {
            // The compiler has its own words for a reference that cannot be read.
            return [];
        }
    }

    private static IEnumerable<GeneratedNamespace> InMetadata(MetadataReader reader)
    {
        if (!reader.AssemblyReferences.Any(handle => reader.StringComparer.Equals(reader.GetAssemblyReference(handle).Name, Runtime)))
        {
            return [];
        }

        var types = reader.TypeDefinitions.Select(reader.GetTypeDefinition).Where(static type => (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public)
            .Select(type => (Namespace: reader.GetString(type.Namespace), Name: reader.GetString(type.Name))).ToImmutableArray();
        return types.Where(static type => type.Name == Names.Catalogue)
            .Select(catalogue => Of(catalogue.Namespace, types.Where(type => type.Namespace == catalogue.Namespace).Select(static type => type.Name)));
    }

    private static IEnumerable<GeneratedNamespace> InSource(IAssemblySymbol assembly, CancellationToken cancellationToken)
    {
        if (!assembly.TypeNames.Contains(Names.Catalogue))
        {
            return [];
        }

        var found = ImmutableArray.CreateBuilder<GeneratedNamespace>();
        var pending = new Stack<INamespaceSymbol>([assembly.GlobalNamespace]);
        while (pending.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var current = pending.Pop();
            if (current.GetTypeMembers(Names.Catalogue).Any(static type => type.DeclaredAccessibility == Accessibility.Public))
            {
                found.Add(Of(current.ToDisplayString(), current.GetTypeMembers().Where(static type => type.DeclaredAccessibility == Accessibility.Public).Select(static type => type.Name)));
            }

            foreach (var inner in current.GetNamespaceMembers())
            {
                pending.Push(inner);
            }
        }

        return found.ToImmutable();
    }

    private static GeneratedNamespace Of(string @namespace, IEnumerable<string> types) => new(@namespace, types.OrderBy(static type => type, StringComparer.Ordinal).ToEquatableArray());
}
