using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Specgen.FoDicom.Substitute.Tests.Surface;

/// <summary>A type of fo-dicom's, or of the substitute's, and what of it can be seen from outside.</summary>
internal sealed class DeclaredType
{
    private DeclaredType(string name) => Name = name;

    public string Name { get; }

    public bool IsVisible { get; private init; }

    public bool IsInterface { get; private init; }

    public bool IsDelegate { get; private init; }

    public string? Base { get; private init; }

    public List<string> Interfaces { get; } = [];

    public List<DeclaredMember> Members { get; } = [];

    /// <summary>All types of an assembly by their names.</summary>
    public static Dictionary<string, DeclaredType> ReadAll(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        return reader.TypeDefinitions.Select(handle => Read(reader, handle)).ToDictionary(static type => type.Name, StringComparer.Ordinal);
    }

    private static DeclaredType Read(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var definition = reader.GetTypeDefinition(handle);
        var baseName = definition.BaseType.IsNil ? null : SignatureText.Instance.NameOf(reader, definition.BaseType);
        var type = new DeclaredType(SignatureText.Instance.GetTypeFromDefinition(reader, handle, 0))
        {
            IsVisible = IsVisibleType(reader, definition),
            IsInterface = (definition.Attributes & TypeAttributes.Interface) != 0,
            IsDelegate = baseName == "System.MulticastDelegate",
            Base = baseName,
        };
        type.Interfaces.AddRange(definition.GetInterfaceImplementations()
            .Select(i => SignatureText.Instance.NameOf(reader, reader.GetInterfaceImplementation(i).Interface)).OfType<string>());
        foreach (var method in definition.GetMethods().Select(reader.GetMethodDefinition))
        {
            var name = reader.GetString(method.Name);
            if (name != ".cctor"
                && (method.Attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem)
            {
                type.Members.Add(new DeclaredMember(SignatureText.Method(name, method.DecodeSignature(SignatureText.Instance, null)))
                {
                    IsOverride = (method.Attributes & (MethodAttributes.Virtual | MethodAttributes.NewSlot)) == MethodAttributes.Virtual,
                });
            }
        }

        foreach (var field in definition.GetFields().Select(reader.GetFieldDefinition))
        {
            if ((field.Attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem
                && (field.Attributes & FieldAttributes.SpecialName) == 0)
            {
                var name = reader.GetString(field.Name);
                var isLiteral = (field.Attributes & FieldAttributes.Literal) != 0;
                type.Members.Add(new DeclaredMember(
                    isLiteral ? $"{name} = {Value(reader, field)}" : $"{name} : {field.DecodeSignature(SignatureText.Instance, null)}")
                {
                    IsLiteral = isLiteral,
                    IsStaticField = (field.Attributes & FieldAttributes.Static) != 0,
                });
            }
        }

        return type;
    }

    private static object? Value(MetadataReader reader, FieldDefinition field)
    {
        var constant = reader.GetConstant(field.GetDefaultValue());
        return reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode);
    }

    private static bool IsVisibleType(MetadataReader reader, TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
            IsVisibleType(reader, reader.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };
}
