using Specgen.Associations;

namespace Specgen.Conformance;

/// <summary>What an application entity's classes offer and ask for → its services, and the presentation contexts that it proposes.</summary>
internal static class BindingModel
{
    /// <summary>Bindings of one service class in one role are one service, whoever handles its SOP classes.</summary>
    public static IEnumerable<ConformanceService> Services(IEnumerable<ServiceBinding> bindings) => bindings.GroupBy(static b => (b.ServiceClass, b.Role)).Select(static all =>
    {
        var performed = all.SelectMany(static b => b.Operations.Select(operation => (Binding: b, Operation: operation))).ToList();
        var requested = all.SelectMany(static b => b.Requests.Select(operation => (Binding: b, Operation: operation))).ToList();
        return new ConformanceService(
            all.Key.ServiceClass,
            all.Key.Role,
            [.. all.SelectMany(static b => b.SopClasses).DistinctBy(static s => s.Uid)],
            [
                .. performed.DistinctBy(static p => p.Operation).Select(static p => StatusRows.Of(p.Binding, p.Operation, isSent: true)),
                .. requested.DistinctBy(static p => p.Operation).Select(static p => StatusRows.Of(p.Binding, p.Operation, isSent: false)),
            ])
        {
            ActionTypes = Types(all, DimseOperation.NAction, static b => (b.ActionTypes, b.ActionTypeNames)),
            EventTypes = Types(all, DimseOperation.NEventReport, static b => (b.EventTypes, b.EventTypeNames)),
            Keys = Keys(all.Key.ServiceClass, all),
            Modules = ModuleRows.Of(all.Select(static b => b.Modules).OfType<Func<IReadOnlyList<MessageModule>>>().SelectMany(static m => m())),
        };
    });

    /// <summary>A page's types, of those who perform or request the DIMSE service.</summary>
    private static ConformanceType[]? Types(IEnumerable<ServiceBinding> bindings, DimseOperation operation, Func<ServiceBinding, (IReadOnlyList<ushort>? Ids, IReadOnlyList<string> Names)> types) =>
        bindings.Where(b => b.Operations.Contains(operation) || b.Requests.Contains(operation)).Select(types).SelectMany(static t => (t.Ids ?? []).Select((id, i) => new ConformanceType(id, i < t.Names.Count ? t.Names[i] : ""))).DistinctBy(static t => t.Id).OrderBy(static t => t.Id).ToArray() is { Length: > 0 } known
            ? known
            : null;

    /// <summary>Null where a query is answered, and its keys are not said.</summary>
    private static ConformanceKey[]? Keys(string serviceClass, IEnumerable<ServiceBinding> bindings)
    {
        var queried = bindings.Where(static b => b.CFind is not null).ToList();
        var supported = queried.Select(static b => b.SupportedKeys?.Invoke() ?? []).ToList();
        return supported.Exists(static keys => keys.Count == 0) ? null : [.. supported.SelectMany(static keys => keys).DistinctBy(static keys => keys.Level).SelectMany(keys => KeyRows.Of(serviceClass, keys))];
    }

    /// <summary>What users propose, and what providers propose for their notifications.</summary>
    public static IEnumerable<ConformanceContext> Initiated(IEnumerable<ServiceBinding> bindings) => bindings.SelectMany(static binding => binding.Role == DicomRole.Scu
        ? binding.SopClasses.Select(sopClass => new ConformanceContext(sopClass, DicomRole.Scu, true, ProposedContexts.Usual, binding.Requests))
        : binding.Requests.Count == 0 ? []
        : binding.SopClasses.SelectMany(static s => s.ContextsFor(DimseOperation.NEventReport).Select(uid => (SopClass: s, Uid: uid))).DistinctBy(static c => c.Uid).Select(context =>
            new ConformanceContext(binding.SopClasses.FirstOrDefault(s => s.Uid == context.Uid) ?? context.SopClass, DicomRole.Scp, true, ProposedContexts.Usual, binding.Requests)
            {
                ExtendedNegotiation = ["SCP role of the requestor (SCP/SCU role selection)"],
            })).DistinctBy(static c => (c.SopClass.Uid, c.Role));
}
