namespace Specgen.Scu;

/// <summary>Takes the instances that a C-GET of ours brings, for whoever asked.</summary>
internal sealed class ArrivingInstances : IDimseHandlers
{
    private Func<CStoreContext, CancellationToken, ValueTask<DimseResponse>>? _handler;

    /// <param name="sopClassUids">What we take as SCP (PS3.4 §C.5.3, role selection).</param>
    public ArrivingInstances(IEnumerable<string> sopClassUids) => Bindings =
    [
        new ServiceBinding
        {
            Role = DicomRole.Scp,
            ServiceClass = "Storage Service Class",
            SopClasses = [.. sopClassUids.Select(SopClass.Unknown)],
            FindStatus = FindStatus,
            CStore = static (self, context, cancellationToken) => ((ArrivingInstances)self).StoreAsync(context, cancellationToken),
        },
    ];

    public IReadOnlyList<ServiceBinding> Bindings { get; }

    public Func<CStoreContext, CancellationToken, ValueTask<DimseResponse>>? Handler
    {
        set => Volatile.Write(ref _handler, value);
    }

    private ValueTask<DimseResponse> StoreAsync(CStoreContext context, CancellationToken cancellationToken) =>
        Volatile.Read(ref _handler)?.Invoke(context, cancellationToken) ?? ValueTask.FromResult(new DimseResponse(0x0110) { ErrorComment = "Nobody has asked for it" });

    /// <summary>The failures of PS3.4 Table B.2-1, for what the runtime has to answer itself.</summary>
    private static StatusInfo? FindStatus(DimseOperation operation, ushort code) => code switch
    {
        >= 0xA700 and <= 0xA7FF => new StatusInfo(code, StatusCategory.Failure, "Out of resources", "Storage Service Class"),
        >= 0xC000 and <= 0xCFFF => new StatusInfo(code, StatusCategory.Failure, "Cannot understand", "Storage Service Class"),
        _ => null,
    };
}
