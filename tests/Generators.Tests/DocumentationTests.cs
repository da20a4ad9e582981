using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

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
        Assert.AreEqual("CS8795", run.Output.GetDiagnostics().Single(static d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error).Id);
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

    private static ILookup<string, string> Blocks(string path) => Block()
        .Matches(File.ReadAllText(Path.Combine(TestFiles.Root, path)))
        .ToLookup(static match => match.Groups["language"].Value, static match => match.Groups["text"].Value);

    [GeneratedRegex(@"^```(?<language>[a-z]+)\r?\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
