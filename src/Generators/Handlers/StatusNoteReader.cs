using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Handlers;

/// <summary>The attributes that explain statuses, on a class and its methods. The status enum may be made by this very generator: then its members are known by name only.</summary>
internal sealed class StatusNoteReader
{
    private readonly Compilation _compilation;
    private readonly Func<SyntaxNode?, int> _place;
    private readonly CancellationToken _cancellationToken;

    private StatusNoteReader(Compilation compilation, Func<SyntaxNode?, int> place, CancellationToken cancellationToken) =>
        (_compilation, _place, _cancellationToken) = (compilation, place, cancellationToken);

    public static EquatableArray<WrittenNote> Read(INamedTypeSymbol type, Compilation compilation, Func<SyntaxNode?, int> place, CancellationToken cancellationToken)
    {
        var reader = new StatusNoteReader(compilation, place, cancellationToken);
        return type.GetAttributes().Select(attribute => reader.Note(attribute, null))
            .Concat(type.GetMembers().OfType<IMethodSymbol>().SelectMany(method => method.GetAttributes().Select(attribute => reader.Note(attribute, method.Name))))
            .OfType<WrittenNote>().ToEquatableArray();
    }

    /// <summary>The members of a status enum that a method names, each once, where it is first.</summary>
    public static EquatableArray<NamedStatus> Named(MethodDeclarationSyntax method, string statusEnum, Func<SyntaxNode?, int> place) =>
        new SyntaxNode?[] { method.Body, method.ExpressionBody }.Where(static body => body is not null)
            .SelectMany(static body => body!.DescendantNodes().OfType<MemberAccessExpressionSyntax>())
            .Where(access => Last(access.Expression) == statusEnum)
            .GroupBy(static access => access.Name.Identifier.ValueText, StringComparer.Ordinal)
            .Select(all => new NamedStatus(all.Key, place(all.First()))).ToEquatableArray();

    private WrittenNote? Note(AttributeData attribute, string? method)
    {
        if (attribute.AttributeClass is not { ContainingNamespace: { Name: "Specgen", ContainingNamespace.IsGlobalNamespace: true } } type
            || type.MetadataName is not ("SendsAttribute" or "OnStatusAttribute" or "OtherStatusesAttribute`1")
            || attribute.ApplicationSyntaxReference?.GetSyntax(_cancellationToken) is not AttributeSyntax { ArgumentList.Arguments: var arguments } syntax)
        {
            return null;
        }

        if (type.Arity == 1)
        {
            var written = syntax.DescendantNodes().OfType<TypeArgumentListSyntax>().FirstOrDefault()?.Arguments.FirstOrDefault();
            return arguments.Count == 0 ? null
                : new WrittenNote(false, method, type.TypeArguments[0].Name is { Length: > 0 } name ? name : Last(written), null, null, written?.ToString() ?? "", Text(arguments[0]), "", _place((SyntaxNode?)written ?? syntax));
        }

        if (arguments.Count < 2)
        {
            return null;
        }

        var status = arguments[0].Expression;
        var (statusEnum, member, code) = Status(status);
        var related = arguments.FirstOrDefault(static argument => argument.NameEquals?.Name.Identifier.ValueText == "RelatedFields");
        return new WrittenNote(type.Name == "SendsAttribute", method, statusEnum, member, code, status.ToString(), Text(arguments[1]), related is null ? "" : Text(related), _place(status));
    }

    /// <summary>What is known of the status: the enum's name and a code where the compiler knows it, or where it is a cast of a number; else the names as they are written.</summary>
    private (string Enum, string? Member, ushort? Code) Status(ExpressionSyntax expression)
    {
        var model = _compilation.GetSemanticModel(expression.SyntaxTree);
        if (model.GetTypeInfo(expression, _cancellationToken).Type is { TypeKind: TypeKind.Enum } type && Code(model.GetConstantValue(expression, _cancellationToken)) is { } known)
        {
            return (type.Name, null, known);
        }

        return expression switch
        {
            ParenthesizedExpressionSyntax inner => Status(inner.Expression),
            CastExpressionSyntax cast => (Last(cast.Type), null, Code(model.GetConstantValue(cast.Expression, _cancellationToken)) ?? 0),
            MemberAccessExpressionSyntax access => (Last(access.Expression), access.Name.Identifier.ValueText, null),
            _ => ("", expression.ToString(), null),
        };
    }

    private static ushort? Code(Optional<object?> constant) => constant is not { HasValue: true, Value: { } value } ? null : value switch
    {
        ushort code => code,
        int code and >= 0 and <= ushort.MaxValue => (ushort)code,
        _ => null,
    };

    private string Text(AttributeArgumentSyntax argument) =>
        _compilation.GetSemanticModel(argument.SyntaxTree).GetConstantValue(argument.Expression, _cancellationToken) is { HasValue: true, Value: string text } ? text : "";

    /// <summary>The last name of "global::Acme.StorageCStoreStatus".</summary>
    private static string Last(SyntaxNode? node) => node switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => "",
    };
}
