namespace FellowOakDicom.Network;

/// <summary>A DIMSE message: a command set and, for some, a data set (PS3.7 §6.3).</summary>
public class DicomMessage
{
    private const ushort NoDataset = 0x0101, SomeDataset = 0x0202;

    private DicomDataset _dataset;

    public DicomMessage() => Command = new DicomDataset(DicomTransferSyntax.ImplicitVRLittleEndian);

    public DicomMessage(DicomDataset command) => Command = command;

    public DicomCommandField Type
    {
        get => Command.GetSingleValue<DicomCommandField>(DicomTag.CommandField);
        protected set => Command.AddOrUpdate(DicomTag.CommandField, (ushort)value);
    }

    public DicomUID SOPClassUID
    {
        get => Type switch
        {
            DicomCommandField.NGetRequest or DicomCommandField.NSetRequest or DicomCommandField.NActionRequest or DicomCommandField.NDeleteRequest =>
                Command.GetSingleValue<DicomUID>(DicomTag.RequestedSOPClassUID),
            var type when IsRequest(type) => Command.GetSingleValue<DicomUID>(DicomTag.AffectedSOPClassUID),
            _ => Command.GetSingleValueOrDefault<DicomUID>(DicomTag.AffectedSOPClassUID, null),
        };
        protected set => Command.AddOrUpdate(
            Type is DicomCommandField.NGetRequest or DicomCommandField.NSetRequest or DicomCommandField.NActionRequest or DicomCommandField.NDeleteRequest
                ? DicomTag.RequestedSOPClassUID
                : DicomTag.AffectedSOPClassUID,
            value);
    }

    public bool HasDataset => Command.GetSingleValueOrDefault(DicomTag.CommandDataSetType, NoDataset) != NoDataset;

    public DicomPresentationContext PresentationContext { get; set; }

    public DicomDataset Command { get; protected set; }

    public DicomDataset Dataset
    {
        get => _dataset;
        set
        {
            _dataset = value;
            Command.AddOrUpdate(DicomTag.CommandDataSetType, value is null ? NoDataset : SomeDataset);
        }
    }

    public object UserState { get; set; }

    public static bool IsRequest(DicomCommandField type) => ((int)type & 0x8000) == 0;

    public override string ToString() => ToString(false);

    public string ToString(bool printDatasets) => $"{Type} [{Command.GetSingleValueOrDefault(IsRequest(Type) ? DicomTag.MessageID : DicomTag.MessageIDBeingRespondedTo, (ushort)0)}]";

    /// <summary>The value without its padding; null when it is missing or empty.</summary>
    private protected DicomUID Uid(DicomTag tag) => Command.TryGetString(tag, out var uid) && uid.Length > 0 ? DicomUID.Parse(uid) : null;
}

public abstract class DicomRequest : DicomMessage
{
    private static int s_messageId;

    protected DicomRequest(DicomDataset command)
        : base(command)
    {
    }

    protected DicomRequest(DicomCommandField type, DicomUID requestedClassUid)
    {
        Type = type;
        SOPClassUID = requestedClassUid;
        MessageID = (ushort)Interlocked.Increment(ref s_messageId);
        Dataset = null;
    }

    public ushort MessageID
    {
        get => Command.GetSingleValue<ushort>(DicomTag.MessageID);
        protected set => Command.AddOrUpdate(DicomTag.MessageID, value);
    }

    /// <summary>Proposes a presentation context of its own for the request.</summary>
    public void CreatePresentationContext(params DicomTransferSyntax[] transferSyntaxes)
    {
        PresentationContext = new DicomPresentationContext(0, SOPClassUID);
        foreach (var syntax in transferSyntaxes)
        {
            PresentationContext.AddTransferSyntax(syntax);
        }
    }

    protected internal abstract void PostResponse(DicomService service, DicomResponse response);
}

public abstract class DicomPriorityRequest : DicomRequest
{
    protected DicomPriorityRequest(DicomDataset command)
        : base(command)
    {
    }

    protected DicomPriorityRequest(DicomCommandField type, DicomUID requestedClassUid, DicomPriority priority)
        : base(type, requestedClassUid) => Priority = priority;

    public DicomPriority Priority
    {
        get => Command.GetSingleValueOrDefault(DicomTag.Priority, DicomPriority.Medium);
        protected set => Command.AddOrUpdate(DicomTag.Priority, (ushort)value);
    }
}

public abstract class DicomResponse : DicomMessage
{
    protected DicomResponse(DicomDataset command)
        : base(command)
    {
    }

    protected DicomResponse(DicomRequest request, DicomStatus status)
    {
        PresentationContext = request.PresentationContext;
        Type = (DicomCommandField)((ushort)request.Type | 0x8000);
        Command.AddOrUpdate(DicomTag.AffectedSOPClassUID, request.SOPClassUID);
        RequestMessageID = request.MessageID;
        Dataset = null;
        Status = status;
    }

    public ushort RequestMessageID
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

        set
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
