// One request and one response class for each DIMSE service that is used (PS3.7 §9.3).
namespace FellowOakDicom.Network;

public sealed class DicomCEchoRequest : DicomRequest
{
    internal DicomCEchoRequest(DicomDataset command)
        : base(command)
    {
    }

    public DicomCEchoRequest()
        : base(DicomCommandField.CEchoRequest, DicomUID.Verification)
    {
    }
}

public sealed class DicomCEchoResponse : DicomResponse
{
    internal DicomCEchoResponse(DicomDataset command)
        : base(command)
    {
    }

    public DicomCEchoResponse(DicomCEchoRequest request, DicomStatus status)
        : base(request, status)
    {
    }
}

public sealed class DicomCStoreRequest : DicomRequest
{
    internal DicomCStoreRequest(DicomDataset command)
        : base(command)
    {
    }

    public DicomCStoreRequest(DicomFile file, DicomPriority priority = DicomPriority.Medium)
        : base(DicomCommandField.CStoreRequest, file.Dataset.GetSingleValue<DicomUID>(DicomTag.SOPClassUID))
    {
        File = file;
        Dataset = file.Dataset;
        Command.AddOrUpdate(DicomTag.AffectedSOPInstanceUID, file.Dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID));
    }

    public DicomFile File { get; internal set; }

    public DicomUID SOPInstanceUID => Uid(DicomTag.AffectedSOPInstanceUID);

    internal DicomTransferSyntax TransferSyntax => File?.Dataset.InternalTransferSyntax;
}

public sealed class DicomCStoreResponse : DicomResponse
{
    internal DicomCStoreResponse(DicomDataset command)
        : base(command)
    {
    }

    public DicomCStoreResponse(DicomCStoreRequest request, DicomStatus status)
        : base(request, status)
    {
    }
}

public sealed class DicomCFindRequest : DicomRequest
{
    internal DicomCFindRequest(DicomDataset command)
        : base(command)
    {
    }
}

public sealed class DicomCFindResponse : DicomResponse
{
    internal DicomCFindResponse(DicomDataset command)
        : base(command)
    {
    }

    public DicomCFindResponse(DicomCFindRequest request, DicomStatus status)
        : base(request, status)
    {
    }
}

public sealed class DicomCGetRequest : DicomRequest
{
    internal DicomCGetRequest(DicomDataset command)
        : base(command)
    {
    }
}

public sealed class DicomCGetResponse : DicomResponse
{
    internal DicomCGetResponse(DicomDataset command)
        : base(command)
    {
    }

    public DicomCGetResponse(DicomCGetRequest request, DicomStatus status)
        : base(request, status)
    {
    }
}
