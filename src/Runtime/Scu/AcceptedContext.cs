namespace Specgen;

/// <summary>A presentation context that the peer accepted.</summary>
/// <param name="Id">Presentation context ID, odd, 1 to 255 (PS3.8 §9.3.2.2).</param>
/// <param name="SopClassUid">UID of the abstract syntax.</param>
/// <param name="TransferSyntaxUid">UID of the transfer syntax that the peer picked.</param>
public readonly record struct AcceptedContext(byte Id, string SopClassUid, string TransferSyntaxUid);
