using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Specgen.Generators.Tests;

/// <summary>What the documentation shows as pages and code is read, generated from and compiled.</summary>
[TestClass]
public sealed partial class DocumentationTests
{
    private const string Usings = """
        global using System;
        global using System.IO;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    [TestMethod]
    public void Readme_FromItsTableToItsServer_Compiles()
    {
        var readme = Blocks("README.md");
        var program = readme["csharp"].Single();
        Assert.AreEqual(File.ReadAllText(Path.Combine(TestFiles.Root, "samples", "Store", "Program.cs")).Trim(), program.Trim(), "The sample is what the README shows.");
        var (begin, end) = (program.IndexOf("await using", StringComparison.Ordinal), program.IndexOf("[Scp<", StringComparison.Ordinal));
        var (server, handler) = (program[begin..end], program[..begin] + program[end..]);
        var project = new TestProject { Language = LanguageVersion.CSharp12 }
            .Page(readme["rst"].Single())
            .Source(Usings, "Usings.cs")
            .Source(handler, "ImageStore.cs")
            .Source("using Specgen;\ninternal static class Server { public static async Task RunAsync() { " + server + " } }", "Server.cs");

        var assembly = project.Run().Load();

        var status = assembly.GetType("Specgen.Standard.StorageCStoreStatus", throwOnError: true)!;
        var description = assembly.GetType("Specgen.Standard.StorageCStoreStatusExtensions", throwOnError: true)!.GetMethod("Description")!;
        Assert.AreEqual("Out of Resources", description.Invoke(null, [Enum.ToObject(status, 0xA7F0)]));
    }

    [TestMethod]
    public void Readme_WithoutItsMethod_IsTheErrorThatItNames()
    {
        var readme = Blocks("README.md");
        var run = new TestProject { Language = LanguageVersion.CSharp12 }
            .Page(readme["rst"].Single())
            .Source("using Specgen; using Specgen.Standard; [Scp<StorageServiceClass>] internal sealed partial class ImageStore;")
            .Run();
        Assert.AreEqual("CS8795", run.Output.GetDiagnostics().Single(static d => d.Severity == DiagnosticSeverity.Error).Id);
        StringAssert.Contains(File.ReadAllText(Path.Combine(TestFiles.Root, "README.md")), "CS8795");
    }

    [TestMethod]
    public void PageFormat_ItsWholePage_IsOne()
    {
        var page = Blocks("spec/README.md")["rst"].First();
        var run = new TestProject().Page(page).Run();
        run.MustCompile();
        Assert.Contains("NoSuchTape", run.Source("AcmeArchivingServiceClass"));
    }

    /// <summary>What the tutorials set beside other libraries' code: each block is a program of its own.</summary>
    [TestMethod]
    [DataRow("from-fo-dicom.md", 3)]
    [DataRow("from-pynetdicom.md", 3)]
    public void Tutorial_EachOfItsPrograms_Compiles(string file, int count)
    {
        var programs = Blocks("docs/tutorials/" + file)["csharp"].ToArray();
        Assert.HasCount(count, programs);
        foreach (var program in programs)
        {
            var root = CSharpSyntaxTree.ParseText(program).GetCompilationUnitRoot();
            var statements = string.Concat(root.Members.OfType<GlobalStatementSyntax>());
            var types = root.RemoveNodes(root.Members.OfType<GlobalStatementSyntax>(), SyntaxRemoveOptions.KeepNoTrivia)!;
            var run = CompiledStandard.Project
                .Source(Usings + "\nglobal using System.Collections.Generic;", "Usings.cs")
                .Source(types.ToFullString(), "Types.cs")
                .Source($"{root.Usings.ToFullString()}internal static class Program {{ public static async Task RunAsync() {{ await Task.Yield(); {statements} }} }}", "Program.cs")
                .Run();
            run.MustCompile();
        }
    }

    /// <summary>The site checks its links as well, with their anchors (.ci/run); this is for those who read the files.</summary>
    [TestMethod]
    public void Links_LeadToFiles()
    {
        var files = Directory.EnumerateFiles(TestFiles.Root, "*.md")
            .Concat(new[] { "docs", "spec", "samples" }.SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(TestFiles.Root, folder), "*.md", SearchOption.AllDirectories)))
            .Where(static path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal)).ToArray();
        Assert.IsGreaterThan(60, files.Length);
        var broken = files.SelectMany(static file => Link().Matches(Code().Replace(File.ReadAllText(file), "")).Select(match => (file, link: match.Groups["path"].Value)))
            .Where(static found => !Path.Exists(Path.Combine(Path.GetDirectoryName(found.file)!, found.link)))
            .Select(static found => $"{Path.GetRelativePath(TestFiles.Root, found.file)}: {found.link}");
        Assert.AreEqual("", string.Join('\n', broken));
    }

    [TestMethod]
    [DataRow("docs")]
    [DataRow("docs/tutorials")]
    public void Contents_NameEachPage(string folder)
    {
        var contents = File.ReadAllText(Path.Combine(TestFiles.Root, folder, "toc.yml"));
        var pages = Directory.EnumerateFiles(Path.Combine(TestFiles.Root, folder), "*.md").Select(static path => Path.GetFileName(path)!);

        Assert.AreEqual("", string.Join('\n', pages.Where(page => !contents.Contains($"href: {page} }}", StringComparison.Ordinal))), $"{folder}/toc.yml");
    }

    private static ILookup<string, string> Blocks(string path) => Block()
        .Matches(File.ReadAllText(Path.Combine(TestFiles.Root, path)))
        .ToLookup(static match => match.Groups["language"].Value, static match => match.Groups["text"].Value);

    /// <summary>A link that is no address and no anchor of the same page.</summary>
    [GeneratedRegex(@"\]\((?!https?:|#)(?<path>[^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```|`[^`\n]+`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^```(?<language>[a-z]+)\r?\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
