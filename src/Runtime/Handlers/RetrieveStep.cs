namespace Specgen;

/// <summary>One thing that a C-MOVE or C-GET handler yields, with its status as a plain number: the untyped form of <see cref="RetrieveResult{TStatus}"/>.</summary>
public readonly struct RetrieveStep
{
    /// <summary>An instance that is to be sent.</summary>
    /// <param name="instance">The instance.</param>
    public RetrieveStep(InstanceReference instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        Instance = instance;
    }

    /// <summary>The end of the request.</summary>
    /// <param name="end">The answer.</param>
    public RetrieveStep(DimseResponse end) => End = end;

    /// <summary>The instance that is to be sent; <see langword="null"/> for the end of the request.</summary>
    public InstanceReference? Instance { get; }

    /// <summary>The answer that ends the request, where <see cref="Instance"/> is <see langword="null"/>.</summary>
    public DimseResponse End { get; }
}
