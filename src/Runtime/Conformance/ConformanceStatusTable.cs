namespace Specgen.Conformance;

/// <summary>The statuses of a DIMSE service in one role.</summary>
/// <param name="Operation">The DIMSE service.</param>
/// <param name="Role">SCP: who sends them; SCU: who gets them.</param>
/// <param name="Rows">In the order of their classes and codes.</param>
public sealed record ConformanceStatusTable(DimseOperation Operation, DicomRole Role, IReadOnlyList<ConformanceStatusRow> Rows);
