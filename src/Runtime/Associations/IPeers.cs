using Specgen.Handlers;

namespace Specgen.Associations;

/// <summary>The peers that associations of our own can be opened to: the seam from requests that arrive to requests that we make.</summary>
internal interface IPeers : INotifier
{
    /// <summary>Opens an association to send instances over.</summary>
    /// <param name="aeTitle">The peer's AE title.</param>
    /// <param name="peer">Where it is.</param>
    /// <param name="contexts">What is proposed.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="AssociationException">It does not come about.</exception>
    ValueTask<IDestination> OpenAsync(string aeTitle, DicomPeer peer, IList<ProposedContext> contexts, CancellationToken cancellationToken);
}

/// <summary>An association of ours that instances are sent over.</summary>
internal interface IDestination
{
    /// <summary>C-STORE on behalf of who asked for it with a C-MOVE.</summary>
    ValueTask<DimseResponse> StoreAsync(InstanceReference instance, (string AETitle, ushort MessageId) originator, CancellationToken cancellationToken);

    ValueTask ReleaseAsync(CancellationToken cancellationToken);
}
