namespace Specgen.Outbox;

/// <summary>What is to be claimed.</summary>
/// <param name="Kinds">Kinds that the caller can send.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="Lease">For how long.</param>
public sealed record OutboxClaim(IReadOnlyCollection<string> Kinds, int Limit, TimeSpan Lease)
{
    /// <summary>Only what is for this peer; <see langword="null"/> for any.</summary>
    public string? Peer { get; init; }

    /// <summary>Beside what this lease holds already: who sends to a peer goes on with it. <see langword="null"/> for a new lease.</summary>
    public string? Continues { get; init; }
}
