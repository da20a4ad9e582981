namespace Specgen.Wire;

/// <summary>A proposed presentation context (PS3.8 §9.3.2.2).</summary>
internal readonly record struct ProposedItem(byte Id, string AbstractSyntax, IReadOnlyList<string> TransferSyntaxes);

/// <summary>The answer to a proposed presentation context (PS3.8 §9.3.3.2). The transfer syntax counts where the context is accepted; empty where there is none.</summary>
internal readonly record struct AnsweredItem(byte Id, ContextResult Result, string TransferSyntax);

/// <summary>The roles of the requestor for a SOP class: proposed, or answered (PS3.7 D.3.3.4).</summary>
internal readonly record struct RoleItem(string SopClassUid, bool Scu, bool Scp);

/// <summary>Service class application information for a SOP class (PS3.7 D.3.3.5).</summary>
internal readonly record struct ExtendedItem(string SopClassUid, byte[] Information);

/// <summary>Who the requestor says it is (PS3.7 D.3.3.7.1).</summary>
internal sealed record IdentityItem(byte Type, bool IsResponseRequested, ReadOnlyMemory<byte> Primary, ReadOnlyMemory<byte> Secondary);

/// <summary>What becomes of a presentation context (PS3.8 Table 9-18).</summary>
internal enum ContextResult : byte
{
    Accept = 0,
    RejectUser = 1,
    RejectNoReason = 2,
    RejectAbstractSyntaxNotSupported = 3,
    RejectTransferSyntaxesNotSupported = 4,
}

/// <summary>The types of items and sub-items in A-ASSOCIATE PDUs (PS3.8 §9.3.2, Annex D; PS3.7 Annex D).</summary>
internal static class ItemType
{
    public const byte ApplicationContext = 0x10, ProposedContext = 0x20, AnsweredContext = 0x21, AbstractSyntax = 0x30, TransferSyntax = 0x40, UserInformation = 0x50;

    public const byte MaximumLength = 0x51, ImplementationClassUid = 0x52, AsyncOperationsWindow = 0x53, RoleSelection = 0x54, ImplementationVersionName = 0x55;

    public const byte ExtendedNegotiation = 0x56, CommonExtendedNegotiation = 0x57, UserIdentity = 0x58, UserIdentityResponse = 0x59;
}
