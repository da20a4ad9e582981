using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Specgen.CodeFixes.Tests;

/// <summary>"Write the missing handlers", where Specgen says that one is missing. What comes out compiles.</summary>
[TestClass]
public sealed class MissingHandlerTests
{
    private const string Usings = """
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using Specgen;
        using Specgen.Standard;


        """;

    private const string Store = "private partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken) => new(StorageCStoreStatus.CannotUnderstand);";

    [TestMethod]
    public Task A_class_without_a_body_gets_one() => AssertWritten(
        "[Scp<StorageServiceClass>]\ninternal sealed partial class ImageStore;\n",
        $$"""
        [Scp<StorageServiceClass>]
        internal sealed partial class ImageStore
        {
            {{Store}}
        }

        """);

    [TestMethod]
    public Task What_the_class_has_stays_and_stands_first() => AssertWritten(
        """
        [Scp<StorageServiceClass>]
        internal sealed partial class ImageStore(string folder)
        {
            /// <summary>Where to.</summary>
            public string Folder => folder;
        }

        """,
        $$"""
        [Scp<StorageServiceClass>]
        internal sealed partial class ImageStore(string folder)
        {
            /// <summary>Where to.</summary>
            public string Folder => folder;

            {{Store}}
        }

        """);

    /// <summary>A stream yields its failure.</summary>
    [TestMethod]
    public Task A_query_yields_a_failure() => AssertWritten(
        """
        [Scp<BasicWorklistManagementServiceClass>]
        internal sealed partial class Worklist
        {
        }

        """,
        """
        [Scp<BasicWorklistManagementServiceClass>]
        internal sealed partial class Worklist
        {
            private async partial IAsyncEnumerable<CFindResult<BasicWorklistManagementCFindStatus>> OnCFindAsync(CFindContext context, CancellationToken cancellationToken)
            {
                await Task.CompletedTask.ConfigureAwait(false);
                yield return BasicWorklistManagementCFindStatus.UnableToProcess;
            }
        }

        """);

    [TestMethod]
    public Task A_user_gets_its_notifications() => AssertWritten(
        """
        [Scu<StorageCommitmentServiceClass>]
        internal sealed partial class Requester
        {
        }

        """,
        """
        [Scu<StorageCommitmentServiceClass>]
        internal sealed partial class Requester
        {
            private partial ValueTask<DimseResult<StorageCommitmentNEventReportStatus>> OnNEventReportAsync(NEventReportContext context, CancellationToken cancellationToken) => new(StorageCommitmentNEventReportStatus.ProcessingFailure);
        }

        """);

    [TestMethod]
    public Task All_are_written_in_the_order_of_the_page() => AssertWritten(
        """
        [Scp<ModalityPerformedProcedureStepServiceClass>(SopClasses = [SopClassUids.ModalityPerformedProcedureStep])]
        internal sealed partial class Steps
        {
        }

        """,
        """
        [Scp<ModalityPerformedProcedureStepServiceClass>(SopClasses = [SopClassUids.ModalityPerformedProcedureStep])]
        internal sealed partial class Steps
        {
            private partial ValueTask<DimseResult<ModalityPerformedProcedureStepNCreateStatus>> OnNCreateAsync(NCreateContext context, CancellationToken cancellationToken) => new(ModalityPerformedProcedureStepNCreateStatus.ProcessingFailure);
            private partial ValueTask<DimseResult<ModalityPerformedProcedureStepNSetStatus>> OnNSetAsync(NSetContext context, CancellationToken cancellationToken) => new(ModalityPerformedProcedureStepNSetStatus.ProcessingFailure);
        }

        """);

    [TestMethod]
    public Task Each_of_several_classes_is_mended_at_once() => AssertWritten(
        "[Scp<StorageServiceClass>] internal sealed partial class A;\n\n[Scp<StorageServiceClass>] internal sealed partial class B;\n",
        $$"""
        [Scp<StorageServiceClass>]
        internal sealed partial class A
        {
            {{Store}}
        }

        [Scp<StorageServiceClass>]
        internal sealed partial class B
        {
            {{Store}}
        }

        """);

    /// <summary>The first that is reported, by itself.</summary>
    [TestMethod]
    public async Task One_of_several_is_written()
    {
        using var workspace = new AdhocWorkspace();
        var document = Editor.Document(workspace, Usings + "[Scp<ModalityPerformedProcedureStepServiceClass>(SopClasses = [SopClassUids.ModalityPerformedProcedureStep])]\ninternal sealed partial class Steps;\n");
        var actions = await ActionsAsync(document);

        CollectionAssert.AreEqual(new[] { "Write 'OnNCreateAsync'", "Write the missing handlers", "Write 'OnNSetAsync'", "Write the missing handlers" }, actions.Select(static action => action.Title).ToArray());
        var text = await document.ApplyAsync(actions[2]);
        StringAssert.Contains(text, "OnNSetAsync");
        Assert.IsFalse(text.Contains("OnNCreateAsync", StringComparison.Ordinal));
    }

    private static async Task AssertWritten(string before, string after)
    {
        using var workspace = new AdhocWorkspace();
        var document = Editor.Document(workspace, Usings + before);
        var reported = await document.ReportedAsync();
        Assert.IsTrue(reported.All(static diagnostic => diagnostic.Id == "SPG1010"), string.Join("\n", reported));

        var fix = new MissingHandlerFix();
        var context = new FixAllContext(document, fix, FixAllScope.Document, MissingHandlers.WriteAll, fix.FixableDiagnosticIds, new Reported(reported), CancellationToken.None);
        var action = await fix.GetFixAllProvider()!.GetFixAsync(context);
        Assert.AreEqual(Usings + after, await document.ApplyAsync(action!));
    }

    private static async Task<List<CodeAction>> ActionsAsync(Document document)
    {
        var actions = new List<CodeAction>();
        foreach (var diagnostic in await document.ReportedAsync())
        {
            await new MissingHandlerFix().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        }

        return actions;
    }

    private sealed class Reported(IEnumerable<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => Task.FromResult(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
