using FellowOakDicom.Network;
using Microsoft.Extensions.Logging;

namespace Specgen.Network;

/// <summary>fo-dicom's end of an association that a peer opens: reads and writes the PDUs of the association itself. It passes on what it is told, and nobody waits in its reading loop.</summary>
internal sealed class ScpAssociation : DicomService, IDicomServiceProvider
{
    private readonly IAssociationEvents _events;
    private int _disposed;

    public ScpAssociation(INetworkStream stream, ILogger logger, DicomServiceDependencies dependencies, IAssociationEvents events)
        : base(stream, null, logger, dependencies) => _events = events;

    public Task AcceptAsync(DicomAssociation association) => SendAssociationAcceptAsync(association);

    public Task RejectAsync(DicomRejectResult result, DicomRejectSource source, DicomRejectReason reason) => SendAssociationRejectAsync(result, source, reason);

    public Task ReleaseAsync() => SendAssociationReleaseResponseAsync();

    public Task OnReceiveAssociationRequestAsync(DicomAssociation association) => _events.RequestedAsync(association);

    public Task OnReceiveAssociationReleaseRequestAsync()
    {
        _events.ReleaseRequested();
        return Task.CompletedTask;
    }

    public void OnReceiveAbort(DicomAbortSource source, DicomAbortReason reason) => _events.AbortedByPeer(source, reason);

    /// <summary>The end of <see cref="DicomService.RunAsync"/> says the same, and always comes.</summary>
    public void OnConnectionClosed(Exception? exception)
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            base.Dispose(disposing);
        }
    }
}
