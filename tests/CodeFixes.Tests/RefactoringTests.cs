using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;

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

    private const string Written = "private partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken) => new(StorageCStoreStatus.CannotUnderstand);";

    [TestMethod]
    [DataRow("ImageStore", true)]
    [DataRow("StorageServiceClass", false)]
    [DataRow("other", false)]
    [DataRow("sealed", false)]
    public async Task The_name_of_the_class_offers_it_and_nothing_else(string at, bool isOffered)
    {
        using var workspace = new AdhocWorkspace();
        var document = Editor.Document(workspace, Source);
        var actions = new List<CodeAction>();
        await new MissingHandlerRefactoring().ComputeRefactoringsAsync(new CodeRefactoringContext(document, new TextSpan(Source.IndexOf(at, StringComparison.Ordinal), 0), actions.Add, CancellationToken.None));

        Assert.HasCount(isOffered ? 1 : 0, actions);
        if (isOffered)
        {
            StringAssert.Contains(await document.ApplyAsync(actions[0]), Written);
        }
    }

    [TestMethod]
    public async Task The_compilers_error_in_the_generated_part_offers_it()
    {
        using var workspace = new AdhocWorkspace();
        var document = Editor.Document(workspace, Source);
        var compilation = (await document.Project.GetCompilationAsync())!;
        var diagnostic = compilation.GetDiagnostics().Single(static diagnostic => diagnostic.Id == "CS8795");
        var generated = document.Project.GetDocument(diagnostic.Location.SourceTree!)!;
        var actions = new List<CodeAction>();
        await new MissingHandlerFix().RegisterCodeFixesAsync(new CodeFixContext(generated, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));

        StringAssert.Contains(await document.ApplyAsync(actions.Single()), Written);
    }
}
