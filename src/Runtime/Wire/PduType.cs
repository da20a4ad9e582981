namespace Specgen.Wire;

/// <summary>The seven PDUs (PS3.8 §9.3.1) and the flags of a fragment's header (PS3.8 E.2).</summary>
internal static class PduType
{
    public const byte AssociateRequest = 0x01;
    public const byte AssociateAccept = 0x02;
    public const byte AssociateReject = 0x03;
    public const byte Data = 0x04;
    public const byte ReleaseRequest = 0x05;
    public const byte ReleaseResponse = 0x06;
    public const byte Abort = 0x07;

    /// <summary>Type, reserved, length.</summary>
    public const int HeaderLength = 6;

    /// <summary>Length, presentation context, message control header.</summary>
    public const int FragmentHeaderLength = 6;

    public const byte CommandFragment = 0x01;
    public const byte LastFragment = 0x02;
}
