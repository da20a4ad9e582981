using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;

namespace Specgen.Package.Tests;

/// <summary>What a debugger finds in symbols: for each source, its text in them, or the address that it can be had from.</summary>
internal static class PortablePdb
{
    // The kinds of custom debug information of the Portable PDB format.
    private static readonly Guid s_sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public static IReadOnlyList<(string Name, bool IsEmbedded, string? Address)> SourcesOf(Stream symbols)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(symbols);
        return SourcesOf(provider.GetMetadataReader());
    }

    /// <summary>Of symbols inside of the assembly; <see langword="null"/> where it has none.</summary>
    public static IReadOnlyList<(string Name, bool IsEmbedded, string? Address)>? SourcesIn(Stream assembly)
    {
        using var file = new PEReader(assembly);
        var entries = file.ReadDebugDirectory().Where(static entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb).ToArray();
        if (entries.Length == 0)
        {
            return null;
        }

        using var provider = file.ReadEmbeddedPortablePdbDebugDirectoryData(entries[0]);
        return SourcesOf(provider.GetMetadataReader());
    }

    private static (string Name, bool IsEmbedded, string? Address)[] SourcesOf(MetadataReader reader)
    {
        var links = LinksOf(reader);
        return
        [
            .. reader.Documents.Select(handle =>
            {
                var name = reader.GetString(reader.GetDocument(handle).Name);
                return (name, Has(reader, handle, s_embeddedSource), AddressOf(name, links));
            }),
        ];
    }

    private static string? AddressOf(string name, IReadOnlyDictionary<string, string> links)
    {
        foreach (var (pattern, address) in links)
        {
            if (pattern.EndsWith('*') && name.StartsWith(pattern[..^1], StringComparison.Ordinal))
            {
                return address.Replace("*", name[(pattern.Length - 1)..].Replace('\\', '/'), StringComparison.Ordinal);
            }
        }

        return null;
    }

    private static Dictionary<string, string> LinksOf(MetadataReader reader)
    {
        foreach (var handle in reader.GetCustomDebugInformation(EntityHandle.ModuleDefinition))
        {
            var information = reader.GetCustomDebugInformation(handle);
            if (reader.GetGuid(information.Kind) == s_sourceLink)
            {
                using var json = JsonDocument.Parse(reader.GetBlobBytes(information.Value));
                return json.RootElement.GetProperty("documents").EnumerateObject().ToDictionary(static link => link.Name, static link => link.Value.GetString()!);
            }
        }

        return [];
    }

    private static bool Has(MetadataReader reader, DocumentHandle document, Guid kind) =>
        reader.GetCustomDebugInformation(document).Any(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind) == kind);
}
