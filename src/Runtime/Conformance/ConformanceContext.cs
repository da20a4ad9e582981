namespace Specgen.Conformance;

/// <summary>A presentation context that an application entity accepts or proposes.</summary>
/// <param name="SopClass">The abstract syntax.</param>
/// <param name="Role">Our role.</param>
/// <param name="IsInitiated">We propose it; else we accept it.</param>
/// <param name="TransferSyntaxes">UIDs, best first; empty where any is accepted, in the order of the requestor.</param>
/// <param name="Operations">The DIMSE services that we perform (accepted), or request (proposed).</param>
public sealed record ConformanceContext(SopClass SopClass, DicomRole Role, bool IsInitiated, IReadOnlyList<string> TransferSyntaxes, IReadOnlyList<DimseOperation> Operations)
{
    /// <summary>What is negotiated in addition: roles, relational queries, the level of storage. Empty where nothing is.</summary>
    public IReadOnlyList<string> ExtendedNegotiation { get; init; } = [];
}
