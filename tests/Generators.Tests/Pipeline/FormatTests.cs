using Specgen.Generators.Emission;
using Specgen.Generators.Project;

namespace Specgen.Generators.Tests.Pipeline;

/// <summary>Generator, runtime and libraries of different versions: one sentence at the build, in both directions (SPG1110).</summary>
[TestClass]
public sealed class FormatTests
{
    private static readonly TestProject s_user = new TestProject().Page(TestPages.Vault);

    [TestMethod]
    [DataRow(false, 99, "'Acme.Pages' is of a newer version of Specgen than the referenced runtime (format 99; the runtime reads 1 to 1)")]
    [DataRow(true, 99, "'Acme.Pages' is of a newer version of Specgen than the referenced runtime (format 99; the runtime reads 1 to 1)")]
    [DataRow(false, 0, "'Acme.Pages' is of an older version of Specgen than the referenced runtime (format 0; the runtime reads 1 to 1)")]
    [DataRow(true, 0, "'Acme.Pages' is of an older version of Specgen than the referenced runtime (format 0; the runtime reads 1 to 1)")]
    public void Library_of_another_version(bool asProject, int format, string sentence)
    {
        var library = new TestProject { Name = "Acme.Pages" }.Source($"[assembly: Specgen.Generated.GeneratedFormat({format})] internal static class Named {{ internal static Specgen.SopClass? One() => null; }}").Run();

        var run = (s_user with { References = [library.ToReference(asProject)] }).Run();

        StringAssert.StartsWith(run.Single("SPG1110").GetMessage(), sentence);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Library_of_this_version_fits(bool asProject)
    {
        var library = (new TestProject { Name = "Acme.Pages" }).Page(TestPages.Promise).Option("SpecgenNamespace", "Acme.Pages").Option("SpecgenAccessibility", "public").Run();
        Assert.IsTrue(library.HasFormatMark);

        var run = (s_user with { References = [library.ToReference(asProject)] }).Run();

        run.MustCompile("SPG0028");
    }

    [TestMethod]
    [DataRow(GeneratedCode.Format + 1, GeneratedCode.Format + 2, "an older")]
    [DataRow(GeneratedCode.Format - 2, GeneratedCode.Format - 1, "a newer")]
    public void Generator_of_another_version(int oldest, int newest, string age)
    {
        var formats = Formats.Of([new AssemblyFormat("Specgen.Runtime", oldest, newest)]);

        CollectionAssert.AreEqual(new[] { "The generator", age, $"{GeneratedCode.Format}", $"{oldest} to {newest}" }, formats.Findings.Single().Arguments.ToArray());
        StringAssert.Contains(formats.Findings.Single().ToDiagnostic().GetMessage(), $"The generator is of {age} version of Specgen than the referenced runtime");
    }

    [TestMethod]
    public void Runtime_that_still_reads_older_formats_takes_them() =>
        Assert.IsEmpty(Formats.Of([new AssemblyFormat("Specgen.Runtime", GeneratedCode.Format - 3, GeneratedCode.Format), new AssemblyFormat("Acme.Pages", GeneratedCode.Format - 2, GeneratedCode.Format - 2)]).Findings);

    [TestMethod]
    public void Project_that_generates_nothing_has_no_mark() => Assert.IsFalse(new TestProject().Source("class Nothing;").Run().HasFormatMark);
}
