using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Specgen.Generators.Reading;
using Specgen.Generators.Standard;

namespace Specgen.Generators;

/// <summary>An additional file that is a page. The one step that has the file itself; what comes after has its words only.</summary>
internal sealed record PageFile(AdditionalText File, bool IsStandard)
{
    public static PageFile? Of(AdditionalText file, AnalyzerConfigOptionsProvider options) =>
        options.GetOptions(file).TryGetValue("build_metadata.AdditionalFiles." + SpecgenOptions.PageMetadata, out var kind) && kind.Length > 0
            ? new PageFile(file, kind.Equals("standard", StringComparison.OrdinalIgnoreCase))
            : null;

    public Page? Read(CancellationToken cancellationToken) =>
        File.GetText(cancellationToken) is { } text ? new Page(PageReader.Read(File.Path, text, cancellationToken), IsStandard) : null;
}

/// <summary>A page as read, with its positions.</summary>
internal sealed record Page(PageReading Reading, bool IsStandard);

/// <summary>A page without positions.</summary>
internal sealed record PageModel(string Path, bool IsStandard, PageContent Content);

internal sealed record ServiceItem(string Path, bool IsStandard, ServiceClass Service);

internal sealed record ModuleItem(string Path, Module Module);
