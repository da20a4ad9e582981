using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Specgen.Generators.Standard;

namespace Specgen.Generators.Diagnostics;

/// <summary>What can be wrong with a handler (SPG10xx) or with the options of a project (SPG11xx). Each has a page under docs/diagnostics.</summary>
internal static class HandlerDiagnostics
{
    private const string Handlers = "Specgen.Handlers";
    private const string Project = "Specgen.Project";

    public static readonly DiagnosticDescriptor UnknownServiceClass = Error("SPG1001", "Unknown service class", "No page defines a service class '{0}'{1}");
    public static readonly DiagnosticDescriptor NotPartial = Error("SPG1002", "Class is not partial", "'{0}' must be partial: Specgen adds a part to '{1}'");
    public static readonly DiagnosticDescriptor UnsupportedClass = Error("SPG1003", "Class cannot be a handler", "'{0}' {1}, so no part can be added to it; use an ordinary class or record");
    public static readonly DiagnosticDescriptor WrongSignature = Error("SPG1004", "Wrong handler signature", "'{0}' must be written as '{1}'");
    public static readonly DiagnosticDescriptor UnknownOperation = Error("SPG1005", "Handler of no operation", "'{0}' handles no DIMSE service of {1}; expected {2}");
    public static readonly DiagnosticDescriptor InconsistentAccessibility = Error("SPG1006", "Public handler over internal types", "'{0}' can be called from other assemblies, but '{1}' is internal: make the method or its class internal, or set the property SpecgenAccessibility to public");
    public static readonly DiagnosticDescriptor UnknownSopClass = Error("SPG1007", "Unknown SOP class", "'{0}' is not a SOP class of the {1}{2}");
    public static readonly DiagnosticDescriptor DuplicateSopClass = Error("SPG1008", "SOP class twice", "'{0}' has the SOP class '{1}' twice in its [{2}] attributes");
    public static readonly DiagnosticDescriptor NoStatuses = Error("SPG1009", "Operation without statuses", "The page of the {0} has no status table for {1}, so '{2}' cannot be given a result type");
    public static readonly DiagnosticDescriptor MissingOperation = Error("SPG1010", "Missing operation", "'{0}' does not answer {1}, which is mandatory for the {2} of the {3}{4}: write '{5}'");
    public static readonly DiagnosticDescriptor WrongStatus = Error("SPG1011", "Status of another DIMSE service", "'{0}' is not a status that {1}; expected one of {2}");
    public static readonly DiagnosticDescriptor UnexplainedStatus = Create("SPG1012", "Status without explanation", "'{0}' answers '{1}', and no [Sends] says when; so the conformance statement cannot say it either", Handlers, DiagnosticSeverity.Info, isEnabled: false);
    public static readonly DiagnosticDescriptor NotReleased = Warning("SPG1013", "Association is not released", "'{0}' has a DisposeAsync that Specgen does not write, and that does not release the association: call '{1}()' in it", Handlers);

    public static readonly DiagnosticDescriptor BadNamespace = Error("SPG1101", "Bad namespace", "'{0}' (property SpecgenNamespace) is not a namespace; expected identifiers separated by dots", Project);
    public static readonly DiagnosticDescriptor BadOption = Error("SPG1102", "Bad option", "'{0}' is not a value of the property {1}; expected {2}", Project);
    public static readonly DiagnosticDescriptor UnknownFilter = Warning("SPG1103", "Unknown service class in the options", "No page defines the service class '{0}' of the property SpecgenServiceClasses{1}", Project);
    public static readonly DiagnosticDescriptor SharedNamespace = Error("SPG1104", "Namespace is taken by a reference", "'{0}' cannot be generated in '{1}': a referenced assembly has that namespace's public types; give this project a namespace of its own (property SpecgenNamespace), or move the page to that assembly's project", Project);
    public static readonly DiagnosticDescriptor NameTaken = Error("SPG1105", "Generated type's name is taken", "'{0}' of '{1}' is not generated: '{2}' has a type of that name as well", Project);
    public static readonly DiagnosticDescriptor GeneratorFailed = Error("SPG1106", "Code could not be generated", "The code of '{0}' could not be generated: {1}", Project);
    public static readonly DiagnosticDescriptor WithoutEffect = Warning("SPG1107", "Option without effect", "The property {0} has no effect: {1}", Project);
    public static readonly DiagnosticDescriptor ImportedTwice = Error("SPG1108", "Two references have one namespace", "'{0}' and '{1}' both have the types of '{2}': set the property SpecgenStandardPages to generate in this project as well, which then uses the types of the project that generates them, or give that project a namespace of its own (property SpecgenNamespace)", Project);
    public static readonly DiagnosticDescriptor FormatsDiffer = Error("SPG1110", "Versions of Specgen do not fit", "{0} is of {1} version of Specgen than the referenced runtime (format {2}; the runtime reads {3}): use one version of the package Specgen in all projects, and build them again", Project);

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> s_descriptors = All().ToImmutableDictionary(static descriptor => descriptor.Id);

    public static DiagnosticDescriptor ById(string id) => s_descriptors[id];

    public static IEnumerable<DiagnosticDescriptor> All() =>
    [
        UnknownServiceClass, NotPartial, UnsupportedClass, WrongSignature, UnknownOperation, InconsistentAccessibility, UnknownSopClass, DuplicateSopClass, NoStatuses, MissingOperation, WrongStatus, UnexplainedStatus, NotReleased,
        BadNamespace, BadOption, UnknownFilter, SharedNamespace, NameTaken, GeneratorFailed, WithoutEffect, ImportedTwice, FormatsDiffer,
    ];

    private static DiagnosticDescriptor Error(string id, string title, string message, string category = Handlers) => Create(id, title, message, category, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message, string category) => Create(id, title, message, category, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Create(string id, string title, string message, string category, DiagnosticSeverity severity, bool isEnabled = true) =>
        new(id, title, message, category, severity, isEnabledByDefault: isEnabled, helpLinkUri: $"https://github.com/specgen/specgen/blob/main/docs/diagnostics/{id}.md");
}

/// <summary>Something to report about a handler or the project.</summary>
/// <param name="Place">An index into the reading's places, or -1 for none.</param>
/// <param name="Path">The page that it is about, where it is about a whole page; else null.</param>
internal sealed record Finding(string Id, int Place, string? Path, EquatableArray<string> Arguments)
{
    public static Finding At(DiagnosticDescriptor descriptor, int place, params string[] arguments) => new(descriptor.Id, place, null, arguments.ToImmutableArray());

    public static Finding In(DiagnosticDescriptor descriptor, string path, params string[] arguments) => new(descriptor.Id, -1, path, arguments.ToImmutableArray());

    public static Finding Of(DiagnosticDescriptor descriptor, params string[] arguments) => new(descriptor.Id, -1, null, arguments.ToImmutableArray());

    /// <summary>The diagnostic; code fixes read the message's arguments from its properties, "0" and so on.</summary>
    public Diagnostic ToDiagnostic(EquatableArray<PagePlace> places, Compilation? compilation = null, bool wantsConformance = false)
    {
        var location = LocationIn(places, compilation);
        if (wantsConformance && Id == HandlerDiagnostics.UnexplainedStatus.Id)
        {
            // Off by default, and a warning where the project wants a conformance statement (property SpecgenConformance).
            var off = HandlerDiagnostics.UnexplainedStatus;
            var message = string.Format(CultureInfo.InvariantCulture, off.MessageFormat.ToString(CultureInfo.InvariantCulture), Arguments.ToArray<object>());
            return Diagnostic.Create(
                off.Id, off.Category, message, DiagnosticSeverity.Warning, DiagnosticSeverity.Warning, isEnabledByDefault: true, warningLevel: 1, off.Title, off.Description, off.HelpLinkUri, location);
        }

        return Diagnostic.Create(
            HandlerDiagnostics.ById(Id),
            location,
            Arguments.Select(static (argument, i) => (argument, i)).ToImmutableDictionary(static pair => pair.i.ToString(CultureInfo.InvariantCulture), static pair => (string?)pair.argument),
            Arguments.Select(static argument => (object)argument).ToArray());
    }

    public Diagnostic ToDiagnostic() => ToDiagnostic(EquatableArray<PagePlace>.Empty);

    private Location LocationIn(EquatableArray<PagePlace> places, Compilation? compilation) =>
        Place >= 0 && Place < places.Count ? places[Place].ToLocation(compilation)
        : Path is null ? Location.None
        : Location.Create(Path, default, default);
}
