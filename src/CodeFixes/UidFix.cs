using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Specgen.CodeFixes;

/// <summary>A UID as text → its constant (SPG2001), or that of the UID which was meant (SPG2002).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UidFix)), Shared]
public sealed class UidFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("SPG2001", "SPG2002");

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var diagnostic = context.Diagnostics[0];
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true) is not LiteralExpressionSyntax literal || !diagnostic.Properties.TryGetValue("constant", out var constant))
        {
            return;
        }

        var reference = SyntaxFactory.ParseExpression("global::Specgen.Standard." + constant).WithTriviaFrom(literal).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
        context.RegisterCodeFix(CodeAction.Create($"Use {constant}", _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(literal, reference))), nameof(UidFix)), diagnostic);
    }
}
