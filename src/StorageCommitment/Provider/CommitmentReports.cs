using FellowOakDicom;
using Specgen.Outbox;
using Specgen.Standard;

namespace Specgen.StorageCommitment;

/// <summary>Makes the reports: asks the catalogue, and says what it says (PS3.4 Table J.3-2).</summary>
internal sealed class CommitmentReports(IInstanceCatalogue catalogue, StorageCommitmentOptions options) : IOutboxSender
{
    public const string KindOfReports = "storage-commitment";

    /// <summary>How often instances are looked for that are still waited for, at most.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);

    public string Kind => KindOfReports;

    /// <summary>PS3.4 J.3.3.1.3: who asks for the association proposes to be the SCP.</summary>
    public IReadOnlyList<ProposedContext> Contexts { get; } =
    [
        new(SopClassUids.StorageCommitmentPushModel, DicomTransferSyntax.ExplicitVRLittleEndian.UID.UID,
            DicomTransferSyntax.ImplicitVRLittleEndian.UID.UID) { Role = DicomRole.Scp },
    ];

    public SopClass NotifiedSopClass => SopClasses.StorageCommitmentPushModel;

    public async ValueTask<OutboxOutcome> SendAsync(
        OutboxMessage message, ReadOnlyMemory<byte> payload, IOutboxRoute route, CancellationToken cancellationToken)
    {
        var references = SopReferences.Read(payload.Span);
        var reasons = await AssessAsync(message, references, cancellationToken).ConfigureAwait(false);
        var remaining = options.Grace - message.Age;
        if (remaining > TimeSpan.Zero && reasons.Contains(FailureReason.NoSuchObjectInstance))
        {
            return OutboxOutcome.NotYet(remaining < s_grace ? remaining : s_grace);
        }

        var (type, report) = Report(message.Key ?? "", references, reasons);
        return OutboxOutcome.Of(await route.NEventReportAsync(
            SopClasses.StorageCommitmentPushModel, WellKnownSopInstanceUids.StorageCommitmentPushModelInstance, (ushort)type, report,
                cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Each instance is in one sequence or the other; a sequence without items is left out.</summary>
    internal (StorageCommitmentEvent Type, DicomDataset Report) Report(
        string transactionUid, IReadOnlyList<SopReference> references, IReadOnlyList<FailureReason?> reasons)
    {
        var committed = new DicomSequence(DicomTag.ReferencedSOPSequence);
        var failed = new DicomSequence(DicomTag.FailedSOPSequence);
        for (var i = 0; i < references.Count; i++)
        {
            // What a peer calls its instances is said as it said it: it is not for the report to find a UID wrong.
            var item = new DicomDataset().NotValidated();
            item.AddOrUpdate(DicomVR.UI, DicomTag.ReferencedSOPClassUID, references[i].SopClassUid);
            item.AddOrUpdate(DicomVR.UI, DicomTag.ReferencedSOPInstanceUID, references[i].SopInstanceUid);
            if (reasons[i] is { } reason)
            {
                item.AddOrUpdate(DicomVR.US, DicomTag.FailureReason, (ushort)reason);
            }

            (reasons[i] is null ? committed : failed).Items.Add(item);
        }

        var report = new DicomDataset().NotValidated();
        report.AddOrUpdate(DicomVR.UI, DicomTag.TransactionUID, transactionUid);
        if (committed.Items.Count > 0)
        {
            report.AddOrUpdate(committed);
            if (options.RetrieveAETitle is { } retrieve)
            {
                report.AddOrUpdate(DicomVR.AE, DicomTag.RetrieveAETitle, retrieve);
            }
        }

        if (failed.Items.Count > 0)
        {
            report.AddOrUpdate(failed);
        }

        return (failed.Items.Count == 0 ? StorageCommitmentEvent.StorageCommitmentRequestSuccessful
            : StorageCommitmentEvent.StorageCommitmentRequestCompleteFailuresExist, report);
    }

    private async ValueTask<IReadOnlyList<FailureReason?>> AssessAsync(
        OutboxMessage message, IReadOnlyList<SopReference> references, CancellationToken cancellationToken)
    {
        if (message.IsRepeat)
        {
            // PS3.4 J.3.3.1.2: a transaction's UID is not used again. A request that does is answered as any other, and its report says so (PS3.3
            // C.14.1.1).
            return Enumerable.Repeat<FailureReason?>(FailureReason.DuplicateTransactionUid, references.Count).ToArray();
        }

        var reasons = await catalogue.VerifyAsync(references, options.Depth, cancellationToken).ConfigureAwait(false);
        return reasons.Count == references.Count
            ? reasons
            : throw new InvalidOperationException($"The catalogue {catalogue.GetType()} was asked for {references.Count} instances, and said something of {reasons.Count}.");
    }
}
