namespace FellowOakDicom.Network;

/// <summary>A DIMSE message: a command set and, for some, a data set (PS3.7 §6.3).</summary>
public class DicomMessage
{
    private const ushort NoDataset = 0x0101, SomeDataset = 0x0202;

    private DicomDataset _dataset;

    internal DicomMessage() => Command = new DicomDataset(DicomTransferSyntax.ImplicitVRLittleEndian);

    internal DicomMessage(DicomDataset command) => Command = command;

    internal DicomCommandField Type
    {
        get => Command.GetSingleValue<DicomCommandField>(DicomTag.CommandField);
        set => Command.AddOrUpdate(DicomTag.CommandField, (ushort)value);
    }

    internal DicomUID SOPClassUID
    {
        get => IsRequest(Type)
            ? Command.GetSingleValue<DicomUID>(DicomTag.AffectedSOPClassUID)
            : Command.GetSingleValueOrDefault<DicomUID>(DicomTag.AffectedSOPClassUID, null);
        set => Command.AddOrUpdate(DicomTag.AffectedSOPClassUID, value);
    }

    internal bool HasDataset => Command.GetSingleValueOrDefault(DicomTag.CommandDataSetType, NoDataset) != NoDataset;

    internal DicomPresentationContext PresentationContext { get; set; }

    public DicomDataset Command { get; }

    public DicomDataset Dataset
    {
        internal get => _dataset;
        set
        {
            _dataset = value;
            Command.AddOrUpdate(DicomTag.CommandDataSetType, value is null ? NoDataset : SomeDataset);
        }
    }

    private protected static bool IsRequest(DicomCommandField type) => ((int)type & 0x8000) == 0;

    public override string ToString() =>
        $"{Type} [{Command.GetSingleValueOrDefault(IsRequest(Type) ? DicomTag.MessageID : DicomTag.MessageIDBeingRespondedTo, (ushort)0)}]";

    /// <summary>The value without its padding; null when it is missing or empty.</summary>
    private protected DicomUID Uid(DicomTag tag) => Command.TryGetString(tag, out var uid) && uid.Length > 0 ? DicomUID.Parse(uid) : null;
}

public abstract class DicomRequest : DicomMessage
{
    private static int s_messageId;

    private protected DicomRequest(DicomDataset command)
        : base(command)
    {
    }

    private protected DicomRequest(DicomCommandField type, DicomUID requestedClassUid)
    {
        Type = type;
        SOPClassUID = requestedClassUid;
        MessageID = (ushort)Interlocked.Increment(ref s_messageId);
        Dataset = null;
    }

    internal ushort MessageID
    {
        get => Command.GetSingleValue<ushort>(DicomTag.MessageID);
        set => Command.AddOrUpdate(DicomTag.MessageID, value);
    }
}

public abstract class DicomResponse : DicomMessage
{
    private protected DicomResponse(DicomDataset command)
        : base(command)
    {
    }

    private protected DicomResponse(DicomRequest request, DicomStatus status)
    {
        PresentationContext = request.PresentationContext;
        Type = (DicomCommandField)((ushort)request.Type | 0x8000);
        Command.AddOrUpdate(DicomTag.AffectedSOPClassUID, request.SOPClassUID);
        RequestMessageID = request.MessageID;
        Dataset = null;
        Status = status;
    }

    internal ushort RequestMessageID
    {
        get => Command.GetSingleValue<ushort>(DicomTag.MessageIDBeingRespondedTo);
        set => Command.AddOrUpdate(DicomTag.MessageIDBeingRespondedTo, value);
    }

    /// <summary>Read back through <see cref="DicomStatus.Lookup"/>.</summary>
    public DicomStatus Status
    {
        get
        {
            var status = DicomStatus.Lookup(Command.GetSingleValueOrDefault(DicomTag.Status, (ushort)0x0211));
            var comment = Command.GetSingleValueOrDefault<string>(DicomTag.ErrorComment, null);
            return string.IsNullOrEmpty(comment) ? status : new DicomStatus(status, comment);
        }

        internal set
        {
            Command.AddOrUpdate(DicomTag.Status, value.Code);
            if (string.IsNullOrEmpty(value.ErrorComment))
            {
                Command.Remove(DicomTag.ErrorComment);
            }
            else
            {
                Command.AddOrUpdate(DicomTag.ErrorComment, value.ErrorComment);
            }
        }
    }
}
