using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Specgen.Package.Tests;

/// <summary>"From zero to a storage server with tests" as somebody types it in: the files that it shows, built, tested and started.</summary>
[TestClass]
public sealed partial class TutorialTests
{
    private static readonly string s_text = File.ReadAllText(Path.Combine(Feed.Root, "docs", "tutorials", "storage-server.md"));

    [TestMethod]
    public void Files_are_built_their_tests_pass_and_the_server_starts()
    {
        var files = Files().Matches(s_text).ToDictionary(static match => match.Groups["name"].Value, static match => match.Groups["text"].Value.Replace("Version=\"0.1.0\"", $"Version=\"{Feed.PackageVersion}\"", StringComparison.Ordinal));
        CollectionAssert.IsSubsetOf(new[] { "Store/Store.csproj", "Store/Program.cs", "Store.Tests/Store.Tests.csproj" }, files.Keys);
        var folder = Feed.Files("tutorial", [.. files.Select(static file => (file.Key, file.Value))]);

        var output = Feed.Succeed(Feed.Run(folder, "test", "Store.Tests", "-m:1", "--disable-build-servers"));
        StringAssert.Contains(output, $"Passed:     {files.Values.Sum(static text => TestMethods().Count(text))}", output);

        using var server = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(folder, "Store", "bin", "Debug", "net10.0", "Store.dll"), "0"]) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        StringAssert.StartsWith(server.StandardOutput.ReadLine(), "STORE listens on port ");
        server.StandardInput.WriteLine();
        Assert.IsTrue(server.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.AreEqual(0, server.ExitCode);
    }

    /// <summary>A block says in its first line which file it is.</summary>
    [GeneratedRegex(@"^```\w+ (?<name>\S+)\r?\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Files();

    [GeneratedRegex(@"\[TestMethod\]")]
    private static partial Regex TestMethods();
}
