using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Specgen.Generators.Diagnostics;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Project;

/// <summary>The properties of a project that the generator reads; buildTransitive/Specgen.props makes each of them visible.</summary>
/// <param name="Namespace">As it stands in code; null where the project says nothing.</param>
/// <param name="RootNamespace">The project's own.</param>
/// <param name="ServiceClasses">Names of service classes, long or short; empty for all.</param>
/// <param name="Conformance">Whether statuses that no attribute explains are warnings.</param>
/// <param name="Findings">What is wrong with the values; then the default holds.</param>
internal sealed record SpecgenOptions(string? Namespace, string RootNamespace, bool IsPublic, StandardPages StandardPages, EquatableArray<string> ServiceClasses, bool Conformance, EquatableArray<Finding> Findings)
{
    public const string NamespaceProperty = "SpecgenNamespace";
    public const string RootNamespaceProperty = "RootNamespace";
    public const string AccessibilityProperty = "SpecgenAccessibility";
    public const string StandardProperty = "SpecgenStandardPages";
    public const string FilterProperty = "SpecgenServiceClasses";
    public const string ConformanceProperty = "SpecgenConformance";

    /// <summary>Metadata of an AdditionalFiles item that is a page: "standard" for the package's own, anything else for the user's.</summary>
    public const string PageMetadata = "SpecgenPage";

    /// <summary>Every property that is read.</summary>
    public static ImmutableArray<string> Properties { get; } = ImmutableArray.Create(NamespaceProperty, RootNamespaceProperty, AccessibilityProperty, StandardProperty, FilterProperty, ConformanceProperty);

    public static SpecgenOptions Of(AnalyzerConfigOptions options)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        var ns = Value(NamespaceProperty);
        if (ns.Length > 0 && !ns.Split('.').All(static part => SyntaxFacts.IsValidIdentifier(part)))
        {
            findings.Add(Finding.Of(HandlerDiagnostics.BadNamespace, ns));
            ns = "";
        }

        // Semicolons begin a comment where properties are handed over, so Specgen.targets hands over commas.
        var filter = Value(FilterProperty).Split(new[] { ',', ';' }, StringSplitOptions.RemoveEmptyEntries).Select(static name => name.Trim()).Where(static name => name.Length > 0);
        return new SpecgenOptions(
            ns.Length == 0 ? null : Escaped(ns),
            Escaped(Value(RootNamespaceProperty)),
            Choice(AccessibilityProperty, "internal", "public") == "public",
            Choice(StandardProperty, "compiled", "generate", "false", "true") switch
            {
                "generate" => StandardPages.Generate,
                "false" => StandardPages.None,
                _ => StandardPages.Compiled,
            },
            filter.ToEquatableArray(),
            Choice(ConformanceProperty, "false", "true") == "true",
            findings.ToImmutable());

        string Value(string property) => options.TryGetValue("build_property." + property, out var value) ? value.Trim() : "";

        string Choice(string property, params string[] choices)
        {
            var value = Value(property).ToLowerInvariant();
            if (value.Length > 0 && !choices.Contains(value))
            {
                findings.Add(Finding.Of(HandlerDiagnostics.BadOption, Value(property), property, string.Join(", ", choices.Take(choices.Length - 1)) + " or " + choices[choices.Length - 1]));
            }

            return value;
        }
    }

    /// <summary>"Storage" and "StorageServiceClass" mean the same.</summary>
    public static bool Means(string name, string serviceClass) =>
        string.Equals(name, serviceClass, StringComparison.OrdinalIgnoreCase) || string.Equals(name + Names.ServiceClassSuffix, serviceClass, StringComparison.OrdinalIgnoreCase);

    /// <summary>What is wrong with values only in view of the references and pages.</summary>
    public IEnumerable<Finding> WithoutEffect(ProjectSettings settings, bool hasOwnPages)
    {
        if (settings.GeneratesStandard)
        {
            yield break;
        }

        if (Namespace is not null && !hasOwnPages)
        {
            yield return Finding.Of(
                HandlerDiagnostics.WithoutEffect,
                NamespaceProperty,
                $"it is the namespace of pages of the project's own, and there are none; the standard's types are in {EmissionSettings.StandardNamespace}. To have them in '{Namespace}', set SpecgenStandardPages to generate");
        }

        if (ServiceClasses.Count > 0)
        {
            yield return Finding.Of(
                HandlerDiagnostics.WithoutEffect,
                FilterProperty,
                "the standard is compiled, and only what is generated can be chosen. Leave it out, or set SpecgenStandardPages to generate");
        }
    }

    /// <summary>A namespace as it can stand in code: a project may be called "my-server", or "Acme.class".</summary>
    private static string Escaped(string ns) => ns.Length == 0 ? "" : string.Join(".", ns.Split('.').Select(static part => CSharpText.Identifier(Valid(part))));

    private static string Valid(string part)
    {
        var text = new string(part.Select(static c => SyntaxFacts.IsIdentifierPartCharacter(c) ? c : '_').ToArray());
        return text.Length > 0 && SyntaxFacts.IsIdentifierStartCharacter(text[0]) ? text : "_" + text;
    }
}

/// <summary>What is done with the standard's pages.</summary>
internal enum StandardPages
{
    /// <summary>They are compiled in a reference; where none has them, they are generated.</summary>
    Compiled,

    /// <summary>They are generated.</summary>
    Generate,

    /// <summary>They are not generated, and the project's own pages stand alone.</summary>
    None,
}
