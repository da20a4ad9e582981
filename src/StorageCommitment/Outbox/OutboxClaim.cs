namespace Specgen.Outbox;

/// <summary>What is to be claimed.</summary>
/// <param name="Kinds">Kinds that the caller can send.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="Lease">For how long.</param>
public sealed record OutboxClaim(IReadOnlyCollection<string> Kinds, int Limit, TimeSpan Lease)
{
    /// <summary>Only what is for this peer; <see langword="null"/> for any.</summary>
    public string? Peer { get; init; }

    /// <summary>Adds to what this lease already holds: a node that is sending to a peer continues with it. <see langword="null"/> for a new lease.</summary>
    public string? Continues { get; init; }
}
