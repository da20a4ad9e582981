using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Emission;
using Specgen.Generators.Handlers;
using Specgen.Generators.Project;
using Specgen.Generators.Reading;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators;

/// <summary>Pages and attributed classes → C#. Only which step feeds which; every step's output is a value without positions, except those of diagnostics.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class SpecgenGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var options = context.AnalyzerConfigOptionsProvider.Select(static (provider, _) => SpecgenOptions.Of(provider.GlobalOptions)).WithTrackingName(TrackingNames.Options);

        // Handlers: read without and with positions.
        var handlers = new[] { HandlerReader.ScpAttribute, HandlerReader.ScuAttribute }
            .Select(attribute => context.SyntaxProvider.ForAttributeWithMetadataName(attribute, static (node, _) => node is TypeDeclarationSyntax, HandlerReader.Read).NotNull()).ToArray();
        var handled = handlers[0].Gather().With(handlers[1].Gather()).Select(static (both, _) => HandledClasses(both.Left.Concat(both.Right))).WithTrackingName(TrackingNames.HandledClasses);

        // What a project's options mean depends on what its references have generated.
        var imports = context.MetadataReferencesProvider.SelectMany(static (reference, token) => ImportReader.Read(reference, token)).Gather().Select(static (all, _) => new Imports(all)).WithTrackingName(TrackingNames.Imports);
        var project = options.With(imports).Select(static (pair, _) => ProjectSettings.Of(pair.Left, pair.Right)).WithTrackingName(TrackingNames.ProjectSettings);

        // A runtime and references of other versions.
        var formats = context.MetadataReferencesProvider.SelectMany(static (reference, _) => AssemblyFormat.Read(reference)).Gather().Select(static (all, _) => Formats.Of(all)).WithTrackingName(TrackingNames.Formats);
        context.RegisterSourceOutput(formats, static (output, found) => ReportFindings(output, found.Findings, EquatableArray<PagePlace>.Empty));

        // Pages: read once, then without positions; what is wrong with them leaves by outputs of its own.
        var files = context.AdditionalTextsProvider.With(context.AnalyzerConfigOptionsProvider).Select(static (pair, _) => PageFile.Of(pair.Left, pair.Right)).NotNull();
        var hasOwnPages = files.Where(static file => file.Kind == PageKind.Own).Gather().Select(static (own, _) => new Flag(own.Count > 0));
        var pages = files.Where(static file => file.Kind != PageKind.Dictionary).With(project.With(hasOwnPages)).Where(static pair => pair.Left.IsWanted(pair.Right.Left, pair.Right.Right.IsSet))
            .Select(static (pair, _) => new WantedPage(pair.Left, IsForeign: pair.Left.IsStandard && !pair.Right.Left.GeneratesStandard))
            .Select(static (page, token) => page.File.Read(page.IsForeign, token)).NotNull().WithTrackingName(TrackingNames.Pages);
        var reported = pages.Where(static page => !page.IsForeign).Select(static (page, _) => page.Reading.Diagnostics).WithTrackingName(TrackingNames.PageDiagnostics);
        context.RegisterSourceOutput(reported, Report);
        var facts = pages.With(project).Select(static (pair, _) => pair.Left.Facts(pair.Right)).NotNull().WithTrackingName(TrackingNames.PageFacts);

        // The data dictionary is read where a page of the project's own has modules.
        var hasOwnAttributes = pages.Select(static (page, _) => new Flag(page.HasOwnAttributes)).Gather().Select(static (all, _) => new Flag(all.Any(static has => has.IsSet)));
        var dictionary = files.Where(static file => file.Kind == PageKind.Dictionary).With(hasOwnAttributes).Where(static pair => pair.Right.IsSet)
            .Select(static (pair, token) => pair.Left.Read(isForeign: true, token)).NotNull().Select(static (page, _) => new CheckedFacts(page.Reading.Facts, page.Reading.Path)).WithTrackingName(TrackingNames.Dictionary);
        context.RegisterSourceOutput(facts.Gather().With(dictionary.Gather()).Select(static (pair, _) => pair.Left.Concat(pair.Right).ToEquatableArray()).Select(static (all, token) => CheckedFacts.Check(all, token)).WithTrackingName(TrackingNames.CrossPageDiagnostics), Report);

        var models = pages.Select(static (page, _) => new PageModel(page.Reading.Path, page.IsStandard, page.IsForeign, page.Reading.Content)).WithTrackingName(TrackingNames.PageModels);
        var registry = models.Select(static (page, _) => page.Content.Registry).NotNull().Gather().Select(static (all, _) => Merge(all)).WithTrackingName(TrackingNames.Registry);
        var selected = models.Where(static page => !page.IsForeign);
        var items = selected.SelectMany(static (page, _) => page.Content.ServiceClasses.Select(service => new ServiceItem(page.Path, page.IsStandard, service)));
        var services = items.With(project).Where(static pair => pair.Right.Wants(pair.Left.Service)).Select(static (pair, _) => pair.Left)
            .With(registry).Select(static (pair, _) => pair.Left with { Service = RegistryNames.Apply(pair.Left.Service, pair.Right) }).WithTrackingName(TrackingNames.ServiceClasses);

        // Macros of pages that are compiled in a reference can be included, too.
        var known = models.With(project).Where(static pair => !pair.Left.IsForeign || pair.Right.BuildsOnImports).Select(static (pair, _) => pair.Left);
        var macros = known.SelectMany(static (page, _) => page.Content.Modules.Where(static module => module.IsMacro)).Gather().WithTrackingName(TrackingNames.Macros);
        var moduleFilter = services.Select(static (item, _) => item.Service).Gather().With(project).Select(static (pair, _) => ModuleFilter.Of(pair.Right, pair.Left)).WithTrackingName(TrackingNames.ModuleFilter);
        var expanded = known.With(moduleFilter).SelectMany(static (pair, _) => ModuleItem.Of(pair.Left, pair.Right)).With(macros).Select(static (pair, _) => pair.Left with { Module = ModuleExpansion.Expand(pair.Left.Module, pair.Right) });

        // A macro has a view where the items of some sequence are the macro and nothing else.
        var itemMacros = expanded.SelectMany(static (item, _) => ModuleExpansion.ItemMacros(item.Module.Attributes)).Gather()
            .Select(static (titles, _) => titles.Distinct(StringComparer.Ordinal).OrderBy(static title => title, StringComparer.Ordinal).ToEquatableArray());
        var modules = expanded.With(itemMacros).Where(static pair => !pair.Left.Module.IsMacro || pair.Right.Contains(pair.Left.Module.Title, StringComparer.Ordinal))
            .Select(static (pair, _) => pair.Left).WithTrackingName(TrackingNames.Modules);

        // What one page has to know of the others: who generates a name. Nearly always nothing.
        var own = modules.Where(static item => !item.IsForeign);
        var ownership = services.Select(static (item, _) => Claim.Of(item.Path, item.Service)).Gather()
            .With(own.Select(static (item, _) => Claim.Of(item.Path, item.Module)).Gather())
            .Select(static (pair, _) => Ownership.Of(pair.Left, pair.Right)).WithTrackingName(TrackingNames.Ownership);
        var moduleNames = own.Select(static (item, _) => item.Module.Name).Gather();
        var scope = ownership.With(moduleNames).With(imports).With(project)
            .Select(static (all, _) => new ProjectScope(all.Left.Left.Left, all.Left.Left.Right, all.Left.Right, all.Right)).WithTrackingName(TrackingNames.ProjectScope);
        var surfaces = services.Select(static (item, _) => new OwnedSurface(item.Path, item.IsStandard, ServiceSurface.Of(item.Service))).WithTrackingName(TrackingNames.ServiceSurfaces).Gather();
        var names = items.Select(static (item, _) => item.Service.Name).Gather();
        var findings = surfaces.With(scope).With(options.With(hasOwnPages)).With(names)
            .Select(static (all, _) => all.Left.Left.Right.Findings(all.Left.Left.Left, all.Left.Right.Left, all.Right, all.Left.Right.Right.IsSet)).WithTrackingName(TrackingNames.ProjectFindings);
        context.RegisterSourceOutput(findings, static (output, all) => ReportFindings(output, all, EquatableArray<PagePlace>.Empty));

        var emittedServices = services.With(scope).Select(static (pair, _) => pair.Right.For(pair.Left)).NotNull().WithTrackingName(TrackingNames.EmittedServices);
        context.RegisterSourceOutput(emittedServices, static (output, item) => Emit(output, item.Service.Title, () => [ServiceClassEmitter.Emit(item)]));
        var emittedModules = modules.With(scope).Select(static (pair, _) => pair.Right.For(pair.Left)).NotNull().WithTrackingName(TrackingNames.EmittedModules);
        context.RegisterSourceOutput(emittedModules, static (output, item) => Emit(output, item.Module.Title, () => [ModuleEmitter.Emit(item)]));
        var ownRegistry = selected.Select(static (page, _) => page.Content.Registry).NotNull().Gather()
            .Select(static (all, _) => Merge(all) is { } merged ? new Registry(merged.Entries.Where(RegistryEmitter.IsEmitted).ToEquatableArray()) : null);
        var emittedRegistry = ownRegistry.With(scope).Select(static (pair, _) => pair.Right.For(pair.Left)).WithTrackingName(TrackingNames.EmittedRegistry);
        context.RegisterSourceOutput(emittedRegistry, static (output, item) => Emit(output, "the registry", () => item is null ? [] : RegistryEmitter.Emit(item)));
        var catalogue = surfaces.With(scope).Select(static (pair, _) => pair.Right.Catalogue(pair.Left)).WithTrackingName(TrackingNames.EmittedCatalogue);
        context.RegisterSourceOutput(catalogue, static (output, item) => Emit(output, Names.Catalogue, () => item is null ? [] : [CatalogueEmitter.Emit(item)]));

        var aliases = surfaces.With(scope).Select(static (pair, _) => pair.Right.Aliases(pair.Left)).WithTrackingName(TrackingNames.EmittedAliases);
        context.RegisterSourceOutput(aliases, static (output, item) => Emit(output, "the aliases", () => item is null ? [] : [CatalogueEmitter.Emit(item)]));

        var marked = surfaces.With(handled).With(formats).Select(static (all, _) => new Flag(all.Right.HasRuntime && (all.Left.Left.Count > 0 || all.Left.Right.Count > 0))).WithTrackingName(TrackingNames.EmittedFormat);
        context.RegisterSourceOutput(marked, static (output, marked) => Emit(output, "the format", () => marked.IsSet ? [GeneratedCode.FormatMark] : []));

        // Handlers are bound to the service classes that they name, of this project or of a reference.
        var imported = imports.With(handled).Select(static (pair, _) => ImportedSurface.Of(pair.Left.Services(pair.Right))).WithTrackingName(TrackingNames.ImportedSurfaces);
        var directory = surfaces.With(scope).With(imported).Select(static (all, _) => all.Left.Right.Directory(all.Left.Left, all.Right)).WithTrackingName(TrackingNames.ServiceDirectory);
        foreach (var some in handlers)
        {
            var bound = some.Select(static (reading, _) => reading.Content).WithTrackingName(TrackingNames.HandlerClasses)
                .With(directory).Select(static (pair, _) => HandlerBinder.Bind(pair.Left, pair.Right)).WithTrackingName(TrackingNames.HandlerBindings);
            var emittedHandlers = bound.Select(static (binding, _) => binding.Handler).NotNull().WithTrackingName(TrackingNames.EmittedHandlers);
            context.RegisterSourceOutput(emittedHandlers, static (output, item) => Emit(output, item.FullName, () => [HandlerEmitter.Emit(item)]));
            var reports = some.With(directory).With(options.Select(static (value, _) => new Flag(value.Conformance)))
                .Select(static (all, _) => new HandlerReport(HandlerBinder.Bind(all.Left.Left.Content, all.Left.Right).Findings, all.Left.Left.Places, all.Right.IsSet))
                .WithTrackingName(TrackingNames.HandlerDiagnostics);

            // Where there is something to report, and there alone, the compilation is asked for the file: what is in no source can neither be mended by a fix nor be suppressed there.
            context.RegisterSourceOutput(
                reports.Where(static report => report.Findings.Count > 0).With(context.CompilationProvider),
                static (output, pair) => ReportFindings(output, pair.Left.Findings, pair.Left.Places, pair.Right, pair.Left.WantsConformance));
        }
    }

    private static EquatableArray<string> HandledClasses(IEnumerable<HandlerReading> handlers) =>
        handlers.SelectMany(static handler => handler.Content.Attributes).Select(static attribute => attribute.ServiceClass).Distinct(StringComparer.Ordinal).OrderBy(static name => name, StringComparer.Ordinal).ToEquatableArray();

    private static Registry? Merge(EquatableArray<Registry> all) => all.Count switch
    {
        0 => null,
        1 => all[0],
        _ => new Registry(all.SelectMany(static registry => registry.Entries).ToEquatableArray()),
    };

    private static void Report(SourceProductionContext output, EquatableArray<PageDiagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            output.ReportDiagnostic(diagnostic.ToDiagnostic());
        }
    }

    private static void ReportFindings(SourceProductionContext output, EquatableArray<Finding> findings, EquatableArray<PagePlace> places, Compilation? compilation = null, bool wantsConformance = false)
    {
        foreach (var finding in findings)
        {
            output.ReportDiagnostic(finding.ToDiagnostic(places, compilation, wantsConformance));
        }
    }

    /// <summary>What goes wrong here is a defect of ours: it is reported for the one item, and the rest is generated.</summary>
    private static void Emit(SourceProductionContext output, string item, Func<IEnumerable<GeneratedFile>> emit)
    {
        try
        {
            foreach (var file in emit())
            {
                output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            output.ReportDiagnostic(Finding.Of(HandlerDiagnostics.GeneratorFailed, item, exception.Message).ToDiagnostic());
        }
    }
}
