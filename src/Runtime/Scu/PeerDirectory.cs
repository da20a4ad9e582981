using FellowOakDicom;
using Microsoft.Extensions.Logging;
using Specgen.Associations;
using Specgen.Handlers;

namespace Specgen.Scu;

/// <summary>Sends notifications for <see cref="PeerLink"/>: decides which association they go over, and opens one if need be.</summary>
internal sealed partial class PeerDirectory(PeerSettings settings, ILoggerFactory loggerFactory) : IPeers
{
    private readonly ILogger _logger = loggerFactory.CreateLogger("Specgen.Peers");

    /// <summary>Where a peer is; null for one that nobody knows.</summary>
    public DicomPeer? Find(string aeTitle) => settings.Peers.TryGetValue(aeTitle, out var peer) ? peer : null;

    public async ValueTask<DimseResponse> NEventReportAsync(
        string aeTitle, IPeerChannel? channel, SopClass sopClass, string sopInstanceUid, ushort eventTypeId, DicomDataset? dataset, CancellationToken cancellationToken)
    {
        var peer = Find(aeTitle);
        if (peer is not { NotifyOnNewAssociation: true } && channel is not null && channel.CanSend(sopClass))
        {
            try
            {
                return await channel.SendNEventReportAsync(sopClass, sopInstanceUid, eventTypeId, dataset, cancellationToken).ConfigureAwait(false);
            }
            catch (AssociationClosedException e) when (peer is not null)
            {
                // It may have arrived, and its answer been lost: told twice is better than not at all.
                LogAgain(aeTitle, e.Message);
            }
            catch (AssociationAbortedException e) when (peer is not null)
            {
                LogAgain(aeTitle, e.Message);
            }
        }

        if (peer is null)
        {
            throw Unknown(aeTitle, $"The association with {aeTitle} is over or cannot carry the notification");
        }

        var connection = await ScuConnection.OpenAsync(null, OptionsFor(aeTitle, peer, NotificationContexts(sopClass)), cancellationToken).ConfigureAwait(false);
        try
        {
            var request = connection.Request(DimseOperation.NEventReport, sopClass, dataset) with { SopInstanceUid = sopInstanceUid, TypeId = eventTypeId };
            var response = await connection.SendAsync(request, cancellationToken).ConfigureAwait(false);
            await ReleaseAsync(connection, aeTitle).ConfigureAwait(false);
            return response;
        }
        catch
        {
            await connection.AbortAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask<IDestination> OpenAsync(string aeTitle, DicomPeer peer, IList<ProposedContext> contexts, CancellationToken cancellationToken) =>
        await ScuConnection.OpenAsync(null, OptionsFor(aeTitle, peer, contexts), cancellationToken).ConfigureAwait(false);

    /// <summary>An association of ours to a peer, for the caller to release.</summary>
    public ValueTask<ScuAssociation> ConnectAsync(string aeTitle, IReadOnlyList<ProposedContext> contexts, string? callingAE, CancellationToken cancellationToken)
    {
        var peer = Find(aeTitle) ?? throw Unknown(aeTitle, $"An association with {aeTitle} is needed");
        var scu = OptionsFor(aeTitle, peer, [.. contexts]);
        scu.CallingAE = callingAE ?? scu.CallingAE;
        return ScuAssociation.OpenForAsync(null, scu, cancellationToken);
    }

    private static UnknownPeerException Unknown(string aeTitle, string why) =>
        new($"{why}, and there is no address for a new one: add DicomScpOptions.Peers[\"{aeTitle}\"].", aeTitle);

    /// <summary>The answer counts; that the peer does not release properly does not.</summary>
    private async Task ReleaseAsync(ScuConnection connection, string aeTitle)
    {
        try
        {
            await connection.ReleaseAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (AssociationException e)
        {
            LogNotReleased(aeTitle, e.Message);
        }
    }

    private static ProposedContext[] NotificationContexts(SopClass sopClass) =>
    [
        .. sopClass.ContextsFor(DimseOperation.NEventReport).Select(static uid =>
            new ProposedContext(uid, DicomTransferSyntax.ExplicitVRLittleEndian.UID.UID, DicomTransferSyntax.ImplicitVRLittleEndian.UID.UID) { Role = DicomRole.Scp }),
    ];

    /// <summary>For an association of ours to a peer.</summary>
    private ScuOptions OptionsFor(string aeTitle, DicomPeer peer, IList<ProposedContext> contexts) => new(peer.Host, peer.Port)
    {
        CallingAE = settings.AETitle,
        CalledAE = aeTitle,
        RequestTimeout = settings.RequestTimeout,
        AssociationTimeout = settings.AssociationTimeout,
        MaxPduLength = settings.MaxPduLength,
        LoggerFactory = loggerFactory,
        Tls = peer.Tls,
        ConnectCallback = peer.ConnectCallback,
        TimeProvider = settings.Time,
        TlsProfile = peer.TlsProfile,
        PresentationContexts = contexts,
        MinDataRate = settings.LeastData.Rate,
        MinDataRateGracePeriod = settings.LeastData.Grace,
        Memory = settings.Memory,
    };

    [LoggerMessage(1200, LogLevel.Information, "The association with {AETitle} ended before it answered a notification, which is sent again over a new one: {Reason}")]
    private partial void LogAgain(string aeTitle, string reason);

    [LoggerMessage(1201, LogLevel.Information, "{AETitle} answered a notification, and did not release the association properly: {Reason}")]
    private partial void LogNotReleased(string aeTitle, string reason);
}
