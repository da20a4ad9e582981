namespace Specgen.Conformance;

/// <summary>An attribute of a module, in a message.</summary>
/// <param name="Name">Its name, with a <c>&gt;</c> before it for each sequence that it is in.</param>
/// <param name="Tag">Its tag, <c>(0040,0253)</c>.</param>
/// <param name="Scu">What the SCU has to do (PS3.4 §5.4): a type such as <c>1</c> or <c>2C</c>, or <c>-</c> for nothing; for both of them: not allowed.</param>
/// <param name="Scp">What the SCP has to do.</param>
public sealed record ConformanceAttribute(string Name, string Tag, string Scu, string Scp);
