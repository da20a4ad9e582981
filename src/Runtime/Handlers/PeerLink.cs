using FellowOakDicom;
using Specgen.Handlers;

namespace Specgen;

/// <summary>
/// The way back to a peer. A provider keeps it to send notifications later: they go over the association that the request came over while that lasts, else over a new one
/// to the peer's address in <see cref="DicomScpOptions.Peers"/>. Safe for use by several threads; outlives the association.
/// </summary>
public sealed class PeerLink
{
    private readonly INotifier _directory;
    private readonly IPeerChannel? _channel;

    internal PeerLink(string aeTitle, string remoteHost, IPeerChannel? channel, INotifier directory)
    {
        AETitle = aeTitle;
        RemoteHost = remoteHost;
        _channel = channel;
        _directory = directory;
    }

    /// <summary>Who sends the notifications.</summary>
    internal INotifier Directory => _directory;

    /// <summary>The peer's AE title, the calling one of the association.</summary>
    public string AETitle { get; }

    /// <summary>The peer's address or host name.</summary>
    public string RemoteHost { get; }

    /// <summary>Whether the association that it came from is still open.</summary>
    public bool IsConnected => _channel?.IsConnected ?? false;

    /// <summary>Whether <see cref="DicomScpOptions.Peers"/> has an address for the peer now: whether a new association can be tried.</summary>
    public bool HasAddress => _directory.Find(AETitle) is not null;

    /// <summary>
    /// Whether a notification can go over the association that the link came from, now: it is open, no release or abort is under way, it has a presentation context for the SOP class in which
    /// we are the SCP, and the peer takes notifications there (<see cref="DicomPeer.NotifyOnNewAssociation"/>).
    /// </summary>
    /// <param name="sopClass">The SOP class that the event is of.</param>
    public bool CanNotify(SopClass sopClass)
    {
        ArgumentNullException.ThrowIfNull(sopClass);
        return _directory.Find(AETitle) is not { NotifyOnNewAssociation: true } && _channel?.CanSend(sopClass) == true;
    }

    /// <summary>A link to another peer of the same server, always over a new association: for notifications whose receiver is not the peer that asked for them (PS3.4 §CC.2.3).</summary>
    /// <param name="aeTitle">An AE title in <see cref="DicomScpOptions.Peers"/>.</param>
    public PeerLink To(string aeTitle)
    {
        ArgumentException.ThrowIfNullOrEmpty(aeTitle);
        return aeTitle == AETitle ? this : new PeerLink(aeTitle, _directory.Find(aeTitle)?.Host ?? "", null, _directory);
    }

    /// <summary>
    /// Sends an N-EVENT-REPORT-RQ (PS3.7 §10.1.1) and waits for the response. On a new association the SOP class is proposed with the SCP role for us
    /// (PS3.7 D.3.3.4), and the association is released afterwards.
    /// </summary>
    /// <typeparam name="TStatus">The service class's status enum for N-EVENT-REPORT.</typeparam>
    /// <param name="sopClass">The SOP class that the event is of.</param>
    /// <param name="sopInstanceUid">The SOP instance that the event is of; often a well-known one.</param>
    /// <param name="eventTypeId">Event Type ID (0000,1002).</param>
    /// <param name="dataset">The Event Information, if any.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="UnknownPeerException">The association is gone and <see cref="DicomScpOptions.Peers"/> has no address for <see cref="AETitle"/>.</exception>
    /// <exception cref="AssociationException">The peer cannot be reached, rejects the association or the SOP class, aborts, or does not answer in time.</exception>
    public async ValueTask<DimseResult<TStatus>> NEventReportAsync<TStatus>(
        SopClass sopClass, string sopInstanceUid, ushort eventTypeId, DicomDataset? dataset, CancellationToken cancellationToken = default)
        where TStatus : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(sopClass);
        ArgumentNullException.ThrowIfNull(sopInstanceUid);
        var response = await _directory.NEventReportAsync(AETitle, _channel, sopClass, sopInstanceUid, eventTypeId, dataset, cancellationToken).ConfigureAwait(false);
        return DimseResult<TStatus>.From(response);
    }

    /// <summary>The same, over exactly the association that the link came from: never over a new one.</summary>
    /// <typeparam name="TStatus">The service class's status enum for N-EVENT-REPORT.</typeparam>
    /// <param name="sopClass">The SOP class that the event is of.</param>
    /// <param name="sopInstanceUid">The SOP instance that the event is of; often a well-known one.</param>
    /// <param name="eventTypeId">Event Type ID (0000,1002).</param>
    /// <param name="dataset">The Event Information, if any.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="AssociationException">The association is over, cannot carry the notification, or ends before it is answered; or the peer does not answer in time.</exception>
    public async ValueTask<DimseResult<TStatus>> NEventReportOnAssociationAsync<TStatus>(
        SopClass sopClass, string sopInstanceUid, ushort eventTypeId, DicomDataset? dataset, CancellationToken cancellationToken = default)
        where TStatus : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(sopClass);
        ArgumentNullException.ThrowIfNull(sopInstanceUid);
        if (_channel is null || !CanNotify(sopClass))
        {
            throw new AssociationClosedException($"The association with {AETitle} is over, or cannot carry a notification of {sopClass}.");
        }

        return DimseResult<TStatus>.From(await _channel.SendNEventReportAsync(sopClass, sopInstanceUid, eventTypeId, dataset, cancellationToken).ConfigureAwait(false));
    }
}
