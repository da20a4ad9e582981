using Microsoft.CodeAnalysis;
using Specgen.Generators.Diagnostics;

namespace Specgen.Generators.Tests.Handlers;

/// <summary>Each diagnostic of handlers, provoked: where it stands and what it says.</summary>
[TestClass]
public sealed class HandlerDiagnosticTests
{
    private const string Usings = """
        using System.Threading;
        using System.Threading.Tasks;
        using Specgen;
        using Specgen.Standard;

        """;

    private const string OnCStore = "public partial ValueTask<DimseResult<AcmeVaultCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken) => new(AcmeVaultCStoreStatus.Success);";

    [TestMethod]
    public void SPG1001_UnknownServiceClass() => AssertReported(
        "[Scp<AcmeVaultServiceClas>] internal sealed partial class Vault { }", "SPG1001", "AcmeVaultServiceClas", "did you mean 'AcmeVaultServiceClass'?");

    [TestMethod]
    public void SPG1001_OfANameThatIsLikeNoOther_SaysWhichThereAre()
    {
        const string Source = "[Scp<TapeServiceClass>] internal sealed partial class Vault { }";
        StringAssert.EndsWith(Project(Source).Run().Single("SPG1001").GetMessage(), "'TapeServiceClass'; this project's own pages define AcmePromiseServiceClass, AcmeVaultServiceClass");
        StringAssert.EndsWith(new TestProject().Source(Usings + Source).Run().Single("SPG1001").GetMessage(), "'TapeServiceClass'; a page of your own becomes part of the project as an item 'SpecPage'");
    }

    [TestMethod]
    [DataRow("[Scp<AcmeVaultServiceClass>] internal sealed class Vault { }", "Vault")]
    [DataRow("internal class Outer { [Scp<AcmeVaultServiceClass>] internal sealed partial class Vault { } }", "Outer")]
    public void SPG1002_NotPartial(string source, string at) => AssertReported(source, "SPG1002", at, $"'{at}' must be partial");

    [TestMethod]
    [DataRow("[Scp<AcmeVaultServiceClass>] file sealed partial class Vault { }", "is file-local")]
    [DataRow("[Scp<AcmeVaultServiceClass>] internal static partial class Vault { }", "is static")]
    public void SPG1003_UnsupportedClass(string source, string why) => AssertReported(source, "SPG1003", "Vault", why);

    [TestMethod]
    [DataRow("public partial Task<DimseResult<AcmeVaultCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken) => throw null!;")]
    [DataRow("public partial ValueTask<DimseResult<AcmeVaultNActionStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken) => throw null!;")]
    [DataRow("public partial ValueTask<DimseResult<AcmeVaultCStoreStatus>> OnCStoreAsync(CEchoContext context, CancellationToken cancellationToken) => throw null!;")]
    [DataRow("public partial ValueTask<DimseResult<AcmeVaultCStoreStatus>> OnCStoreAsync(CStoreContext context) => throw null!;")]
    [DataRow("public static partial ValueTask<DimseResult<AcmeVaultCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken) => throw null!;")]
    [DataRow("public ValueTask<DimseResult<AcmeVaultCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken) => throw null!;")]
    [DataRow("public abstract ValueTask<DimseResult<AcmeVaultCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken);")]
    public void SPG1004_WrongSignature(string method) => AssertReported(
        $"[Scp<AcmeVaultServiceClass>] internal sealed partial class Vault {{ {method} }}",
        "SPG1004",
        "OnCStoreAsync",
        "'public partial ValueTask<DimseResult<AcmeVaultCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken)'");

    [TestMethod]
    [DataRow("public Task OnCEchoAsync() => Task.CompletedTask;", "OnCEchoAsync")]
    [DataRow("public partial ValueTask<DimseResult<AcmeVaultCStoreStatus>> OnCStorAsync(CStoreContext context, CancellationToken cancellationToken) => throw null!;", "OnCStorAsync")]
    public void SPG1005_UnknownOperation(string method, string at) => AssertReported(
        $"[Scp<AcmeVaultServiceClass>] internal sealed partial class Vault {{ {OnCStore} {method} }}", "SPG1005", at, "of Acme Vault Service Class; expected OnCStoreAsync, OnNActionAsync");

    [TestMethod]
    public void SPG1005_IsNotForOtherMethods() => Assert.IsEmpty(
        Run($"[Scp<AcmeVaultServiceClass>] internal sealed partial class Vault {{ {OnCStore} private Task OnTimerAsync() => Task.CompletedTask; }}").Diagnostics);

    [TestMethod]
    public void SPG1006_InconsistentAccessibility()
    {
        AssertReported($"[Scp<AcmeVaultServiceClass>] public sealed partial class Vault {{ {OnCStore} }}", "SPG1006", "OnCStoreAsync", "SpecgenAccessibility");
        Assert.IsEmpty(Run($"[Scp<AcmeVaultServiceClass>] public sealed partial class Vault {{ {OnCStore.Replace("public", "internal", StringComparison.Ordinal)} }}").Diagnostics);
        Assert.IsEmpty(Project($"[Scp<AcmeVaultServiceClass>] public sealed partial class Vault {{ {OnCStore} }}").Option("SpecgenAccessibility", "public").Run().Diagnostics);
    }

    [TestMethod]
    [DataRow("SopClassUids.AcmeScam", "did you mean 'AcmeScan'?")]
    [DataRow("SopClassUids.AcmePromise", "is not a SOP class of the Acme Vault Service Class")]
    [DataRow("\"1.3.99.1.3\"", "did you mean '1.3.99.1.")]
    public void SPG1007_UnknownSopClass(string element, string message) => AssertReported(
        $"[Scp<AcmeVaultServiceClass>(SopClasses = new[] {{ {element} }})] internal sealed partial class Vault {{ {OnCStore} }}", "SPG1007", element, message);

    [TestMethod]
    [DataRow("[Scp<AcmeVaultServiceClass>, Scp<AcmeVaultServiceClass>]")]
    [DataRow("[Scp<AcmeVaultServiceClass>, Scp<AcmeVaultServiceClass>(SopClasses = new[] { SopClassUids.AcmeScan })]")]
    public void SPG1008_DuplicateSopClass(string attributes) => AssertReported(
        $"{attributes} internal sealed partial class Vault {{ {OnCStore} }}", "SPG1008", "AcmeVaultServiceClass", "'Vault' has the SOP class 'AcmeScan'");

    [TestMethod]
    public void SPG1009_NoStatuses()
    {
        var page = TestPages.Promise[..TestPages.Promise.IndexOf("N-EVENT-REPORT Statuses", StringComparison.Ordinal)];
        var run = new TestProject().Page(page).Source(Usings + "[Scu<AcmePromiseServiceClass>] internal sealed partial class User { }").Run();
        var diagnostic = run.Single("SPG1009");
        Assert.AreEqual("AcmePromiseServiceClass", run.TextAt(diagnostic));
        StringAssert.Contains(diagnostic.GetMessage(), "N-EVENT-REPORT");
    }

    [TestMethod]
    [DataRow("[Sends(AcmeVaultNActionStatus.Success, \"x\")]", "AcmeVaultNActionStatus.Success", "'OnCStoreAsync' answers; expected one of AcmeVaultCStoreStatus")]
    [DataRow("[Sends((Other)0xA700, \"x\")]", "(Other)0xA700", "expected one of AcmeVaultCStoreStatus")]
    [DataRow("[Sends(0xA700, \"x\")]", "0xA700", "expected one of AcmeVaultCStoreStatus")]
    [DataRow("[OnStatus(AcmeVaultCStoreStatus.Success, \"x\")]", "AcmeVaultCStoreStatus.Success", "answers a request of 'Vault'; expected one of none at all")]
    [DataRow("[OtherStatuses<AcmeVaultCStoreStatus>(\"x\")]", "AcmeVaultCStoreStatus", "answers a request of 'Vault'")]
    public void SPG1011_WrongStatus(string attribute, string at, string message) => AssertReported(
        $"[Scp<AcmeVaultServiceClass>] internal sealed partial class Vault {{ {attribute} {OnCStore} }}", "SPG1011", at, message);

    [TestMethod]
    [DataRow(" : System.IAsyncDisposable", "public ValueTask DisposeAsync() => default;", true)]
    [DataRow("", "public ValueTask DisposeAsync() => default;", true)]
    [DataRow(" : System.IAsyncDisposable", "ValueTask System.IAsyncDisposable.DisposeAsync() => default;", true)]
    [DataRow(" : Base", "", true)]
    [DataRow(" : System.IAsyncDisposable", "public ValueTask DisposeAsync() => ReleaseAssociationAsync();", false)]
    [DataRow(" : Base", "public override ValueTask DisposeAsync() => ReleaseAssociationAsync();", false)]
    [DataRow(" : System.IAsyncDisposable", "", false)]
    [DataRow("", "", false)]
    public void SPG1013_NotReleased(string bases, string dispose, bool isReported)
    {
        var run = Project($$"""
            internal abstract class Base : System.IAsyncDisposable { public virtual ValueTask DisposeAsync() => default; }
            [Scu<AcmeVaultServiceClass>] internal partial class User{{bases}} { {{dispose}} }
            """).Run();
        run.MustCompile(isReported ? ["SPG1013"] : []);
        if (isReported)
        {
            Assert.AreEqual("User", run.TextAt(run.Single("SPG1013")));
        }
    }

    /// <summary>Off by default, and a warning for a project that wants a statement; an attribute of the method or of the class is an explanation.</summary>
    [TestMethod]
    [DataRow("", "", "true", true)]
    [DataRow("", "[Sends(AcmeVaultCStoreStatus.OutOfResources, \"x\")]", "true", true)]
    [DataRow("", "[Sends(AcmeVaultCStoreStatus.Success, \"x\")]", "true", false)]
    [DataRow("[Sends(global::Specgen.Standard.AcmeVaultCStoreStatus.Success, \"x\")]", "", "true", false)]
    [DataRow("", "", "false", false)]
    public void SPG1012_UnexplainedStatus(string onClass, string onMethod, string property, bool isReported)
    {
        var run = Project($"[Scp<AcmeVaultServiceClass>] {onClass} internal sealed partial class Vault {{ {onMethod} {OnCStore} }}").Option("SpecgenConformance", property).Run();
        var found = run.Diagnostics.Where(static diagnostic => diagnostic.Id == "SPG1012" && diagnostic.Severity >= DiagnosticSeverity.Warning).ToList();
        Assert.HasCount(isReported ? 1 : 0, found, string.Join("\n", run.Diagnostics));
        Assert.IsTrue(found.All(diagnostic => run.TextAt(diagnostic) == "AcmeVaultCStoreStatus.Success"));
    }

    /// <summary>SPG1106 is for what nobody thought of, so nothing can provoke it through a page; what it does is to report and go on.</summary>
    [TestMethod]
    public void SPG1106_IsReportedForItsItemOnly()
    {
        var diagnostic = Finding.Of(HandlerDiagnostics.GeneratorFailed, "Acme", "why").ToDiagnostic();
        Assert.AreEqual("SPG1106", diagnostic.Id);
        Assert.AreEqual("The code of 'Acme' could not be generated: why", diagnostic.GetMessage());
    }

    private static TestProject Project(string source) => new TestProject().Page(TestPages.Vault).Page(TestPages.Promise, "promise.rst").Source(Usings + source);

    private static TestRun Run(string source) => Project(source).Run();

    private static void AssertReported(string source, string id, string at, string message)
    {
        var run = Run(source);
        var diagnostic = run.Single(id);
        StringAssert.Contains(diagnostic.GetMessage(), message);
        Assert.AreEqual(at, run.TextAt(diagnostic));
        Assert.AreEqual("User.cs", diagnostic.Location.GetLineSpan().Path);
    }
}
