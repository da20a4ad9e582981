using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>Command Field values (PS3.7 E.1) and the DIMSE services that they belong to.</summary>
internal static class DimseFields
{
    private const ushort NEventReportRequest = 0x0100;

    /// <summary>The service of a request; null for a value that the standard does not know.</summary>
    public static DimseOperation? OperationOf(ushort field) => field switch
    {
        0x0001 => DimseOperation.CStore,
        0x0010 => DimseOperation.CGet,
        0x0020 => DimseOperation.CFind,
        0x0021 => DimseOperation.CMove,
        0x0030 => DimseOperation.CEcho,
        NEventReportRequest => DimseOperation.NEventReport,
        0x0110 => DimseOperation.NGet,
        0x0120 => DimseOperation.NSet,
        0x0130 => DimseOperation.NAction,
        0x0140 => DimseOperation.NCreate,
        0x0150 => DimseOperation.NDelete,
        _ => null,
    };

    /// <summary>The Command Field of a request.</summary>
    public static ushort Of(DimseOperation operation) => operation switch
    {
        DimseOperation.CStore => 0x0001,
        DimseOperation.CGet => 0x0010,
        DimseOperation.CFind => 0x0020,
        DimseOperation.CMove => 0x0021,
        DimseOperation.CEcho => 0x0030,
        DimseOperation.NEventReport => NEventReportRequest,
        DimseOperation.NGet => 0x0110,
        DimseOperation.NSet => 0x0120,
        DimseOperation.NAction => 0x0130,
        DimseOperation.NCreate => 0x0140,
        DimseOperation.NDelete => 0x0150,
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    /// <summary>The role of who performs it (PS3.7 §7.5): notifications are for the user, all else is for the provider.</summary>
    public static DicomRole PerformerOf(DimseOperation operation) => operation == DimseOperation.NEventReport ? DicomRole.Scu : DicomRole.Scp;

    public static bool IsComposite(DimseOperation operation) =>
        operation is DimseOperation.CStore or DimseOperation.CGet or DimseOperation.CFind or DimseOperation.CMove or DimseOperation.CEcho;

    /// <summary>The command set of a response. What the request named is given back byte by byte: fo-dicom's classes throw over a UID that is none.</summary>
    /// <param name="request">What is answered.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="assignedUid">The SOP Instance UID that we gave a new instance; null where the request has it.</param>
    /// <param name="suboperations">What a response to C-MOVE or C-GET counts; null where there is nothing to count.</param>
    public static byte[] Respond(CommandSet request, in DimseResponse answer, string? assignedUid = null, Suboperations? suboperations = null)
    {
        var writer = new CommandWriter()
            .Uid(CommandElement.AffectedSopClassUid, request.SopClassUid)
            .UInt16(CommandElement.CommandField, (ushort)(request.Field | CommandSet.Response))
            .UInt16(CommandElement.MessageIdBeingRespondedTo, request.MessageId)
            .UInt16(CommandElement.DataSetType, answer.Dataset is null ? CommandSet.NoDataSet : (ushort)0x0000)
            .UInt16(CommandElement.Status, answer.Status)
            .Tags(CommandElement.OffendingElement, answer.OffendingElements)
            .Text(CommandElement.ErrorComment, answer.ErrorComment);
        if (answer.ErrorId is { } errorId)
        {
            writer.UInt16(CommandElement.ErrorId, errorId);
        }

        if (assignedUid is null)
        {
            writer.Uid(CommandElement.AffectedSopInstanceUid, request.SopInstanceUid);
        }
        else
        {
            writer.Uid(CommandElement.AffectedSopInstanceUid, assignedUid);
        }

        if (request.GetUInt16(CommandElement.EventTypeId) is { } eventType)
        {
            writer.UInt16(CommandElement.EventTypeId, eventType);
        }

        writer.Tags(CommandElement.AttributeIdentifierList, answer.AttributeIdentifiers);
        if (request.GetUInt16(CommandElement.ActionTypeId) is { } actionType)
        {
            writer.UInt16(CommandElement.ActionTypeId, actionType);
        }

        suboperations?.Write(writer, hasRemaining: answer.Status is StatusPolicy.Pending or StatusPolicy.Cancelled);
        return writer.ToArray();
    }
}
