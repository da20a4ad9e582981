using FellowOakDicom.Network;

namespace Specgen;

/// <summary>What <see cref="ScuService"/> tells, out of fo-dicom's read loop: none of these may wait.</summary>
internal interface IScuServiceEvents
{
    void Accepted(DicomAssociation association);

    void Rejected(DicomRejectResult result, DicomRejectSource source, DicomRejectReason reason);

    void Released(bool byPeer);

    void Aborted(DicomAbortSource source, DicomAbortReason reason);

    void Closed(Exception? exception);
}
