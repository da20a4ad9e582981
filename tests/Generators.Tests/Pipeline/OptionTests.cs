using Microsoft.CodeAnalysis;
using Specgen.Generators.Project;

namespace Specgen.Generators.Tests.Pipeline;

/// <summary>What the properties of a project do.</summary>
[TestClass]
public sealed class OptionTests
{
    [TestMethod]
    public void Namespace_AndAccessibility()
    {
        var run = new TestProject().Page(TestPages.Vault).Option("SpecgenNamespace", "Acme.Dicom").Option("SpecgenAccessibility", "public").Run();
        run.MustCompile();
        Assert.AreEqual(Accessibility.Public, run.Output.GetTypeByMetadataName("Acme.Dicom.AcmeVaultServiceClass")!.DeclaredAccessibility);
        Assert.AreEqual(Accessibility.Internal, new TestProject().Page(TestPages.Vault).Run().Output.GetTypeByMetadataName("Specgen.Standard.AcmeVaultServiceClass")!.DeclaredAccessibility);
    }

    [TestMethod]
    [DataRow("Acme..Dicom")]
    [DataRow("1Acme")]
    [DataRow("Acme Dicom")]
    public void BadNamespace(string value)
    {
        var run = new TestProject().Page(TestPages.Vault).Option("SpecgenNamespace", value).Run();
        StringAssert.Contains(run.Single("SPG1101").GetMessage(), value);
        Assert.IsNotNull(run.Output.GetTypeByMetadataName("Specgen.Standard.AcmeVaultServiceClass"));
    }

    [TestMethod]
    [DataRow("SpecgenAccessibility", "protected")]
    [DataRow("SpecgenStandardPages", "no")]
    public void BadValue(string property, string value) => StringAssert.Contains(new TestProject().Page(TestPages.Vault).Option(property, value).Run().Single("SPG1102").GetMessage(), property);

    [TestMethod]
    public void StandardPages_CanBeLeftOut_ButStillGiveNames()
    {
        var project = new TestProject().Page(TestPages.Vault).Page(TestPages.Promise, "promise.rst", isStandard: true).Page(TestPages.Registry, "registry.rst", isStandard: true).Option("SpecgenStandardPages", "false");
        var run = project.Run();
        run.MustCompile();
        CollectionAssert.AreEquivalent(new[] { "AcmeVaultServiceClass.g.cs", "DicomStandard.g.cs" }, run.Sources.Keys.ToArray());
        Assert.AreEqual("Acme Scan", project.Ask("SopClasses.AcmeScan.Name"));
    }

    [TestMethod]
    [DataRow("AcmePromise")]
    [DataRow("acmepromiseserviceclass")]
    [DataRow(" AcmePromise , ")]
    public void ServiceClasses_CanBeChosen(string value)
    {
        var run = TestPages.All.Source("").Option("SpecgenServiceClasses", value).Run();
        run.MustCompile();
        Assert.IsFalse(run.Sources.ContainsKey("AcmeVaultServiceClass.g.cs"));
        Assert.IsTrue(run.Sources.ContainsKey("AcmePromiseServiceClass.g.cs"));
    }

    [TestMethod]
    public void ServiceClasses_ThatAreChosen_BringTheirModules()
    {
        var pages = TestFiles.Pages.Aggregate(new TestProject(), static (project, path) => project.Page(File.ReadAllText(path), path, isStandard: true)).Source("");
        var all = pages.Run();
        var some = pages.Option("SpecgenServiceClasses", "StorageCommitment,ModalityPerformedProcedureStep").Run();
        some.MustCompile();
        string[] modules = ["ModalityPerformedProcedureStepModule.g.cs", "StorageCommitmentModule.g.cs"];
        CollectionAssert.AreEquivalent(modules, some.Sources.Keys.Where(static name => name.EndsWith("Module.g.cs", StringComparison.Ordinal)).ToArray());
        Assert.IsGreaterThan(20, all.Sources.Keys.Count(static name => name.EndsWith("Module.g.cs", StringComparison.Ordinal)));
        var own = pages.Page(TestPages.Module, "own.rst").Option("SpecgenServiceClasses", "Verification").Run();
        own.MustCompile();
        Assert.HasCount(1, own.Sources.Keys.Where(static name => name.EndsWith("Module.g.cs", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void UnknownServiceClass_IsReportedWithASuggestion() =>
        StringAssert.Contains(TestPages.All.Option("SpecgenServiceClasses", "AcmeVault,AcmePromis").Run().Single("SPG1103").GetMessage(), "did you mean 'AcmePromise'?");

    [TestMethod]
    public void OtherAdditionalFiles_AreNoPages()
    {
        var run = new TestProject().Run();
        Assert.IsEmpty(run.Sources);
        Assert.IsEmpty(run.Diagnostics);
    }

    [TestMethod]
    public void ThePackagesProps_MakeEveryOptionVisible()
    {
        var props = File.ReadAllText(Path.Combine(TestFiles.Root, "src", "Runtime", "buildTransitive", "Specgen.props"));
        foreach (var property in SpecgenOptions.Properties)
        {
            StringAssert.Contains(props, $"<CompilerVisibleProperty Include=\"{property}\" />");
        }

        Assert.AreEqual(SpecgenOptions.Properties.Length, props.Split("<CompilerVisibleProperty ").Length - 1);
        StringAssert.Contains(props, $"<CompilerVisibleItemMetadata Include=\"AdditionalFiles\" MetadataName=\"{SpecgenOptions.PageMetadata}\" />");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void TypesThatAReferenceHas_AreUsedAndNotGeneratedAgain(bool asProject)
    {
        var library = new TestProject { Name = "Library" }.Page(TestPages.Vault).Page(TestPages.Module, "module.rst").Option("SpecgenAccessibility", "public").Run();
        MetadataReference reference = asProject ? library.Output.ToMetadataReference() : MetadataReference.CreateFromImage(library.MustCompile().ToArray());
        var project = new TestProject { References = [reference] }.Option("SpecgenNamespace", "Specgen.Standard")
            .Page(TestPages.Vault).Page(TestPages.Module, "module.rst")
            .Source(TestPages.VaultProvider.Replace("[Scp<", "/// <summary>A handler.</summary>\n[Scp<", StringComparison.Ordinal).Replace("internal sealed", "public sealed", StringComparison.Ordinal).Replace("public async", "/// <inheritdoc/>\npublic async", StringComparison.Ordinal));
        var run = project.Run();
        run.MustCompile();
        Assert.IsTrue(run.Sources.Keys.All(static hint => hint.Contains("Handlers", StringComparison.Ordinal)), string.Join(",", run.Sources.Keys));

        var more = project.Page(TestPages.Promise, "promise.rst").Run();
        StringAssert.Contains(more.Single("SPG1104").GetMessage(), "AcmePromiseServiceClass");
        Assert.AreEqual(3, project.Page(TestPages.Promise, "promise.rst").Option("SpecgenNamespace", "Own").Source("").Run().Sources.Keys.Count(static hint => hint is "AcmeVaultServiceClass.g.cs" or "AcmePromiseServiceClass.g.cs" or "DicomStandard.g.cs"));
    }
}
