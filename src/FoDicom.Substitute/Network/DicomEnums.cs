namespace FellowOakDicom.Network;

/// <summary>Command Field (0000,0100), PS3.7 §E.1.</summary>
internal enum DicomCommandField : ushort
{
    CStoreRequest = 0x0001,
    CStoreResponse = 0x8001,
    CGetRequest = 0x0010,
    CGetResponse = 0x8010,
    CFindRequest = 0x0020,
    CFindResponse = 0x8020,
    CEchoRequest = 0x0030,
    CEchoResponse = 0x8030,
}

/// <summary>Priority (0000,0700).</summary>
public enum DicomPriority : ushort
{
    Low = 0x0002,
    Medium = 0x0000,
    High = 0x0001,
}

public enum DicomState
{
    Success,
    Cancel,
    Pending,
    Warning,
    Failure,
}

/// <summary>PS3.8 Table 9-21.</summary>
public enum DicomRejectResult
{
    Permanent = 1,
    Transient = 2,
}

public enum DicomRejectSource
{
    ServiceUser = 1,
    ServiceProviderACSE = 2,
    ServiceProviderPresentation = 3,
}

/// <summary>The source in the upper half of the byte, the reason in the lower.</summary>
public enum DicomRejectReason
{
    NoReasonGiven = 0x11,
    ApplicationContextNotSupported = 0x12,
    CallingAENotRecognized = 0x13,
    CalledAENotRecognized = 0x17,
    NoReasonGiven_ = 0x21,
    ProtocolVersionNotSupported = 0x22,
    TemporaryCongestion = 0x31,
    LocalLimitExceeded = 0x32,
}

/// <summary>PS3.8 Table 9-26.</summary>
public enum DicomAbortSource
{
    ServiceUser = 0,
    Unknown = 1,
    ServiceProvider = 2,
}

public enum DicomAbortReason
{
    NotSpecified = 0,
    UnrecognizedPDU = 1,
    UnexpectedPDU = 2,
    UnrecognizedPDUParameter = 4,
    UnexpectedPDUParameter = 5,
    InvalidPDUParameter = 6,
}

/// <summary>PS3.8 Table 9-18; Proposed is before the answer.</summary>
public enum DicomPresentationContextResult : byte
{
    Proposed = 255,
    Accept = 0,
    RejectUser = 1,
    RejectNoReason = 2,
    RejectAbstractSyntaxNotSupported = 3,
    RejectTransferSyntaxesNotSupported = 4,
}
