using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Specgen.CodeFixes;

/// <summary>Writes handlers that are missing: where Specgen says so, at the class, and where the compiler does, at the definition in the generated part.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissingHandlerFix)), Shared]
public sealed class MissingHandlerFix : CodeFixProvider
{
    private const string MissingOperation = "SPG1010";
    private const string MissingImplementation = "CS8795";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(MissingOperation, MissingImplementation);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(static async (context, document, diagnostics) =>
        diagnostics.Any(static diagnostic => diagnostic.Id == MissingOperation) ? await WriteAllAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false) : document);

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model
            || await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
        {
            return;
        }

        var diagnostic = context.Diagnostics[0];
        var node = root.FindNode(context.Span);
        if (node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration || model.GetDeclaredSymbol(declaration, context.CancellationToken) is not { } type
            || MissingHandlers.Part(type, context.Document.Project, context.CancellationToken) is not { } part || context.Document.Project.GetDocument(part.SyntaxTree) is not { } document)
        {
            return;
        }

        var missing = MissingHandlers.Of(type);
        var one = missing.FirstOrDefault(method => diagnostic.Id == MissingOperation
            ? diagnostic.Properties.TryGetValue("5", out var signature) && signature!.Contains(" " + method.Name + "(")
            : method.Locations.Any(location => location.SourceSpan.IntersectsWith(context.Span) && location.SourceTree == root.SyntaxTree));
        if (one is null)
        {
            return;
        }

        context.RegisterCodeFix(CodeAction.Create($"Write '{one.Name}'", token => WriteAsync(document, part, ImmutableArray.Create(one), token), nameof(MissingHandlerFix) + "." + one.Name), diagnostic);
        if (missing.Length > 1)
        {
            context.RegisterCodeFix(CodeAction.Create(MissingHandlers.WriteAll, token => WriteAsync(document, part, missing, token), MissingHandlers.WriteAll), diagnostic);
        }
    }

    internal static async Task<Document> WriteAsync(Document document, TypeDeclarationSyntax part, ImmutableArray<IMethodSymbol> missing, CancellationToken cancellationToken)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        editor.ReplaceNode(part, (current, generator) => MissingHandlers.Write((TypeDeclarationSyntax)current, missing, generator));
        return editor.GetChangedDocument();
    }

    /// <summary>Every class of a document that lacks handlers gets them all.</summary>
    private static async Task<Document> WriteAllAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        var parts = diagnostics.Where(static diagnostic => diagnostic.Id == MissingOperation)
            .Select(diagnostic => editor.OriginalRoot.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>()).OfType<TypeDeclarationSyntax>().Distinct();
        foreach (var part in parts)
        {
            if (editor.SemanticModel.GetDeclaredSymbol(part, cancellationToken) is { } type)
            {
                editor.ReplaceNode(part, (current, generator) => MissingHandlers.Write((TypeDeclarationSyntax)current, MissingHandlers.Of(type), generator));
            }
        }

        return editor.GetChangedDocument();
    }
}
