using System.ComponentModel;

namespace Specgen.Generated;

/// <summary>
/// What a class offers for one service class: which SOP classes in which role, and a delegate for each DIMSE service that it handles. Made by generated code
/// and shared by all instances of the class.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ServiceBinding
{
    /// <summary>The role that the class has: <see cref="DicomRole.Scp"/> for [Scp], <see cref="DicomRole.Scu"/> for [Scu].</summary>
    public required DicomRole Role { get; init; }

    /// <summary>The page's title, <c>Storage Service Class</c>.</summary>
    public required string ServiceClass { get; init; }

    /// <summary>The SOP classes that presentation contexts are accepted or proposed for.</summary>
    public required IReadOnlyList<SopClass> SopClasses { get; init; }

    /// <summary>The page's own statuses; gives the status for requests that the runtime answers itself.</summary>
    public required Func<DimseOperation, ushort, StatusInfo?> FindStatus { get; init; }

    /// <summary>The SOP classes of all pages, for C-GET: those of storage are sent over the association. <see langword="null"/>: nothing is known, so all may be storage.</summary>
    public Func<string, SopClass?>? FindSopClass { get; init; }

    /// <summary>The action types of the page's table; another one is answered 0x0123. <see langword="null"/>: the page has no table, all are passed on.</summary>
    public IReadOnlyList<ushort>? ActionTypes { get; init; }

    /// <summary>What the page calls the action types, each at the place of its number in <see cref="ActionTypes"/>.</summary>
    public IReadOnlyList<string> ActionTypeNames { get; init; } = [];

    /// <summary>The event types of the page's table; another one is answered 0x0113. <see langword="null"/>: the page has no table, all are passed on.</summary>
    public IReadOnlyList<ushort>? EventTypes { get; init; }

    /// <summary>What the page calls the event types, each at the place of its number in <see cref="EventTypes"/>.</summary>
    public IReadOnlyList<string> EventTypeNames { get; init; } = [];

    /// <summary>The handler for C-ECHO; <see langword="null"/> answers 0x0211.</summary>
    public DimseHandler<CEchoContext>? CEcho { get; init; }

    /// <summary>The handler for C-STORE; <see langword="null"/> answers 0x0211.</summary>
    public DimseHandler<CStoreContext>? CStore { get; init; }

    /// <summary>The handler for C-FIND; <see langword="null"/> answers 0x0211.</summary>
    public DimseStreamHandler<CFindContext>? CFind { get; init; }

    /// <summary>The handler for N-ACTION; <see langword="null"/> answers 0x0211.</summary>
    public DimseHandler<NActionContext>? NAction { get; init; }

    /// <summary>The handler for N-EVENT-REPORT; <see langword="null"/> answers 0x0211.</summary>
    public DimseHandler<NEventReportContext>? NEventReport { get; init; }

    /// <summary>The handler for C-GET; <see langword="null"/> answers 0x0211.</summary>
    public RetrieveHandler<CGetContext>? CGet { get; init; }

    /// <summary>The handler for C-MOVE; <see langword="null"/> answers 0x0211.</summary>
    public RetrieveHandler<CMoveContext>? CMove { get; init; }

    /// <summary>The handler for N-GET; <see langword="null"/> answers 0x0211.</summary>
    public DimseHandler<NGetContext>? NGet { get; init; }

    /// <summary>The handler for N-SET; <see langword="null"/> answers 0x0211.</summary>
    public DimseHandler<NSetContext>? NSet { get; init; }

    /// <summary>The handler for N-CREATE; <see langword="null"/> answers 0x0211.</summary>
    public DimseHandler<NCreateContext>? NCreate { get; init; }

    /// <summary>The handler for N-DELETE; <see langword="null"/> answers 0x0211.</summary>
    public DimseHandler<NDeleteContext>? NDelete { get; init; }

    /// <summary>The DIMSE services that the class requests of its peer: the operations of a user, the notifications of a provider.</summary>
    public IReadOnlyList<DimseOperation> Requests { get; init; } = [];

    /// <summary>What the author says about statuses, for the conformance statement.</summary>
    public IReadOnlyList<StatusNote> StatusNotes { get; init; } = [];

    /// <summary>The keys of queries that the class supports, for the conformance statement; <see langword="null"/> where it answers none.</summary>
    public Func<IReadOnlyList<SupportedKeys>>? SupportedKeys { get; init; }

    /// <summary>The modules of the requests and answers, over empty data sets, for the conformance statement; <see langword="null"/> where they have none.</summary>
    public Func<IReadOnlyList<MessageModule>>? Modules { get; init; }

    /// <summary>What a class says of its queries.</summary>
    /// <typeparam name="T">The class.</typeparam>
    public static IReadOnlyList<SupportedKeys> KeysOf<T>()
        where T : class, IDimseHandlers<T> => T.SupportedKeys;

    /// <summary>What a class offers that derives from one that offers something itself: its own, and the base's where it has nothing for the same role and service class.</summary>
    /// <typeparam name="TBase">The base.</typeparam>
    /// <param name="own">The class's own.</param>
    public static IReadOnlyList<ServiceBinding> WithThoseOf<TBase>(IReadOnlyList<ServiceBinding> own)
        where TBase : class, IDimseHandlers<TBase> =>
        Array.AsReadOnly<ServiceBinding>([.. own, .. TBase.ServiceBindings.Where(inherited => !own.Any(binding => binding.Role == inherited.Role && binding.ServiceClass == inherited.ServiceClass))]);

    /// <summary>The DIMSE services that have a handler.</summary>
    internal IEnumerable<DimseOperation> Operations => Enum.GetValues<DimseOperation>().Where(operation => Handler(operation) is not null);

    private Delegate? Handler(DimseOperation operation) => operation switch
    {
        DimseOperation.CEcho => CEcho,
        DimseOperation.CStore => CStore,
        DimseOperation.CFind => CFind,
        DimseOperation.CGet => CGet,
        DimseOperation.CMove => CMove,
        DimseOperation.NEventReport => NEventReport,
        DimseOperation.NGet => NGet,
        DimseOperation.NSet => NSet,
        DimseOperation.NAction => NAction,
        DimseOperation.NCreate => NCreate,
        DimseOperation.NDelete => NDelete,
        _ => null,
    };
}
