using Microsoft.CodeAnalysis;
using Specgen.Generators.Diagnostics;

namespace Specgen.Generators.Tests.Pipeline;

/// <summary>
/// How severe a diagnostic is, .editorconfig and .globalconfig say, as docs/diagnostics/README.md has it: the former of what is reported in C#, the latter also of pages and options, which
/// are in no C# file. What is said of other code is tested with its analyzers.
/// </summary>
[TestClass]
public sealed class SeverityTests
{
    private static readonly Dictionary<string, TestProject> s_inCode = new()
    {
        ["SPG1002"] = TestPages.All.Source("[Specgen.Scp<Specgen.Standard.AcmePromiseServiceClass>] internal sealed class Promise;", "Promise.cs"),
        ["SPG1010"] = TestPages.All.Source("[Specgen.Scp<Specgen.Standard.AcmePromiseServiceClass>] internal sealed partial class Promise;", "Promise.cs"),
    };

    private static readonly Dictionary<string, TestProject> s_elsewhere = new()
    {
        ["SPG0021"] = TestPages.All.Page("Acme\n====\n\nWithout a table.\n", "empty.rst"),
        ["SPG0026"] = TestPages.All.Page("Acme\n====\n\n====== =====\nColour Taste\n====== =====\nred    sweet\n====== =====\n", "colours.rst"),
        ["SPG0004"] = TestPages.All.Page(TestPages.Promise.Replace("0x0113", "0x011 ", StringComparison.Ordinal)),
        ["SPG1103"] = TestPages.All.Option("SpecgenServiceClasses", "AcmeVault,AcmePromis"),
    };

    private static readonly (string Name, DiagnosticSeverity? Severity)[] s_severities =
        [("none", null), ("silent", DiagnosticSeverity.Hidden), ("suggestion", DiagnosticSeverity.Info), ("warning", DiagnosticSeverity.Warning), ("error", DiagnosticSeverity.Error)];

    public static IEnumerable<object?[]> InCode => Cases(s_inCode);

    public static IEnumerable<object?[]> Elsewhere => Cases(s_elsewhere);

    /// <summary>One that could not be set would have to say so on its page.</summary>
    [TestMethod]
    public void Each_can_be_set() => Assert.IsEmpty(PageDiagnostics.All().Concat(HandlerDiagnostics.All()).Concat(CodeDiagnostics.All()).Where(static descriptor => descriptor.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable)));

    [TestMethod]
    [DynamicData(nameof(InCode))]
    public void In_code_by_editorconfig(string id, string severity, DiagnosticSeverity? expected)
    {
        Assert.AreEqual(expected, SeverityOf(id, s_inCode[id], $"root = true\n[*.cs]\ndotnet_diagnostic.{id}.severity = {severity}\n"));
        Assert.AreEqual(expected, SeverityOf(id, s_inCode[id], $"is_global = true\ndotnet_diagnostic.{id}.severity = {severity}\n"));
    }

    [TestMethod]
    [DynamicData(nameof(Elsewhere))]
    public void Elsewhere_by_globalconfig(string id, string severity, DiagnosticSeverity? expected) =>
        Assert.AreEqual(expected, SeverityOf(id, s_elsewhere[id], $"is_global = true\ndotnet_diagnostic.{id}.severity = {severity}\n"));

    private static DiagnosticSeverity? SeverityOf(string id, TestProject project, string configuration) =>
        (project with { Severities = configuration }).Run().Diagnostics.FirstOrDefault(diagnostic => diagnostic.Id == id)?.Severity;

    private static IEnumerable<object?[]> Cases(Dictionary<string, TestProject> projects) =>
        projects.Keys.SelectMany(static id => s_severities.Select(severity => new object?[] { id, severity.Name, severity.Severity }));
}
