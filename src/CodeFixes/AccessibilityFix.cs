using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Specgen.CodeFixes;

/// <summary>Makes a public handler over internal types internal, or its class (SPG1006).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AccessibilityFix)), Shared]
public sealed class AccessibilityFix() : SyntaxFix("SPG1006")
{
    private protected override IEnumerable<(string Title, string Key, Func<SyntaxNode> Change)> Changes(SyntaxNode root, Diagnostic diagnostic)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>() is { Parent: TypeDeclarationSyntax type } method)
        {
            yield return Change(method, method.Identifier.ValueText);
            yield return Change(type, type.Identifier.ValueText);
        }

        (string, string, Func<SyntaxNode>) Change(MemberDeclarationSyntax member, string name) => ($"Make '{name}' internal", "." + member.Kind(), () => root.ReplaceNode(member, Internal(member)));
    }

    private static MemberDeclarationSyntax Internal(MemberDeclarationSyntax member) => member.WithModifiers(SyntaxFactory.TokenList(member.Modifiers
        .Where(static modifier => !modifier.IsKind(SyntaxKind.InternalKeyword))
        .Select(static modifier => modifier.IsKind(SyntaxKind.PublicKeyword) || modifier.IsKind(SyntaxKind.ProtectedKeyword) ? SyntaxFactory.Token(SyntaxKind.InternalKeyword).WithTriviaFrom(modifier) : modifier)));
}
