using FellowOakDicom;
using Specgen;
using Specgen.Standard;

namespace Archive;

/// <summary>Storage as provider: every SOP class of the page, in whatever transfer syntax the peer sends (PS3.4 Annex B).</summary>
[Scp<StorageServiceClass>]
internal sealed partial class ImageStore(ArchiveFolder folder)
{
    public async partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken)
    {
        // A data set that cannot be read to its end throws, and is answered with the page's status for that.
        var identity = await context.IdentifyAsync(cancellationToken);
        if (identity.SopClassUid != context.SopClass.Uid)
        {
            return Refuse(StorageCStoreStatus.DataSetDoesNotMatchSopClassFailure, "Data set is of another SOP class than the command", DicomTag.SOPClassUID);
        }
        if (identity.SopInstanceUid != context.SopInstanceUid)
        {
            return Refuse(StorageCStoreStatus.DataSetDoesNotMatchSopClassFailure, "Data set is another instance than the command's", DicomTag.SOPInstanceUID);
        }
        // What becomes part of a path must be a UID and nothing else.
        if (!InstanceIdentity.IsUid(identity.SopInstanceUid))
        {
            return Refuse(StorageCStoreStatus.InvalidSopInstance, "SOP Instance UID is no UID", DicomTag.SOPInstanceUID);
        }
        if (!InstanceIdentity.IsUid(identity.StudyInstanceUid) || !InstanceIdentity.IsUid(identity.SeriesInstanceUid))
        {
            return Refuse(StorageCStoreStatus.CannotUnderstand, "Study or series has no valid UID", DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID);
        }
        try
        {
            return await folder.KeepAsync(context, identity, cancellationToken)
                ? StorageCStoreStatus.Success
                : Refuse(StorageCStoreStatus.CannotUnderstand, "Another instance is stored under this UID", DicomTag.SOPInstanceUID);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(StorageCStoreStatus.OutOfResources, e.Message);
        }
    }

    private static DimseResult<StorageCStoreStatus> Refuse(StorageCStoreStatus status, string comment, params DicomTag[] offending) =>
        new(status) { ErrorComment = comment, OffendingElements = offending };
}
