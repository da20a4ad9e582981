namespace Specgen.Conformance;

/// <summary>The attributes of a module in the messages of a DIMSE service: those that are required, returned, or not allowed there.</summary>
/// <param name="Operation">The DIMSE service.</param>
/// <param name="Of">The action or event type, or the SOP class, whose messages these are; empty for all.</param>
/// <param name="IsReply">Of the answers; else of the requests.</param>
/// <param name="Attributes">In the order of the module's table, items of sequences after the sequences.</param>
public sealed record ConformanceModule(DimseOperation Operation, string Of, bool IsReply, IReadOnlyList<ConformanceAttribute> Attributes);
