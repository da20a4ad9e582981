namespace Specgen;

/// <summary>Ids of diagnostics that the compiler cannot give, because only a server that starts knows. Numbered from SPG1100 on; the generator's own end below.</summary>
internal static class DiagnosticIds
{
    public const string TwoProviders = "SPG1100";
}
