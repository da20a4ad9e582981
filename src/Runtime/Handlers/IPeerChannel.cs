using FellowOakDicom;

namespace Specgen.Handlers;

/// <summary>The association that a <see cref="PeerLink"/> prefers: the seam to whoever runs it (server engine or user's association).</summary>
internal interface IPeerChannel
{
    /// <summary>Whether the association is open.</summary>
    bool IsConnected { get; }

    /// <summary>
    /// Whether a request can be sent over it now: it is open, no release or abort is under way, and it has an accepted presentation context for the SOP class.
    /// </summary>
    bool CanSend(SopClass sopClass);

    /// <summary>Sends it and waits for the response. Throws <see cref="AssociationClosedException"/> when the association ends before the response is there.</summary>
    ValueTask<DimseResponse> SendNEventReportAsync(SopClass sopClass, string sopInstanceUid, ushort eventTypeId, DicomDataset? dataset, CancellationToken cancellationToken);
}
