using Specgen.Outbox;

namespace Specgen.StorageCommitment;

public sealed partial class StorageCommitmentProvider
{
    /// <summary>
    /// Owes a peer a report on a request that was answered elsewhere: for example by an earlier version of a program, whose outstanding reports are taken over. The report goes
    /// over a new association. A second time for one transaction is a repeat of it, and is reported as one.
    /// </summary>
    /// <param name="peer">AE title of the requestor.</param>
    /// <param name="transactionUid">The request's Transaction UID.</param>
    /// <param name="references">The instances.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    public async ValueTask OweAsync(string peer, string transactionUid, IReadOnlyList<SopReference> references, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(peer);
        ArgumentException.ThrowIfNullOrEmpty(transactionUid);
        ArgumentNullException.ThrowIfNull(references);
        var entry = new OutboxEntry(CommitmentReports.KindOfReports, peer, SopReferences.Write(references)) { Key = transactionUid, ExpiresAfter = _options.Outbox.ExpiresAfter };
        await _store.EnqueueAsync(entry, cancellationToken).ConfigureAwait(false);
    }
}
