using FellowOakDicom.Network;

namespace Specgen.Network;

/// <summary>What <see cref="ScpAssociation"/> tells, out of fo-dicom's reading loop.</summary>
internal interface IAssociationEvents
{
    /// <summary>The request is to be answered.</summary>
    Task RequestedAsync(DicomAssociation association);

    /// <summary>The peer wants the release. Must not wait.</summary>
    void ReleaseRequested();

    /// <summary>The peer has aborted.</summary>
    void AbortedByPeer(DicomAbortSource source, DicomAbortReason reason);
}
