namespace Specgen;

/// <summary>An association as its observers and handlers see it.</summary>
public sealed class AssociationInfo
{
    private long _requests;
    private long _bytes;

    internal AssociationInfo(long id, string callingAE, string calledAE, string remoteHost, int remotePort)
    {
        Id = id;
        CallingAE = PeerText.Escape(callingAE);
        CalledAE = PeerText.Escape(calledAE);
        RemoteHost = remoteHost;
        RemotePort = remotePort;
        OpenedAt = DateTimeOffset.UtcNow;
    }

    /// <summary>A number that is unique within this process, counted from 1; it is in the log scope of everything that is logged about the association.</summary>
    public long Id { get; }

    /// <summary>AE title of the requestor, without padding.</summary>
    public string CallingAE { get; }

    /// <summary>AE title of the acceptor, as the requestor called it, without padding.</summary>
    public string CalledAE { get; }

    /// <summary>The peer's address or host name.</summary>
    public string RemoteHost { get; }

    /// <summary>The peer's TCP port.</summary>
    public int RemotePort { get; }

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset OpenedAt { get; }

    /// <summary>The requestor's user identity, if <see cref="DicomScpOptions.CheckUserIdentity"/> accepted it; <see langword="null"/> if there is no such check, or the requestor sent no identity.</summary>
    public UserIdentity? UserIdentity { get; internal set; }

    /// <summary>
    /// The way back to the requestor of an association that a server accepted: for notifications, which can go over this association. <see langword="null"/> for an association
    /// that this side opened.
    /// </summary>
    public PeerLink? Peer { get; internal set; }

    /// <summary>Requests answered so far.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Bytes of encoded data sets received with those requests.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>AE titles and addresses, for logs.</summary>
    public override string ToString() => $"#{Id} {CallingAE} -> {CalledAE} ({RemoteHost}:{RemotePort})";

    internal void Count(long bytes)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _bytes, bytes);
    }

    private static long s_lastId;

    internal static long NextId() => Interlocked.Increment(ref s_lastId);
}
