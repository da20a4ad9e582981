namespace Specgen.Outbox;

/// <summary>A message in a list, without what it carries.</summary>
/// <param name="Id">Its number in the store.</param>
/// <param name="Kind">Which sender it is for.</param>
/// <param name="Peer">AE title of the receiver.</param>
/// <param name="State">Its state.</param>
public sealed record OutboxSummary(long Id, string Kind, string Peer, OutboxState State)
{
    /// <summary>Its name among those of its kind and peer: the Transaction UID of a storage commitment.</summary>
    public string? Key { get; init; }

    /// <summary>Whether its key had been taken before.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>How often it has been tried without success.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was added, by the store's clock.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When it is due, by the store's clock.</summary>
    public DateTimeOffset Due { get; init; }

    /// <summary>The outcome of the last attempt, in words.</summary>
    public string? Problem { get; init; }

    /// <summary>The status of the peer's last response, where it gave one.</summary>
    public ushort? Status { get; init; }
}
