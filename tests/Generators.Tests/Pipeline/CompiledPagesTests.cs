using Microsoft.CodeAnalysis;
using Specgen.Generators.Reading;

namespace Specgen.Generators.Tests;

/// <summary>The standard's pages where a reference has their types: the package Specgen.Standard.</summary>
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

    private static readonly Lazy<MetadataReference> s_standard = new(static () => MetadataReference.CreateFromImage(StandardPages.Run.MustCompile().ToArray()));

    private static TestProject Project(string kind) => TestFiles.Pages.Aggregate(
        new TestProject { Language = Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp12, References = [s_standard.Value] },
        (project, path) => project.Page(File.ReadAllText(path), path, kind));

    [TestMethod]
    public void Without_a_handler_no_page_is_read()
    {
        var run = Project("compiled").Source("internal class Nothing { }").Run();

        run.MustCompile();
        Assert.IsEmpty(run.Sources);
        Assert.AreEqual(0, run.Changed(TrackingNames.Pages), run.Reasons());
    }

    [TestMethod]
    public void Of_the_handlers_pages_come_the_same_handlers_and_no_other_page_is_read()
    {
        var run = Project("compiled").Source(Store).Source(Ping, "Ping.cs").Run();

        run.MustCompile();
        Assert.AreEqual(2, run.Changed(TrackingNames.Pages), run.Reasons());
        var all = Project("standard").Source(Store).Source(Ping, "Ping.cs").Run();
        CollectionAssert.AreEquivalent(all.Sources.ToArray(), run.Sources.ToArray());
        Assert.HasCount(2, run.Sources);
    }

    [TestMethod]
    public void Every_service_class_can_be_handled()
    {
        var names = StandardPages.Readings.SelectMany(static page => page.Content.ServiceClasses).Select(static service => service.Name).ToList();
        var users = names.Select(static (name, i) => $"[Specgen.Scu<Specgen.Standard.{name}>] internal sealed partial class User{i};");

        var run = Project("compiled").Source(string.Join("\n", users)).Run();

        // A user of notifications is told which of them it must take.
        Assert.IsEmpty(run.AllDiagnostics.Where(static diagnostic => diagnostic.Id != "CS8795"));
        Assert.HasCount(names.Count, run.Sources);
    }

    [TestMethod]
    public void A_page_is_known_by_its_title()
    {
        foreach (var (page, path) in StandardPages.Readings.Zip(TestFiles.Pages))
        {
            foreach (var service in page.Content.ServiceClasses)
            {
                Assert.AreEqual(service.Name, PageReader.NameOf(TestFiles.Text(path)), path);
            }
        }

        Assert.AreEqual("", PageReader.NameOf(Microsoft.CodeAnalysis.Text.SourceText.From("No title.\n")));
    }

    [TestMethod]
    public void A_name_that_no_page_has_is_told_which_is_meant()
    {
        var run = Project("compiled").Source(Ping.Replace("VerificationServiceClass", "VerifikationServiceClass", StringComparison.Ordinal)).Run();

        StringAssert.Contains(run.Single("SPG1001").GetMessage(), "VerificationServiceClass");
    }

    [TestMethod]
    public void Another_handler_reads_its_page_alone_and_an_edit_none()
    {
        var project = Project("compiled").Source(Ping, "Ping.cs");
        var session = new TestSession(project);
        session.Run();

        var more = session.Edit(project = project.Source(Store));
        Assert.AreEqual(1, more.Changed(TrackingNames.Pages), more.Reasons());
        Assert.AreEqual(1, more.Changed(TrackingNames.EmittedHandlers), more.Reasons());

        var edited = session.Edit(project.Source("internal class Nothing { }", "Nothing.cs"));
        Assert.AreEqual(0, edited.Changed(TrackingNames.Pages), edited.Reasons());
        Assert.AreEqual(0, edited.Changed(TrackingNames.HandledClasses), edited.Reasons());
    }
}
