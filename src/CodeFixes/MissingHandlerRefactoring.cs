using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Specgen.CodeFixes;

/// <summary>Writes the handlers that a class lacks, from its name: no diagnostic need have arrived there.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(MissingHandlerRefactoring)), Shared]
public sealed class MissingHandlerRefactoring : CodeRefactoringProvider
{
    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);

        // What is no name of a class with attributes is done with here, before anything is bound.
        if (root?.FindToken(context.Span.Start) is not { Parent: TypeDeclarationSyntax { AttributeLists.Count: > 0 } part } token || part.Identifier != token || !token.Span.Contains(context.Span))
        {
            return;
        }

        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model?.GetDeclaredSymbol(part, context.CancellationToken) is { } type && MissingHandlers.Of(type) is { IsEmpty: false } missing)
        {
            context.RegisterRefactoring(CodeAction.Create(MissingHandlers.WriteAll, cancellation => MissingHandlerFix.WriteAsync(context.Document, part, missing, cancellation), MissingHandlers.WriteAll));
        }
    }
}
