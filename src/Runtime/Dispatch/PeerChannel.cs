using FellowOakDicom;
using Specgen.Network;

namespace Specgen.Dispatch;

/// <summary>Notifications over an association that a peer opened.</summary>
internal sealed class PeerChannel(AssociationInfo info, RequestChannel requests, IReadOnlyList<NegotiatedContext> contexts) : IPeerChannel
{
    public bool IsConnected => requests.IsOpen;

    public bool CanSend(SopClass sopClass) => IsConnected && Find(sopClass) is not null;

    public async ValueTask<DimseResponse> SendNEventReportAsync(SopClass sopClass, string sopInstanceUid, ushort eventTypeId, DicomDataset? dataset, CancellationToken cancellationToken)
    {
        var context = Find(sopClass) ?? throw new AssociationClosedException($"The association {info} has no presentation context for {sopClass}.");
        using var activity = SpecgenTelemetry.StartClientRequest(DimseOperation.NEventReport, sopClass, info);
        var request = new OutgoingRequest(DimseOperation.NEventReport, context, sopClass)
        {
            SopInstanceUid = sopInstanceUid,
            TypeId = eventTypeId,
            DataSet = dataset is null ? default(ReadOnlyMemory<byte>?) : DataSetCodec.Encode(dataset, context.TransferSyntax),
        };
        return await requests.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private NegotiatedContext? Find(SopClass sopClass) => sopClass.ChooseContext([.. contexts.Where(static c => c.IsScp)], static c => c.AbstractSyntax, DimseOperation.NEventReport);
}
