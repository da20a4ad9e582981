namespace Specgen.Generators.Tests.Handlers;

/// <summary>Handlers of queries, retrieval and managed instances.</summary>
[TestClass]
public sealed class ServiceTests
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Runtime.CompilerServices;
        using System.Threading;
        using System.Threading.Tasks;
        using FellowOakDicom;
        using Specgen;
        using Specgen.Standard;

        """;

    private static readonly TestProject s_project = new TestProject().Page(SearchPage.Text);

    [TestMethod]
    [DataRow("CancellationToken cancellationToken")]
    [DataRow("[EnumeratorCancellation] CancellationToken stop")]
    public void AQueryHandler_MayBeAnAsyncIterator(string token)
    {
        var run = Compile($$"""
            [Scp<AcmeSearchServiceClass>(SopClasses = new[] { SopClassUids.AcmeFind })]
            internal sealed partial class Search
            {
                public async partial IAsyncEnumerable<CFindResult<AcmeSearchCFindStatus>> OnCFindAsync(CFindContext context, {{token}})
                {
                    yield return context.Identifier;
                    yield return CFindResult<AcmeSearchCFindStatus>.Match(context.Identifier, AcmeSearchCFindStatus.OptionalKeysNotSupported);
                    await Task.Yield();
                    yield return new DimseResult<AcmeSearchCFindStatus>(AcmeSearchCFindStatus.OutOfResources) { ErrorComment = "limit" };
                    yield return AcmeSearchCFindStatus.Success;
                }
            }
            """);
        Assert.Contains(
            $"public partial global::System.Collections.Generic.IAsyncEnumerable<global::Specgen.CFindResult<global::Specgen.Standard.AcmeSearchCFindStatus>> OnCFindAsync(global::Specgen.CFindContext context, {(token.StartsWith('[') ? "" : "[global::System.Runtime.CompilerServices.EnumeratorCancellation] ")}global::System.Threading.CancellationToken {token.Split(' ')[^1]});",
            run.Source("Search.Handlers"));
    }

    [TestMethod]
    public void AQueryHandler_MayReturnWhatAnotherYields() => Compile("""
        [Scp<AcmeSearchServiceClass>(SopClasses = new[] { SopClassUids.AcmeFind })]
        internal sealed partial class Search
        {
            public partial IAsyncEnumerable<CFindResult<AcmeSearchCFindStatus>> OnCFindAsync(CFindContext context, CancellationToken cancellationToken) => Find(cancellationToken);

            private static async IAsyncEnumerable<CFindResult<AcmeSearchCFindStatus>> Find([EnumeratorCancellation] CancellationToken cancellationToken)
            {
                await Task.Delay(1, cancellationToken);
                yield break;
            }
        }
        """);

    [TestMethod]
    public void AMandatoryQueryHandlerThatIsMissing_DoesNotCompile()
    {
        var errors = Project("[Scp<AcmeSearchServiceClass>(SopClasses = new[] { SopClassUids.AcmeFind })] internal sealed partial class Search { }").Run().Output
            .GetDiagnostics().Where(static diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error).ToList();
        Assert.AreEqual("CS8795", errors.Single().Id);
        StringAssert.Contains(errors.Single().GetMessage(), "OnCFindAsync");
    }

    [TestMethod]
    public void AQueryHandlerThatReturnsOneResult_IsToldHowToBeWritten()
    {
        var run = Project("""
            [Scp<AcmeSearchServiceClass>(SopClasses = new[] { SopClassUids.AcmeFind })]
            internal sealed partial class Search
            {
                public partial ValueTask<DimseResult<AcmeSearchCFindStatus>> OnCFindAsync(CFindContext context, CancellationToken cancellationToken) => new(AcmeSearchCFindStatus.Success);
            }
            """).Run();
        StringAssert.Contains(
            run.Single("SPG1004").GetMessage(),
            "public partial IAsyncEnumerable<CFindResult<AcmeSearchCFindStatus>> OnCFindAsync(CFindContext context, CancellationToken cancellationToken)");
    }

    [TestMethod]
    public void RetrievalHandlers_YieldFilesReferencesAndStatuses() => Assert.AreEqual("1.2.3;B000;True", Project("""
        [Scp<AcmeSearchServiceClass>(SopClasses = new[] { SopClassUids.AcmeMove, SopClassUids.AcmeGet })]
        internal sealed partial class Sender
        {
            public async partial IAsyncEnumerable<RetrieveResult<AcmeSearchCMoveStatus>> OnCMoveAsync(CMoveContext context, CancellationToken cancellationToken)
            {
                await Task.Yield();
                yield return new InstanceReference("1.2", "1.2.3", "1.2.840.10008.1.2", "file.dcm");
                yield return AcmeSearchCMoveStatus.OneOrMoreFailuresOrWarnings;
            }

            public async partial IAsyncEnumerable<RetrieveResult<AcmeSearchCGetStatus>> OnCGetAsync(CGetContext context, CancellationToken cancellationToken)
            {
                await Task.Yield();
                yield return new DicomFile(context.Identifier);
                yield return new DimseResult<AcmeSearchCGetStatus>(AcmeSearchCGetStatus.UnableToPerformSubOperations) { ErrorComment = "limit" };
            }
        }

        internal static class Help
        {
            internal static async Task<string> Of(IDimseHandlers sender)
            {
                var seen = new List<string>();
                await foreach (var next in sender.Bindings.Single(b => b.CMove is not null).CMove!(sender, null!, default))
                {
                    seen.Add(next.Instance?.SopInstanceUid ?? $"{next.End.Status:X4}");
                }

                return string.Join(";", seen) + ";" + sender.Bindings.Any(b => b.CGet is not null);
            }
        }
        """).Ask("Help.Of(new Sender()).Result"));

    [TestMethod]
    public void ManagedInstances() => Assert.AreEqual("True True True True False", Project("""
        [Scp<AcmeSearchServiceClass>(SopClasses = new[] { SopClassUids.AcmeThing })]
        internal sealed partial class Things
        {
            public partial ValueTask<DimseResult<AcmeSearchNGetStatus>> OnNGetAsync(NGetContext context, CancellationToken cancellationToken) => new(new DimseResult<AcmeSearchNGetStatus>
            {
                Dataset = new DicomDataset(),
                AttributeIdentifiers = context.Attributes,
            });

            public partial ValueTask<DimseResult<AcmeSearchNSetStatus>> OnNSetAsync(NSetContext context, CancellationToken cancellationToken) =>
                new(new DimseResult<AcmeSearchNSetStatus>(AcmeSearchNSetStatus.AttributeValueOutOfRange) { Dataset = context.ModificationList });

            public partial ValueTask<DimseResult<AcmeSearchNCreateStatus>> OnNCreateAsync(NCreateContext context, CancellationToken cancellationToken) =>
                new(context.IsSopInstanceUidAssigned ? AcmeSearchNCreateStatus.Success : AcmeSearchNCreateStatus.DuplicateSopInstance);

            public partial ValueTask<DimseResult<AcmeSearchNDeleteStatus>> OnNDeleteAsync(NDeleteContext context, CancellationToken cancellationToken) => new(AcmeSearchNDeleteStatus.Success);
        }

        internal static class Help
        {
            internal static string Of(Specgen.Generated.ServiceBinding b) => string.Join(" ", b.NGet is not null, b.NSet is not null, b.NCreate is not null, b.NDelete is not null, b.CFind is not null);
        }
        """).Ask("Help.Of(((IDimseHandlers)new Things()).Bindings.Single())"));

    [TestMethod]
    public void ABindingOfAQuery_GivesMatchesAndTheEnd() => Assert.AreEqual("FF00 True;FF01 True;0000 False", Project("""
        [Scp<AcmeSearchServiceClass>(SopClasses = new[] { SopClassUids.AcmeFind })]
        internal sealed partial class Search
        {
            public async partial IAsyncEnumerable<CFindResult<AcmeSearchCFindStatus>> OnCFindAsync(CFindContext context, CancellationToken cancellationToken)
            {
                await Task.Yield();
                yield return new DicomDataset();
                yield return CFindResult<AcmeSearchCFindStatus>.Match(new DicomDataset(), AcmeSearchCFindStatus.OptionalKeysNotSupported);
                yield return AcmeSearchCFindStatus.Success;
            }
        }

        internal static class Help
        {
            internal static async Task<string> Of(Specgen.Generated.ServiceBinding b)
            {
                var seen = new List<string>();
                await foreach (var next in b.CFind!(new Search(), null!, default))
                {
                    seen.Add($"{next.Status:X4} {next.Dataset is not null}");
                }

                return string.Join(";", seen);
            }
        }
        """).Ask("Help.Of(((IDimseHandlers)new Search()).Bindings.Single()).Result"));

    [TestMethod]
    public void AUser_HasAMethodForEachOperation_AndNamesTheSopClassOnlyWhereThereAreSeveral()
    {
        var run = Compile("""
            [Scu<AcmeSearchServiceClass>]
            internal sealed partial class Searcher
            {
                internal async Task Use(CancellationToken token)
                {
                    var query = CFindAsync(new DicomDataset(), token);
                    await foreach (var match in query)
                    {
                        match.Contains(DicomTag.PatientID);
                    }

                    AcmeSearchCFindStatus? end = query.Result?.Status;
                    RetrieveOutcome<AcmeSearchCMoveStatus> moved = await CMoveAsync(new DicomDataset(), "DESTINATION", new Progress<RetrieveProgress>(), token);
                    RetrieveOutcome<AcmeSearchCGetStatus> got = await CGetAsync<AcmeSearchCGetStatus>(new DicomDataset(), static (context, _) => new(AcmeSearchCGetStatus.Success), cancellationToken: token);
                    DimseResult<AcmeSearchNGetStatus> values = await NGetAsync("1.2.3", new[] { DicomTag.PatientID }, token);
                    DimseResult<AcmeSearchNSetStatus> changed = await NSetAsync("1.2.3", new DicomDataset(), token);
                    DimseResult<AcmeSearchNCreateStatus> made = await NCreateAsync(null, new DicomDataset(), token);
                    DimseResult<AcmeSearchNDeleteStatus> gone = await NDeleteAsync(made.AffectedSopInstanceUid!, token);
                }
            }
            """);
        Assert.DoesNotContain("global::Specgen.SopClass sopClass", run.Source("Searcher.Handlers"));
    }

    [TestMethod]
    public void AUserOfSeveralSopClasses_NamesOne()
    {
        var run = new TestProject().Page(SearchPage.Text.Replace("| *AcmeMove*                            |", "| *AcmeMove*                            |\n        +-----------------+---------------------+\n        | *AcmeGet*                             |".Replace("\n        ", "\n", StringComparison.Ordinal), StringComparison.Ordinal))
            .Source(Usings + "[Scu<AcmeSearchServiceClass>] internal sealed partial class Searcher { }").Run();
        Assert.Contains("CMoveAsync(global::Specgen.SopClass sopClass, global::FellowOakDicom.DicomDataset identifier, string moveDestination,", run.Source("Searcher.Handlers"));
        run.MustCompile();
    }

    [TestMethod]
    public void NarrowedToAMetaSopClass_ItsMembersAreServed()
    {
        var page = SearchPage.Text.Replace("| 1.3.99.5.3 | AcmeGet    |", "| 1.3.99.5.3 | AcmeGet    |\n+------------+------------+\n| 1.3.99.5.5 | AcmeMeta   |", StringComparison.Ordinal)
            .Replace("C-FIND Statuses\n", """
                Meta SOP Classes
                ----------------

                +-----------------+---------------------+
                | SOP Class       | Usage SCU/SCP       |
                +=================+=====================+
                | *AcmeMeta*                            |
                +-----------------+---------------------+
                | AcmeThing       | Mandatory/Mandatory |
                +-----------------+---------------------+

                C-FIND Statuses

                """, StringComparison.Ordinal);
        var errors = new TestProject().Page(page).Source(Usings + "[Scp<AcmeSearchServiceClass>(SopClasses = new[] { SopClassUids.AcmeMeta })] internal sealed partial class Things { }").Run().Output
            .GetDiagnostics().Where(static diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error).ToList();
        Assert.HasCount(4, errors);
        Assert.IsTrue(errors.All(static error => error.Id == "CS8795"), string.Join("\n", errors));
    }

    private static TestProject Project(string source) => s_project.Source(Usings + source);

    private static TestRun Compile(string source)
    {
        var run = Project(source).Run();
        run.MustCompile();
        return run;
    }
}
