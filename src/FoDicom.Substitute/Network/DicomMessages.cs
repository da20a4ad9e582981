// One request and one response class for each DIMSE service (PS3.7 §9.3, §10.3).
namespace FellowOakDicom.Network;

public sealed class DicomCEchoRequest : DicomRequest
{
    public ResponseDelegate OnResponseReceived;

    public DicomCEchoRequest(DicomDataset command)
        : base(command)
    {
    }

    public DicomCEchoRequest()
        : base(DicomCommandField.CEchoRequest, DicomUID.Verification)
    {
    }

    public delegate void ResponseDelegate(DicomCEchoRequest request, DicomCEchoResponse response);

    protected internal override void PostResponse(DicomService service, DicomResponse response) => OnResponseReceived?.Invoke(this, response as DicomCEchoResponse);
}

public sealed class DicomCEchoResponse : DicomResponse
{
    public DicomCEchoResponse(DicomDataset command)
        : base(command)
    {
    }

    public DicomCEchoResponse(DicomCEchoRequest request, DicomStatus status)
        : base(request, status)
    {
    }
}

public sealed class DicomCStoreRequest : DicomPriorityRequest
{
    public ResponseDelegate OnResponseReceived;

    public DicomCStoreRequest(DicomDataset command)
        : base(command)
    {
    }

    public DicomCStoreRequest(DicomFile file, DicomPriority priority = DicomPriority.Medium)
        : base(DicomCommandField.CStoreRequest, file.Dataset.GetSingleValue<DicomUID>(DicomTag.SOPClassUID), priority)
    {
        File = file;
        Dataset = file.Dataset;
        Command.AddOrUpdate(DicomTag.AffectedSOPInstanceUID, file.Dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID));
    }

    public DicomCStoreRequest(string fileName, DicomPriority priority = DicomPriority.Medium)
        : this(DicomFile.Open(fileName), priority)
    {
    }

    public delegate void ResponseDelegate(DicomCStoreRequest request, DicomCStoreResponse response);

    public DicomFile File { get; internal set; }

    public DicomUID SOPInstanceUID => Uid(DicomTag.AffectedSOPInstanceUID);

    public DicomTransferSyntax TransferSyntax => File?.Dataset.InternalTransferSyntax;

    protected internal override void PostResponse(DicomService service, DicomResponse response) => OnResponseReceived?.Invoke(this, response as DicomCStoreResponse);
}

public sealed class DicomCStoreResponse : DicomResponse
{
    public DicomCStoreResponse(DicomDataset command)
        : base(command)
    {
    }

    public DicomCStoreResponse(DicomCStoreRequest request, DicomStatus status)
        : base(request, status)
    {
    }
}

public sealed class DicomCFindRequest : DicomPriorityRequest
{
    public ResponseDelegate OnResponseReceived;

    public DicomCFindRequest(DicomDataset command)
        : base(command)
    {
    }

    public DicomCFindRequest(DicomUID affectedSopClassUid, DicomPriority priority = DicomPriority.Medium)
        : base(DicomCommandField.CFindRequest, affectedSopClassUid, priority) => Dataset = new DicomDataset();

    public delegate void ResponseDelegate(DicomCFindRequest request, DicomCFindResponse response);

    protected internal override void PostResponse(DicomService service, DicomResponse response) => OnResponseReceived?.Invoke(this, response as DicomCFindResponse);
}

public sealed class DicomCFindResponse : DicomResponse
{
    public DicomCFindResponse(DicomDataset command)
        : base(command)
    {
    }

    public DicomCFindResponse(DicomCFindRequest request, DicomStatus status)
        : base(request, status)
    {
    }
}

public sealed class DicomCMoveRequest : DicomPriorityRequest
{
    public ResponseDelegate OnResponseReceived;

    public DicomCMoveRequest(DicomDataset command)
        : base(command)
    {
    }

    public DicomCMoveRequest(string destinationAe, string studyInstanceUid, DicomPriority priority = DicomPriority.Medium)
        : base(DicomCommandField.CMoveRequest, DicomUID.StudyRootQueryRetrieveInformationModelMove, priority)
    {
        Command.AddOrUpdate(DicomTag.MoveDestination, destinationAe);
        Dataset = new DicomDataset().AddOrUpdate(DicomTag.QueryRetrieveLevel, "STUDY").AddOrUpdate(DicomTag.StudyInstanceUID, studyInstanceUid);
    }

    public delegate void ResponseDelegate(DicomCMoveRequest request, DicomCMoveResponse response);

    public string DestinationAE => Command.GetSingleValue<string>(DicomTag.MoveDestination);

    protected internal override void PostResponse(DicomService service, DicomResponse response) => OnResponseReceived?.Invoke(this, response as DicomCMoveResponse);
}

public sealed class DicomCMoveResponse : DicomResponse
{
    public DicomCMoveResponse(DicomDataset command)
        : base(command)
    {
    }

    public DicomCMoveResponse(DicomCMoveRequest request, DicomStatus status)
        : base(request, status)
    {
    }
}

public sealed class DicomCGetRequest : DicomPriorityRequest
{
    public ResponseDelegate OnResponseReceived;

    public DicomCGetRequest(DicomDataset command)
        : base(command)
    {
    }

    public DicomCGetRequest(string studyInstanceUid, DicomPriority priority = DicomPriority.Medium)
        : base(DicomCommandField.CGetRequest, DicomUID.StudyRootQueryRetrieveInformationModelGet, priority) =>
        Dataset = new DicomDataset().AddOrUpdate(DicomTag.QueryRetrieveLevel, "STUDY").AddOrUpdate(DicomTag.StudyInstanceUID, studyInstanceUid);

    public delegate void ResponseDelegate(DicomCGetRequest request, DicomCGetResponse response);

    protected internal override void PostResponse(DicomService service, DicomResponse response) => OnResponseReceived?.Invoke(this, response as DicomCGetResponse);
}

public sealed class DicomCGetResponse : DicomResponse
{
    public DicomCGetResponse(DicomDataset command)
        : base(command)
    {
    }

    public DicomCGetResponse(DicomCGetRequest request, DicomStatus status)
        : base(request, status)
    {
    }
}

public sealed class DicomNEventReportRequest : DicomRequest
{
    public ResponseDelegate OnResponseReceived;

    public DicomNEventReportRequest(DicomDataset command)
        : base(command)
    {
    }

    public DicomNEventReportRequest(DicomUID affectedClassUid, DicomUID affectedInstanceUid, ushort eventTypeId)
        : base(DicomCommandField.NEventReportRequest, affectedClassUid)
    {
        Command.AddOrUpdate(DicomTag.AffectedSOPInstanceUID, affectedInstanceUid);
        Command.AddOrUpdate(DicomTag.EventTypeID, eventTypeId);
    }

    public delegate void ResponseDelegate(DicomNEventReportRequest request, DicomNEventReportResponse response);

    public DicomUID SOPInstanceUID => Uid(DicomTag.AffectedSOPInstanceUID);

    public ushort EventTypeID => Command.GetSingleValue<ushort>(DicomTag.EventTypeID);

    protected internal override void PostResponse(DicomService service, DicomResponse response) => OnResponseReceived?.Invoke(this, response as DicomNEventReportResponse);
}

public sealed class DicomNEventReportResponse : DicomResponse
{
    public DicomNEventReportResponse(DicomDataset command)
        : base(command)
    {
    }

    public DicomNEventReportResponse(DicomNEventReportRequest request, DicomStatus status)
        : base(request, status)
    {
        if (request.SOPInstanceUID is { } instance)
        {
            Command.AddOrUpdate(DicomTag.AffectedSOPInstanceUID, instance);
        }

        Command.AddOrUpdate(DicomTag.EventTypeID, request.EventTypeID);
    }

    public DicomUID SOPInstanceUID => Uid(DicomTag.AffectedSOPInstanceUID);

    public ushort EventTypeID => Command.GetSingleValue<ushort>(DicomTag.EventTypeID);
}

public sealed class DicomNGetRequest : DicomRequest
{
    public ResponseDelegate OnResponseReceived;

    public DicomNGetRequest(DicomDataset command)
        : base(command)
    {
    }

    public DicomNGetRequest(DicomUID requestedClassUid, DicomUID requestedInstanceUid)
        : base(DicomCommandField.NGetRequest, requestedClassUid)
    {
        Command.AddOrUpdate(DicomTag.RequestedSOPInstanceUID, requestedInstanceUid);
    }

    public delegate void ResponseDelegate(DicomNGetRequest request, DicomNGetResponse response);

    public DicomUID SOPInstanceUID => Uid(DicomTag.RequestedSOPInstanceUID);

    protected internal override void PostResponse(DicomService service, DicomResponse response) => OnResponseReceived?.Invoke(this, response as DicomNGetResponse);
}

public sealed class DicomNGetResponse : DicomResponse
{
    public DicomNGetResponse(DicomDataset command)
        : base(command)
    {
    }

    public DicomNGetResponse(DicomNGetRequest request, DicomStatus status)
        : base(request, status)
    {
        if (request.SOPInstanceUID is { } instance)
        {
            Command.AddOrUpdate(DicomTag.AffectedSOPInstanceUID, instance);
        }
    }

    public DicomUID SOPInstanceUID => Uid(DicomTag.AffectedSOPInstanceUID);
}

public sealed class DicomNSetRequest : DicomRequest
{
    public ResponseDelegate OnResponseReceived;

    public DicomNSetRequest(DicomDataset command)
        : base(command)
    {
    }

    public DicomNSetRequest(DicomUID requestedClassUid, DicomUID requestedInstanceUid)
        : base(DicomCommandField.NSetRequest, requestedClassUid)
    {
        Command.AddOrUpdate(DicomTag.RequestedSOPInstanceUID, requestedInstanceUid);
    }

    public delegate void ResponseDelegate(DicomNSetRequest request, DicomNSetResponse response);

    public DicomUID SOPInstanceUID => Uid(DicomTag.RequestedSOPInstanceUID);

    protected internal override void PostResponse(DicomService service, DicomResponse response) => OnResponseReceived?.Invoke(this, response as DicomNSetResponse);
}

public sealed class DicomNSetResponse : DicomResponse
{
    public DicomNSetResponse(DicomDataset command)
        : base(command)
    {
    }

    public DicomNSetResponse(DicomNSetRequest request, DicomStatus status)
        : base(request, status)
    {
        if (request.SOPInstanceUID is { } instance)
        {
            Command.AddOrUpdate(DicomTag.AffectedSOPInstanceUID, instance);
        }
    }

    public DicomUID SOPInstanceUID => Uid(DicomTag.AffectedSOPInstanceUID);
}

public sealed class DicomNActionRequest : DicomRequest
{
    public ResponseDelegate OnResponseReceived;

    public DicomNActionRequest(DicomDataset command)
        : base(command)
    {
    }

    public DicomNActionRequest(DicomUID requestedClassUid, DicomUID requestedInstanceUid, ushort actionTypeId)
        : base(DicomCommandField.NActionRequest, requestedClassUid)
    {
        Command.AddOrUpdate(DicomTag.RequestedSOPInstanceUID, requestedInstanceUid);
        Command.AddOrUpdate(DicomTag.ActionTypeID, actionTypeId);
    }

    public delegate void ResponseDelegate(DicomNActionRequest request, DicomNActionResponse response);

    public DicomUID SOPInstanceUID => Uid(DicomTag.RequestedSOPInstanceUID);

    public ushort ActionTypeID => Command.GetSingleValue<ushort>(DicomTag.ActionTypeID);

    protected internal override void PostResponse(DicomService service, DicomResponse response) => OnResponseReceived?.Invoke(this, response as DicomNActionResponse);
}

public sealed class DicomNActionResponse : DicomResponse
{
    public DicomNActionResponse(DicomDataset command)
        : base(command)
    {
    }

    public DicomNActionResponse(DicomNActionRequest request, DicomStatus status)
        : base(request, status)
    {
        if (request.SOPInstanceUID is { } instance)
        {
            Command.AddOrUpdate(DicomTag.AffectedSOPInstanceUID, instance);
        }

        Command.AddOrUpdate(DicomTag.ActionTypeID, request.ActionTypeID);
    }

    public DicomUID SOPInstanceUID => Uid(DicomTag.AffectedSOPInstanceUID);

    public ushort ActionTypeID => Command.GetSingleValue<ushort>(DicomTag.ActionTypeID);
}

public sealed class DicomNCreateRequest : DicomRequest
{
    public ResponseDelegate OnResponseReceived;

    public DicomNCreateRequest(DicomDataset command)
        : base(command)
    {
    }

    public DicomNCreateRequest(DicomUID affectedClassUid, DicomUID affectedInstanceUid)
        : base(DicomCommandField.NCreateRequest, affectedClassUid)
    {
        Command.AddOrUpdate(DicomTag.AffectedSOPInstanceUID, affectedInstanceUid);
    }

    public delegate void ResponseDelegate(DicomNCreateRequest request, DicomNCreateResponse response);

    public DicomUID SOPInstanceUID => Uid(DicomTag.AffectedSOPInstanceUID);

    protected internal override void PostResponse(DicomService service, DicomResponse response) => OnResponseReceived?.Invoke(this, response as DicomNCreateResponse);
}

public sealed class DicomNCreateResponse : DicomResponse
{
    public DicomNCreateResponse(DicomDataset command)
        : base(command)
    {
    }

    public DicomNCreateResponse(DicomNCreateRequest request, DicomStatus status)
        : base(request, status)
    {
        if (request.SOPInstanceUID is { } instance)
        {
            Command.AddOrUpdate(DicomTag.AffectedSOPInstanceUID, instance);
        }
    }

    public DicomUID SOPInstanceUID => Uid(DicomTag.AffectedSOPInstanceUID);
}

public sealed class DicomNDeleteRequest : DicomRequest
{
    public ResponseDelegate OnResponseReceived;

    public DicomNDeleteRequest(DicomDataset command)
        : base(command)
    {
    }

    public DicomNDeleteRequest(DicomUID requestedClassUid, DicomUID requestedInstanceUid)
        : base(DicomCommandField.NDeleteRequest, requestedClassUid)
    {
        Command.AddOrUpdate(DicomTag.RequestedSOPInstanceUID, requestedInstanceUid);
    }

    public delegate void ResponseDelegate(DicomNDeleteRequest request, DicomNDeleteResponse response);

    public DicomUID SOPInstanceUID => Uid(DicomTag.RequestedSOPInstanceUID);

    protected internal override void PostResponse(DicomService service, DicomResponse response) => OnResponseReceived?.Invoke(this, response as DicomNDeleteResponse);
}

public sealed class DicomNDeleteResponse : DicomResponse
{
    public DicomNDeleteResponse(DicomDataset command)
        : base(command)
    {
    }

    public DicomNDeleteResponse(DicomNDeleteRequest request, DicomStatus status)
        : base(request, status)
    {
        if (request.SOPInstanceUID is { } instance)
        {
            Command.AddOrUpdate(DicomTag.AffectedSOPInstanceUID, instance);
        }
    }

    public DicomUID SOPInstanceUID => Uid(DicomTag.AffectedSOPInstanceUID);
}
