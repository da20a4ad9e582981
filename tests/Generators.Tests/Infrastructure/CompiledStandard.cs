using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Specgen.Generators.Tests;

/// <summary>The standard's pages compiled, and a project that has them as the package gives them: as a reference, and as pages that are read if need be.</summary>
internal static class CompiledStandard
{
    private static readonly Lazy<MetadataReference> s_reference = new(static () => MetadataReference.CreateFromImage(StandardPages.Run.MustCompile().ToArray()));

    public static MetadataReference Reference => s_reference.Value;

    public static TestProject Project => TestFiles.Pages.Aggregate(
        new TestProject { Language = LanguageVersion.CSharp12, References = [Reference] }.Option("RootNamespace", "Acme.Server"),
        static (project, path) => project.Page(File.ReadAllText(path), path, isStandard: true));

    /// <summary>A reference to what a project gives, as a file or as a project of the same solution.</summary>
    public static MetadataReference ToReference(this TestRun run, bool asProject)
    {
        using var image = run.MustCompile("SPG0028");
        return asProject ? run.Output.ToMetadataReference() : MetadataReference.CreateFromImage(image.ToArray());
    }
}
