using Microsoft.CodeAnalysis;

namespace Specgen.Generators.Tests;

/// <summary>The standard where a reference has it compiled, as every project has it that has the package.</summary>
[TestClass]
public sealed class CompiledPagesTests
{
    private const string Store = """
        using System.Threading;
        using System.Threading.Tasks;
        using Specgen;
        using Specgen.Standard;

        [Scp<StorageServiceClass>(SopClasses = [SopClassUids.CTImageStorage])]
        internal sealed partial class ImageStore
        {
            private partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken) => new(StorageCStoreStatus.Success);
        }
        """;

    private const string Ping = """
        using Specgen;
        using Specgen.Standard;

        [Scu<VerificationServiceClass>]
        internal sealed partial class Ping;
        """;

    [TestMethod]
    [DataRow("internal class Nothing { }")]
    [DataRow(Store)]
    [DataRow(Ping)]
    public void No_page_is_read(string source)
    {
        var run = CompiledStandard.Project.Source(source).Run();

        run.MustCompile();
        Assert.AreEqual(0, run.Changed(TrackingNames.Pages), run.Reasons());
        Assert.HasCount(source.Contains("partial", StringComparison.Ordinal) ? 1 : 0, run.Sources);
    }

    [TestMethod]
    public void Handlers_are_those_that_the_pages_give()
    {
        var run = CompiledStandard.Project.Source(Store).Source(Ping, "Ping.cs").Run();
        var all = (CompiledStandard.Project with { References = [] }).Source(Store).Source(Ping, "Ping.cs").Run();

        CollectionAssert.AreEquivalent(all.Sources.Where(static source => source.Key.Contains("Handlers", StringComparison.Ordinal)).ToArray(), run.Sources.ToArray());
        Assert.HasCount(2, run.Sources);
    }

    [TestMethod]
    public void Every_service_class_can_be_handled_in_both_roles()
    {
        var names = StandardPages.Readings.SelectMany(static page => page.Content.ServiceClasses).Select(static service => service.Name).ToList();
        var handlers = string.Join("\n", names.Select(static (name, i) =>
            $"[Specgen.Scu<Specgen.Standard.{name}>] internal sealed partial class User{i}; [Specgen.Scp<Specgen.Standard.{name}>] internal sealed partial class Provider{i};"));

        var run = CompiledStandard.Project.Source(handlers).Run();
        var all = (CompiledStandard.Project with { References = [] }).Source(handlers).Run();

        Assert.IsEmpty(run.AllDiagnostics.Where(static diagnostic => diagnostic.Id is not ("CS8795" or "SPG1010")));
        Assert.HasCount(2 * names.Count, run.Sources);
        Assert.IsTrue(run.Sources.All(source => all.Sources[source.Key] == source.Value));
    }

    [TestMethod]
    public void A_name_that_no_page_has_is_told_which_is_meant()
    {
        var run = CompiledStandard.Project.Source(Ping.Replace("VerificationServiceClass", "VerifikationServiceClass", StringComparison.Ordinal)).Run();

        StringAssert.EndsWith(run.Single("SPG1001").GetMessage(), "'VerifikationServiceClass'; did you mean 'VerificationServiceClass'?");
    }

    [TestMethod]
    public void A_name_without_its_namespace_is_told_where_it_is()
    {
        var run = CompiledStandard.Project.Source(Ping.Replace("using Specgen.Standard;", "", StringComparison.Ordinal)).Run();

        StringAssert.EndsWith(run.Single("SPG1001").GetMessage(), "'Specgen.Standard' has it: add 'using Specgen.Standard;'");
    }

    [TestMethod]
    public void Another_handler_binds_itself_alone_and_an_edit_nothing()
    {
        var project = CompiledStandard.Project.Source(Ping, "Ping.cs");
        var session = new TestSession(project);
        session.Run();

        var more = session.Edit(project = project.Source(Store));
        Assert.AreEqual(0, more.Changed(TrackingNames.Pages), more.Reasons());
        Assert.AreEqual(1, more.Changed(TrackingNames.EmittedHandlers), more.Reasons());

        var edited = session.Edit(project.Source("internal class Nothing { }", "Nothing.cs"));
        Assert.AreEqual(0, edited.Changed(TrackingNames.HandledClasses), edited.Reasons());
        Assert.AreEqual(0, edited.Changed(TrackingNames.ServiceDirectory), edited.Reasons());
    }

    [TestMethod]
    public void Who_asks_for_it_generates_the_standard()
    {
        var run = (CompiledStandard.Project with { References = [] }).Option("SpecgenStandardPages", "generate").Option("SpecgenNamespace", "Acme").Option("SpecgenServiceClasses", "Verification").Run();

        run.MustCompile();
        Assert.IsNotNull(run.Output.GetTypeByMetadataName("Acme.VerificationServiceClass"));
        Assert.IsNull(run.Output.GetTypeByMetadataName("Acme.StorageServiceClass"));
    }

    [TestMethod]
    [DataRow("SpecgenServiceClasses", "Storage", "SpecgenServiceClasses has no effect: the standard is compiled")]
    [DataRow("SpecgenNamespace", "Acme", "SpecgenNamespace has no effect: it is the namespace of pages of the project's own")]
    public void An_option_without_effect_is_told_of(string property, string value, string expected)
    {
        var diagnostic = CompiledStandard.Project.Option(property, value).Run().Single("SPG1107");

        StringAssert.Contains(diagnostic.GetMessage(), expected);
        StringAssert.Contains(diagnostic.GetMessage(), "set SpecgenStandardPages to generate");
        Assert.AreEqual(DiagnosticSeverity.Warning, diagnostic.DefaultSeverity);
    }

    [TestMethod]
    [DataRow("SpecgenStandardPages", "true")]
    [DataRow("SpecgenStandardPages", "false")]
    [DataRow("SpecgenAccessibility", "public")]
    public void An_option_of_before_that_still_holds_is_no_word_worth(string property, string value)
    {
        var run = CompiledStandard.Project.Option(property, value).Source(Store).Run();

        run.MustCompile();
        Assert.HasCount(1, run.Sources);
    }
}
