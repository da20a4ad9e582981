namespace Specgen;

/// <summary>A class whose instances handle DIMSE requests: what it offers is known before there is an instance, so that instances can be made per association.</summary>
/// <typeparam name="TSelf">The class itself.</typeparam>
public interface IDimseHandlers<TSelf> : IDimseHandlers
    where TSelf : class, IDimseHandlers<TSelf>
{
    /// <summary>What the class offers, one for each [Scp] and [Scu] attribute.</summary>
    static abstract IReadOnlyList<ServiceBinding> ServiceBindings { get; }

    /// <summary>
    /// The keys of the queries that the class answers (C-FIND), for the conformance statement. A class states them with a public static property of this name and type; without
    /// one, nothing is stated.
    /// </summary>
    static virtual IReadOnlyList<SupportedKeys> SupportedKeys => [];
}
