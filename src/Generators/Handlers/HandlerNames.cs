using Specgen.Generators.Emission;
using Specgen.Generators.Reading;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Handlers;

/// <summary>
/// Names of the methods of a handler class: OnNActionAsync, or OnStorageCommitmentNActionAsync where several of its service classes have the operation. Independent of the order of attributes.
/// </summary>
internal sealed class HandlerNames(IReadOnlyList<UsedService> services)
{
    public string Handler(UsedService used, DimseOperation operation) => "On" + Core(used, operation) + "Async";

    public string Client(UsedService used, DimseOperation operation) => Core(used, operation) + "Async";

    /// <summary>The handler of one action or event type: "OnRequestUpsCancelAsync".</summary>
    public string Handler(UsedService used, NamedType type) => "On" + Core(used, type) + "Async";

    /// <summary>The request of one action or event type: "RequestUpsCancelAsync"; of a provider, which notifies: "NotifyUpsStateReportAsync".</summary>
    public string Client(UsedService used, NamedType type) => (used.IsScp ? "Notify" : "") + Core(used, type) + "Async";

    /// <summary>On, an operation, Async, perhaps with a service class between; or a part without a whole whose first parameter is a context of the runtime.</summary>
    public bool LooksLikeHandler(HandlerMethod method) =>
        CellText.Operations.Any(operation => method.Name == "On" + operation + "Async" || services.Any(used => method.Name == "On" + used.Service.ShortName + operation + "Async"))
        || (method.IsPartial && CellText.Operations.Any(operation => method.Context == Operations.Context(operation)));

    private string Core(UsedService used, NamedType type)
    {
        var isShared = services.Count(other => other.IsHandled(type.Operation) == used.IsHandled(type.Operation) && NamedType.Of(other).Any(named => named.Operation == type.Operation && named.Name == type.Name)) > 1;
        return isShared ? CSharpText.Identifier(used.Service.ShortName + type.Name) : type.Name;
    }

    private string Core(UsedService used, DimseOperation operation)
    {
        var shared = services.Count(other => other.IsHandled(operation) == used.IsHandled(operation) && other.Operations().Any(pair => pair.Operation == operation)) > 1;
        return shared ? CSharpText.Identifier(used.Service.ShortName + operation) : operation.ToString();
    }
}

/// <summary>The DIMSE services from the view of handlers.</summary>
internal static class Operations
{
    /// <summary>Name of the runtime's type of an answer: "CFindResult" where a handler yields several, "DimseResult" where it returns one.</summary>
    public static string Result(DimseOperation operation) => operation switch
    {
        DimseOperation.CFind => "CFindResult",
        DimseOperation.CGet or DimseOperation.CMove => "RetrieveResult",
        _ => "DimseResult",
    };

    /// <summary>Whether its handler yields several answers.</summary>
    public static bool IsStream(DimseOperation operation) => operation is DimseOperation.CFind or DimseOperation.CGet or DimseOperation.CMove;

    /// <summary>Name of the runtime's type for a request: "CStoreContext".</summary>
    public static string Context(DimseOperation operation) => operation + "Context";
}
