namespace Specgen.Generators;

/// <summary>Names of the pipeline's steps, for tests of what runs again.</summary>
internal static class TrackingNames
{
    public const string Options = nameof(Options);
    public const string Imports = nameof(Imports);
    public const string Formats = nameof(Formats);
    public const string ProjectSettings = nameof(ProjectSettings);
    public const string HandledClasses = nameof(HandledClasses);
    public const string Pages = nameof(Pages);
    public const string PageDiagnostics = nameof(PageDiagnostics);
    public const string PageFacts = nameof(PageFacts);
    public const string Dictionary = nameof(Dictionary);
    public const string CrossPageDiagnostics = nameof(CrossPageDiagnostics);
    public const string PageModels = nameof(PageModels);
    public const string Registry = nameof(Registry);
    public const string ServiceClasses = nameof(ServiceClasses);
    public const string ModuleFilter = nameof(ModuleFilter);
    public const string Modules = nameof(Modules);
    public const string Macros = nameof(Macros);
    public const string Ownership = nameof(Ownership);
    public const string ProjectScope = nameof(ProjectScope);
    public const string ImportedSurfaces = nameof(ImportedSurfaces);
    public const string ServiceSurfaces = nameof(ServiceSurfaces);
    public const string ServiceDirectory = nameof(ServiceDirectory);
    public const string ProjectFindings = nameof(ProjectFindings);
    public const string EmittedServices = nameof(EmittedServices);
    public const string EmittedModules = nameof(EmittedModules);
    public const string EmittedRegistry = nameof(EmittedRegistry);
    public const string EmittedCatalogue = nameof(EmittedCatalogue);
    public const string EmittedAliases = nameof(EmittedAliases);
    public const string EmittedFormat = nameof(EmittedFormat);
    public const string HandlerClasses = nameof(HandlerClasses);
    public const string HandlerBindings = nameof(HandlerBindings);
    public const string HandlerDiagnostics = nameof(HandlerDiagnostics);
    public const string EmittedHandlers = nameof(EmittedHandlers);
}
