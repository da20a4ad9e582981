using FellowOakDicom.Network;

namespace Specgen;

/// <summary>The peer sent A-ABORT (PS3.8 §9.3.8).</summary>
/// <param name="message">What happened, with the peer's name.</param>
/// <param name="source">Who aborted it.</param>
/// <param name="reason">Why; meaningful for the service provider only.</param>
public sealed class AssociationAbortedException(string message, DicomAbortSource source, DicomAbortReason reason)
    : AssociationException(message)
{
    /// <summary>Who aborted it: the service user (the application) or the service provider (the upper layer).</summary>
    public DicomAbortSource AbortedBy { get; } = source;

    /// <summary>Why.</summary>
    public DicomAbortReason Reason { get; } = reason;
}
