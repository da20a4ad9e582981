using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Project;

/// <summary>A reference → the namespaces that it has generated types in.</summary>
/// <remarks>Read from the reference itself: asking the compilation for its symbols would be work at every key stroke. Most references are done with after their list of assembly references.</remarks>
internal static class ImportReader
{
    private const string Runtime = "Specgen.Runtime";

    public static IEnumerable<GeneratedNamespace> Read(MetadataReference reference, CancellationToken cancellationToken)
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

        var assembly = reader.GetString(reader.GetAssemblyDefinition().Name);
        var types = reader.TypeDefinitions.Select(reader.GetTypeDefinition)
            .Where(static type => (type.Attributes & TypeAttributes.VisibilityMask) is TypeAttributes.Public or TypeAttributes.NotPublic)
            .Select(type => new MetadataType(reader, type)).ToImmutableArray();
        return types.Where(static type => type.Name == Names.Catalogue)
            .Select(catalogue => Of(assembly, catalogue.Namespace, catalogue.IsPublic, types.Where(type => type.Namespace == catalogue.Namespace))).ToImmutableArray();
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
            if (current.GetTypeMembers(Names.Catalogue).FirstOrDefault() is { } catalogue)
            {
                var name = current.IsGlobalNamespace ? "" : current.ToDisplayString();
                found.Add(Of(assembly.Name, name, catalogue.DeclaredAccessibility == Accessibility.Public, current.GetTypeMembers().Select(static type => new SymbolType(type))));
            }

            foreach (var inner in current.GetNamespaceMembers())
            {
                pending.Push(inner);
            }
        }

        return found.ToImmutable();
    }

    private static GeneratedNamespace Of(string assembly, string @namespace, bool isPublic, IEnumerable<IFoundType> types)
    {
        var ordered = types.OrderBy(static type => type.Name, StringComparer.Ordinal).ToImmutableArray();
        return new GeneratedNamespace(
            assembly,
            @namespace,
            isPublic,
            ordered.FirstOrDefault(static type => type.Name == Names.SopClassUids)?.BaseNamespace(),
            ordered.Where(static type => type.IsPublic).Select(static type => type.Name).ToEquatableArray(),
            ordered.Where(static type => type.Name.EndsWith(Names.ServiceClassSuffix, StringComparison.Ordinal))
                .Select(type => new ImportedService(assembly, @namespace, type.Name, type.IsPublic, type.Constant(Names.Surface))).ToEquatableArray());
    }

    /// <summary>A type of a reference, whichever way it is read.</summary>
    private interface IFoundType
    {
        string Name { get; }

        bool IsPublic { get; }

        /// <summary>The namespace of its base class, where that has the same name.</summary>
        string? BaseNamespace();

        string? Constant(string name);
    }

    private sealed class MetadataType(MetadataReader reader, TypeDefinition type) : IFoundType
    {
        public string Name { get; } = reader.GetString(type.Name);

        public string Namespace { get; } = reader.GetString(type.Namespace);

        public bool IsPublic => (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public;

        public string? BaseNamespace() =>
            type.BaseType.Kind == HandleKind.TypeReference && reader.GetTypeReference((TypeReferenceHandle)type.BaseType) is var found && reader.StringComparer.Equals(found.Name, Name)
                ? reader.GetString(found.Namespace)
                : null;

        public string? Constant(string name)
        {
            foreach (var field in type.GetFields().Select(reader.GetFieldDefinition).Where(field => reader.StringComparer.Equals(field.Name, name)))
            {
                if (!field.GetDefaultValue().IsNil && reader.GetConstant(field.GetDefaultValue()) is { TypeCode: ConstantTypeCode.String } constant)
                {
                    var blob = reader.GetBlobReader(constant.Value);
                    return blob.ReadUTF16(blob.Length);
                }
            }

            return null;
        }
    }

    private sealed class SymbolType(INamedTypeSymbol type) : IFoundType
    {
        public string Name => type.Name;

        public bool IsPublic => type.DeclaredAccessibility == Accessibility.Public;

        public string? BaseNamespace() => type.BaseType is { } found && found.Name == Name ? found.ContainingNamespace.ToDisplayString() : null;

        public string? Constant(string name) => type.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault()?.ConstantValue as string;
    }
}
