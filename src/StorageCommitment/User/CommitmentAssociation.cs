using Specgen.Standard;

namespace Specgen.StorageCommitment;

/// <summary>An association that a request goes over; or, without one, who takes reports on a server.</summary>
[Scu<StorageCommitmentServiceClass>(SopClasses = [SopClassUids.StorageCommitmentPushModel])]
internal sealed partial class CommitmentAssociation(StorageCommitmentUser user)
{
    private partial ValueTask<DimseResult<StorageCommitmentNEventReportStatus>> OnNEventReportAsync(
        NEventReportContext context, CancellationToken cancellationToken) =>
        user.TakeReportAsync(context.Peer.AETitle, context.Dataset, cancellationToken);
}
