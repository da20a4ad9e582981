namespace Specgen.Conformance;

/// <summary>An action or event type.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">What the page calls it; empty where it does not.</param>
public sealed record ConformanceType(ushort Id, string Name);
