using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Specgen.Generators.Tests.Emission;

/// <summary>Everything that is generated compiles and is emitted: warnings are errors, documentation comments are checked.</summary>
[TestClass]
public sealed class CompileTests
{
    [TestMethod]
    [DataRow(LanguageVersion.CSharp11, "internal")]
    [DataRow(LanguageVersion.CSharp11, "public")]
    [DataRow(LanguageVersion.Latest, "internal")]
    [DataRow(LanguageVersion.Preview, "public")]
    public void SmallPages(LanguageVersion language, string accessibility) =>
        (TestPages.All with { Language = language }).Option("SpecgenAccessibility", accessibility).Run().MustCompile();

    [TestMethod]
    [DataRow(LanguageVersion.CSharp11, "internal")]
    [DataRow(LanguageVersion.Latest, "public")]
    public void TheRepositorysPages(LanguageVersion language, string accessibility)
    {
        var project = new TestProject { Language = language }.Option("SpecgenAccessibility", accessibility);
        foreach (var path in TestFiles.Pages)
        {
            project = project.Page(File.ReadAllText(path), path, isStandard: true);
        }

        var run = project.Run();
        run.MustCompile();
        Assert.Contains("StorageServiceClass.g.cs", run.Sources.Keys.ToArray());
        Assert.Contains("StorageCommitmentModule.g.cs", run.Sources.Keys.ToArray());
    }

    /// <summary>Users and providers of each service class, and of all of them at once: nothing is wrong but that handlers have to be written.</summary>
    [TestMethod]
    public void UsersAndProvidersOfTheRepositorysPages()
    {
        var project = TestFiles.Pages.Aggregate(new TestProject { Language = LanguageVersion.CSharp11 }, static (project, path) => project.Page(File.ReadAllText(path), path, isStandard: true));
        var services = project.Run().Sources.Keys.Where(static name => name.EndsWith("ServiceClass.g.cs", StringComparison.Ordinal)).Select(static name => name[..^5]).ToList();
        var all = string.Concat(services.Select(static service => $"[Scu<{service}>] "));
        project = project.Source($$"""
            using Specgen;
            using Specgen.Standard;

            {{string.Join("\n", services.Select(static service => $"[Scp<{service}>] internal sealed partial class {service}Provider; [Scu<{service}>] internal sealed partial class {service}User;".Replace(";", " { }", StringComparison.Ordinal)))}}
            {{all}} internal sealed partial class UserOfAll { }
            {{all.Replace("Scu", "Scp", StringComparison.Ordinal)}} internal sealed partial class ProviderOfAll { }
            """);

        // Recording the steps of the driver takes minutes here.
        var run = new TestSession(project, tracks: false).Run();

        Assert.HasCount(25, services);
        var reported = run.Diagnostics.Where(static diagnostic => diagnostic.Id != "SPG1010").ToList();
        Assert.IsEmpty(reported, string.Join("\n", reported.Take(10)));
        var problems = run.Output.GetDiagnostics().Where(static diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden && diagnostic.Id != "CS8795").ToList();
        Assert.IsEmpty(problems, string.Join("\n", problems.Take(10)));

        // What the compiler asks for, the generator has said, method by method.
        Assert.AreEqual(run.Output.GetDiagnostics().Count(static diagnostic => diagnostic.Id == "CS8795"), run.Diagnostics.Length);
    }

    [TestMethod]
    [DataRow("000", "StorageCommitmentServiceClass.g.cs")]
    [DataRow("001", "StorageManagementServiceClass.g.cs")]
    [DataRow("003", "StorageServiceClass.g.cs")]
    public void TheDocumentsThatThePagesComeFrom_Verbatim(string seed, string expected)
    {
        var run = new TestProject().Page(File.ReadAllText(TestFiles.Seed(seed)), seed + ".rst").Run();
        run.MustCompile(run.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning).Select(static diagnostic => diagnostic.Id).ToArray());
        Assert.Contains(expected, run.Sources.Keys.ToArray());
    }

    [TestMethod]
    public void TheDocumentsTogether_Compile()
    {
        var project = new TestProject();
        foreach (var seed in new[] { "000", "001", "003" })
        {
            project = project.Page(File.ReadAllText(TestFiles.Seed(seed)), seed + ".rst");
        }

        var run = project.Run();
        run.MustCompile(run.Diagnostics.Select(static diagnostic => diagnostic.Id).ToArray());
    }

    /// <summary>Names of the user's own that are nearer than the ones that generated code means.</summary>
    [TestMethod]
    public void Decoys_CatchNoReference() => TestPages.All.Source("""
        internal class Task { }
        internal class ValueTask { }
        internal class CancellationToken { }
        internal class IReadOnlyList { }
        internal class DicomStatus { }
        namespace Acme { internal class System { } internal class Specgen { } internal class FellowOakDicom { } internal class Task { } internal class DimseResult<T> { } }
        namespace Acme.Inner { internal class Array { } }
        namespace Specgen.Standard { internal class System { } internal class Specgen { } internal class FellowOakDicom { } internal class StatusCategory { } internal class StatusInfo { } }
        namespace Specgen.System { internal class Array { } }
        namespace Specgen.FellowOakDicom { internal class DicomDataset { } }
        """, "Decoys.cs")
        .Source(TestPages.VaultProvider.Replace("[Scp<", "[global::Specgen.Scp<", StringComparison.Ordinal).Replace("ValueTask<DimseResult", "global::System.Threading.Tasks.ValueTask<global::Specgen.DimseResult", StringComparison.Ordinal)
            .Replace("await Task.Yield", "await global::System.Threading.Tasks.Task.Yield", StringComparison.Ordinal).Replace("CancellationToken cancellationToken", "global::System.Threading.CancellationToken cancellationToken", StringComparison.Ordinal))
        .Run().MustCompile();

    [TestMethod]
    public void InANamespaceOfTheRuntimes_AndUnderneathOne()
    {
        TestPages.All.Option("SpecgenNamespace", "Specgen.System").Source("").Run().MustCompile();
        TestPages.All.Option("SpecgenNamespace", "FellowOakDicom.Network.System").Source("").Run().MustCompile();
    }

    [TestMethod]
    public void TwoPagesOfOneBaseName_AreTwoFiles()
    {
        var run = new TestProject().Page(TestPages.Vault, "a/private.rst").Page(TestPages.Promise, "b/private.rst").Run();
        run.MustCompile();
        Assert.HasCount(3, run.Sources);
    }

    [TestMethod]
    public void TwoPagesOfOneTitle_AreADiagnostic_AndTheFirstIsGenerated()
    {
        var run = new TestProject().Page(TestPages.Vault, "a.rst").Page(TestPages.Vault.Replace("1.3.99.1.", "1.3.99.8.", StringComparison.Ordinal).Replace("AcmeScan  ", "OtherScan ", StringComparison.Ordinal).Replace("AcmeReport  ", "OtherReport ", StringComparison.Ordinal), "b.rst").Run();
        run.Single("SPG0025");
        run.MustCompile("SPG0025");
        Assert.Contains("1.3.99.1.1", run.Source("AcmeVault"));
    }

    [TestMethod]
    public void OneSopClassOnTwoPages_IsOneConstant()
    {
        var run = new TestProject().Page(TestPages.Vault, "a.rst").Page(TestPages.Promise.Replace("AcmePromise    ", "AcmeScan       ", StringComparison.Ordinal).Replace("1.3.99.2.1", "1.3.99.1.1", StringComparison.Ordinal), "b.rst").Run();
        run.MustCompile("SPG0009");
        Assert.AreEqual("Acme Vault Service Class,AcmeScan", new TestProject().Page(TestPages.Vault, "a.rst").Ask("SopClasses.AcmeScan.ServiceClass, AcmeVaultServiceClass.SopClasses[0].Keyword"));
    }

    [TestMethod]
    public void TitlesThatDifferInCaseOnly_AreADiagnostic()
    {
        var run = new TestProject().Page(TestPages.Promise, "a.rst").Page(
            TestPages.Vault.Replace("Acme Vault Service Class\n========================", "ACMEPromise Service Class\n=========================", StringComparison.Ordinal), "b.rst").Run();
        run.Single("SPG0025");
        run.MustCompile("SPG0025");
    }

    /// <summary>Codes are in dozens of sequences: their items are one type, and a sequence that has more than the macro has a type of its own.</summary>
    [TestMethod]
    public void ItemsThatAreAMacroAndNothingElse_ShareItsView()
    {
        const string Macro = """
            Acme Code Macro
            ===============

            ============== =========== == ====
            Attribute Name Tag         VR Type
            ============== =========== == ====
            Code Meaning   (0008,0104) LO 1
            ============== =========== == ====
            """;
        const string Module = """
            Acme Job Module
            ===============

            =================================== =========== == ====
            Attribute Name                      Tag         VR Type
            =================================== =========== == ====
            Procedure Code Sequence             (0008,1032) SQ 1
            >Include "Acme Code Macro"
            Performed Protocol Code Sequence    (0040,0260) SQ 2
            >Include "Acme Code Macro"
            Requested Procedure Code Sequence   (0032,1064) SQ 3
            >Include "Acme Code Macro"
            >Code Value                         (0008,0100) SH 1
            =================================== =========== == ====
            """;

        Assert.AreEqual("AcmeCodeItem AcmeCodeItem RequestedProcedureCodeSequenceItem", new TestProject().Page(Macro, "macro.rst").Page(Module, "module.rst")
            .Ask("string.Join(\" \", new[] { \"ProcedureCodeSequence\", \"PerformedProtocolCodeSequence\", \"RequestedProcedureCodeSequence\" }.Select(name => typeof(AcmeJobModule).GetProperty(name)!.PropertyType.GenericTypeArguments[0].Name))"));
    }

    [TestMethod]
    public void SPG1105_OneModuleOnTwoPages()
    {
        var run = new TestProject().Page(TestPages.Module, "a.rst").Page(TestPages.Module, "b.rst").Run();
        var diagnostic = run.Diagnostics.Single(static diagnostic => diagnostic.Id == "SPG1105");
        Assert.AreEqual("b.rst", diagnostic.Location.GetLineSpan().Path);
        Assert.AreEqual("'AcmeBoxModule' of 'Acme Box Module' is not generated: 'Acme Box Module' has a type of that name as well", diagnostic.GetMessage());
        run.MustCompile(run.Diagnostics.Select(static other => other.Id).ToArray());
    }

    [TestMethod]
    public void SPG1105_ValuesOfOneName()
    {
        var other = TestPages.Module.Replace("Acme Box Module\n===============", "Acme Bag Module\n===============", StringComparison.Ordinal).Replace("Acme Reference Macro\n====================", "Acme Other Macro\n================", StringComparison.Ordinal)
            .Replace("Include Acme Reference Macro", "Include Acme Other Macro    ", StringComparison.Ordinal);
        new TestProject().Page(TestPages.Module, "a.rst").Page(other, "b.rst").Run().MustCompile();

        var run = new TestProject().Page(TestPages.Module, "a.rst").Page(other.Replace("0x0112", "0x0113", StringComparison.Ordinal), "b.rst").Run();
        StringAssert.Contains(run.Single("SPG1105").GetMessage(), "'FailureReason' of 'Acme Bag Module'");
        run.MustCompile("SPG1105");
        Assert.Contains("public ushort? FailureReason", run.Source("AcmeBagModule"));
    }

    [TestMethod]
    public void SPG1105_ValuesNamedLikeTheCatalogue()
    {
        var run = new TestProject().Page(TestPages.Vault)
            .Page(TestPages.Module.Replace("| >Failure Reason          |", "| >SOP Classes             |", StringComparison.Ordinal).Replace("Failure Reason\n--------------", "SOP Classes\n-----------", StringComparison.Ordinal), "b.rst").Run();
        StringAssert.Contains(run.Single("SPG1105").GetMessage(), "'SOPClasses' of 'Acme Box Module'");
        run.MustCompile("SPG1105");
        Assert.Contains("public ushort? SopClasses", run.Source("AcmeBoxModule"));
    }

    [TestMethod]
    public void BrokenPages_DoNotBreakTheRest()
    {
        var run = TestPages.All.Page("no page at all", "broken.rst").Page(TestPages.Vault.Replace("0xA700 to 0xA7FF", "0x0000 to 0xFFFF", StringComparison.Ordinal).Replace("Acme Vault", "Acme Whole", StringComparison.Ordinal), "whole.rst").Run();
        run.MustCompile(run.Diagnostics.Select(static diagnostic => diagnostic.Id).ToArray());
        Assert.IsEmpty(run.Diagnostics.Where(static diagnostic => diagnostic.Id == "SPG1106"));
    }

    [TestMethod]
    public void TheOrderOfRows_ChangesNoName()
    {
        var lines = TestPages.Vault.Split('\n');
        var a900 = Array.FindIndex(lines, static line => line.Contains("0xA900", StringComparison.Ordinal));
        var b007 = Array.FindIndex(lines, static line => line.Contains("0xB007", StringComparison.Ordinal));
        (lines[a900], lines[b007]) = (lines[b007], lines[a900]);
        var expression = "string.Join(\" \", Enum.GetValues<AcmeVaultCStoreStatus>().Select(s => $\"{s}={(int)s}\"))";
        Assert.AreEqual(new TestProject().Page(TestPages.Vault).Ask(expression), new TestProject().Page(string.Join("\n", lines)).Ask(expression));
    }
}
