using System.Xml.Linq;

namespace Specgen.Package.Tests;

/// <summary>A project that is packed: one that imports eng/Package.props.</summary>
internal sealed record PackedProject(string Folder, string Id)
{
    public string Path => System.IO.Path.Combine(Feed.Folder, $"{Id}.{Feed.PackageVersion}.nupkg");

    public string SymbolsPath => System.IO.Path.ChangeExtension(Path, ".snupkg");

    public static IReadOnlyList<PackedProject> All { get; } =
    [
        .. new[] { "src", "templates" }.SelectMany(static folder => Directory.EnumerateFiles(System.IO.Path.Combine(Feed.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(static path => (Path: path, Project: XDocument.Load(path)))
            .Where(static project => project.Project.Descendants("Import").Any(static import => import.Attribute("Project")?.Value.EndsWith("eng/Package.props", StringComparison.Ordinal) == true))
            .Select(static project => new PackedProject(System.IO.Path.GetDirectoryName(project.Path)!, project.Project.Descendants("PackageId").Single().Value))
            .OrderBy(static project => project.Id, StringComparer.Ordinal),
    ];

    public override string ToString() => Id;
}
