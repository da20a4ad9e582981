using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Emission;
using Specgen.Generators.Handlers;
using Specgen.Generators.Reading;
using Specgen.Generators.Standard;

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
        var handled = handlers[0].Collect().Combine(handlers[1].Collect()).Select(static (both, _) => HandledClasses(both.Left.Concat(both.Right))).WithTrackingName(TrackingNames.HandledClasses);

        // Pages: read once, then without positions; what is wrong with them leaves by outputs of its own.
        var pages = context.AdditionalTextsProvider.Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => PageFile.Of(pair.Left, pair.Right)).NotNull()
            .Combine(handled).Select(static (pair, token) => pair.Left.IsWanted(pair.Right, token) ? pair.Left : null).NotNull()
            .Select(static (file, token) => file.Read(token)).NotNull().WithTrackingName(TrackingNames.Pages);
        var standardPages = options.Select(static (value, _) => value.StandardPages);
        var checkedPages = pages.Where(static page => !page.IsCompiled).Combine(standardPages);
        var wanted = checkedPages.Where(static pair => pair.Right || !pair.Left.IsStandard).Select(static (pair, _) => pair.Left.Reading);
        context.RegisterSourceOutput(wanted.Select(static (page, _) => page.Diagnostics).WithTrackingName(TrackingNames.PageDiagnostics), Report);
        var facts = checkedPages.Where(static pair => pair.Right || !pair.Left.IsStandard || pair.Left.Reading.Content.Registry is not null)
            .Select(static (pair, _) => pair.Left.Reading.Facts).WithTrackingName(TrackingNames.PageFacts);
        context.RegisterSourceOutput(facts.Collect().Select(static (all, token) => new EquatableArray<PageDiagnostic>(CrossPageChecks.Run(all, token))).WithTrackingName(TrackingNames.CrossPageDiagnostics), Report);

        var models = pages.Select(static (page, _) => new PageModel(page.Reading.Path, page.IsStandard, page.Reading.Content)).WithTrackingName(TrackingNames.PageModels);
        var registry = models.Select(static (page, _) => page.Content.Registry).NotNull().Collect().Select(static (all, _) => Merge(all)).WithTrackingName(TrackingNames.Registry);
        var selected = models.Combine(standardPages).Where(static pair => pair.Right || !pair.Left.IsStandard).Select(static (pair, _) => pair.Left);
        var items = selected.SelectMany(static (page, _) => page.Content.ServiceClasses.Select(service => new ServiceItem(page.Path, page.IsStandard, service)));
        var services = items.Combine(options).Where(static pair => pair.Right.Wants(pair.Left.Service)).Select(static (pair, _) => pair.Left)
            .Combine(registry).Select(static (pair, _) => pair.Left with { Service = RegistryNames.Apply(pair.Left.Service, pair.Right) }).WithTrackingName(TrackingNames.ServiceClasses);
        var macros = selected.SelectMany(static (page, _) => page.Content.Modules.Where(static module => module.IsMacro)).Collect()
            .Select(static (all, _) => new EquatableArray<Module>(all)).WithTrackingName(TrackingNames.Macros);
        var moduleFilter = services.Select(static (item, _) => item.Service).Collect().Combine(options).Select(static (pair, _) => ModuleFilter.Of(pair.Right.ServiceClasses, pair.Left)).WithTrackingName(TrackingNames.ModuleFilter);
        var expanded = selected.Combine(moduleFilter).SelectMany(static (pair, _) => pair.Left.Content.Modules.Where(module => module.IsMacro || !pair.Left.IsStandard || pair.Right.Has(module)).Select(module => new ModuleItem(pair.Left.Path, module.IsMacro ? module with { Name = ModuleExpansion.ItemType(module.Title) } : module)))
            .Combine(macros).Select(static (pair, _) => pair.Left with { Module = ModuleExpansion.Expand(pair.Left.Module, pair.Right) });

        // A macro has a view where the items of some sequence are the macro and nothing else.
        var itemMacros = expanded.SelectMany(static (item, _) => ModuleExpansion.ItemMacros(item.Module.Attributes)).Collect()
            .Select(static (titles, _) => titles.Distinct(StringComparer.Ordinal).OrderBy(static title => title, StringComparer.Ordinal).ToEquatableArray());
        var modules = expanded.Combine(itemMacros).Where(static pair => !pair.Left.Module.IsMacro || pair.Right.Contains(pair.Left.Module.Title, StringComparer.Ordinal))
            .Select(static (pair, _) => pair.Left).WithTrackingName(TrackingNames.Modules);

        // What one page has to know of the others: who generates a name. Nearly always nothing.
        var settings = options.Select(static (value, _) => value.Settings);
        var imported = context.MetadataReferencesProvider.SelectMany(static (reference, token) => GeneratedNamespace.Of(reference, token)).Collect()
            .Combine(settings).Select(static (pair, _) => ImportedStandard.Of(pair.Left, pair.Right.Namespace)).WithTrackingName(TrackingNames.Imported);
        var ownership = services.Select(static (item, _) => Claim.Of(item.Path, item.Service)).Collect()
            .Combine(modules.Select(static (item, _) => Claim.Of(item.Path, item.Module)).Collect())
            .Select(static (pair, _) => Ownership.Of(pair.Left, pair.Right)).WithTrackingName(TrackingNames.Ownership);
        var scope = ownership.Combine(imported).Combine(settings).Select(static (pair, _) => new ProjectScope(pair.Left.Left, pair.Left.Right, pair.Right));
        var surfaces = services.Select(static (item, _) => new OwnedSurface(item.Path, item.IsStandard, ServiceSurface.Of(item.Service))).WithTrackingName(TrackingNames.ServiceSurfaces).Collect();
        var names = items.Select(static (item, _) => item.Service.Name).Collect();
        var findings = surfaces.Combine(scope).Combine(options).Combine(names)
            .Select(static (all, _) => all.Left.Left.Right.Findings(all.Left.Left.Left, all.Left.Right, all.Right)).WithTrackingName(TrackingNames.ProjectFindings);
        context.RegisterSourceOutput(findings, static (output, all) => ReportFindings(output, all, EquatableArray<PagePlace>.Empty));

        var emittedServices = services.Combine(scope).Select(static (pair, _) => pair.Right.For(pair.Left)).NotNull().WithTrackingName(TrackingNames.EmittedServices);
        context.RegisterSourceOutput(emittedServices, static (output, item) => Emit(output, item.Service.Title, () => [ServiceClassEmitter.Emit(item)]));
        var emittedModules = modules.Combine(scope).Select(static (pair, _) => pair.Right.For(pair.Left)).NotNull().WithTrackingName(TrackingNames.EmittedModules);
        context.RegisterSourceOutput(emittedModules, static (output, item) => Emit(output, item.Module.Title, () => [ModuleEmitter.Emit(item)]));
        var ownRegistry = selected.Select(static (page, _) => page.Content.Registry).NotNull().Collect().Select(static (all, _) => Merge(all));
        var emittedRegistry = ownRegistry.Combine(scope).Select(static (pair, _) => pair.Right.For(pair.Left)).WithTrackingName(TrackingNames.EmittedRegistry);
        context.RegisterSourceOutput(emittedRegistry, static (output, item) => Emit(output, "the registry", () => item is null ? [] : RegistryEmitter.Emit(item)));
        var catalogue = surfaces.Combine(scope).Select(static (pair, _) => pair.Right.Catalogue(pair.Left)).WithTrackingName(TrackingNames.EmittedCatalogue);
        context.RegisterSourceOutput(catalogue, static (output, item) => Emit(output, Names.Catalogue, () => item is null ? [] : [CatalogueEmitter.Emit(item)]));

        // Handlers are bound to the service classes that they name.
        var directory = surfaces.Combine(scope).Select(static (pair, _) => pair.Right.Directory(pair.Left)).WithTrackingName(TrackingNames.ServiceDirectory);
        foreach (var some in handlers)
        {
            var bound = some.Select(static (reading, _) => reading.Content).WithTrackingName(TrackingNames.HandlerClasses)
                .Combine(directory).Select(static (pair, _) => HandlerBinder.Bind(pair.Left, pair.Right)).WithTrackingName(TrackingNames.HandlerBindings);
            var emittedHandlers = bound.Select(static (binding, _) => binding.Handler).NotNull().WithTrackingName(TrackingNames.EmittedHandlers);
            context.RegisterSourceOutput(emittedHandlers, static (output, item) => Emit(output, item.FullName, () => [HandlerEmitter.Emit(item)]));
            var reports = some.Combine(directory).Combine(options.Select(static (value, _) => value.Conformance))
                .Select(static (all, _) => new HandlerReport(HandlerBinder.Bind(all.Left.Left.Content, all.Left.Right).Findings, all.Left.Left.Places, all.Right))
                .WithTrackingName(TrackingNames.HandlerDiagnostics);
            context.RegisterSourceOutput(reports, static (output, report) => ReportFindings(output, report.Findings, report.Places, report.WantsConformance));
        }
    }

    private static EquatableArray<string> HandledClasses(IEnumerable<HandlerReading> handlers) =>
        handlers.SelectMany(static handler => handler.Content.Attributes).Select(static attribute => attribute.ServiceClass).Distinct(StringComparer.Ordinal).OrderBy(static name => name, StringComparer.Ordinal).ToEquatableArray();

    private static Registry? Merge(ImmutableArray<Registry> all) => all.Length switch
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

    private static void ReportFindings(SourceProductionContext output, EquatableArray<Finding> findings, EquatableArray<PagePlace> places, bool wantsConformance = false)
    {
        foreach (var finding in findings)
        {
            output.ReportDiagnostic(finding.ToDiagnostic(places, wantsConformance));
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
