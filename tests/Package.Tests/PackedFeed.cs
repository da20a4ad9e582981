namespace Specgen.Package.Tests;

/// <summary>Everything is packed once, for all tests.</summary>
[TestClass]
public static class PackedFeed
{
    [AssemblyInitialize]
    public static void Fill(TestContext _) => Feed.Fill();

    [AssemblyCleanup]
    public static void Clean() => Directory.Delete(Feed.Work, recursive: true);
}
