using System.Collections.Immutable;
using System.Globalization;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Reading;

namespace Specgen.Tool.Pages;

/// <summary>What the generator reports of pages, each alone and all together.</summary>
internal static class PageDiagnosis
{
    public static IReadOnlyList<PageDiagnostic> Of(PageFolder folder) => Of(folder.Pages);

    public static IReadOnlyList<PageDiagnostic> Of(IReadOnlyList<Page> pages) => pages
        .SelectMany(static page => page.Reading.Diagnostics)
        .Concat(CrossPageChecks.Run(pages.Select(static page => page.Reading.Facts).ToImmutableArray(), CancellationToken.None))
        .OrderBy(static diagnostic => diagnostic.Place.Path, StringComparer.Ordinal)
        .ThenBy(static diagnostic => diagnostic.Place.Span.Start)
        .ToArray();

    public static string Message(PageDiagnostic diagnostic) => diagnostic.ToDiagnostic().GetMessage(CultureInfo.InvariantCulture);

    /// <summary>"spec/acme.rst(12,3): warning SPG0005: …", as the compiler writes it.</summary>
    public static string Line(PageDiagnostic diagnostic)
    {
        var start = diagnostic.Place.Lines.Start;
        var severity = diagnostic.ToDiagnostic().Severity.ToString().ToLowerInvariant();
        return string.Create(CultureInfo.InvariantCulture, $"{diagnostic.Place.Path}({start.Line + 1},{start.Character + 1}): {severity} {diagnostic.Id}: {Message(diagnostic)}");
    }
}
