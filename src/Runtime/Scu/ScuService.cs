using FellowOakDicom.Network;
using FellowOakDicom.Network.Client;
using Microsoft.Extensions.Logging;

namespace Specgen;

/// <summary>
/// fo-dicom's end of a user's association: reads and writes the PDUs of the association itself; messages do not come here (<see cref="Network.AssociationStream"/>). It only passes on what it is told.
/// The server's interface is there for one thing: without it, fo-dicom leaves a release that the peer asks for without an answer.
/// </summary>
internal sealed class ScuService : DicomService, IDicomClientConnection, IDicomServiceProvider
{
    private readonly IScuServiceEvents _events;
    private int _disposed;

    public ScuService(INetworkStream stream, ILogger logger, DicomServiceDependencies dependencies, IScuServiceEvents events)
        : base(stream, null, logger, dependencies)
    {
        NetworkStream = stream;
        _events = events;
    }

    public INetworkStream NetworkStream { get; }

    public Task Listener { get; private set; } = Task.CompletedTask;

    public void StartListener() => Listener = Task.Run(RunAsync);

    public Task RequestAssociationAsync(DicomAssociation association) => SendAssociationRequestAsync(association);

    public Task RequestReleaseAsync() => SendAssociationReleaseRequestAsync();

    Task IDicomClientConnection.SendAssociationRequestAsync(DicomAssociation association) => SendAssociationRequestAsync(association);

    Task IDicomClientConnection.SendAssociationReleaseRequestAsync() => SendAssociationReleaseRequestAsync();

    Task IDicomClientConnection.SendAbortAsync(DicomAbortSource source, DicomAbortReason reason) => SendAbortAsync(source, reason);

    /// <summary>Called by fo-dicom's own client only, as what follows about messages.</summary>
    Task IDicomClientConnection.SendNextMessageAsync() => Task.CompletedTask;

    public Task OnReceiveAssociationAcceptAsync(DicomAssociation association)
    {
        _events.Accepted(association);
        return Task.CompletedTask;
    }

    public Task OnReceiveAssociationRejectAsync(DicomRejectResult result, DicomRejectSource source, DicomRejectReason reason)
    {
        _events.Rejected(result, source, reason);
        return Task.CompletedTask;
    }

    public Task OnReceiveAssociationReleaseResponseAsync()
    {
        _events.Released(byPeer: false);
        return Task.CompletedTask;
    }

    public async Task OnReceiveAssociationReleaseRequestAsync()
    {
        _events.Released(byPeer: true);
        await SendAssociationReleaseResponseAsync().ConfigureAwait(false);
    }

    /// <summary>A peer that asks the one who asked it does not get here: it breaks PS3.8's state machine.</summary>
    public Task OnReceiveAssociationRequestAsync(DicomAssociation association) => SendAbortAsync(DicomAbortSource.ServiceProvider, DicomAbortReason.UnexpectedPDU);

    public void OnReceiveAbort(DicomAbortSource source, DicomAbortReason reason) => _events.Aborted(source, reason);

    public Task OnReceiveAbortAsync(DicomAbortSource source, DicomAbortReason reason)
    {
        _events.Aborted(source, reason);
        return Task.CompletedTask;
    }

    public void OnConnectionClosed(Exception? exception) => _events.Closed(exception);

    public Task OnConnectionClosedAsync(Exception? exception)
    {
        _events.Closed(exception);
        return Task.CompletedTask;
    }

    public Task OnRequestCompletedAsync(DicomRequest request, DicomResponse response) => Task.CompletedTask;

    public Task OnRequestPendingAsync(DicomRequest request, DicomResponse response) => Task.CompletedTask;

    public Task OnRequestTimedOutAsync(DicomRequest request, TimeSpan timeout) => Task.CompletedTask;

    public Task<DicomResponse> OnCStoreRequestAsync(DicomCStoreRequest request) => Task.FromResult<DicomResponse>(null!);

    public Task<DicomResponse> OnNEventReportRequestAsync(DicomNEventReportRequest request) => Task.FromResult<DicomResponse>(null!);

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            base.Dispose(disposing);
        }
    }
}
