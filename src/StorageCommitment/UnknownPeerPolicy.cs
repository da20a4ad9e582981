namespace Specgen.StorageCommitment;

/// <summary>What becomes of a request from a peer whose address is not known.</summary>
public enum UnknownPeerPolicy
{
    /// <summary>It is taken where the association that it comes over can carry the report, and refused with 0110 (Processing failure)
    /// otherwise.</summary>
    RefuseUnlessConnected,

    /// <summary>It is always refused with 0110.</summary>
    Refuse,

    /// <summary>It is taken; the report waits until there is an address, or an association of the peer that can carry it.</summary>
    Wait,
}
