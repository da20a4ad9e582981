using System.Reflection;

namespace Specgen.Benchmarks;

/// <summary>Where things are that this program was built with.</summary>
internal static class Built
{
    /// <summary>The repository.</summary>
    public static string Root { get; } = Metadata("Root");

    /// <summary>The standard's pages compiled.</summary>
    public static string Standard { get; } = Metadata("Standard");

    /// <summary>The code fixes, which a compiler loads beside the generator.</summary>
    public static string CodeFixes { get; } = Metadata("CodeFixes");

    /// <summary>The server that is written by hand.</summary>
    public static string UsualServer { get; } = Metadata("UsualServer");

    /// <summary>The assembly of the tool `specgen`.</summary>
    public static string Tool { get; } = Metadata("Tool");

    /// <summary>samples/Archive.</summary>
    public static string Archive { get; } = Metadata("Archive");

    private static string Metadata(string key) => typeof(Built).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
