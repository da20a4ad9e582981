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

    /// <summary>The peer's AE title, the calling one of the association.</summary>
    public string AETitle { get; }

    /// <summary>The peer's address or host name.</summary>
    public string RemoteHost { get; }

    /// <summary>Whether the association that it came from is still open.</summary>
    public bool IsConnected => _channel?.IsConnected ?? false;

    /// <summary>The way to another peer of the same server, always over a new association: to who is named as the receiver of events, which need not be who asked for them (PS3.4 §CC.2.3).</summary>
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
    /// <param name="cancellationToken">Ends the waiting.</param>
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
}
