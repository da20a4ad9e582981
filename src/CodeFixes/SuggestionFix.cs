using System.Composition;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Specgen.CodeFixes;

/// <summary>Takes what a message suggests for an unknown service class or SOP class: another name, or a using directive (SPG1001, SPG1007).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SuggestionFix)), Shared]
public sealed class SuggestionFix() : SyntaxFix("SPG1001", "SPG1007")
{
    private static readonly Regex s_name = new("did you mean '(?<name>[^']+)'", RegexOptions.CultureInvariant);
    private static readonly Regex s_using = new("add 'using (?<name>[^;]+);'", RegexOptions.CultureInvariant);

    private protected override IEnumerable<(string Title, string Key, Func<SyntaxNode> Change)> Changes(SyntaxNode root, Diagnostic diagnostic)
    {
        var message = string.Join(" ", diagnostic.Properties.Values);
        if (s_using.Match(message) is { Success: true } missing && root is CompilationUnitSyntax unit)
        {
            var name = missing.Groups["name"].Value;
            yield return ($"using {name};", ".using " + name, () => WithUsing(unit, name));
        }
        else if (s_name.Match(message) is { Success: true } meant && root.FindNode(diagnostic.Location.SourceSpan) is { } node && Renamed(node, meant.Groups["name"].Value) is { } renamed)
        {
            yield return ($"Change to '{meant.Groups["name"].Value}'", "", () => root.ReplaceNode(renamed.Old, renamed.New));
        }
    }

    /// <summary>The last name of a qualified one, or a literal that is a UID.</summary>
    private static (SyntaxNode Old, SyntaxNode New)? Renamed(SyntaxNode node, string name)
    {
        var literal = node.DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>().FirstOrDefault();
        if (literal is not null)
        {
            return (literal, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(name)).WithTriviaFrom(literal));
        }

        var last = node.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().LastOrDefault();
        return last is null || !SyntaxFacts.IsValidIdentifier(name) ? null : (last, SyntaxFactory.IdentifierName(name).WithTriviaFrom(last));
    }

    private static CompilationUnitSyntax WithUsing(CompilationUnitSyntax root, string name)
    {
        var directive = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(name).WithLeadingTrivia(SyntaxFactory.Space));
        var endOfLine = root.DescendantTrivia().FirstOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        directive = directive.WithTrailingTrivia(endOfLine == default ? SyntaxFactory.ElasticCarriageReturnLineFeed : endOfLine);
        var place = root.Usings.IndexOf(root.Usings.LastOrDefault(other => IsBefore(other, name))!) + 1;

        // What stands before the first token of a file stays before it.
        return place > 0 || root.GetLeadingTrivia().Count == 0
            ? root.WithUsings(root.Usings.Insert(place, directive))
            : root.WithLeadingTrivia().WithUsings(root.WithLeadingTrivia().Usings.Insert(0, directive.WithLeadingTrivia(root.GetLeadingTrivia())));
    }

    /// <summary>System's namespaces come first, and aliases last.</summary>
    private static bool IsBefore(UsingDirectiveSyntax other, string name) =>
        other.Alias is null && other.StaticKeyword == default && other.Name?.ToString() is { } text && (text == "System" || text.StartsWith("System.", StringComparison.Ordinal) || string.CompareOrdinal(text, name) < 0);
}
