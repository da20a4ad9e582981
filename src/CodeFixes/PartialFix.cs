using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Specgen.CodeFixes;

/// <summary>Makes a class partial (SPG1002).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PartialFix)), Shared]
public sealed class PartialFix() : SyntaxFix("SPG1002")
{
    private protected override IEnumerable<(string Title, string Key, Func<SyntaxNode> Change)> Changes(SyntaxNode root, Diagnostic diagnostic)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type)
        {
            yield return ($"Make '{type.Identifier.ValueText}' partial", "", () => root.ReplaceNode(type, Partial(type)));
        }
    }

    /// <summary>The word is the last of the modifiers; a type without any passes on what stands before it.</summary>
    private static TypeDeclarationSyntax Partial(TypeDeclarationSyntax type)
    {
        var word = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        return type.Modifiers.Count > 0
            ? type.AddModifiers(word)
            : type.WithKeyword(type.Keyword.WithLeadingTrivia()).AddModifiers(word.WithLeadingTrivia(type.Keyword.LeadingTrivia));
    }
}
