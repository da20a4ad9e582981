using Specgen.Associations;
using Specgen.Instances;

namespace Specgen.Scu;

/// <summary>Who a server is to its peers, and who they are.</summary>
/// <param name="AETitle">The server's.</param>
/// <param name="Peers">May grow while the server runs.</param>
/// <param name="AssociationTimeout">How long a peer may take to answer an association request.</param>
/// <param name="RequestTimeout">How long a peer may take to answer a request.</param>
/// <param name="MaxPduLength">The longest P-DATA-TF that is offered.</param>
internal sealed record PeerSettings(string AETitle, IDictionary<string, DicomPeer> Peers, TimeSpan AssociationTimeout, TimeSpan RequestTimeout, uint MaxPduLength)
{
    /// <summary>The clock of these.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The server's, for its own associations as well; null where each has one of its own.</summary>
    public MemoryBudget? Memory { get; init; }

    /// <summary>Of the server's options: bytes a second, and the time that they are counted over.</summary>
    public (int Rate, TimeSpan Grace) LeastData { get; init; } = LeastDataRate.Default;
}
