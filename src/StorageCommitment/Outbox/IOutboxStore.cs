namespace Specgen.Outbox;

/// <summary>
/// Where what is owed to peers is kept: a row for each, with due time, attempts, lease and state. Every time is the store's own clock's, so that
/// nodes whose clocks differ agree. Safe for use by many
/// threads and nodes at once. Nothing is locked in the store while a message is sent: a lease is only a time in its row.
/// </summary>
public interface IOutboxStore : IAsyncDisposable
{
    /// <summary>Makes the schema, or brings it to this version. Called by every other method, too, unless it was done.</summary>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="StoreSchemaException">The schema is of a newer version than this program's.</exception>
    ValueTask InitializeAsync(CancellationToken cancellationToken);

    /// <summary>Adds an entry, in one transaction that is on the disk when the task completes.</summary>
    /// <param name="entry">What is owed.</param>
    /// <param name="cancellationToken">Ends the attempt; whether it was added is then not known.</param>
    /// <returns>The message, with the lease where <see cref="OutboxEntry.HeldFor"/> asks for it.</returns>
    ValueTask<OutboxMessage> EnqueueAsync(OutboxEntry entry, CancellationToken cancellationToken);

    /// <summary>
    /// Claims what is due for one peer, of one kind, from one AE title of ours, that no other node is sending to: the caller has it for the time of
    /// the lease. Empty: nothing is due.
    /// </summary>
    /// <param name="claim">What to claim, for how long.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    ValueTask<IReadOnlyList<OutboxMessage>> ClaimAsync(OutboxClaim claim, CancellationToken cancellationToken);

    /// <summary>What a message carries; <see langword="null"/> where it is gone.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    ValueTask<byte[]?> LoadAsync(OutboxMessage message, CancellationToken cancellationToken);

    /// <summary>Prolongs a lease.</summary>
    /// <param name="lease">The lease of the messages.</param>
    /// <param name="time">From now, by the store's clock.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>How many messages are held by it.</returns>
    ValueTask<int> RenewAsync(string lease, TimeSpan time, CancellationToken cancellationToken);

    /// <summary>The peer has taken a message. It is done, whoever holds it by now.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    ValueTask CompleteAsync(OutboxMessage message, CancellationToken cancellationToken);

    /// <summary>Messages are tried again later, where they are still held by their lease. A message that would be due after its time is up expires.</summary>
    /// <param name="retries">Which, and when.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    ValueTask RetryAsync(IReadOnlyList<OutboxRetry> retries, CancellationToken cancellationToken);

    /// <summary>Sets a message aside, where it is still held by its lease.</summary>
    /// <param name="message">The message.</param>
    /// <param name="problem">Why it cannot be sent.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    ValueTask SetAsideAsync(OutboxMessage message, string problem, CancellationToken cancellationToken);

    /// <summary>Gives messages that have expired or were set aside their whole time again, and makes them due at once.</summary>
    /// <param name="id">One message; <see langword="null"/> for all.</param>
    /// <param name="expiresAfter">After which time they expire again.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>How many.</returns>
    ValueTask<int> ReviveAsync(long? id, TimeSpan expiresAfter, CancellationToken cancellationToken);

    /// <summary>Whether something waits for a peer that is not its holder's alone to send (<see cref="OutboxEntry.HeldFor"/>); what a node is just
    /// sending counts. It is asked for every association of a peer without a known address, so it has to be cheap.</summary>
    /// <param name="peer">AE title.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    ValueTask<bool> IsWaitedForAsync(string peer, CancellationToken cancellationToken);

    /// <summary>Makes what waits for a peer due at once.</summary>
    /// <param name="peer">AE title.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>How many.</returns>
    ValueTask<int> HastenAsync(string peer, CancellationToken cancellationToken);

    /// <summary>Expires what has waited too long.</summary>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>What has expired by this call.</returns>
    ValueTask<IReadOnlyList<OutboxSummary>> ExpireAsync(CancellationToken cancellationToken);

    /// <summary>Removes what was done long ago; its keys can then be used again.</summary>
    /// <param name="age">Done before so long.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>How many.</returns>
    ValueTask<int> PruneAsync(TimeSpan age, CancellationToken cancellationToken);

    /// <summary>How long until the next message is due or its lease ends, by the store's clock; <see langword="null"/> where none waits.</summary>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    ValueTask<TimeSpan?> NextDueAsync(CancellationToken cancellationToken);

    /// <summary>How many messages there are.</summary>
    /// <param name="cancellationToken">Cancels the count.</param>
    ValueTask<OutboxCounts> CountAsync(CancellationToken cancellationToken);

    /// <summary>Messages in a state, the oldest first.</summary>
    /// <param name="state">The state.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    ValueTask<IReadOnlyList<OutboxSummary>> ListAsync(OutboxState state, int limit, CancellationToken cancellationToken);

    /// <summary>Waits until something was put in or made due, by any node where the store can tell, or the time is over.</summary>
    /// <param name="time">At most so long.</param>
    /// <param name="timeProvider">Whose time.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    ValueTask WaitAsync(TimeSpan time, TimeProvider timeProvider, CancellationToken cancellationToken);
}
