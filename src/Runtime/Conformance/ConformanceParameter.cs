namespace Specgen.Conformance;

/// <summary>A value that an application entity works with.</summary>
/// <param name="Section">The section of PS3.2 Annex N that lists it.</param>
/// <param name="Name">As the section calls it.</param>
/// <param name="Value">The value, with its unit.</param>
/// <param name="Option">The option that sets it, where it can be configured; else empty.</param>
public sealed record ConformanceParameter(string Section, string Name, string Value, string Option = "");
