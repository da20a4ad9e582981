using System.Runtime.CompilerServices;

namespace Specgen.Runtime.Tests.Surface;

/// <summary>The runtime's sources.</summary>
internal static class Sources
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "src", "Runtime"));

    public static IEnumerable<string> Files() => Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories).Where(static file => !IsBuilt(FolderOf(file)));

    /// <summary>The room that a file is in.</summary>
    public static string FolderOf(string file) => Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar)[0];

    private static bool IsBuilt(string folder) => folder is "bin" or "obj";

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
