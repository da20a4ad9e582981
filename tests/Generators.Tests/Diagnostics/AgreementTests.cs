using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Specgen.Generators.Diagnostics;

namespace Specgen.Generators.Tests.Diagnostics;

/// <summary>A diagnostic is a descriptor, a line of the release file, a page of documentation and a test that provokes it; all four or none.</summary>
[TestClass]
public sealed partial class AgreementTests
{
    /// <summary>Given by the runtime when a server starts, and by the package's build files; with pages of their own.</summary>
    private static readonly string[] s_others = ["SPG1100", "SPG1109"];

    private static DiagnosticDescriptor[] Descriptors => [.. PageDiagnostics.All(), .. HandlerDiagnostics.All(), .. CodeDiagnostics.All()];

    [TestMethod]
    public void Descriptors_AreUnique_AndNumberedByKind()
    {
        CollectionAssert.AllItemsAreUnique(Descriptors.Select(static descriptor => descriptor.Id).ToArray());
        Assert.IsTrue(PageDiagnostics.All().All(static descriptor => descriptor.Id.StartsWith("SPG0", StringComparison.Ordinal)));
        Assert.IsTrue(HandlerDiagnostics.All().All(static descriptor => descriptor.Id.StartsWith("SPG1", StringComparison.Ordinal)));
        Assert.IsEmpty(Descriptors.Select(static descriptor => descriptor.Id).Intersect(s_others));
    }

    [TestMethod]
    public void ReleaseFiles_ListThem()
    {
        var folder = Path.Combine(TestFiles.Root, "src", "Generators");
        var rows = new[] { "AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md" }
            .SelectMany(name => File.ReadAllLines(Path.Combine(folder, name)))
            .Where(static line => line.StartsWith("SPG", StringComparison.Ordinal));
        CollectionAssert.AreEquivalent(
            Descriptors.Select(static descriptor => $"{descriptor.Id} | {descriptor.Category} | {(descriptor.IsEnabledByDefault ? descriptor.DefaultSeverity.ToString() : "Disabled")} | {descriptor.Title}").ToArray(),
            rows.ToArray());
    }

    [TestMethod]
    public void EachHasAPage_ThatItsHelpLinkNames()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(TestFiles.Root, "docs", "diagnostics"), "SPG*.md").Select(static path => Path.GetFileNameWithoutExtension(path)!).ToArray();
        CollectionAssert.AreEquivalent(Descriptors.Select(static descriptor => descriptor.Id).Concat(s_others).ToArray(), pages);
        foreach (var descriptor in Descriptors)
        {
            Assert.EndsWith($"/docs/diagnostics/{descriptor.Id}.md", descriptor.HelpLinkUri);
        }
    }

    /// <summary>What it is about, and an example of it.</summary>
    [TestMethod]
    public void EachPageHasATitle_AndAnExample()
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(TestFiles.Root, "docs", "diagnostics"), "SPG*.md"))
        {
            var text = File.ReadAllText(path).ReplaceLineEndings("\n");
            Assert.StartsWith($"# {Path.GetFileNameWithoutExtension(path)}: ", text);
            Assert.MatchesRegex("\n```(rst|csharp|xml|text)?\n[^`]+\n```\n", text, path);
        }
    }

    /// <summary>The list of all pages, for readers, and for the site. SPECGEN_REWRITE_DIAGNOSTICS=1 writes both anew.</summary>
    [TestMethod]
    public void Lists_NameEachPage()
    {
        var folder = Path.Combine(TestFiles.Root, "docs", "diagnostics");
        var pages = Directory.EnumerateFiles(folder, "SPG*.md").Order(StringComparer.Ordinal)
            .Select(static path => (Id: Path.GetFileNameWithoutExtension(path), Title: File.ReadLines(path).First()[2..])).ToArray();
        var introduction = File.ReadAllText(Path.Combine(folder, "README.md")).ReplaceLineEndings("\n").Split("\n## ")[0];
        var list = new StringBuilder(introduction);
        var contents = new StringBuilder();
        foreach (var kind in pages.GroupBy(static page => KindOf(page.Id)))
        {
            list.Append(CultureInfo.InvariantCulture, $"\n## {kind.Key}\n\n");
            contents.Append(CultureInfo.InvariantCulture, $"- name: {kind.Key}\n  items:\n");
            foreach (var (id, title) in kind)
            {
                list.Append(CultureInfo.InvariantCulture, $"- [{title}]({id}.md)\n");
                contents.Append(CultureInfo.InvariantCulture, $"    - {{ name: \"{title}\", href: {id}.md }}\n");
            }
        }

        foreach (var (name, expected) in new[] { ("README.md", list.ToString()), ("toc.yml", contents.ToString()) })
        {
            var path = Path.Combine(folder, name);
            if (Environment.GetEnvironmentVariable("SPECGEN_REWRITE_DIAGNOSTICS") == "1")
            {
                File.WriteAllText(path, expected);
            }

            Assert.AreEqual(expected, File.ReadAllText(path).ReplaceLineEndings("\n"), $"{name}: run this test with SPECGEN_REWRITE_DIAGNOSTICS=1.");
        }
    }

    private static string KindOf(string id) => id[3..5] switch
    {
        "00" => "Pages",
        "10" => "Handlers",
        "11" => "Projects",
        _ => "Other code",
    };

    /// <summary>A test provokes a diagnostic when its source names the id or the descriptor.</summary>
    [TestMethod]
    public void EachIsProvokedByATest()
    {
        var names = new[] { typeof(PageDiagnostics), typeof(HandlerDiagnostics), typeof(CodeDiagnostics) }
            .SelectMany(static type => type.GetFields())
            .Where(static field => field.FieldType == typeof(DiagnosticDescriptor))
            .ToDictionary(static field => ((DiagnosticDescriptor)field.GetValue(null)!).Id, static field => $"{field.DeclaringType!.Name}.{field.Name}");
        var tests = string.Join("\n", new[] { "Generators.Tests", "CodeFixes.Tests" }.SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(TestFiles.Root, "tests", folder), "*Tests.cs", SearchOption.AllDirectories))
            .Where(static path => !path.EndsWith(nameof(AgreementTests) + ".cs", StringComparison.Ordinal))
            .Select(File.ReadAllText));
        var mentioned = Id().Matches(tests).Select(static match => match.Value).ToHashSet(StringComparer.Ordinal);
        Assert.IsEmpty(Descriptors.Where(descriptor => !mentioned.Contains(descriptor.Id) && !tests.Contains(names[descriptor.Id], StringComparison.Ordinal)).Select(static descriptor => descriptor.Id));
    }

    [GeneratedRegex("SPG[0-9]{4}")]
    private static partial Regex Id();
}
