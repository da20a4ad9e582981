namespace FellowOakDicom.Network;

public interface IDicomService
{
    void OnReceiveAbort(DicomAbortSource source, DicomAbortReason reason);

    void OnConnectionClosed(Exception exception);
}

public interface IDicomServiceRunner
{
    Task RunAsync();
}

public interface IDicomServiceProvider : IDicomService
{
    Task OnReceiveAssociationRequestAsync(DicomAssociation association);

    Task OnReceiveAssociationReleaseRequestAsync();
}

public interface IDicomCEchoProvider
{
    Task<DicomCEchoResponse> OnCEchoRequestAsync(DicomCEchoRequest request);
}

public interface IDicomCStoreProvider
{
    Task<DicomCStoreResponse> OnCStoreRequestAsync(DicomCStoreRequest request);

    Task OnCStoreRequestExceptionAsync(string tempFileName, Exception e);
}

public interface IDicomCFindProvider
{
    IAsyncEnumerable<DicomCFindResponse> OnCFindRequestAsync(DicomCFindRequest request);
}

public interface IDicomCGetProvider
{
    IAsyncEnumerable<DicomCGetResponse> OnCGetRequestAsync(DicomCGetRequest request);
}
