using FellowOakDicom.Imaging.Codec;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Specgen.Instances;

namespace Specgen.Associations;

/// <summary>What all associations of a server have in common, or of a user: who handles requests that arrive, in which time, and who is told.</summary>
internal sealed class AssociationServices
{
    public required ProviderRegistry Providers { get; init; }

    public required AssociationEvents Events { get; init; }

    public required IPeers Peers { get; init; }

    /// <summary>How long a handler may take, and a peer for an answer.</summary>
    public required TimeSpan RequestTimeout { get; init; }

    /// <summary>What requests go through before they reach their handler, in order.</summary>
    public IReadOnlyList<FilterSource> Filters { get; init; } = [];

    /// <summary>Whether peers are told what a handler threw.</summary>
    public bool IncludeExceptionMessages { get; init; }

    /// <summary>What a data set of the peer's may cost.</summary>
    public DataSetLimits DataSetLimits { get; init; } = DataSetLimits.Default;

    /// <summary>Attributes of arriving instances whose values are kept.</summary>
    public IReadOnlySet<uint>? HeaderAttributes { get; init; }

    /// <summary>Makes what is written the data set of each arriving instance.</summary>
    public Func<Stream>? DataSetObserver { get; init; }

    /// <summary>What all of them may keep in memory.</summary>
    public required MemoryBudget Memory { get; init; }

    /// <summary>The clock of all time-outs.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What is asked of a SOP Instance UID that the peer names.</summary>
    public UidCheck UidCheck { get; init; }

    /// <summary>Where instances go that arrive.</summary>
    public required Func<ReceiveFolder> ReceiveFolder { get; init; }

    /// <summary>What converts pixels from one transfer syntax to another.</summary>
    public required ITranscoderManager Transcoders { get; init; }

    /// <summary>Null where no provider is made by a container.</summary>
    public IServiceScopeFactory? ScopeFactory { get; init; }

    /// <summary>Cancelled when the time for ending in order is over.</summary>
    public CancellationToken Stopping { get; init; }

    public ILogger Logger => Events.Logger;
}
