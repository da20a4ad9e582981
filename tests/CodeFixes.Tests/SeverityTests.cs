using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Analyzers;
using Specgen.Generators.Diagnostics;

namespace Specgen.CodeFixes.Tests;

/// <summary>What is said of C# that is no handler is as severe as .editorconfig has it, or off. The test library does not tell a warning from one that is made an error, so this asks the compiler.</summary>
[TestClass]
public sealed class SeverityTests
{
    private static readonly Dictionary<string, (string Expression, DiagnosticAnalyzer Analyzer)> s_cases = new()
    {
        ["SPG2001"] = ("\"1.2.840.10008.5.1.4.1.1.2\"", new UidAnalyzer()),
        ["SPG2002"] = ("\"1.2.840.10008.1.20.11\"", new UidAnalyzer()),
        ["SPG2003"] = ("FellowOakDicom.DicomDictionary.Default[\"PatientNme\"]", new KeywordAnalyzer()),
        ["SPG2004"] = ("(StorageCStoreStatus)0xB00F", new StatusAnalyzer()),
        ["SPG2005"] = ("FellowOakDicom.Network.DicomStatus.Lookup((ushort)UnifiedProcedureStepNSetStatus.TheUpsMayNoLongerBeUpdated)", new DicomStatusAnalyzer()),
    };

    private static readonly (string Name, DiagnosticSeverity? Severity)[] s_severities =
        [("none", null), ("silent", DiagnosticSeverity.Hidden), ("suggestion", DiagnosticSeverity.Info), ("warning", DiagnosticSeverity.Warning), ("error", DiagnosticSeverity.Error)];

    public static IEnumerable<object?[]> Cases => CodeDiagnostics.All().SelectMany(static descriptor => s_severities.Select(severity => new object?[] { descriptor.Id, severity.Name, severity.Severity }));

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public async Task Each_is_as_severe_as_editorconfig_has_it(string id, string severity, DiagnosticSeverity? expected)
    {
        var (expression, analyzer) = s_cases[id];
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject("User", LanguageNames.CSharp)
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .AddMetadataReferences(Setup.References)
            .AddDocument("User.cs", SourceText.From($"using Specgen.Standard;\n\nclass C {{ object O() => {expression}; }}"), filePath: "/user/User.cs").Project
            .AddAnalyzerConfigDocument(".editorconfig", SourceText.From($"root = true\n[*.cs]\ndotnet_diagnostic.{id}.severity = {severity}\n"), filePath: "/user/.editorconfig").Project;

        var reported = await (await project.GetCompilationAsync())!.WithAnalyzers([analyzer], project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync();

        Assert.AreEqual(expected, reported.SingleOrDefault(diagnostic => diagnostic.Id == id)?.Severity, string.Join("\n", reported));
    }
}
