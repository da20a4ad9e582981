namespace Specgen;

/// <summary>An object that handles DIMSE requests. Implemented by the generated part of every [Scp] and [Scu] class.</summary>
public interface IDimseHandlers
{
    /// <summary>What it offers, one for each [Scp] and [Scu] attribute.</summary>
    IReadOnlyList<ServiceBinding> Bindings { get; }
}
