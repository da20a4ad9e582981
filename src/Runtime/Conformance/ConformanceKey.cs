namespace Specgen.Conformance;

/// <summary>A key of queries that a provider supports (PS3.2 Table N.5-18).</summary>
/// <param name="Level">The value of Query/Retrieve Level (0008,0052); empty where there are no levels.</param>
/// <param name="Name">Its name, with a <c>&gt;</c> before it for each sequence that it is in.</param>
/// <param name="Tag">Its tag, <c>(0010,0020)</c>.</param>
/// <param name="Matching">The template's words: <c>SINGLE_VALUE</c>, <c>UID</c>, <c>WILDCARD</c>, <c>RANGE</c>, <c>SEQUENCE</c>, <c>UNIVERSAL</c>; the last alone for one that is returned and not matched.</param>
/// <param name="Kind">What PS3.4 calls it: a unique, required, or optional key; empty where nothing is known.</param>
public sealed record ConformanceKey(string Level, string Name, string Tag, IReadOnlyList<string> Matching, string Kind);
