using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Rst;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Reading;

/// <summary>What is gathered while a page is read.</summary>
internal sealed class PageContext(string path, SourceText source)
{
    public string Path { get; } = path;

    public List<PageDiagnostic> Diagnostics { get; } = [];

    public List<TitleFact> ServiceClasses { get; } = [];

    public List<SopClassFact> SopClasses { get; } = [];

    public List<StatusTableFact> StatusTables { get; } = [];

    public List<StatusFact> Statuses { get; } = [];

    public List<ConformanceFact> Conformance { get; } = [];

    public List<RegistryFact> Registry { get; } = [];

    public List<GeneralStatusFact> GeneralStatuses { get; } = [];

    public List<MacroFact> Macros { get; } = [];

    public List<MacroFact> Includes { get; } = [];

    public List<MacroFact> Modules { get; } = [];

    /// <summary>Modules that tables of types name.</summary>
    public List<MacroFact> NamedModules { get; } = [];

    public List<AttributeFact> Attributes { get; } = [];

    public List<DictionaryEntry> Dictionary { get; } = [];

    public PagePlace Place(TextSpan span) => new(Path, span, source.Lines.GetLinePositionSpan(span));

    public PagePlace Place(RstCell cell) => Place(cell.Span);

    public void Report(DiagnosticDescriptor descriptor, TextSpan span, params string[] arguments) =>
        Diagnostics.Add(PageDiagnostic.At(descriptor, Place(span), arguments));

    public PageReading ToReading(PageContent content) => new(
        Path,
        content,
        Diagnostics.OrderBy(static diagnostic => diagnostic.Place.Span.Start).ToEquatableArray(),
        new PageFacts(
            Path,
            ServiceClasses.ToEquatableArray(),
            SopClasses.ToEquatableArray(),
            StatusTables.ToEquatableArray(),
            Statuses.ToEquatableArray(),
            Conformance.ToEquatableArray(),
            Registry.ToEquatableArray(),
            GeneralStatuses.ToEquatableArray(),
            Macros.ToEquatableArray(),
            Includes.ToEquatableArray(),
            Modules.ToEquatableArray(),
            NamedModules.ToEquatableArray(),
            Attributes.ToEquatableArray(),
            Dictionary.ToEquatableArray()));
}
