using Specgen.Scu;

namespace Specgen;

/// <summary>What a server can do as a user of its peers.</summary>
public static class PeerLinkExtensions
{
    /// <summary>Opens an association with the peer, to send several things over it; with the time-outs and the TLS that this server has for it.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="contexts">What is proposed: with <see cref="DicomRole.Scp"/> for notifications (PS3.7 D.3.3.4).</param>
    /// <param name="callingAE">The AE title to call as; <see langword="null"/> for the server's.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="UnknownPeerException"><see cref="DicomScpOptions.Peers"/> has no address for the peer.</exception>
    /// <exception cref="AssociationException">The peer cannot be reached, rejects or aborts the association, or does not answer in time.</exception>
    public static ValueTask<ScuAssociation> ConnectAsync(this PeerLink peer, IReadOnlyList<ProposedContext> contexts, string? callingAE = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(peer);
        ArgumentNullException.ThrowIfNull(contexts);
        return peer.Directory is PeerDirectory directory
            ? directory.ConnectAsync(peer.AETitle, contexts, callingAE, cancellationToken)
            : throw new UnknownPeerException($"An association with {peer.AETitle} is needed, and a user knows no other peers than its own.", peer.AETitle);
    }
}
