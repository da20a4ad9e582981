namespace Specgen.Tool.Tests;

/// <summary>Where the repository is, and beside it the standard's own files, which are not part of it.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Spec => Path.Combine(Root, "spec");

    /// <summary>The folder of an edition; the test is inconclusive where there is none.</summary>
    public static string Edition(string name)
    {
        var candidates = new[] { Environment.GetEnvironmentVariable("SPECGEN_STANDARD"), Path.Combine(Root, "..", "shared", "standard"), Path.Combine(Root, "..", "..", "shared", "standard") };
        if (candidates.OfType<string>().Select(folder => Path.Combine(folder, name)).FirstOrDefault(Directory.Exists) is { } found)
        {
            return found;
        }

        throw new AssertInconclusiveException($"edition {name} of the standard is not there: NEMA's DocBook files in a folder of that name under ../shared/standard, or under SPECGEN_STANDARD");
    }

    /// <summary>A copy of the pages for one test.</summary>
    public static string CopyOfSpec()
    {
        var copy = Directory.CreateTempSubdirectory("specgen-spec-").FullName;
        SmallStandard.Copy(Spec, copy);
        return copy;
    }

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Specgen.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Specgen.sln is not above the tests");
        }

        return folder;
    }
}
