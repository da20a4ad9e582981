namespace Specgen.StorageCommitment;

/// <summary>A request that we made to a provider, and its outcome. It outlives the process, since the store keeps it.</summary>
/// <param name="TransactionUid">Transaction UID (0008,1195).</param>
/// <param name="Peer">AE title of the provider.</param>
/// <param name="References">The instances.</param>
public sealed record RequestedCommitment(string TransactionUid, string Peer, IReadOnlyList<SopReference> References)
{
    /// <summary>How far it has got.</summary>
    public RequestState State { get; init; }

    /// <summary>The status of the N-ACTION response; <see langword="null"/> where none has come.</summary>
    public ushort? Status { get; init; }

    /// <summary>Once <see cref="RequestState.Reported"/>: the instances that were not committed to. Empty: all were.</summary>
    public IReadOnlyList<FailedReference> Failures { get; init; } = [];

    /// <summary>Whether the provider has committed to every instance.</summary>
    public bool IsCommitted => State == RequestState.Reported && Failures.Count == 0;
}
