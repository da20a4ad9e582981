using System.Reflection;

[assembly: Parallelize(Workers = 2, Scope = ExecutionScope.ClassLevel)]

namespace Archive.Tests;

internal static class TestRun
{
    /// <summary>The folder of the repository.</summary>
    public static string Repository => Metadata("Repository");

    /// <summary>What the project file says.</summary>
    public static string Metadata(string key) =>
        typeof(TestRun).Assembly.GetCustomAttributes(typeof(AssemblyMetadataAttribute), false).Cast<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;

    /// <summary>What a test needs and a machine does not have: inconclusive for a developer, a failure where CI=true.</summary>
    public static Exception Missing(string what) =>
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)
            ? new AssertFailedException(what)
            : new AssertInconclusiveException(what);

    /// <summary>A folder that is deleted with the test.</summary>
    internal sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("archive-tests-").FullName;

        public string this[string name] => System.IO.Path.Combine(Path, name);

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
