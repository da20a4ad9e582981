using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Specgen.Generators;

namespace Specgen.CodeFixes.Tests;

/// <summary>A code fix on what the generator reports about a project that has the compiled standard.</summary>
internal sealed class Fix<TFix> : CSharpCodeFixTest<EmptyDiagnosticAnalyzer, TFix, DefaultVerifier>
    where TFix : CodeFixProvider, new()
{
    public Fix(string before, string after)
    {
        Setup.Of(TestState);
        Setup.Of(FixedState);
        TestState.Sources.Add(before);
        FixedState.Sources.Add(after);

        FixedState.InheritanceMode = StateInheritanceMode.Explicit;
        CodeFixTestBehaviors = CodeFixTestBehaviors.SkipLocalDiagnosticCheck;
        TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck | TestBehaviors.SkipGeneratedCodeCheck;
        ReferenceAssemblies = Setup.None;
        CompilerDiagnostics = CompilerDiagnostics.None;
    }

    protected override IEnumerable<Type> GetSourceGenerators() => [typeof(SpecgenGenerator)];

    protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion.CSharp12);
}

/// <summary>An analyzer, and a code fix on what it reports, in a project that has the compiled standard.</summary>
internal sealed class Analysis<TAnalyzer, TFix> : CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    public Analysis(string source)
    {
        Setup.Of(TestState);
        TestState.Sources.Add(source);
        ReferenceAssemblies = Setup.None;
        CompilerDiagnostics = CompilerDiagnostics.None;
    }
}

/// <summary>References of every test project.</summary>
internal static class Setup
{
    private static readonly ImmutableArray<MetadataReference> s_references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(static path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll" or "Specgen.Runtime.dll" or "Specgen.Standard.dll" or "fo-dicom.core.dll"))
        .Select(static path => (MetadataReference)MetadataReference.CreateFromFile(path))
        .ToImmutableArray();

    /// <summary>None of a feed: what this process runs on is enough.</summary>
    public static ReferenceAssemblies None { get; } = new("net");

    public static ImmutableArray<MetadataReference> References => s_references;

    public static void Of(SolutionState state) => state.AdditionalReferences.AddRange(s_references);
}
