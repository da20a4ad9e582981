using System.Runtime.CompilerServices;

namespace Specgen.Spec.Tests.Plain;

/// <summary>The repository's files, and the documents beside it where they are there.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Spec => Path.Combine(Root, "spec");

    /// <summary>Every page below spec/, by name.</summary>
    public static IReadOnlyList<PlainPage> Pages { get; } =
        [.. Directory.EnumerateFiles(Spec, "*.rst", SearchOption.AllDirectories).Select(static path => PlainReader.Read(NameOf(path), File.ReadAllText(path))).OrderBy(static page => page.Name, StringComparer.Ordinal)];

    public static PlainPage Page(string name) => Pages.Single(page => page.Name == name);

    public static string PathOf(PlainPage page) => Path.Combine(Spec, page.Name.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>A published page of ../shared/seeds as it is; the test is inconclusive where it is absent.</summary>
    public static PlainPage Document(string prefix) => PlainReader.Read(prefix, DocumentText(prefix));

    public static string DocumentText(string prefix)
    {
        var folder = Path.GetFullPath(Path.Combine(Root, "..", "shared", "seeds"));
        if (!Directory.Exists(folder))
        {
            Assert.Inconclusive($"The documents are not at {folder}.");
        }

        return File.ReadAllText(Directory.EnumerateFiles(folder, prefix + "*").Single());
    }

    private static string NameOf(string path) => Path.GetRelativePath(Spec, path).Replace(Path.DirectorySeparatorChar, '/');

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
