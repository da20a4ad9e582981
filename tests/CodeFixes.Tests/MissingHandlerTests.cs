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
        "[Scp<StorageServiceClass>]\ninternal sealed partial class {|SPG1010:ImageStore|};\n",
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
        internal sealed partial class {|SPG1010:ImageStore|}(string folder)
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
        internal sealed partial class {|SPG1010:Worklist|}
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
        internal sealed partial class {|SPG1010:Requester|}
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
        internal sealed partial class {|SPG1010:{|SPG1010:Steps|}|}
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

        """,
        MissingHandlers.WriteAll);

    [TestMethod]
    public Task Each_of_several_classes_is_mended_at_once() => AssertWritten(
        "[Scp<StorageServiceClass>] internal sealed partial class {|SPG1010:A|};\n\n[Scp<StorageServiceClass>] internal sealed partial class {|SPG1010:B|};\n",
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

    private static async Task AssertWritten(string before, string after, string? action = null)
    {
        var fix = new Fix<MissingHandlerFix>(Usings + before, Usings + after, compiles: true);
        if (action is not null)
        {
            fix.CodeActionEquivalenceKey = action;
            fix.NumberOfIncrementalIterations = 1;
        }

        await fix.RunAsync();
    }
}
