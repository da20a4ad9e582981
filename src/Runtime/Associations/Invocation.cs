using FellowOakDicom;
using Specgen.Handlers;
using Specgen.Instances;
using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>From a DIMSE service to its context and its delegate: what each further service adds a line to.</summary>
internal static class Invocation
{
    /// <exception cref="DicomDataException">The data set cannot be decoded.</exception>
    public static DimseContext Make(DimseOperation operation, RequestInfo info, ReceivedRequest request) => operation switch
    {
        DimseOperation.CEcho => new CEchoContext(info),
        DimseOperation.CStore => new CStoreContext(info, Whole((request.DataSet is QueuedSink queued ? queued.Inner : request.DataSet) as ReceivedInstance)),
        DimseOperation.CFind => new CFindContext(info, Required(request)),
        DimseOperation.CGet => new CGetContext(info, Required(request)),
        DimseOperation.CMove => new CMoveContext(info, request.Command.GetText(CommandElement.MoveDestination) ?? "", Required(request)),
        DimseOperation.NGet => new NGetContext(info, request.Command.GetTags(CommandElement.AttributeIdentifierList)),
        DimseOperation.NSet => new NSetContext(info, Required(request)),
        DimseOperation.NCreate => new NCreateContext(info, request.Command.SopInstanceUid.IsEmpty, Decode(request)),
        DimseOperation.NDelete => new NDeleteContext(info),
        DimseOperation.NAction => new NActionContext(info, request.Command.GetUInt16(CommandElement.ActionTypeId) ?? 0, Decode(request)),
        DimseOperation.NEventReport => new NEventReportContext(info, request.Command.GetUInt16(CommandElement.EventTypeId) ?? 0, Decode(request)),
        _ => throw new InvalidOperationException($"{operation} has no context."),
    };

    public static ValueTask<DimseResponse> CallAsync(ServiceBinding binding, object self, DimseContext context, CancellationToken cancellationToken) => context switch
    {
        CStoreContext store => binding.CStore!(self, store, cancellationToken),
        CEchoContext echo => binding.CEcho!(self, echo, cancellationToken),
        NGetContext get => binding.NGet!(self, get, cancellationToken),
        NSetContext set => binding.NSet!(self, set, cancellationToken),
        NCreateContext create => binding.NCreate!(self, create, cancellationToken),
        NDeleteContext delete => binding.NDelete!(self, delete, cancellationToken),
        NActionContext action => binding.NAction!(self, action, cancellationToken),
        NEventReportContext report => binding.NEventReport!(self, report, cancellationToken),
        _ => throw new InvalidOperationException($"{context.GetType()} has no handler."),
    };

    /// <summary>A data set that was kept in memory; null where there is none.</summary>
    /// <exception cref="DicomDataException">It cannot be decoded.</exception>
    public static DicomDataset? Decode(ReceivedRequest request) => (request.DataSet as KeptDataSet)?.Decode();

    /// <summary>An instance that has been looked at: what is malformed does not reach a handler.</summary>
    private static ReceivedInstance Whole(ReceivedInstance? instance)
    {
        _ = instance?.Identify() ?? throw new RefusedDataSetException("There is no data set");
        return instance;
    }

    private static DicomDataset Required(ReceivedRequest request) => Decode(request) ?? throw new RefusedDataSetException("There is no data set");
}
