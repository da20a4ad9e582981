namespace Specgen.Associations;

/// <summary>The states of an association (PS3.8 §9.2.1, Tables 9-1 to 9-5).</summary>
internal enum AssociationState
{
    /// <summary>Idle: no connection.</summary>
    Sta1 = 1,

    /// <summary>The connection is open; the A-ASSOCIATE-RQ is awaited.</summary>
    Sta2,

    /// <summary>The acceptor's user is deciding on the request.</summary>
    Sta3,

    /// <summary>The requestor's connection is being opened.</summary>
    Sta4,

    /// <summary>The answer to our A-ASSOCIATE-RQ is awaited.</summary>
    Sta5,

    /// <summary>Data may be transferred.</summary>
    Sta6,

    /// <summary>We have asked for the release; the peer may still send data.</summary>
    Sta7,

    /// <summary>The peer has asked for the release; we may still send data.</summary>
    Sta8,

    /// <summary>Both have asked for the release; the requestor has to answer.</summary>
    Sta9,

    /// <summary>Both have asked for the release; the acceptor awaits the requestor's answer.</summary>
    Sta10,

    /// <summary>Both have asked for the release; the requestor has answered and awaits the acceptor's.</summary>
    Sta11,

    /// <summary>Both have asked for the release; the acceptor has the requestor's answer and has to give its own.</summary>
    Sta12,

    /// <summary>The association is over; the end of the connection is awaited.</summary>
    Sta13,
}

/// <summary>What happens to an association: the rows of PS3.8 Table 9-10, in their order.</summary>
internal enum AssociationEvent
{
    AssociateRequest,
    TransportConfirmed,
    AssociateAcceptPdu,
    AssociateRejectPdu,
    TransportIndicated,
    AssociateRequestPdu,
    AcceptResponse,
    RejectResponse,
    DataRequest,
    DataPdu,
    ReleaseRequest,
    ReleaseRequestPdu,
    ReleaseResponsePdu,
    ReleaseResponse,
    AbortRequest,
    AbortPdu,
    TransportClosed,
    ArtimExpired,
    InvalidPdu,
}

/// <summary>What an association then does (PS3.8 Tables 9-6 to 9-9).</summary>
internal enum AssociationAction
{
    /// <summary>The event is not for the state: of the peer's there is none such, and our own come too late.</summary>
    None,
    AE1,
    AE2,
    AE3,
    AE4,
    AE5,
    AE6,
    AE7,
    AE8,
    DT1,
    DT2,
    AR1,
    AR2,
    AR3,
    AR4,
    AR5,
    AR6,
    AR7,
    AR8,
    AR9,
    AR10,
    AA1,
    AA2,
    AA3,
    AA4,
    AA5,
    AA6,
    AA7,
    AA8,
}
