namespace Specgen;

/// <summary>
/// The keys that a provider of queries supports at a level, for its conformance statement: best the very object that its <see cref="QueryMatcher"/> works with. A class with [Scp] says it by
/// <c>public static IReadOnlyList&lt;SupportedKeys&gt; SupportedKeys => [new("", WorklistKeys.All)];</c>.
/// </summary>
/// <param name="Level">The value of Query/Retrieve Level (0008,0052); empty where there are no levels.</param>
/// <param name="Keys">The keys.</param>
public sealed record SupportedKeys(string Level, QueryKeys Keys);
