using FellowOakDicom;

namespace Specgen.Handlers;

/// <summary>What every context knows about its request; made by whoever received it (server engine or user's association).</summary>
internal sealed class RequestInfo
{
    public required AssociationInfo Association { get; init; }

    public required SopClass SopClass { get; init; }

    public required string SopInstanceUid { get; init; }

    public required ushort MessageId { get; init; }

    public required DicomTransferSyntax TransferSyntax { get; init; }

    public bool IsRelational { get; init; }

    public required PeerLink Peer { get; init; }
}
