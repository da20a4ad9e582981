using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Specgen.Outbox;

/// <summary>
/// Sends what an outbox owes: all that is due for one peer over one association, several peers at a time, and again until it is taken or expires.
/// Observes the servers whose peers it sends to, and
/// runs from the start of the first. Any number of nodes may run one over the same store.
/// </summary>
public sealed partial class OutboxPump : IDicomScpObserver, IAsyncDisposable
{
    private static readonly TimeSpan s_housekeeping = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(250);

    private readonly IOutboxStore _store;
    private readonly OutboxOptions _options;
    private readonly TimeProvider _time;
    private readonly OutboxDelivery _delivery;
    private readonly OutboxMeter _meter = new();
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborting = new();
    private readonly SemaphoreSlim _places;
    private readonly ConcurrentDictionary<Task, bool> _sending = [];
    private readonly OutboxPeers _peers = new();
    private readonly object _lock = new();
    private Task? _run;
    private string? _problem;
    private long _keptHouseAt;
    private bool _hasKeptHouse;

    /// <summary>An outbox that is worked on once a server starts.</summary>
    /// <param name="store">What is owed. Not disposed of here.</param>
    /// <param name="senders">One for each kind of message.</param>
    /// <param name="options">How it is sent, tried again, given up and forgotten.</param>
    /// <param name="timeProvider">How long this process waits. What is due is said by the store's clock.</param>
    /// <param name="loggerFactory">Where it logs to.</param>
    public OutboxPump(
        IOutboxStore store, IEnumerable<IOutboxSender> senders, OutboxOptions options, TimeProvider? timeProvider = null,
        ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(senders);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        (_store, _options, _time) = (store, options, timeProvider ?? TimeProvider.System);
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger("Specgen.Outbox");
        _places = new SemaphoreSlim(options.Peers);
        _delivery = new OutboxDelivery(store, senders.ToDictionary(static s => s.Kind, StringComparer.Ordinal), options, _time, _meter, _peers,
            _logger);
    }

    /// <summary>Whether it runs and its store answers.</summary>
    public OutboxHealth Health => (_run, _problem) switch
    {
        (_, { } problem) => new OutboxHealth(false, problem),
        (null, _) => new OutboxHealth(false, "No server has been started"),
        ({ IsCompleted: true }, _) => new OutboxHealth(false, "It was stopped"),
        _ => new OutboxHealth(true, null),
    };

    /// <summary>How many messages there are.</summary>
    /// <param name="cancellationToken">Cancels the count.</param>
    public ValueTask<OutboxCounts> CountAsync(CancellationToken cancellationToken = default) => _store.CountAsync(cancellationToken);

    /// <summary>Messages in a state, the oldest first.</summary>
    /// <param name="state">The state.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    public ValueTask<IReadOnlyList<OutboxSummary>> ListAsync(OutboxState state, int limit = 100, CancellationToken cancellationToken = default) =>
        _store.ListAsync(state, limit, cancellationToken);

    /// <summary>Gives messages that have expired or were set aside their whole time again, and makes them due at once.</summary>
    /// <param name="id">One message; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>How many.</returns>
    public ValueTask<int> ReviveAsync(long? id = null, CancellationToken cancellationToken = default) =>
        _store.ReviveAsync(id, _options.ExpiresAfter, cancellationToken);

    /// <summary>
    /// Sends a message that the caller holds (<see cref="OutboxEntry.HeldFor"/>) over the association that a peer has opened, while that lasts;
    /// what cannot be sent that way is left to all nodes. Throws only if it is cancelled.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="payload">What it carries.</param>
    /// <param name="peer">The way to the peer.</param>
    /// <param name="held">For how long it is held; prolonged while it is waited for.</param>
    /// <param name="cancellationToken">Ends the attempt; the message is sent later.</param>
    public Task SendOverAsync(OutboxMessage message, ReadOnlyMemory<byte> payload, PeerLink peer, TimeSpan held, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(peer);
        return _delivery.SendOverAsync(message, payload, peer, held, cancellationToken);
    }

    /// <inheritdoc/>
    public void Started(DicomScp scp)
    {
        ArgumentNullException.ThrowIfNull(scp);
        _peers.Add(scp);
        lock (_lock)
        {
            if (!_stopping.IsCancellationRequested)
            {
                _run ??= Task.Run(RunAsync);
            }
        }
    }

    /// <inheritdoc/>
    public void AssociationOpened(AssociationInfo association)
    {
        ArgumentNullException.ThrowIfNull(association);
        if (association.Peer is { HasAddress: false } peer && _peers.Opened(association.Id, peer) && !_stopping.IsCancellationRequested)
        {
            // Nothing but its own association leads to this peer: what waits for one need not wait for its time.
            Track(GuardAsync(() => SendWaitingAsync(peer.AETitle)));
        }
    }

    /// <inheritdoc/>
    public void AssociationClosed(AssociationInfo association, AssociationEnd end)
    {
        ArgumentNullException.ThrowIfNull(association);
        _peers.Closed(association.Id);
    }

    /// <summary>Stops: what is being sent has <see cref="OutboxOptions.StopTimeout"/> to be answered; the rest is left to other nodes, or the next
    /// start.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        Task? run;
        lock (_lock)
        {
            run = _run;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        try
        {
            await Task.WhenAll([.. _sending.Keys, run ?? Task.CompletedTask]).WaitAsync(_options.StopTimeout, _time,
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            LogNotStopped(_sending.Count);
        }

        await _aborting.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Stops, if it runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        _meter.Dispose();
    }

    private async Task RunAsync()
    {
        var claim = new OutboxClaim(_delivery.Kinds, _options.Batch, _options.Lease);
        var failures = 0;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await KeepHouseAsync().ConfigureAwait(false);
                var hasSent = await SendDueAsync(claim).ConfigureAwait(false);
                (failures, _problem) = (0, null);
                if (!hasSent)
                {
                    await RestAsync().ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                _problem = e.Message;
                LogStoreFailed(e);
                await PauseAsync(TimeSpan.FromSeconds(Math.Min(30, 1 << Math.Min(failures++, 5)))).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Begins to send to one more peer that something is due for. False: there is none.</summary>
    private async Task<bool> SendDueAsync(OutboxClaim claim)
    {
        await _places.WaitAsync(_stopping.Token).ConfigureAwait(false);
        IReadOnlyList<OutboxMessage> messages = [];
        try
        {
            messages = await _store.ClaimAsync(claim, _stopping.Token).ConfigureAwait(false);
        }
        finally
        {
            if (messages.Count == 0)
            {
                _places.Release();
            }
        }

        if (messages.Count > 0)
        {
            Track(GuardAsync(async () =>
            {
                try
                {
                    await _delivery.SendAllAsync(messages, _stopping.Token, _aborting.Token).ConfigureAwait(false);
                }
                finally
                {
                    _places.Release();
                }
            }));
        }

        return messages.Count > 0;
    }

    /// <summary>Sends what waits for a peer that is here only as long as its association is. Another node, which has no way to it, may be quicker
    /// to claim that, and leaves it: so it is tried several times.</summary>
    private async Task SendWaitingAsync(string peer)
    {
        var claim = new OutboxClaim(_delivery.Kinds, _options.Batch, _options.Lease) { Peer = peer };
        for (var attempt = 0; attempt < 5; attempt++)
        {
            // Observers are told of an association before its peer is.
            await Task.Delay(s_shortest * (1 + attempt), _time, _stopping.Token).ConfigureAwait(false);
            if (!await _store.IsWaitedForAsync(peer, _stopping.Token).ConfigureAwait(false))
            {
                // Of most associations that is all there is to ask.
                return;
            }

            await _store.HastenAsync(peer, _stopping.Token).ConfigureAwait(false);
            if (await _store.ClaimAsync(claim, _stopping.Token).ConfigureAwait(false) is { Count: > 0 } messages)
            {
                await _delivery.SendAllAsync(messages, _stopping.Token, _aborting.Token).ConfigureAwait(false);
                return;
            }
        }
    }

    /// <summary>Has work done in the background whose failure is seen.</summary>
    private async Task GuardAsync(Func<Task> work)
    {
        await Task.Yield();
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // What it held is sent when the lease ends.
        }
        catch (Exception e)
        {
            _problem = e.Message;
            LogStoreFailed(e);
        }
    }

    private async Task RestAsync()
    {
        var next = await _store.NextDueAsync(_stopping.Token).ConfigureAwait(false) ?? _options.PollInterval;
        var rest = next > _options.PollInterval ? _options.PollInterval : next < s_shortest ? s_shortest : next;
        await _store.WaitAsync(rest, _time, _stopping.Token).ConfigureAwait(false);
    }

    private async Task KeepHouseAsync()
    {
        if (_hasKeptHouse && _time.GetElapsedTime(_keptHouseAt) < s_housekeeping)
        {
            return;
        }

        foreach (var expired in await _store.ExpireAsync(_stopping.Token).ConfigureAwait(false))
        {
            _meter.Expired(expired.Kind);
            LogExpired(expired.Kind, expired.Key ?? "", expired.Peer, expired.Attempts, expired.Problem ?? "");
        }

        await _store.PruneAsync(_options.KeepDone, _stopping.Token).ConfigureAwait(false);
        _meter.Set(await _store.CountAsync(_stopping.Token).ConfigureAwait(false));
        (_hasKeptHouse, _keptHouseAt) = (true, _time.GetTimestamp());
    }

    private async Task PauseAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, _time, _stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the loop looks.
        }
    }

    private void Track(Task task)
    {
        _sending[task] = true;
        _ = task.ContinueWith(static (t, sending) => ((ConcurrentDictionary<Task, bool>)sending!).TryRemove(t, out _), _sending,
            CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    [LoggerMessage(1300, LogLevel.Error, "The outbox cannot be worked on now")]
    private partial void LogStoreFailed(Exception exception);

    [LoggerMessage(1301, LogLevel.Error, "{Kind} {Key} to {Peer} has expired after {Attempts} attempts, and waits to be revived: {Problem}")]
    private partial void LogExpired(string kind, string key, string peer, int attempts, string problem);

    [LoggerMessage(1302, LogLevel.Warning, "The outbox was stopped while {Count} peers were sent to; what they have not answered is sent again")]
    private partial void LogNotStopped(int count);
}
