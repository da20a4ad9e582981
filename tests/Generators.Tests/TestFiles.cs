using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.Text;

namespace Specgen.Generators.Tests;

/// <summary>The files that tests read: the repository's own pages, and the documents that it comes from where they are beside it.</summary>
internal static class TestFiles
{
    public static string Root { get; } = Find();

    public static string Spec => Path.Combine(Root, "spec");

    public static IEnumerable<string> Pages => Directory.EnumerateFiles(Spec, "*.rst", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    public static SourceText Text(string path) => SourceText.From(File.ReadAllText(path));

    /// <summary>A document of ../shared/seeds; the test is inconclusive where it is absent.</summary>
    public static string Seed(string prefix)
    {
        var folder = Path.GetFullPath(Path.Combine(Root, "..", "shared", "seeds"));
        if (!Directory.Exists(folder))
        {
            Assert.Inconclusive($"The documents are not at {folder}.");
        }

        return Directory.EnumerateFiles(folder, prefix + "*").Single();
    }

    private static string Find([CallerFilePath] string here = "")
    {
        for (var folder = Path.GetDirectoryName(here); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Specgen.sln")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException("Specgen.sln is in no folder above " + here);
    }
}
