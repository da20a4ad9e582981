using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Emission;
using Specgen.Generators.Standard;

namespace Specgen.Generators;

/// <summary>The properties of a project that the generator reads; buildTransitive/Specgen.props makes each of them visible.</summary>
/// <param name="ServiceClasses">Names of service classes, long or short; empty for all.</param>
/// <param name="Conformance">Whether statuses that no attribute explains are warnings.</param>
/// <param name="Findings">What is wrong with the values; then the default holds.</param>
internal sealed record SpecgenOptions(EmissionSettings Settings, bool StandardPages, EquatableArray<string> ServiceClasses, bool Conformance, EquatableArray<Finding> Findings)
{
    public const string Namespace = "SpecgenNamespace";
    public const string Accessibility = "SpecgenAccessibility";
    public const string Standard = "SpecgenStandardPages";
    public const string Filter = "SpecgenServiceClasses";
    public const string Statement = "SpecgenConformance";

    /// <summary>Metadata of an AdditionalFiles item that is a page: "standard" for the package's own, "compiled" for those whose types a referenced assembly has, anything else for the user's.</summary>
    public const string PageMetadata = "SpecgenPage";

    /// <summary>Every property that is read.</summary>
    public static ImmutableArray<string> Properties { get; } = ImmutableArray.Create(Namespace, Accessibility, Standard, Filter, Statement);

    public static SpecgenOptions Of(AnalyzerConfigOptions options)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var ns = Value(Namespace);
        if (ns.Length > 0 && !ns.Split('.').All(static part => SyntaxFacts.IsValidIdentifier(part)))
        {
            findings.Add(Finding.Of(HandlerDiagnostics.BadNamespace, ns));
            ns = "";
        }

        var settings = new EmissionSettings(
            ns.Length == 0 ? EmissionSettings.Default.Namespace : string.Join(".", ns.Split('.').Select(CSharpText.Identifier)),
            Choice(Accessibility, "internal", "public") == "public");
        var standard = Choice(Standard, "true", "false") != "false";

        // Semicolons begin a comment where properties are handed over, so Specgen.targets hands over commas.
        var filter = Value(Filter).Split(new[] { ',', ';' }, StringSplitOptions.RemoveEmptyEntries).Select(static name => name.Trim()).Where(static name => name.Length > 0);
        return new SpecgenOptions(settings, standard, filter.ToEquatableArray(), Choice(Statement, "false", "true") == "true", findings.ToImmutable());

        string Value(string property) => options.TryGetValue("build_property." + property, out var value) ? value.Trim() : "";

        string Choice(string property, string first, string second)
        {
            var value = Value(property).ToLowerInvariant();
            if (value.Length > 0 && value != first && value != second)
            {
                findings.Add(Finding.Of(HandlerDiagnostics.BadOption, Value(property), property, first + " or " + second));
            }

            return value;
        }
    }

    /// <summary>Whether the project wants the service class.</summary>
    public bool Wants(ServiceClass service) => ServiceClasses.Count == 0 || ServiceClasses.Any(name => Means(name, service.Name));

    /// <summary>"Storage" and "StorageServiceClass" mean the same.</summary>
    public static bool Means(string name, string serviceClass) =>
        string.Equals(name, serviceClass, StringComparison.OrdinalIgnoreCase) || string.Equals(name + "ServiceClass", serviceClass, StringComparison.OrdinalIgnoreCase);
}
