using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Specgen.CodeFixes;

/// <summary>A fix that changes the document that the diagnostic is in, by its syntax alone; for one place or all.</summary>
public abstract class SyntaxFix : CodeFixProvider
{
    private protected SyntaxFix(params string[] ids) => FixableDiagnosticIds = ImmutableArray.Create(ids);

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
        {
            return;
        }

        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var (title, key, change) in Changes(root, diagnostic))
            {
                context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(change())), GetType().Name + key), diagnostic);
            }
        }
    }

    /// <summary>What can be done: its title, what tells it from other changes of the fix when all places are changed, and the document as it is then.</summary>
    private protected abstract IEnumerable<(string Title, string Key, Func<SyntaxNode> Change)> Changes(SyntaxNode root, Diagnostic diagnostic);
}
