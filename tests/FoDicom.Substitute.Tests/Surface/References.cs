using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Specgen.FoDicom.Substitute.Tests.Surface;

/// <summary>What an assembly uses of fo-dicom: read out of its metadata.</summary>
internal static class References
{
    private const string Library = "fo-dicom.core";

    /// <summary>Types, and members as they are called in their types; a type itself with an empty member.</summary>
    /// <param name="path">The assembly.</param>
    /// <param name="declared">fo-dicom's types: what is overridden and implemented is in no table of references.</param>
    public static IEnumerable<(string Type, string Member)> Read(string path, IReadOnlyDictionary<string, DeclaredType> declared)
    {
        using var file = new PEReader(File.OpenRead(path));
        if (!file.HasMetadata)
        {
            return [];
        }

        var reader = file.GetMetadataReader();
        return [.. Types(reader), .. Members(reader), .. Inherited(reader, declared)];
    }

    private static IEnumerable<(string Type, string Member)> Types(MetadataReader reader) =>
        reader.TypeReferences.Where(handle => IsOfLibrary(reader, handle))
            .Select(handle => (SignatureText.Instance.GetTypeFromReference(reader, handle, 0), ""));

    private static IEnumerable<(string Type, string Member)> Members(MetadataReader reader)
    {
        foreach (var handle in reader.MemberReferences)
        {
            var member = reader.GetMemberReference(handle);
            if (!IsOfLibrary(reader, member.Parent))
            {
                continue;
            }

            var name = reader.GetString(member.Name);
            yield return (
                SignatureText.Instance.NameOf(reader, member.Parent)!,
                member.GetKind() == MemberReferenceKind.Method
                    ? SignatureText.Method(name, member.DecodeMethodSignature(SignatureText.Instance, null))
                    : $"{name} : {member.DecodeFieldSignature(SignatureText.Instance, null)}");
        }
    }

    /// <summary>What our types override of theirs, and the members of interfaces that ours implement.</summary>
    private static IEnumerable<(string Type, string Member)> Inherited(MetadataReader reader, IReadOnlyDictionary<string, DeclaredType> declared)
    {
        foreach (var definition in reader.TypeDefinitions.Select(reader.GetTypeDefinition))
        {
            var interfaces = definition.GetInterfaceImplementations()
                .Select(i => SignatureText.Instance.NameOf(reader, reader.GetInterfaceImplementation(i).Interface));
            foreach (var name in interfaces)
            {
                foreach (var type in declared.SelfAndInherited(name))
                {
                    foreach (var member in type.Members)
                    {
                        yield return (type.Name, member.Text);
                    }
                }
            }

            var overrides = definition.GetMethods().Select(reader.GetMethodDefinition)
                .Where(static method => (method.Attributes & (MethodAttributes.Virtual | MethodAttributes.NewSlot)) == MethodAttributes.Virtual)
                .Select(method => SignatureText.Method(reader.GetString(method.Name), method.DecodeSignature(SignatureText.Instance, null)))
                .ToHashSet(StringComparer.Ordinal);
            foreach (var type in declared.SelfAndInherited(BaseInLibrary(reader, definition)))
            {
                foreach (var member in type.Members.Where(member => !member.IsOverride && overrides.Contains(member.Text)))
                {
                    yield return (type.Name, member.Text);
                }
            }
        }
    }

    /// <summary>Over the assembly's own types to the first of fo-dicom's.</summary>
    private static string? BaseInLibrary(MetadataReader reader, TypeDefinition definition)
    {
        while (definition.BaseType.Kind == HandleKind.TypeDefinition && !definition.BaseType.IsNil)
        {
            definition = reader.GetTypeDefinition((TypeDefinitionHandle)definition.BaseType);
        }

        return definition.BaseType.IsNil || !IsOfLibrary(reader, definition.BaseType)
            ? null
            : SignatureText.Instance.NameOf(reader, definition.BaseType);
    }

    private static bool IsOfLibrary(MetadataReader reader, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.AssemblyReference => reader.StringComparer.Equals(reader.GetAssemblyReference((AssemblyReferenceHandle)handle).Name, Library),
        HandleKind.TypeReference => IsOfLibrary(reader, reader.GetTypeReference((TypeReferenceHandle)handle).ResolutionScope),
        HandleKind.TypeSpecification => IsInstanceOfLibrary(reader, (TypeSpecificationHandle)handle),
        _ => false,
    };

    /// <summary>A generic type of fo-dicom's with its arguments; not one of .NET's whose arguments are of fo-dicom.</summary>
    private static bool IsInstanceOfLibrary(MetadataReader reader, TypeSpecificationHandle handle)
    {
        var blob = reader.GetBlobReader(reader.GetTypeSpecification(handle).Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return false;
        }

        blob.ReadCompressedInteger();
        return IsOfLibrary(reader, blob.ReadTypeHandle());
    }
}
