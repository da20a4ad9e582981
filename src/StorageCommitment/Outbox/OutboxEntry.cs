namespace Specgen.Outbox;

/// <summary>Something that is owed to a peer, as it is put into the outbox.</summary>
/// <param name="Kind">Which <see cref="IOutboxSender"/> can send it: a name of the application's own, at most 64 characters.</param>
/// <param name="Peer">AE title of the receiver.</param>
/// <param name="Payload">What its sender needs to know.</param>
public sealed record OutboxEntry(string Kind, string Peer, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The AE title of ours that the peer knows us by; empty for the server's.</summary>
    public string LocalAE { get; init; } = "";

    /// <summary>
    /// Identifies it among those of its kind and peer; <see langword="null"/> for none. One entry with a key is the first, even if another node adds one
    /// at the same time; every other one is marked as a repeat.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>For how long only the caller, who gets the lease for it, may send it. Zero: it is due at once, for any node.</summary>
    public TimeSpan HeldFor { get; init; }

    /// <summary>After which time it expires.</summary>
    public TimeSpan ExpiresAfter { get; init; } = TimeSpan.FromDays(7);
}
