using System.Collections.Concurrent;
using FellowOakDicom;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Specgen.Standard;

namespace Specgen.StorageCommitment;

/// <summary>
/// Storage commitment as user (PS3.4 Annex J): asks a provider, and takes its report, whenever and over whichever association it comes:
/// <see cref="Reports"/> is for a server of ours that the provider may
/// open one to. Requests and reports are kept in the store, and outlive the process.
/// </summary>
public sealed partial class StorageCommitmentUser : IAsyncDisposable
{
    private readonly ICommitmentStore _store;
    private readonly ScuOptions _provider;
    private readonly StorageCommitmentUserOptions _options;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, bool> _lingering = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);
    private long _keptHouseAt;

    /// <summary>A user of one provider.</summary>
    /// <param name="store">Where requests and reports are kept. Not disposed of here.</param>
    /// <param name="provider">Where the provider is, and how it is called.</param>
    /// <param name="options">How it is used.</param>
    public StorageCommitmentUser(ICommitmentStore store, ScuOptions provider, StorageCommitmentUserOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(provider);
        (_store, _provider, _options) = (store, provider, options ?? new StorageCommitmentUserOptions());
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.KeepRequests, TimeSpan.FromMinutes(1));
        _logger = (_options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger("Specgen.StorageCommitment");
        Reports = new CommitmentAssociation(this);
    }

    /// <summary>Takes reports on a server: <c>DicomScp.StartAsync(options, user.Reports)</c>, <c>.AddProvider(user.Reports)</c>.</summary>
    public IDimseHandlers Reports { get; }

    /// <summary>Asks the provider to commit itself to instances. The report may have come by the time that this returns, or come days later:
    /// <see cref="ResultAsync"/>.</summary>
    /// <param name="instances">The instances, at least one.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>The request with its Transaction UID: <see cref="RequestState.Accepted"/> or <see cref="RequestState.Refused"/>;
    /// <see cref="RequestState.Requested"/> where it was sent and its
    /// answer did not come.</returns>
    /// <exception cref="AssociationException">The provider could not be reached, and was not asked for anything.</exception>
    public async ValueTask<RequestedCommitment> RequestAsync(
        IReadOnlyCollection<SopReference> instances, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(instances);
        if (instances.Count == 0 || instances.Any(static i => !InstanceIdentity.IsUid(i.SopClassUid) || !InstanceIdentity.IsUid(i.SopInstanceUid)))
        {
            throw new ArgumentException("There are no instances, or one without the UIDs of its SOP class and its own.", nameof(instances));
        }

        await KeepHouseAsync(cancellationToken).ConfigureAwait(false);

        // Before it is sent: the report may be quicker than the answer.
        var request = new RequestedCommitment(DicomUID.Generate().UID, _provider.CalledAE, [.. instances.Distinct()]);
        await _store.AddRequestAsync(request, cancellationToken).ConfigureAwait(false);
        var association = new CommitmentAssociation(this);
        try
        {
            await association.ConnectAsync(_provider, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await _store.UpdateRequestAsync(request.TransactionUid, RequestState.Refused, null, null, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        await SendAsync(association, request, cancellationToken).ConfigureAwait(false);
        return await FindAsync(request.TransactionUid, CancellationToken.None).ConfigureAwait(false) ?? request;
    }

    /// <summary>A request and its outcome so far; <see langword="null"/> where there is none of this Transaction UID.</summary>
    /// <param name="transactionUid">Its Transaction UID.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    public ValueTask<RequestedCommitment?> FindAsync(string transactionUid, CancellationToken cancellationToken = default) =>
        _store.FindRequestAsync(transactionUid, cancellationToken);

    /// <summary>The requests that no report has come for, the oldest first.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    public ValueTask<IReadOnlyList<RequestedCommitment>> OpenRequestsAsync(int limit = 100, CancellationToken cancellationToken = default) =>
        _store.OpenRequestsAsync(limit, cancellationToken);

    /// <summary>Waits for the report, whichever process takes it.</summary>
    /// <param name="transactionUid">The request's Transaction UID.</param>
    /// <param name="patience">How long.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The request as it is then: with its report, refused, or as open as it was.</returns>
    /// <exception cref="KeyNotFoundException">There is no such request.</exception>
    public async ValueTask<RequestedCommitment> ResultAsync(string transactionUid, TimeSpan patience, CancellationToken cancellationToken = default)
    {
        var since = _options.TimeProvider.GetTimestamp();
        while (true)
        {
            var news = _waiting.GetOrAdd(transactionUid, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            var request = await FindAsync(transactionUid, cancellationToken).ConfigureAwait(false)
                ?? throw new KeyNotFoundException($"No storage commitment was asked for by the UID {transactionUid}.");
            var left = patience - _options.TimeProvider.GetElapsedTime(since);
            if (request.State >= RequestState.Refused || left <= TimeSpan.Zero)
            {
                _waiting.TryRemove(transactionUid, out _);
                return request;
            }

            try
            {
                await news.Task.WaitAsync(left < _options.PollInterval ? left : _options.PollInterval, _options.TimeProvider,
                    cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // Another process may have taken it.
            }
        }
    }

    /// <summary>Releases the associations that wait for a report.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_lingering.Keys).ConfigureAwait(false);
    }

    /// <summary>
    /// A report has come. One that came before is taken again without more, for the provider has not heard that it was taken; one of a transaction
    /// that is not ours, or of somebody else's, is not.
    /// </summary>
    internal async ValueTask<DimseResult<StorageCommitmentNEventReportStatus>> TakeReportAsync(
        string peer, DicomDataset? dataset, CancellationToken cancellationToken)
    {
        var report = new StorageCommitmentModule(dataset ?? new DicomDataset());
        try
        {
            if (report.TransactionUid is not { } uid || !InstanceIdentity.IsUid(uid)
                || await _store.FindRequestAsync(uid, cancellationToken).ConfigureAwait(false) is not { } request || request.Peer != peer)
            {
                LogUnknown(peer);
                return new(StorageCommitmentNEventReportStatus.InvalidArgumentValue)
                {
                    ErrorComment = "Unknown transaction",
                    OffendingElements = [DicomTag.TransactionUID]
                };
            }

            await _store.UpdateRequestAsync(uid, RequestState.Reported, null, Failures(request, report), cancellationToken).ConfigureAwait(false);
            if (_waiting.TryRemove(uid, out var waiting))
            {
                waiting.TrySetResult();
            }

            return StorageCommitmentNEventReportStatus.Success;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The provider tries again.
            LogNotKept(e, peer);
            return new(StorageCommitmentNEventReportStatus.ProcessingFailure) { ErrorComment = "The report cannot be kept now" };
        }
    }

    /// <summary>What the report does not say to be committed to is not, whether it says so or says nothing of it (PS3.4 J.3.3.1.2 wants each to be
    /// mentioned).</summary>
    private static IReadOnlyList<FailedReference> Failures(RequestedCommitment request, StorageCommitmentModule report)
    {
        var committed = report.ReferencedSopSequence.Select(static i => new SopReference(i.ReferencedSopClassUid ?? "",
            i.ReferencedSopInstanceUid ?? "")).ToHashSet();
        var failed = new Dictionary<SopReference, FailureReason>();
        foreach (var item in report.FailedSopSequence)
        {
            failed[new SopReference(item.ReferencedSopClassUid ?? "", item.ReferencedSopInstanceUid ?? "")] = item.FailureReason
                ?? FailureReason.ProcessingFailure;
        }

        return
        [
            .. request.References.Where(r => failed.ContainsKey(r) || !committed.Contains(r))
                .Select(r => new FailedReference(r, failed.TryGetValue(r, out var reason) ? reason : FailureReason.ProcessingFailure)),
        ];
    }

    /// <summary>Forgets old requests, once an hour while new ones are made.</summary>
    private async ValueTask KeepHouseAsync(CancellationToken cancellationToken)
    {
        var last = Interlocked.Read(ref _keptHouseAt);
        if ((last == 0 || _options.TimeProvider.GetElapsedTime(last) >= TimeSpan.FromHours(1))
            && Interlocked.CompareExchange(ref _keptHouseAt, _options.TimeProvider.GetTimestamp(), last) == last)
        {
            await _store.PruneRequestsAsync(_options.KeepRequests, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask SendAsync(CommitmentAssociation association, RequestedCommitment request, CancellationToken cancellationToken)
    {
        var isAccepted = false;
        try
        {
            var answer = await association.NActionAsync(
                WellKnownSopInstanceUids.StorageCommitmentPushModelInstance, StorageCommitmentAction.RequestStorageCommitment, Information(request),
                    cancellationToken).ConfigureAwait(false);
            isAccepted = StatusCategories.Of(answer.Code) is StatusCategory.Success or StatusCategory.Warning;
            await _store.UpdateRequestAsync(request.TransactionUid, isAccepted ? RequestState.Accepted : RequestState.Refused, answer.Code, null,
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (ContextNotAcceptedException)
        {
            // It does not provide storage commitment: nothing was sent.
            await _store.UpdateRequestAsync(request.TransactionUid, RequestState.Refused, null, null, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        catch (AssociationException e)
        {
            LogNotAnswered(request.TransactionUid, request.Peer, e.Message);
        }
        finally
        {
            var lingering = LingerAsync(association, request.TransactionUid, isAccepted ? _options.ReportTime : TimeSpan.Zero);
            _lingering[lingering] = true;
            _ = lingering.ContinueWith(t => _lingering.TryRemove(t, out _), TaskScheduler.Default);
        }
    }

    /// <summary>Keeps the association open for the report, and releases it. Does not throw.</summary>
    private async Task LingerAsync(CommitmentAssociation association, string transactionUid, TimeSpan time)
    {
        try
        {
            if (time > TimeSpan.Zero)
            {
                await ResultAsync(transactionUid, time, _stopping.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // No longer waited for.
        }
        catch (Exception e)
        {
            LogLingerFailed(e, transactionUid);
        }

        await association.DisposeAsync().ConfigureAwait(false);
    }

    private static DicomDataset Information(RequestedCommitment request)
    {
        var items = new DicomSequence(DicomTag.ReferencedSOPSequence);
        foreach (var (sopClassUid, sopInstanceUid) in request.References)
        {
            items.Items.Add(new DicomDataset().NotValidated().AddOrUpdate(DicomVR.UI, DicomTag.ReferencedSOPClassUID,
                sopClassUid).AddOrUpdate(DicomVR.UI, DicomTag.ReferencedSOPInstanceUID, sopInstanceUid));
        }

        return new DicomDataset().NotValidated().AddOrUpdate(DicomVR.UI, DicomTag.TransactionUID, request.TransactionUid).AddOrUpdate(items);
    }

    [LoggerMessage(1410, LogLevel.Warning, "{Peer} reports on a storage commitment that it was not asked for")]
    private partial void LogUnknown(string peer);

    [LoggerMessage(1411, LogLevel.Error, "A report of {Peer} cannot be kept, and is left to it to be sent again")]
    private partial void LogNotKept(Exception exception, string peer);

    [LoggerMessage(1412, LogLevel.Warning, "Storage commitment {TransactionUid} was sent to {Peer} and not answered; the report may come all the same: {Reason}")]
    private partial void LogNotAnswered(string transactionUid, string peer, string reason);

    [LoggerMessage(1413, LogLevel.Error, "The association of storage commitment {TransactionUid} is released without waiting for the report")]
    private partial void LogLingerFailed(Exception exception, string transactionUid);
}
