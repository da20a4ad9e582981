using System.Collections.Immutable;

namespace Specgen;

/// <summary>
/// What the page says about the messages of a SOP class: they need not come in its own presentation context, nor name it. A meta SOP class stands for several (PS3.4 §H.3.2.2), and
/// the normalized messages of Unified Procedure Step all name one (PS3.4 §CC.3.1.1).
/// </summary>
public sealed partial record SopClass
{
    /// <summary>Other SOP classes in whose presentation contexts messages about this one come, with the DIMSE services that they have there. A page may add to a SOP class that another page has.</summary>
    private ImmutableArray<(string Uid, Func<DimseOperation, bool> Has)> _contexts = [];

    /// <summary>Whether its presentation contexts are for several SOP classes.</summary>
    internal bool IsMeta { get; set; }

    /// <summary>Whether C-STORE is for it.</summary>
    internal bool IsStorage { get; set; }

    /// <summary>Whether relational queries or retrievals can be negotiated for it (PS3.4 §C.5).</summary>
    internal bool IsRelational { get; set; }

    /// <summary>The SOP class that normalized messages in its presentation contexts name; null for itself.</summary>
    internal SopClass? MessageClass { get; set; }

    /// <summary>The SOP class that a message in its presentation context names.</summary>
    internal SopClass Named(DimseOperation operation) => MessageClass is { } other && IsNormalized(operation) ? other : this;

    /// <summary>UIDs of the SOP classes to propose for a message about it: another one's where that is who has the DIMSE service, as events of Unified Procedure Step have.</summary>
    internal IReadOnlyList<string> ContextsFor(DimseOperation operation)
    {
        var others = Named(operation).Others(operation).ToArray();
        return others.Length > 0 && !IsMeta ? others : [Uid];
    }

    /// <summary>The first presentation context, of those that were accepted, in which a message about it may be sent; null where there is none.</summary>
    internal T? ChooseContext<T>(IReadOnlyCollection<T> accepted, Func<T, string> abstractSyntax, DimseOperation operation)
        where T : class =>
        Named(operation).Others(operation).Prepend(Uid).Select(uid => accepted.FirstOrDefault(context => abstractSyntax(context) == uid)).FirstOrDefault(static context => context is not null);

    /// <summary>Lets messages about it come in the presentation contexts of another SOP class, if that has the DIMSE service.</summary>
    internal void AddContext(SopClass other, Func<DimseOperation, bool> has) => ImmutableInterlocked.Update(ref _contexts, static (all, one) => all.Add(one), (other.Uid, has));

    private IEnumerable<string> Others(DimseOperation operation) =>
        IsNormalized(operation) ? _contexts.Where(context => context.Has(operation)).Select(static context => context.Uid) : [];

    private static bool IsNormalized(DimseOperation operation) => operation
        is DimseOperation.NEventReport or DimseOperation.NGet or DimseOperation.NSet or DimseOperation.NAction or DimseOperation.NCreate or DimseOperation.NDelete;
}
