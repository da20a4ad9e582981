using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Specgen.Generators;

namespace Specgen.CodeFixes.Tests;

/// <summary>"Write the missing handlers" from the name of a class, and from where the compiler misses them.</summary>
[TestClass]
public sealed class RefactoringTests
{
    private const string Source = """
        using System.Threading;
        using System.Threading.Tasks;
        using Specgen;
        using Specgen.Standard;

        [Scp<StorageServiceClass>]
        internal sealed partial class ImageStore
        {
            private readonly int other = 1;
        }
        """;

    [TestMethod]
    [DataRow("ImageStore", true)]
    [DataRow("StorageServiceClass", false)]
    [DataRow("other", false)]
    [DataRow("sealed", false)]
    public async Task The_name_of_the_class_offers_it_and_nothing_else(string at, bool isOffered)
    {
        using var workspace = new AdhocWorkspace();
        var document = Document(workspace);
        var actions = new List<CodeAction>();
        await new MissingHandlerRefactoring().ComputeRefactoringsAsync(new CodeRefactoringContext(document, new TextSpan(Source.IndexOf(at, StringComparison.Ordinal), 0), actions.Add, CancellationToken.None));

        Assert.HasCount(isOffered ? 1 : 0, actions);
        if (isOffered)
        {
            await AssertCompiles(document, actions[0]);
        }
    }

    [TestMethod]
    public async Task The_compilers_error_in_the_generated_part_offers_it()
    {
        using var workspace = new AdhocWorkspace();
        var document = Document(workspace);
        var compilation = (await document.Project.GetCompilationAsync())!;
        var diagnostic = compilation.GetDiagnostics().Single(static diagnostic => diagnostic.Id == "CS8795");
        var generated = document.Project.GetDocument(diagnostic.Location.SourceTree!)!;
        var actions = new List<CodeAction>();
        await new MissingHandlerFix().RegisterCodeFixesAsync(new CodeFixContext(generated, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));

        await AssertCompiles(document, actions.Single());
    }

    private static async Task AssertCompiles(Document document, CodeAction action)
    {
        var operation = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
        var changed = operation.ChangedSolution.GetDocument(document.Id)!;
        StringAssert.Contains((await changed.GetTextAsync()).ToString(), "private partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken) => new(StorageCStoreStatus.CannotUnderstand);");
        var compilation = (await changed.Project.GetCompilationAsync())!;
        Assert.IsEmpty(compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    private static Document Document(AdhocWorkspace workspace)
    {
        var project = workspace.AddProject("User", LanguageNames.CSharp)
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.CSharp12))
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable))
            .AddMetadataReferences(Setup.References)
            .AddAnalyzerReference(new GeneratorReference());
        return project.AddDocument("User.cs", SourceText.From(Source));
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
