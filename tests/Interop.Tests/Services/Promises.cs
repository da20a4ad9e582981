using FellowOakDicom;
using Specgen.Standard;

namespace Specgen.Interop.Tests.Services;

/// <summary>Storage commitment for what a folder has: promises at once, and reports over the same association or another.</summary>
[Scp<StorageCommitmentServiceClass>]
internal sealed partial class Promises(string root)
{
    public partial ValueTask<DimseResult<StorageCommitmentNActionStatus>> OnNActionAsync(NActionContext context, CancellationToken cancellationToken)
    {
        var request = new StorageCommitmentModule(context.Dataset!);
        context.AfterResponse(stopping => ReportAsync(context.Peer, request, stopping));
        return new(StorageCommitmentNActionStatus.Success);
    }

    private async Task ReportAsync(PeerLink peer, StorageCommitmentModule request, CancellationToken cancellationToken)
    {
        var report = new StorageCommitmentModule(new DicomDataset()) { TransactionUid = request.TransactionUid };
        foreach (var asked in request.ReferencedSopSequence)
        {
            var (sopClass, instance) = (asked.ReferencedSopClassUid, asked.ReferencedSopInstanceUid);
            if (File.Exists(Path.Combine(root, instance + ".dcm")))
            {
                var held = report.ReferencedSopSequence.Add();
                (held.ReferencedSopClassUid, held.ReferencedSopInstanceUid) = (sopClass, instance);
            }
        }

        await NEventReportAsync(peer, DicomUID.StorageCommitmentPushModelInstance.UID, StorageCommitmentEvent.StorageCommitmentRequestSuccessful, report, cancellationToken);
    }
}
