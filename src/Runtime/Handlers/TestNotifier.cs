using FellowOakDicom;

namespace Specgen.Handlers;

/// <summary>Takes the notifications of handlers in tests, whichever way they would go.</summary>
internal sealed class TestNotifier(TestRequest request) : INotifier, IPeerChannel
{
    public bool IsConnected => request.IsConnected;

    public bool CanSend(SopClass sopClass) => request.IsConnected;

    public DicomPeer? Find(string aeTitle) => request.PeerAddress;

    public ValueTask<DimseResponse> SendNEventReportAsync(SopClass sopClass, string sopInstanceUid, ushort eventTypeId, DicomDataset? dataset, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(request.Notify(new TestNotification(sopClass, sopInstanceUid, eventTypeId, dataset)));
    }

    public ValueTask<DimseResponse> NEventReportAsync(
        string aeTitle, IPeerChannel? channel, SopClass sopClass, string sopInstanceUid, ushort eventTypeId, DicomDataset? dataset, CancellationToken cancellationToken) =>
        request.IsConnected || request.PeerAddress is not null
            ? SendNEventReportAsync(sopClass, sopInstanceUid, eventTypeId, dataset, cancellationToken)
            : throw new UnknownPeerException($"The association with {aeTitle} is over, and there is no address for a new one: TestRequest has IsConnected and PeerAddress.", aeTitle);
}
