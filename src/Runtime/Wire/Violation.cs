using FellowOakDicom.Network;

namespace Specgen.Wire;

/// <summary>Why an association is aborted, in the terms of an A-ABORT PDU (PS3.8 §9.3.8) and in words.</summary>
/// <param name="Source">Who is dissatisfied: the upper layer (provider), or those who use it.</param>
/// <param name="Reason">The reason; of significance where the source is the provider.</param>
/// <param name="Why">In words, for the log.</param>
internal sealed record Violation(DicomAbortSource Source, DicomAbortReason Reason, string Why)
{
    public static Violation Unrecognized(string why) => new(DicomAbortSource.ServiceProvider, DicomAbortReason.UnrecognizedPDU, why);

    public static Violation Unexpected(string why) => new(DicomAbortSource.ServiceProvider, DicomAbortReason.UnexpectedPDU, why);

    public static Violation UnexpectedParameter(string why) => new(DicomAbortSource.ServiceProvider, DicomAbortReason.UnexpectedPDUParameter, why);

    public static Violation InvalidParameter(string why) => new(DicomAbortSource.ServiceProvider, DicomAbortReason.InvalidPDUParameter, why);

    /// <summary>This side has had enough, for reasons of its own.</summary>
    public static Violation ByUser(string why) => new(DicomAbortSource.ServiceUser, DicomAbortReason.NotSpecified, why);

    /// <summary>No fault in the protocol: a time-out, a limit of ours.</summary>
    public static Violation Unspecified(string why) => new(DicomAbortSource.ServiceProvider, DicomAbortReason.NotSpecified, why);
}
