using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Specgen.CodeFixes;

/// <summary>A UID as text → its constant (SPG2001), or that of the UID which was meant (SPG2002).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UidFix)), Shared]
public sealed class UidFix() : SyntaxFix("SPG2001", "SPG2002")
{
    private protected override IEnumerable<(string Title, string Key, Func<SyntaxNode> Change)> Changes(SyntaxNode root, Diagnostic diagnostic)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is LiteralExpressionSyntax literal && diagnostic.Properties.TryGetValue("constant", out var constant))
        {
            var reference = SyntaxFactory.ParseExpression("global::Specgen.Standard." + constant).WithTriviaFrom(literal).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
            yield return ($"Use {constant}", "", () => root.ReplaceNode(literal, reference));
        }
    }
}
