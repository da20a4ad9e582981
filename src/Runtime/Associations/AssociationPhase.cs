namespace Specgen.Network;

/// <summary>The states of PS3.8 §9.2.1 that an association goes through.</summary>
internal enum AssociationPhase
{
    /// <summary>Sta2, of an acceptor: connected, and waiting for the A-ASSOCIATE-RQ.</summary>
    AwaitingRequest,

    /// <summary>Sta5, of a requestor: connected, and waiting for the answer to our A-ASSOCIATE-RQ.</summary>
    AwaitingAnswer,

    /// <summary>Sta3: the request is being looked at.</summary>
    Negotiating,

    /// <summary>Sta6: data may be transferred.</summary>
    Established,

    /// <summary>Sta7: we have asked for the release; the peer may still send data.</summary>
    ReleaseRequested,

    /// <summary>Sta8: the peer has asked for the release; it sends no more data.</summary>
    Releasing,

    /// <summary>Sta13: rejected, released or aborted; waiting for the peer to close the connection. What still comes is ignored.</summary>
    Over,
}
