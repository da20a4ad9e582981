namespace FellowOakDicom.Network;

public interface IDicomService
{
    void OnReceiveAbort(DicomAbortSource source, DicomAbortReason reason);

    void OnConnectionClosed(Exception exception);
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

public interface IDicomCMoveProvider
{
    IAsyncEnumerable<DicomCMoveResponse> OnCMoveRequestAsync(DicomCMoveRequest request);
}

public interface IDicomCGetProvider
{
    IAsyncEnumerable<DicomCGetResponse> OnCGetRequestAsync(DicomCGetRequest request);
}

public interface IDicomNServiceProvider
{
    Task<DicomNActionResponse> OnNActionRequestAsync(DicomNActionRequest request);

    Task<DicomNCreateResponse> OnNCreateRequestAsync(DicomNCreateRequest request);

    Task<DicomNDeleteResponse> OnNDeleteRequestAsync(DicomNDeleteRequest request);

    Task<DicomNEventReportResponse> OnNEventReportRequestAsync(DicomNEventReportRequest request);

    Task<DicomNGetResponse> OnNGetRequestAsync(DicomNGetRequest request);

    Task<DicomNSetResponse> OnNSetRequestAsync(DicomNSetRequest request);
}

public interface IDicomNEventReportRequestProvider
{
    /// <summary>After every N-ACTION response, inside of the reading loop.</summary>
    Task OnSendNEventReportRequestAsync(DicomNActionRequest request);
}
