using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Specgen.FoDicom.Substitute.Tests.Surface;

/// <summary>
/// Types in signatures as text, the same for a reference to a member and for its declaration. Assemblies are not said: what fo-dicom takes from
/// .NET is elsewhere for each target.
/// </summary>
internal sealed class SignatureText : ISignatureTypeProvider<string, object?>
{
    public static SignatureText Instance { get; } = new();

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

    public string GetByReferenceType(string elementType) => "ref " + elementType;

    public string GetFunctionPointerType(MethodSignature<string> signature) => "delegate*" + Parameters(signature) + " : " + signature.ReturnType;

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        $"{genericType}<{string.Join(", ", typeArguments)}>";

    public string GetGenericMethodParameter(object? genericContext, int index) => "!!" + index;

    public string GetGenericTypeParameter(object? genericContext, int index) => "!" + index;

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) =>
        isRequired ? $"{unmodifiedType} ({modifier})" : unmodifiedType;

    public string GetPinnedType(string elementType) => elementType;

    public string GetPointerType(string elementType) => elementType + "*";

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

    public string GetSZArrayType(string elementType) => elementType + "[]";

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? GetTypeFromDefinition(reader, outer, 0) + "+" + reader.GetString(type.Name)
            : Name(reader, type.Namespace, type.Name);
    }

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0) + "+" + reader.GetString(type.Name)
            : Name(reader, type.Namespace, type.Name);
    }

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    /// <summary>What a base type or an interface is called, without its type arguments.</summary>
    public string? NameOf(MetadataReader reader, EntityHandle type) => type.Kind switch
    {
        HandleKind.TypeDefinition => GetTypeFromDefinition(reader, (TypeDefinitionHandle)type, 0),
        HandleKind.TypeReference => GetTypeFromReference(reader, (TypeReferenceHandle)type, 0),
        HandleKind.TypeSpecification => GetTypeFromSpecification(reader, null, (TypeSpecificationHandle)type, 0).Split('<')[0],
        _ => null,
    };

    /// <summary>A method, or half of a property or event.</summary>
    public static string Method(string name, MethodSignature<string> signature)
    {
        var head = signature.Header.IsInstance ? "" : "static ";
        var arity = signature.GenericParameterCount > 0 ? "``" + signature.GenericParameterCount : "";
        var parameters = Parameters(signature);
        return name.Split('_', 2) switch
        {
            ["get", var property] => $"{head}{property}{(parameters == "()" ? "" : parameters)} {{ get; }} : {signature.ReturnType}",
            ["set", var property] => $"{head}{property} {{ set; }} : {string.Join(", ", signature.ParameterTypes)}",
            ["add", var @event] => $"{head}event {@event} {{ add; }} : {signature.ParameterTypes[0]}",
            ["remove", var @event] => $"{head}event {@event} {{ remove; }} : {signature.ParameterTypes[0]}",
            _ => $"{head}{name}{arity}{parameters}{(name == ".ctor" ? "" : " : " + signature.ReturnType)}",
        };
    }

    private static string Parameters(MethodSignature<string> signature) => $"({string.Join(", ", signature.ParameterTypes)})";

    private static string Name(MetadataReader reader, StringHandle space, StringHandle name) =>
        space.IsNil ? reader.GetString(name) : reader.GetString(space) + "." + reader.GetString(name);
}
