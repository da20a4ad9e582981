namespace Specgen;

/// <summary>One row of a service class's DIMSE table: who supports which DIMSE service for which SOP classes (PS3.4).</summary>
/// <param name="Operation">The DIMSE service.</param>
/// <param name="Qualifier">What follows the service's name, <c>Request cancel</c> of "N-ACTION - Request cancel"; else <see langword="null"/>.</param>
/// <param name="SopClasses">The SOP classes that the row is for; empty means all of the page.</param>
/// <param name="ScuUsage">What the table asks of the service class user.</param>
/// <param name="ScpUsage">What the table asks of the service class provider.</param>
public sealed record DimseService(DimseOperation Operation, string? Qualifier, IReadOnlyList<SopClass> SopClasses, Usage ScuUsage, Usage ScpUsage);
