using FellowOakDicom.Network;

namespace Specgen;

/// <summary>The peer answered A-ASSOCIATE-RJ (PS3.8 §9.3.4).</summary>
/// <param name="message">What happened, with the peer's name.</param>
/// <param name="result">Permanent or transient.</param>
/// <param name="source">Who rejected it.</param>
/// <param name="reason">Why.</param>
public sealed class AssociationRejectedException(string message, DicomRejectResult result, DicomRejectSource source, DicomRejectReason reason)
    : AssociationException(message)
{
    /// <summary>Permanent, or transient: worth trying again.</summary>
    public DicomRejectResult Result { get; } = result;

    /// <summary>Who rejected it: the service user (the application) or the service provider (the upper layer).</summary>
    public DicomRejectSource RejectedBy { get; } = source;

    /// <summary>Why.</summary>
    public DicomRejectReason Reason { get; } = reason;
}
