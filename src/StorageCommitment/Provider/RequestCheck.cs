using FellowOakDicom;
using Specgen.Standard;

namespace Specgen.StorageCommitment;

/// <summary>Whether a request is what PS3.4 Table J.3-1 asks for.</summary>
internal static class RequestCheck
{
    /// <summary>What is wrong with it; null when nothing is, and then what it asks for.</summary>
    public static DimseResult<StorageCommitmentNActionStatus>? Check(
        string sopInstanceUid, DicomDataset? information, int maxReferences, out string transactionUid, out IReadOnlyList<SopReference> references)
    {
        (transactionUid, references) = ("", []);
        if (sopInstanceUid != WellKnownSopInstanceUids.StorageCommitmentPushModelInstance)
        {
            return StorageCommitmentNActionStatus.NoSuchSopInstance;
        }

        if (information is null)
        {
            return StorageCommitmentNActionStatus.NoSuchArgument;
        }

        var request = new StorageCommitmentModule(information);
        transactionUid = request.TransactionUid ?? "";
        if (!InstanceIdentity.IsUid(transactionUid))
        {
            return Invalid("A transaction needs a UID", DicomTag.TransactionUID);
        }

        var sequence = request.ReferencedSopSequence;
        if (sequence.Count > maxReferences)
        {
            return new(StorageCommitmentNActionStatus.ResourceLimitation) { ErrorComment = $"At most {maxReferences} instances at a time" };
        }

        return CheckReferences(request, sequence, out references);
    }

    private static DimseResult<StorageCommitmentNActionStatus>? CheckReferences(
        StorageCommitmentModule request, ModuleSequence<StorageCommitmentModule.ReferencedSopSequenceItem> sequence,
            out IReadOnlyList<SopReference> references)
    {
        var list = new List<SopReference>(sequence.Count);
        references = list;
        var isMediumNamed = request.StorageMediaFileSetId is not null || request.StorageMediaFileSetUid is not null;
        foreach (var item in sequence)
        {
            var reference = new SopReference(item.ReferencedSopClassUid ?? "", item.ReferencedSopInstanceUid ?? "");
            if (!InstanceIdentity.IsUid(reference.SopClassUid) || !InstanceIdentity.IsUid(reference.SopInstanceUid))
            {
                return Invalid("Instances are referenced by SOP class and instance UID", DicomTag.ReferencedSOPSequence);
            }

            // PS3.4 J.3.2.1.1.1: outside of the sequence or within it, but not both.
            if (isMediumNamed && (item.StorageMediaFileSetId is not null || item.StorageMediaFileSetUid is not null))
            {
                return Invalid("A medium is named for all instances or for each", DicomTag.StorageMediaFileSetID, DicomTag.StorageMediaFileSetUID);
            }

            list.Add(reference);
        }

        // That an instance is referenced once only (PS3.4 J.3.2.1.1.3) is the user's duty, and not worth refusing the others for: it is reported as
        // often as it was asked for.
        return list.Count > 0 ? null : Invalid("There are no references to instances", DicomTag.ReferencedSOPSequence);
    }

    private static DimseResult<StorageCommitmentNActionStatus> Invalid(string comment, params DicomTag[] tags) =>
        new(StorageCommitmentNActionStatus.InvalidArgumentValue) { ErrorComment = comment, OffendingElements = tags };
}
