using Microsoft.CodeAnalysis;

namespace Specgen.Generators.Tests.Pipeline;

/// <summary>Pages of a project's own beside the compiled standard, in one project and in several.</summary>
[TestClass]
public sealed class OwnPagesTests
{
    /// <summary>The small pages have not all of PS3.7's statuses, and say so where those are known.</summary>
    private const string GeneralStatuses = "SPG0028";

    private const string Both = """
        using System.Threading;
        using System.Threading.Tasks;
        using Acme.Server;
        using Specgen;
        using Specgen.Standard;

        [Scp<AcmeVaultServiceClass>, Scp<StorageServiceClass>(SopClasses = [SopClassUids.CTImageStorage])]
        internal sealed partial class Store
        {
            private partial ValueTask<DimseResult<AcmeVaultCStoreStatus>> OnAcmeVaultCStoreAsync(CStoreContext context, CancellationToken cancellationToken) => new(AcmeVaultCStoreStatus.Success);

            private partial ValueTask<DimseResult<StorageCStoreStatus>> OnStorageCStoreAsync(CStoreContext context, CancellationToken cancellationToken) => new(StorageCStoreStatus.Success);
        }

        internal static class Constants
        {
            internal const string Own = SopClassUids.AcmeScan, Standard = SopClassUids.CTImageStorage;

            internal static string? Names() => string.Join(",", SopClasses.AcmeScan.Keyword, SopClasses.CTImageStorage.Keyword, DicomStandard.FindSopClass(Own)?.Keyword, DicomStandard.FindSopClass(Standard)?.Keyword,
                DicomStandard.FindStatus(Own, DimseOperation.CStore, 0xA700)?.ServiceClass, DicomStandard.FindStatus(Standard, DimseOperation.CStore, 0xA700)?.ServiceClass, DicomStandard.FindSopClass("1.2.3")?.Keyword);
        }
        """;

    private static readonly TestProject s_vault = CompiledStandard.Project.Page(TestPages.Vault, "own/vault.rst");

    [TestMethod]
    public void Own_pages_stand_beside_the_standard_in_the_root_namespace()
    {
        var run = s_vault.Source(Both).Run();

        run.MustCompile(GeneralStatuses);
        CollectionAssert.AreEquivalent(new[] { "AcmeVaultServiceClass.g.cs", "DicomStandard.g.cs", "Aliases.g.cs" }, run.Sources.Keys.Where(static hint => !hint.Contains("Handlers", StringComparison.Ordinal)).ToArray());
        Assert.AreEqual(Accessibility.Internal, run.Output.GetTypeByMetadataName("Acme.Server.AcmeVaultServiceClass")!.DeclaredAccessibility);
    }

    [TestMethod]
    [DataRow("Acme.Dicom", "Acme.Dicom")]
    [DataRow("", "my_server")]
    public void The_namespace_is_the_option_or_a_valid_form_of_the_root_namespace(string option, string expected)
    {
        var run = s_vault.Option("RootNamespace", "my-server").Option("SpecgenNamespace", option).Run();

        run.MustCompile(GeneralStatuses);
        Assert.IsNotNull(run.Output.GetTypeByMetadataName(expected + ".AcmeVaultServiceClass"));
    }

    private const string TapeModule = """
        Acme Tape Module
        ================

        ============== =========== == ====
        Attribute Name Tag         VR Type
        ============== =========== == ====
        Patient's Nme  (0010,0010) LO 2
        Patient ID     (0010,0020) LO 1
        ============== =========== == ====

        """;

    /// <summary>Names and VRs are those of PS3.6, at their cells. The dictionary is read for this alone, and once.</summary>
    [TestMethod]
    public void Attributes_of_own_modules_are_compared_with_the_data_dictionary()
    {
        var project = CompiledStandard.Project.Source("");
        var session = new TestSession(project.Page(TapeModule, "own/tape.rst"));
        var run = session.Run();

        CollectionAssert.AreEqual(
            new[]
            {
                "own/tape.rst(7,1): error SPG0030: (0010,0010) is 'Patient's Name' in PS3.6, not 'Patient's Nme'",
                "own/tape.rst(7,28): error SPG0031: (0010,0010) Patient's Name has the VR PN in PS3.6, not LO",
            },
            run.Result.Diagnostics.Select(static diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal).ToArray());
        Assert.AreEqual(1, run.Changed(TrackingNames.Dictionary), run.Reasons());

        run = session.Edit(project.Page(TapeModule.Replace("Nme ", "Name", StringComparison.Ordinal).Replace("LO 2", "PN 2", StringComparison.Ordinal), "own/tape.rst"));
        Assert.AreEqual(0, run.Changed(TrackingNames.Dictionary), run.Reasons());
        run.MustCompile();
    }

    [TestMethod]
    public void A_project_without_modules_of_its_own_does_not_read_the_data_dictionary()
    {
        var run = s_vault.Source(Both).Run();

        Assert.AreEqual(0, run.Changed(TrackingNames.Dictionary), run.Reasons());
    }

    /// <summary>In the namespace itself, in another one, and in none: <c>SopClassUids</c> is never ambiguous.</summary>
    [TestMethod]
    [DataRow("Acme.Server")]
    [DataRow("Acme.Server.Inner")]
    [DataRow("Elsewhere")]
    [DataRow(null)]
    public void Constants_of_both_are_had_everywhere(string? ns)
    {
        var head = Both.IndexOf("[Scp<", StringComparison.Ordinal);
        var run = s_vault.Source(ns is null ? Both : Both[..head] + $"namespace {ns};\n" + Both[head..]).Run();

        var context = new System.Runtime.Loader.AssemblyLoadContext("Own", isCollectible: true);
        context.LoadFromStream(StandardPages.Run.MustCompile());
        using var image = run.MustCompile(GeneralStatuses);
        var names = context.LoadFromStream(image).GetType((ns is null ? "" : ns + ".") + "Constants")!.GetMethod("Names", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;
        Assert.AreEqual("AcmeScan,CTImageStorage,AcmeScan,CTImageStorage,Acme Vault Service Class,Storage Service Class,", names.Invoke(null, null));
    }

    [TestMethod]
    public void Macros_of_the_standard_are_included_and_their_views_used()
    {
        const string Page = """
            Acme Order Module
            =================

            +------------------------------+-------------+----+------+-----------------------+
            | Attribute Name               | Tag         | VR | Type | Attribute Description |
            +==============================+=============+====+======+=======================+
            | Requested Procedure Code     | (0032,1064) | SQ | 1    | What is to be done    |
            | Sequence                     |             |    |      |                       |
            +------------------------------+-------------+----+------+-----------------------+
            | >Include Code Sequence Macro                                                   |
            +------------------------------+-------------+----+------+-----------------------+
            """;
        var run = CompiledStandard.Project.Page(Page, "own/order.rst").Source("""
            internal static class Use
            {
                internal static Specgen.Standard.CodeSequenceItem First(Acme.Server.AcmeOrderModule order) => order.RequestedProcedureCodeSequence[0];
            }
            """).Run();

        run.MustCompile(GeneralStatuses);
        CollectionAssert.AreEquivalent(new[] { "AcmeOrderModule.g.cs" }, run.Sources.Keys.ToArray());
    }

    [TestMethod]
    public void A_module_of_the_standard_is_what_an_action_carries()
    {
        var run = CompiledStandard.Project
            .Page(
                TestPages.Promise.Replace(
                    """
                    +----------------+------------+
                    | Action Type    | ID         |
                    +================+============+
                    | Request it     | 1          |
                    +----------------+------------+
                    """.ReplaceLineEndings("\n"),
                    """
                    +----------------+------------+---------------------------+
                    | Action Type    | ID         | Information               |
                    +================+============+===========================+
                    | Request it     | 1          | Storage Commitment Module |
                    +----------------+------------+---------------------------+
                    """.ReplaceLineEndings("\n"),
                    StringComparison.Ordinal),
                "own/promise.rst")
            .Source("""
                using System.Threading;
                using System.Threading.Tasks;
                using Acme.Server;
                using Specgen;
                using Specgen.Standard;

                [Scp<AcmePromiseServiceClass>]
                internal sealed partial class Promises
                {
                    private partial ValueTask<DimseResult<AcmePromiseNActionStatus>> OnRequestItAsync(NActionContext context, StorageCommitmentModule information, CancellationToken cancellationToken) =>
                        new(AcmePromiseNActionStatus.Success);
                }
                """).Run();

        run.MustCompile(GeneralStatuses);
    }

    [TestMethod]
    public void A_SOP_class_that_the_standard_has_is_reported_at_the_own_page_and_nothing_at_the_standards()
    {
        const string Table = """
            +---------------------------+----------------+---------+
            | UID                       | SOP Class      | Part 3  |
            |                           |                | Annex   |
            +===========================+================+=========+
            | 1.3.99.1.1                | AcmeScan       | A.3     |
            +---------------------------+----------------+---------+
            | 1.2.840.10008.5.1.4.1.1.2 | CTImageStorage | A.3     |
            +---------------------------+----------------+---------+


            """;
        var page = TestPages.Vault;
        page = page[..page.IndexOf("+--", StringComparison.Ordinal)] + Table.ReplaceLineEndings("\n") + page[page.IndexOf("DIMSE Services", StringComparison.Ordinal)..];
        var run = CompiledStandard.Project.Page(page, "own/vault.rst").Run();

        var diagnostic = run.Diagnostics.Single(static diagnostic => diagnostic.Id != GeneralStatuses);
        Assert.AreEqual("SPG0009", diagnostic.Id, diagnostic.ToString());
        Assert.AreEqual("1.2.840.10008.5.1.4.1.1.2", run.TextAt(diagnostic));
        Assert.IsTrue(run.Diagnostics.All(static diagnostic => diagnostic.Location.GetLineSpan().Path == "own/vault.rst"), string.Join("\n", run.Diagnostics));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Service_classes_of_a_referenced_project_are_handled_and_its_constants_had(bool asProject)
    {
        var library = (s_vault with { Name = "Library" }).Option("SpecgenAccessibility", "public").Run();
        var user = CompiledStandard.Project with { References = [CompiledStandard.Reference, library.ToReference(asProject)] };

        var run = user.Option("RootNamespace", "Other").Source(Both).Run();
        run.MustCompile(GeneralStatuses);
        Assert.HasCount(2, run.Sources);

        // And with pages of its own beside those.
        var more = user.Option("RootNamespace", "Other").Page(TestPages.Promise, "own/promise.rst").Source(Both).Source("""
            using Specgen;

            namespace Other;

            [Scu<AcmePromiseServiceClass>]
            internal sealed partial class PromiseUser
            {
                private partial System.Threading.Tasks.ValueTask<DimseResult<AcmePromiseNEventReportStatus>> OnNEventReportAsync(NEventReportContext context, System.Threading.CancellationToken cancellationToken) =>
                    new(AcmePromiseNEventReportStatus.Success);

                internal const string All = SopClassUids.AcmePromise + SopClassUids.AcmeScan + SopClassUids.CTImageStorage;
            }
            """, "Promise.cs").Run();
        more.MustCompile(GeneralStatuses);
    }

    [TestMethod]
    public void Two_referenced_projects_and_the_standard_are_used_in_one_class()
    {
        var vault = (s_vault with { Name = "Vaults" }).Option("SpecgenAccessibility", "public").Option("RootNamespace", "Vaults").Run();
        var promise = (CompiledStandard.Project with { Name = "Promises" }).Page(TestPages.Promise, "own/promise.rst").Option("SpecgenAccessibility", "public").Option("RootNamespace", "Promises").Run();

        var run = (CompiledStandard.Project with { References = [CompiledStandard.Reference, vault.ToReference(false), promise.ToReference(false)] }).Source("""
            using Specgen;
            using Specgen.Standard;

            [Scu<Vaults.AcmeVaultServiceClass>, Scu<Promises.AcmePromiseServiceClass>, Scu<StorageServiceClass>]
            internal sealed partial class User
            {
                private partial System.Threading.Tasks.ValueTask<DimseResult<Promises.AcmePromiseNEventReportStatus>> OnNEventReportAsync(NEventReportContext context, System.Threading.CancellationToken cancellationToken) => new(Promises.AcmePromiseNEventReportStatus.Success);

                internal const string All = Vaults.SopClassUids.AcmeScan + Promises.SopClassUids.AcmePromise + SopClassUids.CTImageStorage;
            }
            """).Run();

        run.MustCompile(GeneralStatuses);
        Assert.HasCount(1, run.Sources);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_service_class_that_is_internal_elsewhere_is_told_what_to_do(bool asProject)
    {
        var library = (s_vault with { Name = "Library" }).Run();
        var run = (CompiledStandard.Project with { References = [CompiledStandard.Reference, library.ToReference(asProject)] }).Source("[Specgen.Scu<Acme.Server.AcmeVaultServiceClass>] internal sealed partial class User;").Run();

        StringAssert.EndsWith(run.Single("SPG1001").GetMessage(), "the one of 'Library' is internal there: set the property SpecgenAccessibility of that project to public");
    }

    [TestMethod]
    public void A_service_class_of_another_version_is_told_what_to_do()
    {
        const string Older = """
            namespace Old;

            public static class DicomStandard;

            public sealed class AcmeServiceClass : Specgen.IServiceClass
            {
                public const string SpecgenSurface = "0\nwhatever";

                public static string Name => "";

                public static System.Collections.Generic.IReadOnlyList<Specgen.SopClass> SopClasses => [];

                public static System.Collections.Generic.IReadOnlyList<Specgen.DimseService> Services => [];

                public static Specgen.SopClass? FindSopClass(string uid) => null;

                public static Specgen.StatusInfo? FindStatus(Specgen.DimseOperation operation, ushort code) => null;
            }
            """;
        var library = new TestProject { Name = "Library", Language = Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp12 }.Source("#pragma warning disable CS1591\n" + Older).Run();
        var run = (CompiledStandard.Project with { References = [CompiledStandard.Reference, library.ToReference(false)] }).Source("[Specgen.Scu<Old.AcmeServiceClass>] internal sealed partial class User;").Run();

        StringAssert.EndsWith(run.Single("SPG1001").GetMessage(), "'Library' was generated by another one: build it with this one");
    }

    [TestMethod]
    public void A_namespace_that_two_references_have_is_told_of()
    {
        var copy = (CompiledStandard.Project with { Name = "Copy", References = [] }).Option("SpecgenStandardPages", "generate").Option("SpecgenServiceClasses", "Verification").Option("SpecgenAccessibility", "public").Run();
        var project = CompiledStandard.Project with { References = [CompiledStandard.Reference, copy.ToReference(false)] };

        StringAssert.Contains(project.Run().Single("SPG1108").GetMessage(), "set the property SpecgenStandardPages to generate in this project");

        // As the message says; the package's targets then leave the compiled one out.
        var generating = (project with { References = [copy.ToReference(false)] }).Option("SpecgenStandardPages", "generate").Source("[Specgen.Scu<Specgen.Standard.VerificationServiceClass>] internal sealed partial class User;").Run();
        generating.MustCompile();
        Assert.HasCount(1, generating.Sources);
    }
}
