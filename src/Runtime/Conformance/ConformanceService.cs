namespace Specgen.Conformance;

/// <summary>A service class in one role of an application entity.</summary>
/// <param name="ServiceClass">Title of the page, <c>Storage Service Class</c>.</param>
/// <param name="Role">Our role.</param>
/// <param name="SopClasses">The SOP classes.</param>
/// <param name="StatusTables">One for each DIMSE service that we perform or request.</param>
public sealed record ConformanceService(string ServiceClass, DicomRole Role, IReadOnlyList<SopClass> SopClasses, IReadOnlyList<ConformanceStatusTable> StatusTables)
{
    /// <summary>The action types that are known; <see langword="null"/> where the service class has none, or all are passed on.</summary>
    public IReadOnlyList<ConformanceType>? ActionTypes { get; init; }

    /// <summary>The event types that are known; <see langword="null"/> where the service class has none, or all are passed on.</summary>
    public IReadOnlyList<ConformanceType>? EventTypes { get; init; }

    /// <summary>The keys of queries that are supported; <see langword="null"/> where the author has not said (<see cref="SupportedKeys"/>), empty where no queries are answered.</summary>
    public IReadOnlyList<ConformanceKey>? Keys { get; init; } = [];

    /// <summary>What messages have to carry.</summary>
    public IReadOnlyList<ConformanceModule> Modules { get; init; } = [];
}
