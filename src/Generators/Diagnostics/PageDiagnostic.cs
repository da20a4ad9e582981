using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Diagnostics;

/// <summary>What is wrong at a place of a page; value-equal, so that a page that says the same reports nothing new.</summary>
internal sealed record PageDiagnostic(string Id, PagePlace Place, EquatableArray<string> Arguments)
{
    public static PageDiagnostic At(DiagnosticDescriptor descriptor, PagePlace place, params string[] arguments) =>
        new(descriptor.Id, place, arguments.ToImmutableArray());

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(PageDiagnostics.ById(Id), Place.ToLocation(), Arguments.Select(static argument => (object)argument).ToArray());
}

/// <summary>A place of a page: what a diagnostic points to.</summary>
internal sealed record PagePlace(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public Location ToLocation() => Location.Create(Path, Span, Lines);

    /// <summary>In the source that has the path, if there is one.</summary>
    public Location ToLocation(Compilation? compilation) =>
        compilation?.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == Path) is { } tree && Span.End <= tree.Length ? Location.Create(tree, Span) : ToLocation();
}
