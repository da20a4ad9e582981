using FellowOakDicom.Network;

namespace FellowOakDicom.Network.Client;

/// <summary>What the reading loop tells a service that requested its association.</summary>
public interface IDicomClientConnection : IDisposable
{
    INetworkStream NetworkStream { get; }

    Task Listener { get; }

    bool IsSendNextMessageRequired { get; }

    bool CanStillProcessPDataTF { get; }

    bool IsSendQueueEmpty { get; }

    void StartListener();

    Task SendAssociationRequestAsync(DicomAssociation association);

    Task SendAssociationReleaseRequestAsync();

    Task SendAbortAsync(DicomAbortSource source, DicomAbortReason reason);

    Task OnReceiveAssociationAcceptAsync(DicomAssociation association);

    Task OnReceiveAssociationRejectAsync(DicomRejectResult result, DicomRejectSource source, DicomRejectReason reason);

    Task OnReceiveAssociationReleaseResponseAsync();

    Task OnReceiveAbortAsync(DicomAbortSource source, DicomAbortReason reason);

    Task OnConnectionClosedAsync(Exception exception);

    Task SendRequestAsync(DicomRequest request);

    Task SendNextMessageAsync();

    Task OnRequestCompletedAsync(DicomRequest request, DicomResponse response);

    Task OnRequestPendingAsync(DicomRequest request, DicomResponse response);

    Task OnRequestTimedOutAsync(DicomRequest request, TimeSpan timeout);

    Task<DicomResponse> OnCStoreRequestAsync(DicomCStoreRequest request);

    Task<DicomResponse> OnNEventReportRequestAsync(DicomNEventReportRequest request);
}
