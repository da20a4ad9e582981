using Specgen.Outbox;

namespace Specgen.StorageCommitment.Tests.Provider;

/// <summary>A store as a node sees it that has lost its database, or stands still.</summary>
internal sealed class UnsteadyStore(ICommitmentStore store) : ICommitmentStore
{
    private int _loads;

    public enum Moment
    {
        Never,
        BeforeNoting,
        Always,
    }

    public Moment Dies { get; set; }

    /// <summary>What a message carries is not read, and no lease prolonged, before this is over.</summary>
    public Task Hangs { get; init; } = Task.CompletedTask;

    public int Loads => _loads;

    public ValueTask InitializeAsync(CancellationToken cancellationToken) => store.InitializeAsync(cancellationToken);

    public ValueTask<OutboxMessage> EnqueueAsync(OutboxEntry entry, CancellationToken cancellationToken) =>
        Use(Moment.Always, () => store.EnqueueAsync(entry, cancellationToken));

    public ValueTask<IReadOnlyList<OutboxMessage>> ClaimAsync(OutboxClaim claim, CancellationToken cancellationToken) =>
        Use(Moment.Always, () => store.ClaimAsync(claim, cancellationToken));

    public async ValueTask<byte[]?> LoadAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _loads);
        await Hangs;
        return await Use(Moment.Always, () => store.LoadAsync(message, cancellationToken));
    }

    public async ValueTask<int> RenewAsync(string lease, TimeSpan time, CancellationToken cancellationToken)
    {
        await Hangs;
        return await Use(Moment.Always, () => store.RenewAsync(lease, time, cancellationToken));
    }

    public ValueTask CompleteAsync(OutboxMessage message, CancellationToken cancellationToken) =>
        Dies == Moment.Never ? store.CompleteAsync(message, cancellationToken) : throw Lost();

    public ValueTask RetryAsync(IReadOnlyList<OutboxRetry> retries, CancellationToken cancellationToken) =>
        Dies == Moment.Always ? throw Lost() : store.RetryAsync(retries, cancellationToken);

    public ValueTask SetAsideAsync(OutboxMessage message, string problem, CancellationToken cancellationToken) =>
        store.SetAsideAsync(message, problem, cancellationToken);

    public ValueTask<int> ReviveAsync(long? id, TimeSpan expiresAfter, CancellationToken cancellationToken) =>
        store.ReviveAsync(id, expiresAfter, cancellationToken);

    public ValueTask<bool> IsWaitedForAsync(string peer, CancellationToken cancellationToken) =>
        Use(Moment.Always, () => store.IsWaitedForAsync(peer, cancellationToken));

    public ValueTask<int> HastenAsync(string peer, CancellationToken cancellationToken) =>
        Use(Moment.Always, () => store.HastenAsync(peer, cancellationToken));

    public ValueTask<IReadOnlyList<OutboxSummary>> ExpireAsync(CancellationToken cancellationToken) =>
        Use(Moment.Always, () => store.ExpireAsync(cancellationToken));

    public ValueTask<int> PruneAsync(TimeSpan age, CancellationToken cancellationToken) =>
        Use(Moment.Always, () => store.PruneAsync(age, cancellationToken));

    public ValueTask<TimeSpan?> NextDueAsync(CancellationToken cancellationToken) => Use(Moment.Always, () => store.NextDueAsync(cancellationToken));

    public ValueTask<OutboxCounts> CountAsync(CancellationToken cancellationToken) => Use(Moment.Always, () => store.CountAsync(cancellationToken));

    public ValueTask<IReadOnlyList<OutboxSummary>> ListAsync(OutboxState state, int limit, CancellationToken cancellationToken) =>
        store.ListAsync(state, limit, cancellationToken);

    public ValueTask WaitAsync(TimeSpan time, TimeProvider timeProvider, CancellationToken cancellationToken) =>
        store.WaitAsync(time, timeProvider, cancellationToken);

    public ValueTask AddRequestAsync(RequestedCommitment request, CancellationToken cancellationToken) =>
        store.AddRequestAsync(request, cancellationToken);

    public ValueTask<RequestedCommitment?> FindRequestAsync(string transactionUid, CancellationToken cancellationToken) =>
        store.FindRequestAsync(transactionUid, cancellationToken);

    public ValueTask<bool> UpdateRequestAsync(
        string transactionUid, RequestState state, ushort? status, IReadOnlyList<FailedReference>? failures, CancellationToken cancellationToken) =>
        store.UpdateRequestAsync(transactionUid, state, status, failures, cancellationToken);

    public ValueTask<IReadOnlyList<RequestedCommitment>> OpenRequestsAsync(int limit, CancellationToken cancellationToken) =>
        store.OpenRequestsAsync(limit, cancellationToken);

    public ValueTask<int> PruneRequestsAsync(TimeSpan unchangedFor, CancellationToken cancellationToken) => store.PruneRequestsAsync(unchangedFor, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private ValueTask<T> Use<T>(Moment moment, Func<ValueTask<T>> use) => Dies == moment ? throw Lost() : use();

    private static IOException Lost() => new("The database cannot be reached.");
}
