using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Project;
using Specgen.Generators.Reading;
using Specgen.Generators.Standard;

namespace Specgen.Generators;

/// <summary>An additional file that is a page. The one step that has the file itself; what comes after has its words only.</summary>
internal sealed record PageFile(AdditionalText File, PageKind Kind)
{
    public bool IsStandard => Kind == PageKind.Standard;

    public static PageFile? Of(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        options.GetOptions(file).TryGetValue("build_metadata.AdditionalFiles." + SpecgenOptions.PageMetadata, out var kind) && kind.Length > 0
            ? new PageFile(file, Enum.TryParse<PageKind>(kind, ignoreCase: true, out var known) ? known : PageKind.Own)
            : null;

    /// <summary>Whether the page is to be read. Where the standard is compiled its pages are read only for pages of the project's own to be checked against, and to include macros of.</summary>
    public bool IsWanted(ProjectSettings project, bool hasOwnPages) => !IsStandard || project.GeneratesStandard || hasOwnPages;

    public Page? Read(bool isForeign, CancellationToken cancellationToken) =>
        File.GetText(cancellationToken) is { } text ? new Page(PageReader.Read(File.Path, text, cancellationToken), IsStandard, isForeign) : null;
}

/// <summary>A page that is to be read.</summary>
/// <param name="IsForeign">As <see cref="Page.IsForeign"/>.</param>
internal sealed record WantedPage(PageFile File, bool IsForeign);

/// <summary>Whose a page is.</summary>
internal enum PageKind
{
    /// <summary>The project's.</summary>
    Own,

    /// <summary>The standard's.</summary>
    Standard,

    /// <summary>The standard's data dictionary: of a size that is read only where attributes are to be compared with it.</summary>
    Dictionary,
}

/// <summary>A page as read, with its positions.</summary>
/// <param name="IsForeign">Its types are in a reference, or nowhere: nothing is generated from it.</param>
internal sealed record Page(PageReading Reading, bool IsStandard, bool IsForeign)
{
    /// <summary>Whether there is something that the data dictionary is to be asked for.</summary>
    public bool HasOwnAttributes => !IsStandard && Reading.Facts.Attributes.Count > 0;

    /// <summary>What the others are checked against. The standard was first: what is said twice is reported at the project's own page.</summary>
    public CheckedFacts? Facts(ProjectSettings project) =>
        !IsForeign ? new CheckedFacts(Reading.Facts, null)
        : project.BuildsOnImports || Reading.Content.Registry is not null ? new CheckedFacts(Reading.Facts with { Path = "" }, Reading.Path)
        : null;
}

/// <param name="ForeignPath">The path of a page that is not reported about; else null.</param>
internal sealed record CheckedFacts(PageFacts Facts, string? ForeignPath)
{
    public static EquatableArray<PageDiagnostic> Check(IReadOnlyCollection<CheckedFacts> all, CancellationToken cancellationToken)
    {
        var foreign = new HashSet<string>(all.Select(static facts => facts.ForeignPath).OfType<string>(), StringComparer.Ordinal);
        return CrossPageChecks.Run(all.Select(static facts => facts.Facts).ToImmutableArray(), cancellationToken).Where(diagnostic => !foreign.Contains(diagnostic.Place.Path)).ToEquatableArray();
    }
}

/// <summary>A page without positions.</summary>
internal sealed record PageModel(string Path, bool IsStandard, bool IsForeign, PageContent Content);

internal sealed record ServiceItem(string Path, bool IsStandard, ServiceClass Service);

/// <param name="IsForeign">From a page that nothing is generated from, but that others include.</param>
internal sealed record ModuleItem(string Path, bool IsForeign, Module Module)
{
    /// <summary>The modules of a page that are wanted, and all its macros: whether one of those becomes a view depends on who includes it.</summary>
    public static IEnumerable<ModuleItem> Of(PageModel page, ModuleFilter filter) => page.Content.Modules
        .Where(module => module.IsMacro || !page.IsStandard || (!page.IsForeign && filter.Has(module)))
        .Select(module => new ModuleItem(page.Path, page.IsForeign, module.IsMacro ? module with { Name = ModuleExpansion.ItemType(module.Title) } : module));
}
