namespace FellowOakDicom.Network;

public class DicomNetworkException : DicomException
{
    public DicomNetworkException(string message)
        : base(message)
    {
    }

    public DicomNetworkException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

public class DicomAssociationAbortedException : DicomNetworkException
{
    public DicomAssociationAbortedException(DicomAbortSource source, DicomAbortReason reason)
        : base($"Association abort [source: {source}; reason: {reason}]")
    {
        AbortSource = source;
        AbortReason = reason;
    }

    public DicomAbortSource AbortSource { get; private set; }

    public DicomAbortReason AbortReason { get; private set; }
}

public class DicomAssociationRejectedException : DicomNetworkException
{
    public DicomAssociationRejectedException(DicomRejectResult result, DicomRejectSource source, DicomRejectReason reason)
        : base($"Association rejected [result: {result}; source: {source}; reason: {reason}]")
    {
        RejectResult = result;
        RejectSource = source;
        RejectReason = reason;
    }

    public DicomRejectResult RejectResult { get; private set; }

    public DicomRejectSource RejectSource { get; private set; }

    public DicomRejectReason RejectReason { get; private set; }
}
