using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Specgen.Generators;

namespace Specgen.CodeFixes.Tests;

/// <summary>A project as an editor has it, with what the generator adds to it; the test library's projects have nothing of that.</summary>
internal static class Editor
{
    public static Document Document(AdhocWorkspace workspace, string source) => workspace.AddProject("User", LanguageNames.CSharp)
        .WithParseOptions(new CSharpParseOptions(LanguageVersion.CSharp12))
        .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable))
        .AddMetadataReferences(Setup.References)
        .AddAnalyzerReference(new GeneratorReference())
        .AddDocument("User.cs", SourceText.From(source));

    /// <summary>What the generator reports about a document.</summary>
    public static async Task<ImmutableArray<Diagnostic>> ReportedAsync(this Document document)
    {
        var compilation = (await document.Project.GetCompilationAsync())!;
        var tree = (await document.GetSyntaxTreeAsync())!;
        var written = compilation.RemoveSyntaxTrees(compilation.SyntaxTrees.Where(other => other != tree));
        return CSharpGeneratorDriver.Create([new SpecgenGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)tree.Options).RunGenerators(written).GetRunResult().Diagnostics;
    }

    /// <summary>The document after an action; it compiles.</summary>
    public static async Task<string> ApplyAsync(this Document document, CodeAction action)
    {
        var operation = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
        var changed = operation.ChangedSolution.GetDocument(document.Id)!;
        var compilation = (await changed.Project.GetCompilationAsync())!;
        var text = (await changed.GetTextAsync()).ToString();
        Assert.IsEmpty(compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != "CS8795").Select(diagnostic => diagnostic + "\n" + text));
        return text;
    }

    private sealed class GeneratorReference : AnalyzerReference
    {
        private readonly ImmutableArray<ISourceGenerator> _generators = [new SpecgenGenerator().AsSourceGenerator()];

        public override string? FullPath => null;

        public override object Id => "Specgen.Generators";

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzers(string language) => [];

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzersForAllLanguages() => [];

        public override ImmutableArray<ISourceGenerator> GetGenerators(string language) => _generators;

        public override ImmutableArray<ISourceGenerator> GetGeneratorsForAllLanguages() => _generators;
    }
}
