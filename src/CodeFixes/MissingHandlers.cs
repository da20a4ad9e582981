using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace Specgen.CodeFixes;

/// <summary>Handlers that a class has to have and has not: those that its generated part defines and nobody wrote. They are found by their symbols, so no page is read.</summary>
internal static class MissingHandlers
{
    public const string WriteAll = "Write the missing handlers";

    /// <summary>In the order of the page.</summary>
    public static ImmutableArray<IMethodSymbol> Of(INamedTypeSymbol type) => type.GetMembers().OfType<IMethodSymbol>()
        .Where(static method => method.IsPartialDefinition && method.PartialImplementationPart is null && method.GetAttributes().Any(IsSpecgen))
        .ToImmutableArray();

    private static bool IsSpecgen(AttributeData attribute) => attribute.AttributeClass?.Name == "GeneratedCodeAttribute" && attribute.ConstructorArguments.FirstOrDefault().Value is "Specgen";

    /// <summary>The part of the class that the user wrote and that has the attribute, or the first of them.</summary>
    public static TypeDeclarationSyntax? Part(INamedTypeSymbol type, Project project, CancellationToken cancellationToken)
    {
        var parts = type.DeclaringSyntaxReferences.Where(reference => project.GetDocument(reference.SyntaxTree) is { } document and not SourceGeneratedDocument)
            .Select(reference => reference.GetSyntax(cancellationToken)).OfType<TypeDeclarationSyntax>().ToList();
        return parts.FirstOrDefault(static part => part.AttributeLists.Count > 0) ?? parts.FirstOrDefault();
    }

    /// <summary>The part of the class with these handlers after its other members.</summary>
    public static TypeDeclarationSyntax Write(TypeDeclarationSyntax part, IEnumerable<IMethodSymbol> missing, SyntaxGenerator generator)
    {
        var members = missing.Select(method => Member(method, generator)).ToArray();
        if (part.OpenBraceToken.IsKind(SyntaxKind.None))
        {
            // "partial class ImageStore;"
            part = part.WithSemicolonToken(default)
                .WithOpenBraceToken(SyntaxFactory.Token(SyntaxKind.OpenBraceToken))
                .WithCloseBraceToken(SyntaxFactory.Token(SyntaxKind.CloseBraceToken).WithTrailingTrivia(part.SemicolonToken.TrailingTrivia));
        }

        return ((TypeDeclarationSyntax)generator.AddMembers(part, members)).WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>A handler that answers a failure of its table. A stream yields it.</summary>
    private static MemberDeclarationSyntax Member(IMethodSymbol method, SyntaxGenerator generator)
    {
        var result = ((INamedTypeSymbol)method.ReturnType).TypeArguments[0] as INamedTypeSymbol;
        var status = result?.TypeArguments[0];
        var failure = status is null ? null : FailureOf(status);
        var answer = failure is null
            ? SyntaxFactory.ParseExpression("default")
            : (ExpressionSyntax)generator.MemberAccessExpression(generator.TypeExpression(status!), failure.Name);
        var declaration = (MethodDeclarationSyntax)generator.MethodDeclaration(
            method.Name,
            method.Parameters.Select(parameter => generator.ParameterDeclaration(parameter.Name, generator.TypeExpression(parameter.Type))),
            returnType: generator.TypeExpression(method.ReturnType));
        var isStream = method.ReturnType.Name == "IAsyncEnumerable";
        declaration = declaration.WithModifiers(Modifiers(method.DeclaredAccessibility, isStream));
        return (isStream ? Stream(declaration, answer) : Single(declaration, answer)).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation, Formatter.Annotation);
    }

    private static MethodDeclarationSyntax Single(MethodDeclarationSyntax declaration, ExpressionSyntax answer) => declaration
        .WithBody(null)
        .WithExpressionBody(SyntaxFactory.ArrowExpressionClause(SyntaxFactory.ImplicitObjectCreationExpression(SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(answer))), null)))
        .WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken));

    private static MethodDeclarationSyntax Stream(MethodDeclarationSyntax declaration, ExpressionSyntax answer) => declaration.WithBody(SyntaxFactory.Block(
        SyntaxFactory.ParseStatement("await global::System.Threading.Tasks.Task.CompletedTask.ConfigureAwait(false);"),
        SyntaxFactory.YieldStatement(SyntaxKind.YieldReturnStatement, answer)));

    private static SyntaxTokenList Modifiers(Accessibility accessibility, bool isAsync)
    {
        var words = SyntaxFacts.GetText(accessibility).Split(' ').Select(static word => SyntaxFactory.Token(SyntaxFacts.GetKeywordKind(word)));
        return SyntaxFactory.TokenList(words.Concat(isAsync ? [SyntaxFactory.Token(SyntaxKind.AsyncKeyword)] : []).Append(SyntaxFactory.Token(SyntaxKind.PartialKeyword)));
    }

    /// <summary>What says most plainly that the operation was not done: Processing failure, else a code of the ranges Cxxx or Axxx, else any failure (PS3.7 Annex C).</summary>
    private static IFieldSymbol? FailureOf(ITypeSymbol status)
    {
        const ushort ProcessingFailure = 0x0110;
        var members = status.GetMembers().OfType<IFieldSymbol>().Where(static field => field.ConstantValue is ushort).ToList();
        var failures = members.Where(static field => IsFailure((ushort)field.ConstantValue!)).ToList();
        return failures.FirstOrDefault(static field => (ushort)field.ConstantValue! == ProcessingFailure)
            ?? failures.FirstOrDefault(static field => ((ushort)field.ConstantValue! & 0xF000) == 0xC000)
            ?? failures.FirstOrDefault(static field => ((ushort)field.ConstantValue! & 0xF000) == 0xA000)
            ?? failures.FirstOrDefault()
            ?? members.FirstOrDefault();
    }

    private static bool IsFailure(ushort code) => code is not (0x0000 or 0x0001 or 0x0107 or 0x0116 or 0xFE00 or 0xFF00 or 0xFF01 or (>= 0xB000 and <= 0xBFFF));
}
