namespace Specgen;

/// <summary>How an association ended.</summary>
public enum AssociationEnd
{
    /// <summary>By A-RELEASE: as it should (PS3.8 §7.2).</summary>
    Released,

    /// <summary>The peer sent A-ABORT (PS3.8 §7.3).</summary>
    AbortedByPeer,

    /// <summary>We sent A-ABORT: a violated protocol, a time-out, or the server was stopped.</summary>
    Aborted,

    /// <summary>The connection was lost without a release or abort.</summary>
    ConnectionLost,
}
