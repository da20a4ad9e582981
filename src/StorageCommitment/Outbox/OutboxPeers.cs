using System.Collections.Concurrent;

namespace Specgen.Outbox;

/// <summary>The ways to peers: the servers of this process, which know addresses, and open associations of peers that nobody has an address
/// of.</summary>
internal sealed class OutboxPeers
{
    private readonly ConcurrentDictionary<long, PeerLink> _open = [];
    private volatile DicomScp[] _servers = [];

    public void Add(DicomScp server)
    {
        lock (_open)
        {
            _servers = [.. _servers, server];
        }
    }

    public bool Opened(long association, PeerLink peer) => _open.TryAdd(association, peer);

    public void Closed(long association) => _open.TryRemove(association, out _);

    /// <summary>The way from the server of an AE title, or whichever there is.</summary>
    public PeerLink LinkTo(string peer, string localAE)
    {
        var servers = _servers;
        return (Array.Find(servers, s => s.AETitle == localAE) ?? servers[0]).LinkTo(peer);
    }

    /// <summary>An association that the peer has opened, and that can carry a notification now; null where there is none.</summary>
    public PeerLink? OpenLinkTo(string peer, SopClass? sopClass) =>
        sopClass is null ? null : _open.Values.FirstOrDefault(link => link.AETitle == peer && link.CanNotify(sopClass));
}
