using FellowOakDicom.Network;

namespace Specgen.Network;

/// <summary>Why an association is rejected, in the terms of an A-ASSOCIATE-RJ PDU (PS3.8 §9.3.4) and in words.</summary>
internal sealed record Rejection(DicomRejectResult Result, DicomRejectSource Source, DicomRejectReason Reason, string Why)
{
    public static Rejection LimitExceeded(int limit) => new(
        DicomRejectResult.Transient, DicomRejectSource.ServiceProviderPresentation, DicomRejectReason.LocalLimitExceeded, $"{limit} associations are open, which is the limit");

    public static Rejection Stopping { get; } = new(
        DicomRejectResult.Transient, DicomRejectSource.ServiceProviderPresentation, DicomRejectReason.TemporaryCongestion, "the server is being stopped");

    /// <summary>By who it says it is. The peer is not told why.</summary>
    public static Rejection Unwelcome(string why) => User(DicomRejectReason.NoReasonGiven, why);

    /// <summary>Null when who asks, for whom and in which protocol is all right.</summary>
    public static Rejection? Of(AssociateRequest request, DicomScpOptions options)
    {
        if ((request.ProtocolVersion & 1) == 0)
        {
            return new Rejection(
                DicomRejectResult.Permanent, DicomRejectSource.ServiceProviderACSE, DicomRejectReason.ProtocolVersionNotSupported, $"protocol version {request.ProtocolVersion:X4}H does not have version 1");
        }

        if (request.ApplicationContext != AssociateRequest.DicomApplicationContext)
        {
            return User(DicomRejectReason.ApplicationContextNotSupported, $"application context {PeerText.Escape(request.ApplicationContext)} is not DICOM's");
        }

        if (!options.AcceptAnyCalledAETitle && request.CalledAE != options.AETitle)
        {
            return User(DicomRejectReason.CalledAENotRecognized, $"called {PeerText.Escape(request.CalledAE)}, which is not {options.AETitle}");
        }

        // Somebody without a name cannot be told from others, nor be called back (PS3.5 §6.2: VR AE is not of spaces only).
        if (string.IsNullOrWhiteSpace(request.CallingAE) || request.CallingAE.Any(char.IsControl))
        {
            return User(DicomRejectReason.CallingAENotRecognized, $"\"{PeerText.Escape(request.CallingAE)}\" is no AE title");
        }

        return options.CallingAETitles.Count > 0 && !options.CallingAETitles.Contains(request.CallingAE)
            ? User(DicomRejectReason.CallingAENotRecognized, $"{PeerText.Escape(request.CallingAE)} may not call")
            : null;
    }

    private static Rejection User(DicomRejectReason reason, string why) => new(DicomRejectResult.Permanent, DicomRejectSource.ServiceUser, reason, why);
}
