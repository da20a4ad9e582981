using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Emission;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Project;

/// <summary>The format of an assembly's generated code; of the runtime, the formats that it reads.</summary>
internal sealed record AssemblyFormat(string Assembly, int Oldest, int Newest)
{
    private const string Runtime = "Specgen.Runtime";
    private const string Attribute = "GeneratedFormatAttribute";

    public bool IsRuntime => Assembly == Runtime;

    /// <summary>What a reference says of itself; nothing for most.</summary>
    public static IEnumerable<AssemblyFormat> Read(MetadataReference reference)
    {
        try
        {
            return reference switch
            {
                CompilationReference project => InSource(project.Compilation.Assembly),
                PortableExecutableReference file when (file.GetMetadata() as AssemblyMetadata)?.GetModules() is { Length: > 0 } modules =>
                    InMetadata(modules[0].GetMetadataReader()),
                _ => [],
            };
        }
        catch (Exception exception) when (exception is BadImageFormatException or IOException)
        {
            // The compiler has its own words for a reference that cannot be read.
            return [];
        }
    }

    private static IEnumerable<AssemblyFormat> InSource(IAssemblySymbol assembly)
    {
        if (assembly.Name != Runtime && !assembly.Modules.Any(static module => module.ReferencedAssemblies.Any(static name => name.Name == Runtime)))
        {
            yield break;
        }

        var mark = assembly.GetAttributes().FirstOrDefault(static attribute => attribute.AttributeClass?.Name == Attribute);
        if (mark?.ConstructorArguments is { Length: > 0 } numbers && numbers.All(static number => number.Value is int))
        {
            yield return new AssemblyFormat(assembly.Name, (int)numbers[0].Value!, (int)numbers[numbers.Length - 1].Value!);
        }
    }

    private static IEnumerable<AssemblyFormat> InMetadata(MetadataReader reader)
    {
        var assembly = reader.GetString(reader.GetAssemblyDefinition().Name);
        if (assembly != Runtime && !reader.AssemblyReferences.Any(handle => reader.StringComparer.Equals(reader.GetAssemblyReference(handle).Name, Runtime)))
        {
            yield break;
        }

        foreach (var handle in reader.GetCustomAttributes(EntityHandle.AssemblyDefinition))
        {
            var attribute = reader.GetCustomAttribute(handle);
            if (TypeName(reader, attribute.Constructor) == Attribute)
            {
                // A prolog of two bytes, the arguments of four each, and two bytes for the number of named ones (ECMA-335, II.23.3).
                var blob = reader.GetBlobReader(attribute.Value);
                var count = (blob.Length - 4) / 4;
                blob.ReadUInt16();
                var oldest = blob.ReadInt32();
                yield return new AssemblyFormat(assembly, oldest, count > 1 ? blob.ReadInt32() : oldest);
            }
        }
    }

    private static string? TypeName(MetadataReader reader, EntityHandle constructor) => constructor.Kind switch
    {
        HandleKind.MemberReference when reader.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } type =>
            reader.GetString(reader.GetTypeReference((TypeReferenceHandle)type).Name),
        HandleKind.MethodDefinition =>
            reader.GetString(reader.GetTypeDefinition(reader.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType()).Name),
        _ => null,
    };
}

/// <summary>Whether generator, runtime and references fit.</summary>
internal sealed record Formats(bool HasRuntime, EquatableArray<Finding> Findings)
{
    public static Formats Of(IReadOnlyCollection<AssemblyFormat> all)
    {
        if (all.FirstOrDefault(static format => format.IsRuntime) is not { } runtime)
        {
            return new Formats(false, EquatableArray<Finding>.Empty);
        }

        var findings = all.Where(static format => !format.IsRuntime).Select(static format => (Who: $"'{format.Assembly}'", Newest: format.Newest))
            .Prepend((Who: "The generator", Newest: GeneratedCode.Format))
            .Where(format => format.Newest < runtime.Oldest || format.Newest > runtime.Newest)
            .Select(format => Finding.Of(
                HandlerDiagnostics.FormatsDiffer,
                format.Who,
                format.Newest > runtime.Newest ? "a newer" : "an older",
                $"{format.Newest}",
                $"{runtime.Oldest} to {runtime.Newest}"));
        return new Formats(true, findings.ToEquatableArray());
    }
}
