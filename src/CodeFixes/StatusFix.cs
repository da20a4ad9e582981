using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Specgen.CodeFixes;

/// <summary>An entry of fo-dicom's list → the status of the service class at hand, as a status of fo-dicom's (SPG2005).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StatusFix)), Shared]
public sealed class StatusFix() : SyntaxFix("SPG2005")
{
    private protected override IEnumerable<(string Title, string Key, Func<SyntaxNode> Change)> Changes(SyntaxNode root, Diagnostic diagnostic)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax expression && diagnostic.Properties.TryGetValue("status", out var status) && status is not null)
        {
            var names = status.Split('.');
            var member = SyntaxFactory.ParseExpression(status).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
            var call = SyntaxFactory.InvocationExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, member, SyntaxFactory.IdentifierName("ToDicomStatus"))).WithTriviaFrom(expression);
            yield return ($"Use {names[names.Length - 2]}.{names[names.Length - 1]}", "", () => root.ReplaceNode(expression, call));
        }
    }
}
