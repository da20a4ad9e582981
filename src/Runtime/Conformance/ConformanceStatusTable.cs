namespace Specgen.Conformance;

/// <summary>The statuses of a DIMSE service in one role.</summary>
/// <param name="Operation">The DIMSE service.</param>
/// <param name="Role">Our role in the service class.</param>
/// <param name="IsSent">We perform the DIMSE service, and send the statuses; else we request it, and get them. An SCU performs N-EVENT-REPORT.</param>
/// <param name="Rows">In the order of their classes and codes.</param>
public sealed record ConformanceStatusTable(DimseOperation Operation, DicomRole Role, bool IsSent, IReadOnlyList<ConformanceStatusRow> Rows);
