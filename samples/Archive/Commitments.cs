using Archive.Storage;
using FellowOakDicom;
using Specgen;
using Specgen.Standard;

namespace Archive;

/// <summary>Storage commitment as provider: the request is answered at once, the report follows it (PS3.4 Annex J).</summary>
[Scp<StorageCommitmentServiceClass>]
internal sealed partial class Commitments(InstanceStore store, CommitmentLog log, Display display) : IDicomScpObserver
{
    // A peer that cannot be reached is tried again, for about a day; after that when the archive is started again.
    private static readonly TimeSpan[] Pauses =
        [.. ((int[])[1, 5, 30, 120, 600, 1800, 3600, 3600, 7200, 14400, 28800]).Select(static seconds => TimeSpan.FromSeconds(seconds))];

    public partial ValueTask<DimseResult<StorageCommitmentNActionStatus>> OnNActionAsync(NActionContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Accept(context));

    /// <summary>What an earlier process owes its peers is reported now, and tried again until this one ends.</summary>
    public void Started(DicomScp scp) => _ = Task.WhenAll(log.Pending().Select(commitment => ReportAsync(scp.LinkTo(commitment.Peer), commitment, CancellationToken.None)));

    private DimseResult<StorageCommitmentNActionStatus> Accept(NActionContext context)
    {
        if (context.SopInstanceUid != WellKnownSopInstanceUids.StorageCommitmentPushModelInstance)
        {
            return StorageCommitmentNActionStatus.NoSuchSopInstance;
        }
        if (context.Dataset is null)
        {
            return StorageCommitmentNActionStatus.NoSuchArgument;
        }
        var request = new StorageCommitmentModule(context.Dataset);
        var references = request.ReferencedSopSequence.Select(static item => new ReferencedInstance(item.ReferencedSopClassUid ?? "", item.ReferencedSopInstanceUid ?? "")).ToList();
        if (!InstanceIdentity.IsUid(request.TransactionUid))
        {
            return Invalid(DicomTag.TransactionUID, "A transaction needs a UID");
        }
        if (references.Count == 0 || references.Exists(static r => r.SopClassUid.Length == 0 || r.SopInstanceUid.Length == 0))
        {
            return Invalid(DicomTag.ReferencedSOPSequence, "Instances are referenced by SOP class and instance UID");
        }
        var commitment = new Commitment(request.TransactionUid!, context.CallingAE, references);
        // PS3.4 J.3.3.1.4: a transaction's UID is not used again; a request that does is answered as any other, and its report says so.
        commitment = log.TryBegin(commitment) ? commitment : commitment with { IsDuplicate = true };
        context.AfterResponse(stopping => ReportAsync(context.Peer, commitment, stopping));
        return StorageCommitmentNActionStatus.Success;
    }

    private async Task ReportAsync(PeerLink peer, Commitment commitment, CancellationToken stopping)
    {
        for (var attempt = 0; ; attempt++)
        {
            string problem;
            try
            {
                var (report, failures) = await AssessAsync(commitment, stopping);
                var type = failures == 0 ? StorageCommitmentEvent.StorageCommitmentRequestSuccessful : StorageCommitmentEvent.StorageCommitmentRequestCompleteFailuresExist;
                var answer = await NEventReportAsync(peer, WellKnownSopInstanceUids.StorageCommitmentPushModelInstance, type, report.Dataset, stopping);
                if (answer.Status.Category() is StatusCategory.Success or StatusCategory.Warning)
                {
                    log.End(commitment);
                    display.Line($"Commitment {commitment.TransactionUid} reported to {peer.AETitle}: {commitment.References.Count - failures} of {commitment.References.Count} instances");
                    return;
                }
                problem = $"answered {answer}";
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                problem = e.Message;
            }
            var next = attempt < Pauses.Length ? $"again in {Pauses[attempt].TotalSeconds} s" : "given up until the next start";
            display.Line($"Commitment {commitment.TransactionUid} not reported to {peer.AETitle}, {next}: {problem}");
            if (attempt == Pauses.Length)
            {
                return;
            }
            await Task.Delay(Pauses[attempt], stopping);
        }
    }

    // Each instance is in one sequence or the other; a sequence without items is left out (PS3.4 Table J.3-2).
    private async Task<(StorageCommitmentModule Report, int Failures)> AssessAsync(Commitment commitment, CancellationToken cancellationToken)
    {
        var reasons = await store.VerifyAsync(commitment.References.ConvertAll(static r => (r.SopClassUid, r.SopInstanceUid)), Verification.Size, cancellationToken);
        var report = new StorageCommitmentModule(new DicomDataset()) { TransactionUid = commitment.TransactionUid };
        var failures = 0;
        foreach (var ((sopClassUid, sopInstanceUid), verified) in commitment.References.Zip(reasons))
        {
            var reason = commitment.IsDuplicate ? FailureReason.DuplicateTransactionUid : verified;
            if (reason is null)
            {
                var item = report.ReferencedSopSequence.Add();
                (item.ReferencedSopClassUid, item.ReferencedSopInstanceUid) = (sopClassUid, sopInstanceUid);
            }
            else
            {
                var item = report.FailedSopSequence.Add();
                (item.ReferencedSopClassUid, item.ReferencedSopInstanceUid, item.FailureReason) = (sopClassUid, sopInstanceUid, reason);
                failures++;
            }
        }
        return (report, failures);
    }

    private static DimseResult<StorageCommitmentNActionStatus> Invalid(DicomTag tag, string comment) =>
        new(StorageCommitmentNActionStatus.InvalidArgumentValue) { ErrorComment = comment, OffendingElements = [tag] };
}
