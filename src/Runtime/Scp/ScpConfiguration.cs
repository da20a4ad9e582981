using FellowOakDicom.Imaging.Codec;
using Microsoft.Extensions.DependencyInjection;
using Specgen.Associations;
using Specgen.Instances;

namespace Specgen.Scp;

/// <summary>All that is needed to run a server.</summary>
internal sealed class ScpConfiguration
{
    /// <summary>A checked copy.</summary>
    public required DicomScpOptions Options { get; init; }

    public required ProviderRegistry Providers { get; init; }

    /// <summary>What requests go through, in order; usually nothing.</summary>
    public IReadOnlyList<FilterSource> Filters { get; init; } = [];

    /// <summary>For the <see cref="PeerLink"/> of each association, and the destinations of C-MOVE.</summary>
    public required IPeers Peers { get; init; }

    /// <summary>What the associations may keep in memory, those to peers included.</summary>
    public required MemoryBudget Memory { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Told what happens; logs, counts and passes it on.</summary>
    public required ScpEvents Events { get; init; }

    /// <summary>What converts pixels for those who take them only in another transfer syntax.</summary>
    public required ITranscoderManager Transcoders { get; init; }

    /// <summary>Null when the server was started without a container: then all providers are shared objects.</summary>
    public IServiceScopeFactory? ScopeFactory { get; init; }

    /// <summary>The way to a peer that need not have an association.</summary>
    public PeerLink LinkTo(string aeTitle)
    {
        ArgumentException.ThrowIfNullOrEmpty(aeTitle);
        return new PeerLink(aeTitle, Options.Peers.TryGetValue(aeTitle, out var peer) ? peer.Host : "", null, Peers);
    }
}
