using System.Reflection;
using System.Text.RegularExpressions;

namespace Specgen.Testing.Tests;

/// <summary>What docs/testing.md shows is the examples here, which are compiled and run.</summary>
[TestClass]
public sealed partial class DocumentationTests
{
    [TestMethod]
    public void Documentation_shows_the_examples()
    {
        var root = typeof(DocumentationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "Root").Value!;
        var shown = Block().Matches(File.ReadAllText(Path.Combine(root, "docs", "testing.md")).ReplaceLineEndings("\n")).Select(static match => match.Groups["text"].Value.Trim()).ToArray();
        var examples = Directory.GetFiles(Path.Combine(root, "tests", "Testing.Tests", "Examples"), "*.cs").Select(static path => File.ReadAllText(path).ReplaceLineEndings("\n").Trim()).ToArray();

        CollectionAssert.AreEquivalent(examples, shown);
    }

    [GeneratedRegex(@"^```csharp\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
