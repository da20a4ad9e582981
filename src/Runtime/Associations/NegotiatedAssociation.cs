namespace Specgen.Associations;

/// <summary>What both sides have agreed upon.</summary>
/// <param name="Info">Who talks to whom.</param>
/// <param name="Contexts">The accepted presentation contexts.</param>
/// <param name="PeerMaxDataLength">The longest P-DATA-TF that the peer takes, in bytes without its header; 0 for any (PS3.8 D.1).</param>
internal sealed record NegotiatedAssociation(AssociationInfo Info, IReadOnlyList<NegotiatedContext> Contexts, uint PeerMaxDataLength)
{
    /// <summary>How many requests of ours may be under way at a time.</summary>
    public int OwnWindow { get; init; } = 1;

    /// <summary>How many requests of the peer's may be under way at a time.</summary>
    public int PeerWindow { get; init; } = 1;
}
