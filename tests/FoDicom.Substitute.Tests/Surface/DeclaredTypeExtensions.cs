namespace Specgen.FoDicom.Substitute.Tests.Surface;

internal static class DeclaredTypeExtensions
{
    /// <summary>A type of the assembly, its base types and its interfaces, as far as they are the assembly's own.</summary>
    public static IEnumerable<DeclaredType> SelfAndInherited(this IReadOnlyDictionary<string, DeclaredType> types, string? name) =>
        name is not null && types.GetValueOrDefault(name) is { } type
            ? [type, .. types.SelfAndInherited(type.Base), .. type.Interfaces.SelectMany(types.SelfAndInherited)]
            : [];
}
