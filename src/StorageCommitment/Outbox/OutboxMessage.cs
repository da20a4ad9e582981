namespace Specgen.Outbox;

/// <summary>Something that is owed to a peer, claimed by the node that is going to send it.</summary>
/// <param name="Id">Its number in the store.</param>
/// <param name="Kind">Which sender it is for.</param>
/// <param name="Peer">AE title of the receiver.</param>
public sealed record OutboxMessage(long Id, string Kind, string Peer)
{
    /// <summary>The AE title of ours that the peer knows us by; empty for the server's.</summary>
    public string LocalAE { get; init; } = "";

    /// <summary>Its name among those of its kind and peer.</summary>
    public string? Key { get; init; }

    /// <summary>Whether its key had been taken before.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>How often it has been tried without success.</summary>
    public int Attempts { get; init; }

    /// <summary>How long ago it was put in, when it was claimed; by the store's clock.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>Identifies the holder, and has to be given for every change.</summary>
    public required string Lease { get; init; }
}
