using FellowOakDicom.Network;
using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>Why an association is rejected, in the terms of an A-ASSOCIATE-RJ PDU (PS3.8 §9.3.4) and in words.</summary>
internal sealed record Rejection(DicomRejectResult Result, DicomRejectSource Source, DicomRejectReason Reason, string Why)
{
    public static Rejection LimitExceeded(int limit) => new(
        DicomRejectResult.Transient, DicomRejectSource.ServiceProviderPresentation, DicomRejectReason.LocalLimitExceeded, $"{limit} associations are open, which is the limit");

    public static Rejection NoMemory { get; } = new(
        DicomRejectResult.Transient, DicomRejectSource.ServiceProviderPresentation, DicomRejectReason.LocalLimitExceeded, "there is no memory for one more");

    public static Rejection Stopping { get; } = new(
        DicomRejectResult.Transient, DicomRejectSource.ServiceProviderPresentation, DicomRejectReason.TemporaryCongestion, "the server is being stopped");

    /// <summary>By who it says it is. The peer is not told why.</summary>
    public static Rejection Unwelcome(string why) => User(DicomRejectReason.NoReasonGiven, why);

    /// <summary>Null for the protocol that there is (PS3.8 §9.3.2).</summary>
    public static Rejection? OfProtocol(AssociateRequest request) => (request.ProtocolVersion & AssociatePdu.Version1) != 0 ? null : new Rejection(
        DicomRejectResult.Permanent, DicomRejectSource.ServiceProviderACSE, DicomRejectReason.ProtocolVersionNotSupported, $"protocol version {request.ProtocolVersion:X4}H does not have version 1");

    public static Rejection User(DicomRejectReason reason, string why) => new(DicomRejectResult.Permanent, DicomRejectSource.ServiceUser, reason, why);

    /// <summary>What a reason means depends on its source (PS3.8 Table 9-21): the enumeration has both in one number.</summary>
    public static DicomRejectReason ReasonOf(byte source, byte reason) => (DicomRejectReason)((source << 4) | reason);
}
