using Specgen.Outbox;

namespace Specgen.StorageCommitment;

/// <summary>
/// Where the state of storage commitment is kept: the outbox with the reports that are owed to peers, and, of the user side, the requests that were
/// made of others. Two instances over the same
/// database, in one process or on many nodes, share all of it.
/// </summary>
public interface ICommitmentStore : IOutboxStore
{
    /// <summary>Records a request of ours before it is sent.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    ValueTask AddRequestAsync(RequestedCommitment request, CancellationToken cancellationToken);

    /// <summary>A request of ours; <see langword="null"/> where there is none of this Transaction UID.</summary>
    /// <param name="transactionUid">Its Transaction UID.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    ValueTask<RequestedCommitment?> FindRequestAsync(string transactionUid, CancellationToken cancellationToken);

    /// <summary>Records the outcome of a request of ours. What is reported stays reported: the first report counts, and nothing goes back from
    /// it.</summary>
    /// <param name="transactionUid">Its Transaction UID.</param>
    /// <param name="state">Its new state.</param>
    /// <param name="status">The status of the N-ACTION response, where that is what came.</param>
    /// <param name="failures">With <see cref="RequestState.Reported"/>: the instances that were not committed to, with their Failure Reason.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>Whether the state has changed.</returns>
    ValueTask<bool> UpdateRequestAsync(
        string transactionUid, RequestState state, ushort? status, IReadOnlyList<FailedReference>? failures, CancellationToken cancellationToken);

    /// <summary>The requests of ours that no report has come for, the oldest first.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    ValueTask<IReadOnlyList<RequestedCommitment>> OpenRequestsAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Removes requests of ours that have not changed for a long time, reported or not.</summary>
    /// <param name="unchangedFor">For how long.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <returns>How many.</returns>
    ValueTask<int> PruneRequestsAsync(TimeSpan unchangedFor, CancellationToken cancellationToken);
}
