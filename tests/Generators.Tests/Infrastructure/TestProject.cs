using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Specgen.Generators.Tests;

/// <summary>A user's project: sources, pages, options. Immutable; an edit makes another one.</summary>
internal sealed record TestProject
{
    private static readonly ImmutableArray<MetadataReference> s_references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(static path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll" or "Specgen.Runtime.dll" or "fo-dicom.core.dll"))
        .Select(static path => (MetadataReference)MetadataReference.CreateFromFile(path))
        .ToImmutableArray();

    public string Name { get; init; } = "User";

    public ImmutableDictionary<string, string> Sources { get; init; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableDictionary<string, TestPage> Pages { get; init; } = ImmutableDictionary<string, TestPage>.Empty;

    public ImmutableDictionary<string, string> Options { get; init; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableArray<MetadataReference> References { get; init; } = ImmutableArray<MetadataReference>.Empty;

    /// <summary>The text of an .editorconfig or .globalconfig beside the sources, which says how severe diagnostics are; without one, warnings are errors.</summary>
    public string? Severities { get; init; }

    public LanguageVersion Language { get; init; } = LanguageVersion.CSharp11;

    public TestProject Source(string text, string path = "User.cs") => this with { Sources = Sources.SetItem(path, text) };

    public TestProject Page(string text, string path = "acme.rst", bool isStandard = false) =>
        Page(text, path, !isStandard ? "own" : Path.GetFileName(path) == "data_elements.rst" ? "dictionary" : "standard");

    /// <param name="kind">The page's metadata: standard, dictionary, own.</param>
    public TestProject Page(string text, string path, string kind) => this with { Pages = Pages.SetItem(path, new TestPage(text, kind)) };

    public TestProject WithoutPage(string path) => this with { Pages = Pages.Remove(path) };

    public TestProject Option(string name, string value) => this with { Options = Options.SetItem(name, value) };

    public CSharpParseOptions ParseOptions => new(Language, DocumentationMode.Diagnose);

    public CSharpCompilation Compilation(Func<string, string, SyntaxTree>? parse = null)
    {
        parse ??= Parse;
        return CSharpCompilation.Create(
            Name,
            Sources.OrderBy(static source => source.Key, StringComparer.Ordinal).Select(source => parse(source.Key, source.Value)),
            s_references.Concat(References),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: Severities is null ? ReportDiagnostic.Error : ReportDiagnostic.Default)
                .WithSyntaxTreeOptionsProvider(Severities is null ? null : new ConfiguredSeverities(Severities))
                .WithSpecificDiagnosticOptions(ImmutableDictionary<string, ReportDiagnostic>.Empty.Add("CS1701", ReportDiagnostic.Suppress).Add("CS1702", ReportDiagnostic.Suppress)));
    }

    public SyntaxTree Parse(string path, string text) => CSharpSyntaxTree.ParseText(text, ParseOptions, path, Encoding.UTF8);

    public AnalyzerConfigOptionsProvider OptionsProvider() => new Configuration(this);

    public TestRun Run() => new TestSession(this).Run();

    private sealed class Configuration(TestProject project) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(project.Options.ToImmutableDictionary(static option => "build_property." + option.Key, static option => option.Value));

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values(ImmutableDictionary<string, string>.Empty);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(project.Pages.TryGetValue(textFile.Path, out var page)
            ? ImmutableDictionary<string, string>.Empty.Add("build_metadata.AdditionalFiles.SpecgenPage", page.Kind)
            : ImmutableDictionary<string, string>.Empty);
    }

    /// <summary>As the compiler reads them.</summary>
    private sealed class ConfiguredSeverities(string text) : SyntaxTreeOptionsProvider
    {
        private const string Folder = "/user";

        private readonly AnalyzerConfigSet _set = AnalyzerConfigSet.Create(new[] { AnalyzerConfig.Parse(text, Folder + "/.config") });

        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            _set.GetOptionsForSourcePath($"{Folder}/{tree.FilePath}").TreeOptions.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            _set.GlobalConfigOptions.TreeOptions.TryGetValue(diagnosticId, out severity);
    }

    private sealed class Values(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, out string value) => values.TryGetValue(key, out value!);
    }
}

internal sealed record TestPage(string Text, string Kind);

internal sealed class TestAdditionalText(string path, string text) : AdditionalText
{
    private readonly SourceText _text = SourceText.From(text, Encoding.UTF8);

    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
}
