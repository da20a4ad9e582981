using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Specgen.Generators.Reading;
using Specgen.Generators.Standard;

namespace Specgen.Generators;

/// <summary>An additional file that is a page. The one step that has the file itself; what comes after has its words only.</summary>
/// <param name="IsStandard">One of the standard's, not of the project.</param>
/// <param name="IsCompiled">One of the standard's whose types a referenced assembly has: it is read for handlers only, and was checked when those were compiled.</param>
internal sealed record PageFile(AdditionalText File, bool IsStandard, bool IsCompiled)
{
    public static PageFile? Of(AdditionalText file, AnalyzerConfigOptionsProvider options)
    {
        if (!options.GetOptions(file).TryGetValue("build_metadata.AdditionalFiles." + SpecgenOptions.PageMetadata, out var kind) || kind.Length == 0)
        {
            return null;
        }

        var isCompiled = kind.Equals("compiled", StringComparison.OrdinalIgnoreCase);
        return new PageFile(file, isCompiled || kind.Equals("standard", StringComparison.OrdinalIgnoreCase), isCompiled);
    }

    /// <summary>Whether the page is to be read where handlers are for these service classes.</summary>
    public bool IsWanted(EquatableArray<string> handled, CancellationToken cancellationToken) =>
        !IsCompiled || (handled.Count > 0 && File.GetText(cancellationToken) is { } text && handled.Contains(PageReader.NameOf(text), StringComparer.Ordinal));

    public Page? Read(CancellationToken cancellationToken) =>
        File.GetText(cancellationToken) is { } text ? new Page(PageReader.Read(File.Path, text, cancellationToken), IsStandard, IsCompiled) : null;
}

/// <summary>A page as read, with its positions.</summary>
internal sealed record Page(PageReading Reading, bool IsStandard, bool IsCompiled);

/// <summary>A page without positions.</summary>
internal sealed record PageModel(string Path, bool IsStandard, PageContent Content);

internal sealed record ServiceItem(string Path, bool IsStandard, ServiceClass Service);

internal sealed record ModuleItem(string Path, Module Module);
