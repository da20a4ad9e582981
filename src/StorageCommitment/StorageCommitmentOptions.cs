using Microsoft.Extensions.Logging;
using Specgen.Outbox;

namespace Specgen.StorageCommitment;

/// <summary>How storage commitment is provided.</summary>
public sealed class StorageCommitmentOptions
{
    /// <summary>How closely the catalogue looks. Default: <see cref="VerificationDepth.Size"/>.</summary>
    public VerificationDepth Depth { get; set; } = VerificationDepth.Size;

    /// <summary>How long instances that are not there yet are waited for before their absence is reported. Default: zero.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.Zero;

    /// <summary>What becomes of a request from a peer whose address is not known.</summary>
    public UnknownPeerPolicy UnknownPeers { get; set; } = UnknownPeerPolicy.RefuseUnlessConnected;

    /// <summary>References that one request may have; one with more is answered 0213 (Resource limitation). Default 1,000,000.</summary>
    public int MaxReferences { get; set; } = 1_000_000;

    /// <summary>For how long only this node, which may still have the association that the request came over, may send the report. Default 30
    /// seconds.</summary>
    public TimeSpan SameAssociationTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Retrieve AE Title (0008,0054) for the reports; <see langword="null"/> (the default) leaves it out.</summary>
    public string? RetrieveAETitle { get; set; }

    /// <summary>How reports are sent, tried again, given up and forgotten.</summary>
    public OutboxOptions Outbox { get; set; } = new();

    /// <summary>The clock. It says how long this process waits; what is due, leased and expired is said by the store's clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Where it logs to without a host. With one, the host's is used.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }
}
