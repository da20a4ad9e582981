using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Specgen.CodeFixes;

/// <summary>Makes a public handler over internal types internal, or its class (SPG1006).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AccessibilityFix)), Shared]
public sealed class AccessibilityFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("SPG1006");

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { Parent: TypeDeclarationSyntax type } method)
        {
            return;
        }

        Register(method, method.Identifier.ValueText);
        Register(type, type.Identifier.ValueText);

        void Register(MemberDeclarationSyntax member, string name) => context.RegisterCodeFix(
            CodeAction.Create($"Make '{name}' internal", _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(member, Internal(member)))), nameof(AccessibilityFix) + "." + member.Kind()),
            context.Diagnostics);
    }

    private static MemberDeclarationSyntax Internal(MemberDeclarationSyntax member) => member.WithModifiers(SyntaxFactory.TokenList(member.Modifiers
        .Where(static modifier => !modifier.IsKind(SyntaxKind.InternalKeyword))
        .Select(static modifier => modifier.IsKind(SyntaxKind.PublicKeyword) || modifier.IsKind(SyntaxKind.ProtectedKeyword) ? SyntaxFactory.Token(SyntaxKind.InternalKeyword).WithTriviaFrom(modifier) : modifier)));
}
