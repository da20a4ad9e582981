namespace Specgen.Associations;

/// <summary>Ids of diagnostics that the compiler cannot give, because only a server that starts knows. SPG1100 is kept free for it among the generator's own.</summary>
internal static class DiagnosticIds
{
    public const string TwoProviders = "SPG1100";
}
