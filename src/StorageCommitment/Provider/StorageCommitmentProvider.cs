using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Specgen.Outbox;
using Specgen.Standard;

namespace Specgen.StorageCommitment;

/// <summary>
/// Storage commitment as provider (PS3.4 Annex J). A request is answered once it and the report that is owed for it are on the disk; the report
/// goes over the same association while that lasts, else
/// over a new one, and is tried again until the peer takes it. It is a provider and an observer of its server; without a host:
/// <c>DicomScp.StartAsync(new DicomScpOptions { Observers = { commitment } }, commitment)</c>. Several servers may share one.
/// </summary>
[Scp<StorageCommitmentServiceClass>(SopClasses = [SopClassUids.StorageCommitmentPushModel])]
[OnStatus(StorageCommitmentNEventReportStatus.Success, "The report is delivered")]
[OnStatus(StorageCommitmentNEventReportStatus.ProcessingFailure, "Sent again at growing intervals, until it expires")]
[OnStatus(StorageCommitmentNEventReportStatus.DuplicateInvocation, "Sent again at growing intervals, until it expires")]
[OnStatus(StorageCommitmentNEventReportStatus.ResourceLimitation, "Sent again at growing intervals, until it expires")]
[OtherStatuses<StorageCommitmentNEventReportStatus>("Sent again, seldom, until it expires")]
public sealed partial class StorageCommitmentProvider : IDicomScpObserver, IAsyncDisposable
{
    private const string Comment = "Error Comment (0000,0902)";

    private readonly ICommitmentStore _store;
    private readonly StorageCommitmentOptions _options;
    private readonly ILogger _logger;

    /// <summary>A provider that works once a server starts.</summary>
    /// <param name="catalogue">What the application holds.</param>
    /// <param name="store">Where state is kept; disposed of with the provider.</param>
    /// <param name="options">How it is provided.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public StorageCommitmentProvider(IInstanceCatalogue catalogue, ICommitmentStore store, StorageCommitmentOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(store);
        (_store, _options) = (store, options ?? new StorageCommitmentOptions());
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxReferences, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Grace, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.SameAssociationTime, TimeSpan.FromSeconds(1));
        var loggerFactory = _options.LoggerFactory ?? NullLoggerFactory.Instance;
        _logger = loggerFactory.CreateLogger("Specgen.StorageCommitment");
        Outbox = new OutboxPump(store, [new CommitmentReports(catalogue, _options)], _options.Outbox, _options.TimeProvider, loggerFactory);
    }

    /// <summary>The reports that are owed: to count, to list, to revive.</summary>
    public OutboxPump Outbox { get; }

    /// <summary>Handles a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Ends the attempt to keep it.</param>
    [Sends(StorageCommitmentNActionStatus.Success, "The request and the report that is owed for it are kept")]
    [Sends(StorageCommitmentNActionStatus.ProcessingFailure, "The request cannot be kept now, or the report would have no way to the peer", RelatedFields = Comment)]
    [Sends(StorageCommitmentNActionStatus.NoSuchSopInstance, "The SOP Instance UID is not the well-known one of the Storage Commitment Push Model")]
    [Sends(StorageCommitmentNActionStatus.NoSuchArgument, "There is no Action Information")]
    [Sends(StorageCommitmentNActionStatus.InvalidArgumentValue, "The transaction, or a referenced instance, has no valid UID; there are no references; or the medium is named twice", RelatedFields = Comment)]
    [Sends(StorageCommitmentNActionStatus.ResourceLimitation, "More instances are referenced than are taken at a time", RelatedFields = Comment)]
    public async partial ValueTask<DimseResult<StorageCommitmentNActionStatus>> OnNActionAsync(
        NActionContext context, CancellationToken cancellationToken)
    {
        if (RequestCheck.Check(context.SopInstanceUid, context.Dataset, _options.MaxReferences, out var transactionUid,
            out var references) is { } refusal)
        {
            return refusal;
        }

        var peer = context.Peer;
        var canNotify = peer.CanNotify(SopClasses.StorageCommitmentPushModel);
        if (!peer.HasAddress && (_options.UnknownPeers == UnknownPeerPolicy.Refuse
            || (_options.UnknownPeers == UnknownPeerPolicy.RefuseUnlessConnected && !canNotify)))
        {
            return Failed("No address for the report; have this AE title configured");
        }

        var payload = SopReferences.Write(references);
        OutboxMessage message;
        try
        {
            message = await _store.EnqueueAsync(
                new OutboxEntry(CommitmentReports.KindOfReports, context.CallingAE, payload)
                {
                    LocalAE = context.CalledAE,
                    Key = transactionUid,
                    HeldFor = canNotify ? _options.SameAssociationTime : TimeSpan.Zero,
                    ExpiresAfter = _options.Outbox.ExpiresAfter,
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotKept(e, transactionUid, context.CallingAE);
            return Failed("The request cannot be kept now");
        }

        LogTaken(transactionUid, context.CallingAE, references.Count, message.IsRepeat);
        if (canNotify)
        {
            context.AfterResponse(stopping => Outbox.SendOverAsync(message, payload, peer, _options.SameAssociationTime, stopping));
        }

        return StorageCommitmentNActionStatus.Success;
    }

    /// <summary>Has the store ready before anything is asked of it: what is wrong with it is then reported at the start.</summary>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="StoreSchemaException">The store was used with a newer program.</exception>
    public Task InitializeAsync(CancellationToken cancellationToken = default) => _store.InitializeAsync(cancellationToken).AsTask();

    /// <inheritdoc/>
    public void Started(DicomScp scp) => Outbox.Started(scp);

    /// <inheritdoc/>
    public void AssociationOpened(AssociationInfo association) => Outbox.AssociationOpened(association);

    /// <inheritdoc/>
    public void AssociationClosed(AssociationInfo association, AssociationEnd end) => Outbox.AssociationClosed(association, end);

    /// <summary>Stops sending reports; what is owed is sent by other nodes, or after the next start.</summary>
    /// <param name="cancellationToken">Ends the waiting for what is under way.</param>
    public Task StopAsync(CancellationToken cancellationToken = default) => Outbox.StopAsync(cancellationToken);

    /// <summary>Stops, and disposes of the store.</summary>
    public async ValueTask DisposeAsync()
    {
        await Outbox.DisposeAsync().ConfigureAwait(false);
        await _store.DisposeAsync().ConfigureAwait(false);
    }

    private static DimseResult<StorageCommitmentNActionStatus> Failed(string comment) =>
        new(StorageCommitmentNActionStatus.ProcessingFailure) { ErrorComment = comment };

    [LoggerMessage(1400, LogLevel.Information, "Storage commitment {TransactionUid} of {Peer} for {Count} instances is taken; its UID was used before: {IsRepeat}")]
    private partial void LogTaken(string transactionUid, string peer, int count, bool isRepeat);

    [LoggerMessage(1401, LogLevel.Error, "Storage commitment {TransactionUid} of {Peer} cannot be kept, and is refused")]
    private partial void LogNotKept(Exception exception, string transactionUid, string peer);

    [LoggerMessage(1402, LogLevel.Error, "The store of storage commitment cannot be used now; it is tried again with every use")]
    internal partial void LogNotReady(Exception exception);
}
