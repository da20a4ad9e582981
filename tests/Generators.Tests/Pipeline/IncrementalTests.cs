using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Specgen.Generators.Tests.Pipeline;

/// <summary>What runs again after an edit, and that what comes out is what a fresh driver gives.</summary>
[TestClass]
public sealed class IncrementalTests
{
    private static readonly string[] s_emitting =
    [
        TrackingNames.EmittedServices, TrackingNames.EmittedModules, TrackingNames.EmittedRegistry, TrackingNames.EmittedCatalogue, TrackingNames.EmittedHandlers,
    ];

    private static readonly string[] s_reporting = [TrackingNames.PageDiagnostics, TrackingNames.CrossPageDiagnostics, TrackingNames.HandlerDiagnostics, TrackingNames.ProjectFindings];

    [TestMethod]
    public void NothingChanged_NothingRuns() => AssertEmitted(TestPages.All, static project => project, []);

    [TestMethod]
    public void UnrelatedSource_RunsNothing() => AssertEmitted(
        TestPages.All.Source("class Unrelated { }", "Other.cs"),
        static project => project.Source("class Unrelated { int changed; }", "Other.cs"),
        []);

    [TestMethod]
    public void ABodyOfAHandler_EmitsNothing() => AssertEmitted(
        TestPages.All, static project => project.Source(TestPages.VaultProvider.Replace("await Task.Yield();", "await Task.Delay(1);", StringComparison.Ordinal)), []);

    [TestMethod]
    public void LinesAboveAHandler_EmitNothing() => AssertEmitted(TestPages.All, static project => project.Source("// one\n// two\n" + TestPages.VaultProvider), []);

    [TestMethod]
    public void AHandlersSignature_EmitsTheHandler() => AssertEmitted(
        TestPages.All, static project => project.Source(TestPages.VaultProvider.Replace("CStoreContext context", "CStoreContext request", StringComparison.Ordinal)), [TrackingNames.EmittedHandlers]);

    [TestMethod]
    public void ARowOfAStatusTable_EmitsItsPage() => AssertEmitted(
        TestPages.All, static project => project.Page(TestPages.Vault.Replace("Out of resources", "Out of space    ", StringComparison.Ordinal), "spec/vault.rst"), [TrackingNames.EmittedServices]);

    [TestMethod]
    public void ASopClass_EmitsItsPage() => AssertEmitted(
        TestPages.All, static project => project.Page(TestPages.Vault.Replace("| A.4 ", "| A.5 ", StringComparison.Ordinal), "spec/vault.rst"), [TrackingNames.EmittedServices]);

    [TestMethod]
    public void Prose_EmitsNothing() => AssertEmitted(
        TestPages.All, static project => project.Page(TestPages.Vault.Replace("keeps things.", "keeps all sorts of things.", StringComparison.Ordinal), "spec/vault.rst"), []);

    [TestMethod]
    public void WidthsOfColumns_EmitNothing() => AssertEmitted(
        TestPages.All,
        static project => project.Page(TestPages.Promise.Replace("+---------------------+", "+-------------------------+", StringComparison.Ordinal)
            .Replace("+=====================+", "+=========================+", StringComparison.Ordinal)
            .Replace("| Usage SCU/SCP       |", "| Usage SCU/SCP           |", StringComparison.Ordinal)
            .Replace("| Mandatory/Mandatory |", "| Mandatory/Mandatory     |", StringComparison.Ordinal)
            .Replace("| Description         |", "| Description             |", StringComparison.Ordinal)
            .Replace("| Success             |", "| Success                 |", StringComparison.Ordinal)
            .Replace("| No such action      |", "| No such action          |", StringComparison.Ordinal)
            .Replace("| No such event type  |", "| No such event type      |", StringComparison.Ordinal), "spec/promise.rst"),
        []);

    [TestMethod]
    public void AnAttributeOfAModule_EmitsTheModule() => AssertEmitted(
        TestPages.All, static project => project.Page(TestPages.Module.Replace("How many", "How much", StringComparison.Ordinal), "spec/module.rst"), [TrackingNames.EmittedModules]);

    [TestMethod]
    public void ANameInTheRegistry_EmitsThePageOfTheUid() => AssertEmitted(
        TestPages.All, static project => project.Page(TestPages.Registry.Replace("Acme Report ", "Acme Reports", StringComparison.Ordinal), "spec/registry.rst", isStandard: true), [TrackingNames.EmittedServices]);

    [TestMethod]
    public void ATransferSyntax_EmitsTheRegistry() => AssertEmitted(
        TestPages.All, static project => project.Page(TestPages.Registry.Replace("Acme Encoding ", "Acme Encodings", StringComparison.Ordinal), "spec/registry.rst", isStandard: true), [TrackingNames.EmittedRegistry]);

    [TestMethod]
    public void APageMore_EmitsItAndTheCatalogue() => AssertEmitted(
        TestPages.All.WithoutPage("spec/promise.rst"), static project => project.Page(TestPages.Promise, "spec/promise.rst"), [TrackingNames.EmittedServices, TrackingNames.EmittedCatalogue]);

    [TestMethod]
    public void APageLess_EmitsTheCatalogue() => AssertEmitted(TestPages.All, static project => project.WithoutPage("spec/promise.rst"), [TrackingNames.EmittedCatalogue]);

    [TestMethod]
    public void ARenamedPage_EmitsNothingElse() => AssertEmitted(
        TestPages.All, static project => project.WithoutPage("spec/promise.rst").Page(TestPages.Promise, "spec/moved/promise.rst"), [TrackingNames.EmittedServices, TrackingNames.EmittedCatalogue]);

    [TestMethod]
    public void ASecondPageOfTheSameBaseName_EmitsItAndTheCatalogue() => AssertEmitted(
        TestPages.All.WithoutPage("spec/promise.rst"), static project => project.Page(TestPages.Promise, "other/vault.rst"), [TrackingNames.EmittedServices, TrackingNames.EmittedCatalogue]);

    [TestMethod]
    public void AnotherNamespace_EmitsEverything() => AssertEmitted(TestPages.All.Source("").Option("SpecgenNamespace", "A"), static project => project.Option("SpecgenNamespace", "B"), s_emitting[..4]);

    [TestMethod]
    public void ServiceClassesChosen_EmitTheCatalogue() => AssertEmitted(TestPages.All, static project => project.Option("SpecgenServiceClasses", "AcmeVault"), [TrackingNames.EmittedCatalogue]);

    [TestMethod]
    public void ALineAboveATable_ReportsAgainAndEmitsNothing()
    {
        var project = TestPages.All.Page(TestPages.Vault.Replace("| Failure  | Out of", "| Filure   | Out of", StringComparison.Ordinal), "spec/vault.rst");
        var session = new TestSession(project);
        var before = session.Run();
        var after = session.Edit(project.Page("..\n   A comment.\n\n" + project.Pages["spec/vault.rst"].Text, "spec/vault.rst"));

        var moved = after.Single("SPG0005");
        Assert.AreEqual(before.Single("SPG0005").Location.GetLineSpan().StartLinePosition.Line + 3, moved.Location.GetLineSpan().StartLinePosition.Line);
        Assert.AreEqual("Filure", after.TextAt(moved));
        Assert.IsTrue(s_emitting.All(step => after.Changed(step) == 0));
        Assert.AreNotEqual(0, after.Changed(TrackingNames.PageDiagnostics));
    }

    /// <summary>Anything of the compiler's in a step's output keeps whole compilations alive and never compares equal.</summary>
    [TestMethod]
    public void Models_HoldNothingOfTheCompilers()
    {
        var run = TestPages.All.Run();
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var (name, steps) in run.Result.TrackedSteps.Where(static step => typeof(TrackingNames).GetField(step.Key) is not null))
        {
            foreach (var value in steps.SelectMany(static step => step.Outputs).Select(static output => output.Value))
            {
                Walk(value, name, name is TrackingNames.Pages or TrackingNames.PageFacts or TrackingNames.PageDiagnostics or TrackingNames.CrossPageDiagnostics or TrackingNames.HandlerDiagnostics, seen);
            }
        }

        Assert.IsGreaterThan(100, seen.Count);
    }

    /// <summary>For every other shape of structure the just-in-time compiler makes all of the compiler's tables anew, in each build without a compiler server. Between two steps with names, what the compiler's operators make themselves: a tuple of two, an array.</summary>
    [TestMethod]
    public void Values_AreReferences()
    {
        var run = TestPages.All.Source("[Specgen.Scp<Specgen.Standard.AcmeVaultServiceClass>] internal sealed partial class Lacking;", "Lacking.cs").Run();
        var pending = new Stack<IncrementalGeneratorRunStep>(run.Result.TrackedSteps.Where(static step => typeof(TrackingNames).GetField(step.Key) is not null).SelectMany(static steps => steps.Value));
        var seen = new HashSet<IncrementalGeneratorRunStep>(pending);
        var values = new HashSet<Type>();
        while (pending.Count > 0)
        {
            var step = pending.Pop();
            values.UnionWith(step.Outputs.Select(static output => output.Value?.GetType()).OfType<Type>());
            foreach (var input in step.Inputs.Where(input => seen.Add(input.Source)))
            {
                pending.Push(input.Source);
            }
        }

        // Trees are what the compiler itself looks for attributes in.
        var structures = values.Where(static type => type.IsValueType && (!type.IsGenericType || type.GenericTypeArguments.Any(static argument => argument.IsValueType)));
        Assert.AreEqual("", string.Join("\n", structures.Where(static type => !type.ToString().Contains(typeof(SyntaxTree).FullName!, StringComparison.Ordinal))));
        Assert.IsGreaterThan(20, values.Count);
    }

    [TestMethod]
    public void EveryStep_HasRun()
    {
        var run = TestPages.All.Source("[Specgen.Scp<Specgen.Standard.AcmeVaultServiceClass>] internal sealed partial class Lacking;", "Lacking.cs").Run();
        foreach (var name in typeof(TrackingNames).GetFields(BindingFlags.Static | BindingFlags.Public).Select(static field => field.Name))
        {
            Assert.IsTrue(run.Result.TrackedSteps.ContainsKey(name), name);
        }
    }

    private static void Walk(object? value, string path, bool hasPlaces, HashSet<object> seen)
    {
        if (value is null || (!value.GetType().IsValueType && !seen.Add(value)))
        {
            return;
        }

        Assert.IsFalse(value is ISymbol or SyntaxNode or SyntaxToken or SyntaxTree or Compilation or Location or AdditionalText or SourceText or Diagnostic or SemanticModel, path);
        Assert.IsFalse(!hasPlaces && value is TextSpan or LinePositionSpan, path);
        if (value is string || value.GetType().IsPrimitive || value.GetType().IsEnum || value is TextSpan or LinePositionSpan)
        {
            return;
        }

        if (value is IEnumerable list)
        {
            foreach (var item in list)
            {
                Walk(item, path + "[]", hasPlaces, seen);
            }

            return;
        }

        foreach (var field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            Walk(field.GetValue(value), path + "." + field.Name, hasPlaces, seen);
        }
    }

    private static void AssertEmitted(TestProject before, Func<TestProject, TestProject> edit, string[] expected)
    {
        var session = new TestSession(before);
        session.Run();
        var project = edit(before);
        var after = session.Edit(project);
        CollectionAssert.AreEquivalent(
            expected,
            s_emitting.Where(step => after.Changed(step) > 0).ToArray(),
            after.Reasons());
        Assert.IsTrue(expected.All(step => step is TrackingNames.EmittedHandlers || after.Changed(step) == 1 || expected.Length > 2), "One edit changes one item.\n" + after.Reasons());

        var fresh = project.Run();
        CollectionAssert.AreEqual(Files(fresh), Files(after), "An edited driver gives what a fresh one gives.");
        CollectionAssert.AreEquivalent(fresh.Diagnostics.Select(static diagnostic => diagnostic.ToString()).ToArray(), after.Diagnostics.Select(static diagnostic => diagnostic.ToString()).ToArray());

        // A compiler does not track steps.
        var compiler = new TestSession(before, tracks: false);
        compiler.Run();
        CollectionAssert.AreEqual(Files(fresh), Files(compiler.Edit(project)));
        CollectionAssert.AreEqual(Files(fresh), Files(compiler.Edit(project)), "Untracked, once more.");

        // The same once more: now everything is cached, reports included. (A driver that tracks steps loses the rest of a list of which an item was removed in the run before, up to Roslyn 4.14 at least.)
        if (!after.Reasons().Contains("Removed", StringComparison.Ordinal) && before.Pages.Keys.All(project.Pages.ContainsKey))
        {
            var again = session.Edit(project);
            CollectionAssert.AreEqual(Files(fresh), Files(again), "Tracked, once more.");
            Assert.IsEmpty(s_emitting.Concat(s_reporting).Where(step => again.Changed(step) > 0), again.Reasons());
        }

        static string[] Files(TestRun run) => run.Sources.OrderBy(static source => source.Key, StringComparer.Ordinal).Select(static source => source.Key + "\n" + source.Value).ToArray();
    }
}
