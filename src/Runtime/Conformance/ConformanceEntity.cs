namespace Specgen.Conformance;

/// <summary>An application entity: what it serves and uses, and what it works with.</summary>
/// <param name="AETitle">Its AE title.</param>
/// <param name="Services">Its service classes, one for each role.</param>
/// <param name="Contexts">The presentation contexts that it accepts and proposes.</param>
/// <param name="Parameters">Association parameters, time-outs, security.</param>
public sealed record ConformanceEntity(
    string AETitle, IReadOnlyList<ConformanceService> Services, IReadOnlyList<ConformanceContext> Contexts, IReadOnlyList<ConformanceParameter> Parameters)
{
    /// <summary>Policies in sentences: whom it accepts, when it asks for an association.</summary>
    public IReadOnlyList<ConformanceParameter> Policies { get; init; } = [];
}
