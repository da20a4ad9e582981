using FellowOakDicom;

namespace Specgen.Handlers;

/// <summary>Who sends notifications for <see cref="PeerLink"/>: the seam to those who open associations.</summary>
internal interface INotifier
{
    /// <summary>Where a peer is; null for one that nobody knows.</summary>
    DicomPeer? Find(string aeTitle);

    /// <summary>Sends an N-EVENT-REPORT over the association, or over a new one.</summary>
    ValueTask<DimseResponse> NEventReportAsync(
        string aeTitle, IPeerChannel? channel, SopClass sopClass, string sopInstanceUid, ushort eventTypeId, DicomDataset? dataset, CancellationToken cancellationToken);
}
