using Specgen.Interop.Tests.Data;

[assembly: DoNotParallelize]

namespace Specgen.Interop.Tests;

[TestClass]
public static class TestRun
{
    [AssemblyCleanup]
    public static void DeleteFiles() => TestFiles.Delete();
}
