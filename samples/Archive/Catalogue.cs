using Archive.Storage;
using Specgen.Standard;
using Specgen.StorageCommitment;

namespace Archive;

/// <summary>What the archive holds, for storage commitment (PS3.4 Annex J): of the SOP class that is named, whole as far as is looked, and on the disk.</summary>
internal sealed class Catalogue(InstanceStore store) : IInstanceCatalogue
{
    public async ValueTask<IReadOnlyList<FailureReason?>> VerifyAsync(IReadOnlyList<SopReference> references, VerificationDepth depth, CancellationToken cancellationToken)
    {
        var found = await store.Index.FindAsync(references.Select(static r => r.SopInstanceUid).Distinct(), cancellationToken);
        var reasons = new FailureReason?[references.Count];
        for (var i = 0; i < reasons.Length; i++)
        {
            reasons[i] = await ReasonAsync(references[i].SopClassUid, found.GetValueOrDefault(references[i].SopInstanceUid), depth, cancellationToken);
        }
        await store.FlushAsync(found.Values, cancellationToken);
        return reasons;
    }

    /// <summary>PS3.3 §C.14.1.1.</summary>
    private async ValueTask<FailureReason?> ReasonAsync(string sopClassUid, StoredInstance? instance, VerificationDepth depth, CancellationToken cancellationToken) =>
        StorageServiceClass.FindSopClass(sopClassUid) is null ? FailureReason.ReferencedSopClassNotSupported
        : instance is null ? FailureReason.NoSuchObjectInstance
        : instance.SopClassUid != sopClassUid ? FailureReason.ClassInstanceConflict
        : await store.IsWholeAsync(instance, depth, cancellationToken) ? null
        : FailureReason.ProcessingFailure;
}
