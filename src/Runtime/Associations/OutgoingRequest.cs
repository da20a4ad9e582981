using FellowOakDicom;
using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>A request of ours, all but its Message ID.</summary>
/// <param name="Operation">The DIMSE service.</param>
/// <param name="Context">The presentation context that it goes over.</param>
/// <param name="SopClass">The SOP class that it names.</param>
internal sealed record OutgoingRequest(DimseOperation Operation, NegotiatedContext Context, SopClass SopClass)
{
    private const ushort Medium = 0x0000;

    /// <summary>Affected or Requested SOP Instance UID; empty where it has none.</summary>
    public string SopInstanceUid { get; init; } = "";

    /// <summary>Event Type ID or Action Type ID.</summary>
    public ushort TypeId { get; init; }

    public IReadOnlyList<DicomTag> Attributes { get; init; } = [];

    public string? MoveDestination { get; init; }

    /// <summary>Who asked for this C-STORE with a C-MOVE, and with which Message ID (PS3.7 §9.3.1.1).</summary>
    public (string AETitle, ushort MessageId)? MoveOriginator { get; init; }

    public ReadOnlyMemory<byte>? DataSet { get; init; }

    /// <summary>A data set that is read on its way, instead of <see cref="DataSet"/>: stands at its first byte.</summary>
    public Stream? Source { get; init; }

    /// <summary>The command set (PS3.7 §9.3, §10.3), its elements in ascending order.</summary>
    public byte[] Command(ushort messageId)
    {
        // What N-EVENT-REPORT and N-CREATE name is affected, what the other normalized services name is requested.
        var isRequested = Operation is DimseOperation.NGet or DimseOperation.NSet or DimseOperation.NAction or DimseOperation.NDelete;
        var writer = new CommandWriter()
            .Uid(isRequested ? CommandElement.RequestedSopClassUid : CommandElement.AffectedSopClassUid, SopClass.Named(Operation).Uid)
            .UInt16(CommandElement.CommandField, DimseFields.Of(Operation))
            .UInt16(CommandElement.MessageId, messageId)
            .Text(CommandElement.MoveDestination, MoveDestination);
        if (Operation is DimseOperation.CStore or DimseOperation.CFind or DimseOperation.CGet or DimseOperation.CMove)
        {
            writer.UInt16(CommandElement.Priority, Medium);
        }

        writer
            .UInt16(CommandElement.DataSetType, DataSet is null && Source is null ? CommandSet.NoDataSet : (ushort)0x0000)
            .Uid(isRequested ? CommandElement.RequestedSopInstanceUid : CommandElement.AffectedSopInstanceUid, SopInstanceUid);
        if (Operation == DimseOperation.NEventReport)
        {
            writer.UInt16(CommandElement.EventTypeId, TypeId);
        }

        writer.Tags(CommandElement.AttributeIdentifierList, Attributes);
        if (Operation == DimseOperation.NAction)
        {
            writer.UInt16(CommandElement.ActionTypeId, TypeId);
        }

        if (MoveOriginator is { } originator)
        {
            writer.Text(CommandElement.MoveOriginatorAETitle, originator.AETitle).UInt16(CommandElement.MoveOriginatorMessageId, originator.MessageId);
        }

        return writer.ToArray();
    }
}
