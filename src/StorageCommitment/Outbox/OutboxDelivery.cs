using FellowOakDicom.Network;
using Microsoft.Extensions.Logging;

namespace Specgen.Outbox;

/// <summary>Sends messages that are held, and notes what came of each.</summary>
internal sealed partial class OutboxDelivery(
    IOutboxStore store, IReadOnlyDictionary<string, IOutboxSender> senders, OutboxOptions options, TimeProvider time, OutboxMeter meter,
        OutboxPeers peers, ILogger logger)
{
    private readonly ILogger _logger = logger;

    public IReadOnlyCollection<string> Kinds { get; } = [.. senders.Keys];

    /// <summary>Sends messages of one kind to one peer, and what becomes due for it meanwhile, over one association.</summary>
    /// <param name="messages">The messages, held by one lease.</param>
    /// <param name="stopping">No more are begun: the rest is left to others.</param>
    /// <param name="aborting">What is under way is given up.</param>
    public async Task SendAllAsync(IReadOnlyList<OutboxMessage> messages, CancellationToken stopping, CancellationToken aborting)
    {
        var first = messages[0];
        var sender = senders[first.Kind];
        await using var lease = new OutboxLease(store, first.Lease, options.Lease, time, _logger);
        var link = peers.LinkTo(first.Peer, first.LocalAE);
        await using var route = new OutboxRoute(link, link.HasAddress ? null : peers.OpenLinkTo(first.Peer, sender.NotifiedSopClass), sender,
            first.LocalAE);
        while (messages.Count > 0 && await SendBatchAsync(messages, sender, route, lease, stopping, aborting).ConfigureAwait(false))
        {
            messages = await store.ClaimAsync(
                new OutboxClaim([first.Kind], options.Batch, options.Lease) { Peer = first.Peer, Continues = first.Lease },
                    stopping).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a message over the association that its peer has opened; leaves it to everybody where that cannot be.</summary>
    public async Task SendOverAsync(
        OutboxMessage message, ReadOnlyMemory<byte> payload, PeerLink peer, TimeSpan held, CancellationToken cancellationToken)
    {
        try
        {
            var sender = senders[message.Kind];
            await using var route = new OutboxRoute(peer, peer, sender, message.LocalAE);
            for (var waited = time.GetTimestamp(); sender.NotifiedSopClass is { } sopClass && peer.CanNotify(sopClass);)
            {
                var attempt = await SendAsync(message with { Age = message.Age + time.GetElapsedTime(waited) }, payload, sender, route,
                    cancellationToken).ConfigureAwait(false);
                if (attempt.Failure is AssociationException)
                {
                    LogAgain(message.Kind, message.Key ?? "", message.Peer, attempt.Outcome.Problem ?? "");
                    break;
                }

                if (attempt.Outcome.Result != OutboxResult.NotYet)
                {
                    await NoteAsync(message, attempt, cancellationToken).ConfigureAwait(false);
                    return;
                }

                var pause = attempt.Outcome.Delay < held / 2 ? attempt.Outcome.Delay : held / 2;
                await store.RenewAsync(message.Lease, held, cancellationToken).ConfigureAwait(false);
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            }

            await store.RetryAsync([new OutboxRetry(message, TimeSpan.Zero, Counts: false)], cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotNoted(e, message.Kind, message.Key ?? "", message.Peer);
        }
    }

    /// <summary>False: no more can be sent to the peer now.</summary>
    private async Task<bool> SendBatchAsync(
        IReadOnlyList<OutboxMessage> messages, IOutboxSender sender, OutboxRoute route, OutboxLease lease, CancellationToken stopping,
            CancellationToken aborting)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            if (!lease.IsHeld)
            {
                // This process has slept past it: the messages are somebody else's by now.
                LogLeaseLost(messages[i].Peer, messages.Count - i);
                return false;
            }

            if (stopping.IsCancellationRequested)
            {
                await store.RetryAsync([.. messages.Skip(i).Select(static m => new OutboxRetry(m, TimeSpan.Zero, Counts: false))],
                    aborting).ConfigureAwait(false);
                return false;
            }

            if (await store.LoadAsync(messages[i], aborting).ConfigureAwait(false) is not { } payload)
            {
                continue;
            }

            var attempt = await SendAsync(messages[i], payload, sender, route, aborting).ConfigureAwait(false);
            await NoteAsync(messages[i], attempt, aborting).ConfigureAwait(false);
            if (attempt.Failure is not AssociationException)
            {
                continue;
            }

            await route.BreakAsync().ConfigureAwait(false);
            if (attempt.Failure is NoRouteException or ContextNotAcceptedException or AssociationTimeoutException)
            {
                // Nobody there, or nobody who takes such things: the others would fare no better. One that went unanswered may be the fault of that
                // message: then the others come before it the next time.
                var counts = attempt.Failure is not AssociationTimeoutException;
                await store.RetryAsync([.. messages.Skip(i + 1).Select(m => Retry(m, attempt.Outcome, counts))], aborting).ConfigureAwait(false);
                return false;
            }
        }

        return true;
    }

    /// <summary>One attempt. Throws nothing but for being cancelled.</summary>
    private async Task<Attempt> SendAsync(
        OutboxMessage message, ReadOnlyMemory<byte> payload, IOutboxSender sender, OutboxRoute route, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.SendTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return new Attempt(await sender.SendAsync(message, payload, route, both.Token).ConfigureAwait(false), null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return new Attempt(OutboxOutcome.Again($"not sent and answered within {options.SendTimeout}"),
                new AssociationTimeoutException("It took too long."));
        }
        catch (AssociationException e)
        {
            var reason = e.InnerException as AssociationException ?? e;
            var isLasting = reason is ContextNotAcceptedException or AssociationRejectedException { Result: DicomRejectResult.Permanent };
            return new Attempt(isLasting ? OutboxOutcome.Slowly(e.Message) : OutboxOutcome.Again(e.Message), e);
        }
        catch (Exception e)
        {
            LogSenderFailed(e, message.Kind, message.Key ?? "", message.Peer);
            return new Attempt(OutboxOutcome.Again(e.Message), e);
        }
    }

    private async Task NoteAsync(OutboxMessage message, Attempt attempt, CancellationToken cancellationToken)
    {
        var outcome = attempt.Outcome;
        if (attempt.Failure is InvalidDataException)
        {
            meter.Attempted(message.Kind, nameof(OutboxState.SetAside));
            await store.SetAsideAsync(message, outcome.Problem ?? "", cancellationToken).ConfigureAwait(false);
            return;
        }

        meter.Attempted(message.Kind, outcome.Result.ToString());
        switch (outcome.Result)
        {
            case OutboxResult.Done:
                // Taken is taken: that is noted even while everything stops.
                await store.CompleteAsync(message, CancellationToken.None).ConfigureAwait(false);
                LogDone(message.Kind, message.Key ?? "", message.Peer);
                return;
            case OutboxResult.Again:
                LogAgain(message.Kind, message.Key ?? "", message.Peer, outcome.Problem ?? "");
                break;
            case OutboxResult.Slowly:
                LogSlowly(message.Kind, message.Key ?? "", message.Peer, outcome.Problem ?? "");
                break;
        }

        await store.RetryAsync([Retry(message, outcome, counts: outcome.Result != OutboxResult.NotYet)], cancellationToken).ConfigureAwait(false);
    }

    private OutboxRetry Retry(OutboxMessage message, OutboxOutcome outcome, bool counts)
    {
        var delay = outcome.Result switch
        {
            OutboxResult.NotYet => outcome.Delay,
            OutboxResult.Slowly => BackOff.Longest(options, Random.Shared.NextDouble()),
            _ => BackOff.Pause(options, message.Attempts, Random.Shared.NextDouble()),
        };
        return new OutboxRetry(message, delay, outcome.Problem, outcome.Status, counts);
    }

    /// <param name="Outcome">What came of it.</param>
    /// <param name="Failure">Why nothing came back from the peer.</param>
    private readonly record struct Attempt(OutboxOutcome Outcome, Exception? Failure);

    [LoggerMessage(1310, LogLevel.Information, "{Kind} {Key} was taken by {Peer}")]
    private partial void LogDone(string kind, string key, string peer);

    [LoggerMessage(1311, LogLevel.Information, "{Kind} {Key} was not taken by {Peer}, and is tried again: {Problem}")]
    private partial void LogAgain(string kind, string key, string peer, string problem);

    [LoggerMessage(1312, LogLevel.Warning, "{Kind} {Key} was not taken by {Peer}, and another attempt will hardly change that; it is tried slowly: {Problem}")]
    private partial void LogSlowly(string kind, string key, string peer, string problem);

    [LoggerMessage(1313, LogLevel.Error, "{Kind} {Key} to {Peer} could not be made or sent")]
    private partial void LogSenderFailed(Exception exception, string kind, string key, string peer);

    [LoggerMessage(1314, LogLevel.Warning, "The lease of {Count} messages to {Peer} is lost; they are left to others")]
    private partial void LogLeaseLost(string peer, int count);

    [LoggerMessage(1315, LogLevel.Error, "What became of {Kind} {Key} to {Peer} could not be noted; it is sent again")]
    private partial void LogNotNoted(Exception exception, string kind, string key, string peer);
}
