using FellowOakDicom;

namespace Specgen;

internal sealed class ScuConnection
{
    public bool IsOpen => throw new NotImplementedException();

    public AssociationInfo Info => throw new NotImplementedException();

    public IReadOnlyList<AcceptedContext> AcceptedContexts => throw new NotImplementedException();

    public static ValueTask<ScuConnection> OpenAsync(IDimseHandlers? user, ScuOptions options, CancellationToken cancellationToken) => throw new NotImplementedException();

    public ValueTask<DimseResponse> CEchoAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    public ValueTask<DimseResponse> CStoreAsync(DicomFile file, CancellationToken cancellationToken) => throw new NotImplementedException();

    public ValueTask<DimseResponse> CStoreAsync(string path, CancellationToken cancellationToken) => throw new NotImplementedException();

    public ValueTask<DimseResponse> NActionAsync(SopClass sopClass, string sopInstanceUid, ushort actionTypeId, DicomDataset? dataset, CancellationToken cancellationToken) => throw new NotImplementedException();

    public ValueTask<DimseResponse> NEventReportAsync(SopClass sopClass, string sopInstanceUid, ushort eventTypeId, DicomDataset? dataset, CancellationToken cancellationToken) => throw new NotImplementedException();

    public ValueTask ReleaseAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    public ValueTask AbortAsync() => throw new NotImplementedException();
}
