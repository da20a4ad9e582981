using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Specgen.Generators.Analyzers;
using Specgen.Generators.Diagnostics;

namespace Specgen.CodeFixes.Tests;

/// <summary>What is said of C# that is no handler is as severe as .editorconfig has it, or off.</summary>
[TestClass]
public sealed class SeverityTests
{
    private static readonly Dictionary<string, (string Expression, Func<string, string, Task> Analyze)> s_cases = new()
    {
        ["SPG2001"] = ("{|#0:\"1.2.840.10008.5.1.4.1.1.2\"|}", AnalyzeAsync<UidAnalyzer>),
        ["SPG2002"] = ("{|#0:\"1.2.840.10008.1.20.11\"|}", AnalyzeAsync<UidAnalyzer>),
        ["SPG2003"] = ("FellowOakDicom.DicomDictionary.Default[{|#0:\"PatientNme\"|}]", AnalyzeAsync<KeywordAnalyzer>),
        ["SPG2004"] = ("(StorageCStoreStatus){|#0:0xB00F|}", AnalyzeAsync<StatusAnalyzer>),
        ["SPG2005"] = ("{|#0:FellowOakDicom.Network.DicomStatus.Lookup((ushort)UnifiedProcedureStepNSetStatus.TheUpsMayNoLongerBeUpdated)|}", AnalyzeAsync<DicomStatusAnalyzer>),
    };

    private static readonly Dictionary<string, DiagnosticSeverity?> s_severities = new()
    {
        ["none"] = null,
        ["suggestion"] = DiagnosticSeverity.Info,
        ["warning"] = DiagnosticSeverity.Warning,
        ["error"] = DiagnosticSeverity.Error,
    };

    public static IEnumerable<object[]> Cases => CodeDiagnostics.All().SelectMany(static descriptor => s_severities.Keys.Select(severity => new object[] { descriptor.Id, severity }));

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public Task Each_is_as_severe_as_editorconfig_has_it(string id, string severity) => s_cases[id].Analyze(id, severity);

    private static async Task AnalyzeAsync<TAnalyzer>(string id, string severity)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var test = new Analysis<TAnalyzer, EmptyCodeFixProvider>($"using Specgen.Standard;\n\nclass C {{ object O() => {s_cases[id].Expression}; }}");
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n[*]\ndotnet_diagnostic.{id}.severity = {severity}\n"));
        if (s_severities[severity] is { } expected)
        {
            test.TestState.ExpectedDiagnostics.Add(new DiagnosticResult(id, expected).WithLocation(0));
        }

        await test.RunAsync();
    }
}
