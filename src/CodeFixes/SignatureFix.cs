using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Specgen.CodeFixes;

/// <summary>Gives a handler the signature that the page gives it (SPG1004); its body, its attributes and the names of parameters that stay are the user's.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SignatureFix)), Shared]
public sealed class SignatureFix() : SyntaxFix("SPG1004")
{
    private protected override IEnumerable<(string Title, string Key, Func<SyntaxNode> Change)> Changes(SyntaxNode root, Diagnostic diagnostic)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method && diagnostic.Properties.TryGetValue("1", out var signature)
            && SyntaxFactory.ParseMemberDeclaration(signature + ";") is MethodDeclarationSyntax expected)
        {
            yield return ($"Correct the signature of '{method.Identifier.ValueText}'", "", () => root.ReplaceNode(method, Corrected(method, expected)));
        }
    }

    private static MethodDeclarationSyntax Corrected(MethodDeclarationSyntax method, MethodDeclarationSyntax expected)
    {
        var modifiers = expected.Modifiers.Where(static modifier => !modifier.IsKind(SyntaxKind.PartialKeyword))
            .Concat(method.Modifiers.Where(static modifier => modifier.IsKind(SyntaxKind.AsyncKeyword)))
            .Concat(expected.Modifiers.Where(static modifier => modifier.IsKind(SyntaxKind.PartialKeyword)))
            .Select(static modifier => modifier.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.Space));
        var parameters = expected.ParameterList.Parameters.Select(parameter =>
            method.ParameterList.Parameters.FirstOrDefault(written => SimpleName(written.Type) == SimpleName(parameter.Type)) is { } same ? same.WithoutTrivia() : parameter.WithoutTrivia());
        return method
            .WithModifiers(SyntaxFactory.TokenList(modifiers))
            .WithReturnType(expected.ReturnType.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.Space))
            .WithParameterList(method.ParameterList.WithParameters(SyntaxFactory.SeparatedList(parameters, Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), expected.ParameterList.Parameters.Count - 1))))
            .WithLeadingTrivia(method.GetLeadingTrivia())
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static string? SimpleName(TypeSyntax? type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => type?.ToString(),
    };
}
