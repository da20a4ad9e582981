namespace Specgen.Outbox;

/// <summary>What there is to see of a message, without what it carries.</summary>
/// <param name="Id">Its number in the store.</param>
/// <param name="Kind">Which sender it is for.</param>
/// <param name="Peer">AE title of who gets it.</param>
/// <param name="State">What has become of it.</param>
public sealed record OutboxSummary(long Id, string Kind, string Peer, OutboxState State)
{
    /// <summary>Its name among those of its kind and peer: the Transaction UID of a storage commitment.</summary>
    public string? Key { get; init; }

    /// <summary>Whether its key had been taken before.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>How often it has been tried in vain.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was put in, by the store's clock.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When it is due, by the store's clock.</summary>
    public DateTimeOffset Due { get; init; }

    /// <summary>What the last attempt came to, in words.</summary>
    public string? Problem { get; init; }

    /// <summary>The status of the peer's last response, where it gave one.</summary>
    public ushort? Status { get; init; }
}
