using System.Runtime.CompilerServices;
using FellowOakDicom;
using Specgen.Standard;

namespace Specgen.Testing.Tests.Services;

/// <summary>Steps that are created, changed, looked at and ended (PS3.4 Annex F), and notifications about them.</summary>
[Scp<StorageCommitmentServiceClass>]
internal sealed partial class Promises
{
    public partial ValueTask<DimseResult<StorageCommitmentNActionStatus>> OnNActionAsync(NActionContext context, CancellationToken cancellationToken)
    {
        if (context.ActionTypeId != 1)
        {
            return new(StorageCommitmentNActionStatus.NoSuchActionType);
        }

        context.AfterResponse(async stopping => await NEventReportAsync(
            context.Peer, context.SopInstanceUid, StorageCommitmentEvent.StorageCommitmentRequestSuccessful, context.Dataset!, stopping));
        return new(StorageCommitmentNActionStatus.Success);
    }
}

/// <summary>Asks for commitment, and takes the report.</summary>
[Scu<StorageCommitmentServiceClass>]
internal sealed partial class CommitmentUser
{
    public List<ushort> Events { get; } = [];

    public TaskCompletionSource Reported { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public partial ValueTask<DimseResult<StorageCommitmentNEventReportStatus>> OnNEventReportAsync(NEventReportContext context, CancellationToken cancellationToken)
    {
        Events.Add(context.EventTypeId);
        Reported.TrySetResult();
        return new(StorageCommitmentNEventReportStatus.Success);
    }
}

/// <summary>Gives and sends what it has, and stops where it is asked to.</summary>
[Scp<QueryRetrieveServiceClass>(SopClasses = [SopClassUids.StudyRootQueryRetrieveInformationModelMove, SopClassUids.StudyRootQueryRetrieveInformationModelGet])]
internal sealed partial class Retriever(params DicomFile[] files)
{
    private async partial IAsyncEnumerable<RetrieveResult<QueryRetrieveCMoveStatus>> OnCMoveAsync(CMoveContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (context.Level is null)
        {
            yield return QueryRetrieveCMoveStatus.MoveDestinationUnknown;
        }

        foreach (var file in files)
        {
            yield return file;
        }
    }

    private async partial IAsyncEnumerable<RetrieveResult<QueryRetrieveCGetStatus>> OnCGetAsync(CGetContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            yield return file;
        }
    }
}

/// <summary>Asks for instances.</summary>
[Scu<QueryRetrieveServiceClass>(SopClasses = [SopClassUids.StudyRootQueryRetrieveInformationModelMove, SopClassUids.StudyRootQueryRetrieveInformationModelGet])]
internal sealed partial class Fetcher;
