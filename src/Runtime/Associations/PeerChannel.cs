using FellowOakDicom;
using Specgen.Handlers;
using Specgen.Instances;
using Specgen.Telemetry;

namespace Specgen.Associations;

/// <summary>Notifications over an association that is there.</summary>
internal sealed class PeerChannel(AssociationInfo info, Association association) : IPeerChannel
{
    public bool IsConnected => association.Requests.IsOpen;

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
        return await association.Requests.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private NegotiatedContext? Find(SopClass sopClass) => association.FindContext(sopClass, DimseOperation.NEventReport);
}
