using FellowOakDicom;
using FellowOakDicom.Network;

namespace Specgen;

/// <summary>Between fo-dicom's responses and ours.</summary>
internal static class DimseMessages
{
    /// <summary>
    /// Reads the elements of PS3.7 Annex C from the command set itself: fo-dicom's Status goes through one global table, in which a code that it does not know becomes another one.
    /// </summary>
    public static DimseResponse Read(DicomResponse response)
    {
        var command = response.Command;
        return new DimseResponse(command.TryGetSingleValue<ushort>(DicomTag.Status, out var status) ? status : (ushort)0x0110)
        {
            ErrorComment = command.TryGetString(DicomTag.ErrorComment, out var comment) ? comment : null,
            ErrorId = command.TryGetSingleValue<ushort>(DicomTag.ErrorID, out var id) ? id : null,
            OffendingElements = command.TryGetValues<DicomTag>(DicomTag.OffendingElement, out var tags) ? tags : [],
            Dataset = response.HasDataset ? response.Dataset : null,
        };
    }

    /// <summary>Puts an answer into the command set of a response.</summary>
    public static T With<T>(this T response, DimseResponse answer)
        where T : DicomResponse
    {
        var command = response.Command;
        command.AddOrUpdate(DicomTag.Status, answer.Status);
        if (answer.ErrorComment is { } comment)
        {
            command.AddOrUpdate(DicomTag.ErrorComment, comment);
        }

        if (answer.ErrorId is { } id)
        {
            command.AddOrUpdate(DicomTag.ErrorID, id);
        }

        if (answer.OffendingElements is { Count: > 0 } tags)
        {
            command.AddOrUpdate(DicomTag.OffendingElement, tags.ToArray());
        }

        if (answer.Dataset is { } dataset)
        {
            response.Dataset = dataset;
        }

        return response;
    }

    /// <summary>
    /// The command set of the response to a request, from scratch: fo-dicom's own constructors validate what they copy from the request, and a peer's sloppy UID makes them throw.
    /// </summary>
    public static DicomDataset ResponseCommand(DicomRequest request, DicomCommandField field)
    {
        var command = new DicomDataset().NotValidated();
        Copy(request.Command, DicomTag.AffectedSOPClassUID, command, DicomTag.AffectedSOPClassUID);
        Copy(request.Command, DicomTag.RequestedSOPClassUID, command, DicomTag.AffectedSOPClassUID);
        command.AddOrUpdate(DicomTag.CommandField, (ushort)field);
        command.AddOrUpdate(DicomTag.MessageIDBeingRespondedTo, request.MessageID);
        command.AddOrUpdate(DicomTag.CommandDataSetType, (ushort)0x0101);
        command.AddOrUpdate(DicomTag.Status, (ushort)0x0000);
        Copy(request.Command, DicomTag.AffectedSOPInstanceUID, command, DicomTag.AffectedSOPInstanceUID);
        Copy(request.Command, DicomTag.RequestedSOPInstanceUID, command, DicomTag.AffectedSOPInstanceUID);
        if (request.Command.TryGetSingleValue<ushort>(DicomTag.EventTypeID, out var eventType))
        {
            command.AddOrUpdate(DicomTag.EventTypeID, eventType);
        }

        if (request.Command.TryGetSingleValue<ushort>(DicomTag.ActionTypeID, out var actionType))
        {
            command.AddOrUpdate(DicomTag.ActionTypeID, actionType);
        }

        return command;
    }

    private static void Copy(DicomDataset from, DicomTag fromTag, DicomDataset to, DicomTag toTag)
    {
        if (from.TryGetString(fromTag, out var uid) && !string.IsNullOrEmpty(uid))
        {
            to.AddOrUpdate(toTag, uid);
        }
    }
}
