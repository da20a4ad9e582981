using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Emission;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Handlers;

/// <summary>The user's attributed class → handler model.</summary>
internal sealed class HandlerReader
{
    public const string ScpAttribute = "Specgen.ScpAttribute`1";
    public const string ScuAttribute = "Specgen.ScuAttribute`1";

    private readonly ImmutableArray<PagePlace>.Builder _places = ImmutableArray.CreateBuilder<PagePlace>();
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellationToken;

    private HandlerReader(Compilation compilation, CancellationToken cancellationToken) => (_compilation, _cancellationToken) = (compilation, cancellationToken);

    /// <summary>Null for the parts of a class after the first that has an attribute: the class is read once, whole.</summary>
    public static HandlerReading? Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        if (context.TargetSymbol is not INamedTypeSymbol { TypeKind: TypeKind.Class } type)
        {
            return null;
        }

        var attributes = type.GetAttributes().Where(IsHandlerAttribute).ToImmutableArray();
        if (attributes.Length == 0 || attributes[0].ApplicationSyntaxReference is not { } first || first.SyntaxTree != context.TargetNode.SyntaxTree
            || !context.TargetNode.Span.Contains(first.Span) || !context.Attributes.Any(attribute => attribute.ApplicationSyntaxReference?.Span == first.Span))
        {
            return null;
        }

        return new HandlerReader(context.SemanticModel.Compilation, cancellationToken).Read(type, (TypeDeclarationSyntax)context.TargetNode, attributes);
    }

    private static bool IsHandlerAttribute(AttributeData attribute) =>
        attribute.AttributeClass is { Arity: 1, MetadataName: "ScpAttribute`1" or "ScuAttribute`1", ContainingNamespace: { Name: "Specgen", ContainingNamespace.IsGlobalNamespace: true } };

    private HandlerReading Read(INamedTypeSymbol type, TypeDeclarationSyntax node, ImmutableArray<AttributeData> attributes)
    {
        var types = Shells(node);
        var ns = type.ContainingNamespace.IsGlobalNamespace ? null : type.ContainingNamespace.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted));
        var disposes = Disposes(type);
        var content = new HandlerClass(
            ns,
            types,
            (ns is null ? "" : ns + ".") + string.Join(".", Enclosing(type).Reverse().Select(static outer => outer.MetadataName)),
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            Bases(type).FirstOrDefault(static above => above.GetAttributes().Any(IsHandlerAttribute))?.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            Obstacle(type),
            IsVisibleOutside(type),
            disposes,
            disposes && CallsRelease(type),
            attributes.Select(Attribute).ToEquatableArray(),
            type.GetMembers().OfType<IMethodSymbol>().Select(Method).OfType<HandlerMethod>().ToEquatableArray(),
            StatusNoteReader.Read(type, _compilation, Place, _cancellationToken));
        return new HandlerReading(content, _places.ToImmutable());
    }

    private static IEnumerable<INamedTypeSymbol> Enclosing(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            yield return current;
        }
    }

    /// <summary>Somebody wrote a method that disposes of it, whether he says so by the interface or not. The interface alone is one that the generated part implements, as it does for a base with attributes.</summary>
    private static bool Disposes(INamedTypeSymbol type)
    {
        var written = Bases(type).TakeWhile(static above => !above.GetAttributes().Any(IsHandlerAttribute)).Prepend(type).ToList();
        return written.Any(static one => one.GetMembers("DisposeAsync").OfType<IMethodSymbol>().Any(static method => method.Parameters.IsEmpty))
            || type.AllInterfaces.Where(static implemented => implemented.ToDisplayString() == "System.IAsyncDisposable").SelectMany(static implemented => implemented.GetMembers("DisposeAsync"))
                .Any(member => type.FindImplementationForInterfaceMember(member) is { } found && written.Contains(found.ContainingType, SymbolEqualityComparer.Default));
    }

    private bool CallsRelease(INamedTypeSymbol type) => type.DeclaringSyntaxReferences
        .Any(part => part.GetSyntax(_cancellationToken).DescendantTokens().Any(static token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == Names.Release));

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }

    private static string? Obstacle(INamedTypeSymbol type) =>
        type.IsStatic ? "is static"
        : Enclosing(type).FirstOrDefault(static outer => outer.IsFileLocal) is { } local ? local.Equals(type, SymbolEqualityComparer.Default) ? "is file-local" : $"is inside of '{local.Name}', which is file-local"
        : null;

    private static bool IsVisibleOutside(INamedTypeSymbol type) => Enclosing(type).All(static outer => IsVisibleOutside(outer.DeclaredAccessibility));

    private static bool IsVisibleOutside(Accessibility accessibility) => accessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;

    private EquatableArray<TypeShell> Shells(TypeDeclarationSyntax node)
    {
        var shells = new List<TypeShell>();
        for (var current = node; current is not null; current = current.Parent as TypeDeclarationSyntax)
        {
            var keyword = current is RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: (int)SyntaxKind.StructKeyword } ? "record struct" : current.Keyword.ValueText;
            var declaration = $"partial {keyword} {current.Identifier.Text}{TypeParameters(current)}";
            shells.Insert(0, new TypeShell(current.Identifier.ValueText, declaration, current.Modifiers.Any(SyntaxKind.PartialKeyword), Place(current.Identifier)));
        }

        return shells.ToEquatableArray();
    }

    private static string TypeParameters(TypeDeclarationSyntax type) => type.TypeParameterList is not { } list
        ? ""
        : "<" + string.Join(", ", list.Parameters.Select(static parameter => (parameter.VarianceKeyword.ValueText + " " + parameter.Identifier.Text).Trim())) + ">";

    private HandlerAttribute Attribute(AttributeData data)
    {
        var syntax = data.ApplicationSyntaxReference?.GetSyntax(_cancellationToken) as AttributeSyntax;
        var written = (Rightmost(syntax?.Name) as GenericNameSyntax)?.TypeArgumentList.Arguments.FirstOrDefault();

        // The service class is made by this very generator, so here it is an error type; that still has the name, seen through aliases.
        var argument = data.AttributeClass!.TypeArguments[0];
        var name = argument.Name;
        name = name.Length > 0 ? name : (Rightmost(written) as SimpleNameSyntax)?.Identifier.ValueText ?? written?.ToString() ?? "";
        var narrowed = syntax?.ArgumentList?.Arguments.FirstOrDefault(static argument => argument.NameEquals?.Name.Identifier.ValueText == "SopClasses");
        return new HandlerAttribute(
            data.AttributeClass.MetadataName == "ScpAttribute`1",
            argument.TypeKind == TypeKind.Error ? null : argument.ContainingNamespace is { IsGlobalNamespace: false } ns ? ns.ToDisplayString() : "",
            name,
            Place((SyntaxNode?)written ?? syntax),
            narrowed is null ? EquatableArray<NarrowedSopClass>.Empty : Elements(narrowed.Expression).Select(Narrowed).ToEquatableArray());
    }

    private static IEnumerable<ExpressionSyntax> Elements(ExpressionSyntax expression) => expression switch
    {
        CollectionExpressionSyntax collection => collection.Elements.Select(static element => element switch
        {
            ExpressionElementSyntax single => single.Expression,
            SpreadElementSyntax spread => spread.Expression,
            _ => null,
        }).OfType<ExpressionSyntax>(),
        ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
        ArrayCreationExpressionSyntax array => array.Initializer?.Expressions ?? default,
        _ => new[] { expression },
    };

    private NarrowedSopClass Narrowed(ExpressionSyntax expression)
    {
        var constant = _compilation.GetSemanticModel(expression.SyntaxTree).GetConstantValue(expression, _cancellationToken);
        return new NarrowedSopClass(
            constant is { HasValue: true, Value: string uid } ? uid : null,
            (Rightmost(expression) as SimpleNameSyntax)?.Identifier.ValueText,
            expression.ToString(),
            Place(expression));
    }

    private HandlerMethod? Method(IMethodSymbol method)
    {
        if (!method.Name.StartsWith("On", StringComparison.Ordinal) || !method.Name.EndsWith("Async", StringComparison.Ordinal)
            || method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken) is not MethodDeclarationSyntax syntax)
        {
            return null;
        }

        var result = method.ReturnType is INamedTypeSymbol { Arity: 1 } outer && outer.TypeArguments[0] is INamedTypeSymbol inner
            && (outer.Name, inner.Name, inner.Arity) is ("ValueTask", "DimseResult", 1 or 2) or ("IAsyncEnumerable", "CFindResult" or "RetrieveResult", 1)
            ? inner
            : null;
        var fits = !method.IsStatic && method.Arity == 0 && (method.Parameters.Length is 2 or 3) && method.RefKind == RefKind.None
            && method.Parameters.All(static parameter => parameter.RefKind == RefKind.None) && method.Parameters[method.Parameters.Length - 1].Type.Name == "CancellationToken";
        return new HandlerMethod(
            method.Name,
            syntax.Modifiers.Any(SyntaxKind.PartialKeyword),
            string.Join(" ", syntax.Modifiers.Where(static modifier => !modifier.IsKind(SyntaxKind.PartialKeyword) && !modifier.IsKind(SyntaxKind.AsyncKeyword)).Select(static modifier => modifier.ValueText)),
            IsVisibleOutside(method.DeclaredAccessibility),
            fits ? method.Parameters[0].Type.Name : null,
            fits && method.Parameters.Length == 3 ? method.Parameters[1].Type.Name : null,
            result?.Name,
            result?.TypeArguments[0].Name,
            result is { Arity: 2 } ? result.TypeArguments[1].Name : null,
            syntax.Modifiers.Any(SyntaxKind.AsyncKeyword),
            fits && method.Parameters[method.Parameters.Length - 1].GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "EnumeratorCancellationAttribute"),
            fits ? method.Parameters.Select(static parameter => CSharpText.Identifier(parameter.Name)).ToEquatableArray() : EquatableArray<string>.Empty,
            result is null ? EquatableArray<NamedStatus>.Empty : StatusNoteReader.Named(syntax, result.TypeArguments[0].Name, Place),
            Place(syntax.Identifier));
    }

    private static SyntaxNode? Rightmost(SyntaxNode? node) => node switch
    {
        QualifiedNameSyntax qualified => qualified.Right,
        AliasQualifiedNameSyntax alias => alias.Name,
        MemberAccessExpressionSyntax access => access.Name,
        _ => node,
    };

    private int Place(SyntaxNode? node) => node is null ? 0 : Place(node.SyntaxTree, node.Span);

    private int Place(SyntaxToken token) => Place(token.SyntaxTree!, token.Span);

    private int Place(SyntaxTree tree, Microsoft.CodeAnalysis.Text.TextSpan span)
    {
        _places.Add(new PagePlace(tree.FilePath, span, tree.GetLineSpan(span, _cancellationToken).Span));
        return _places.Count - 1;
    }
}
