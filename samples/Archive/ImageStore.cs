using System.Data.Common;
using Archive.Storage;
using FellowOakDicom;
using Microsoft.Extensions.Logging;
using Specgen;
using Specgen.Standard;

namespace Archive;

/// <summary>Storage as provider: every SOP class of the page, in whatever transfer syntax the peer sends (PS3.4 Annex B).</summary>
[Scp<StorageServiceClass>]
internal sealed partial class ImageStore(InstanceStore store, Display display, ILogger<ImageStore> log)
{
    private const string Why = "Error Comment (0000,0902)", WhyAndWhere = "Error Comment (0000,0902), Offending Element (0000,0901)";

    [Sends(StorageCStoreStatus.Success, "The instance is kept; or it is kept already, the same data set or in another transfer syntax")]
    [Sends(StorageCStoreStatus.OutOfResources, "The disk is full or cannot be written, or database or object store are locked or out of reach: it may be sent again", RelatedFields = Why)]
    [Sends(StorageCStoreStatus.DataSetDoesNotMatchSopClassFailure, "SOP Class UID or SOP Instance UID of the data set are not those of the command", RelatedFields = WhyAndWhere)]
    [Sends(StorageCStoreStatus.CannotUnderstand, "Another data set is kept under the SOP Instance UID; or study or series have no valid UID", RelatedFields = WhyAndWhere)]
    [Sends(StorageCStoreStatus.InvalidSopInstance, "The SOP Instance UID of the data set is no UID", RelatedFields = WhyAndWhere)]
    public async partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken)
    {
        try
        {
            var header = context.Header;
            if (Problem(context, header.Identity) is { } refusal)
            {
                return refusal;
            }
            var keeping = await store.KeepAsync(context, header, ((Checksum)context.DataSetObserver!).Sum, cancellationToken);
            display.Kept(context.Association, keeping);
            ArchiveMeter.Count(keeping);
            return keeping == Keeping.Another
                ? Refuse(StorageCStoreStatus.CannotUnderstand, "Another instance is stored under this UID", DicomTag.SOPInstanceUID)
                : StorageCStoreStatus.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException or TimeoutException)
        {
            // The log is told where and what; the peer only that it may try again.
            log.LogError("C-STORE of {CallingAE} cannot be kept: {Problem}", context.CallingAE, e.Message);
            return Refuse(StorageCStoreStatus.OutOfResources, Reasons.Of(e));
        }
    }

    private static DimseResult<StorageCStoreStatus>? Problem(CStoreContext context, InstanceIdentity identity) =>
        identity.SopClassUid != context.SopClass.Uid ? Refuse(StorageCStoreStatus.DataSetDoesNotMatchSopClassFailure, "Data set is of another SOP class than the command", DicomTag.SOPClassUID)
        : identity.SopInstanceUid != context.SopInstanceUid ? Refuse(StorageCStoreStatus.DataSetDoesNotMatchSopClassFailure, "Data set is another instance than the command's", DicomTag.SOPInstanceUID)
        // What becomes part of a path must be a UID and nothing else.
        : !InstanceIdentity.IsUid(identity.SopInstanceUid) ? Refuse(StorageCStoreStatus.InvalidSopInstance, "SOP Instance UID is no UID", DicomTag.SOPInstanceUID)
        : !InstanceIdentity.IsUid(identity.StudyInstanceUid) || !InstanceIdentity.IsUid(identity.SeriesInstanceUid)
            ? Refuse(StorageCStoreStatus.CannotUnderstand, "Study or series has no valid UID", DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID)
        : null;

    private static DimseResult<StorageCStoreStatus> Refuse(StorageCStoreStatus status, string comment, params DicomTag[] offending) =>
        new(status) { ErrorComment = comment, OffendingElements = offending };
}
