using FellowOakDicom;

namespace Specgen.Outbox;

/// <summary>The way to a peer while messages are sent to it: an association that it has opened, or one that is opened for all messages that are
/// due.</summary>
public interface IOutboxRoute
{
    /// <summary>Sends an N-EVENT-REPORT-RQ (PS3.7 §10.1.1) and waits for the response.</summary>
    /// <param name="sopClass">The SOP class that the event is of.</param>
    /// <param name="sopInstanceUid">The SOP instance that the event is of.</param>
    /// <param name="eventTypeId">Event Type ID (0000,1002).</param>
    /// <param name="dataset">The Event Information.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="AssociationException">There is no way to the peer, or no response.</exception>
    ValueTask<DimseResponse> NEventReportAsync(SopClass sopClass, string sopInstanceUid, ushort eventTypeId, DicomDataset dataset,
        CancellationToken cancellationToken);

    /// <summary>The association, for other requests than notifications (N-CREATE of instance availability); opened if need be.</summary>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="AssociationException">The peer cannot be reached.</exception>
    ValueTask<ScuAssociation> AssociationAsync(CancellationToken cancellationToken);
}
