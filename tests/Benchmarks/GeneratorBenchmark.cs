using System.Collections.Immutable;
using System.Reflection;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Specgen.Generators;

namespace Specgen.Benchmarks;

/// <summary>The generator over all pages: cold, and after an edit of each kind.</summary>
[MemoryDiagnoser]
public class GeneratorBenchmark
{
    private readonly CSharpParseOptions _parse = new(LanguageVersion.Latest);
    private ImmutableArray<AdditionalText> _pages;
    private Compilation _compilation = null!;
    private Compilation _edited = null!;
    private Page _page = null!;
    private Page _row = null!;
    private Page _prose = null!;
    private GeneratorDriver _warm = null!;

    [GlobalSetup]
    public void Setup()
    {
        var root = typeof(GeneratorBenchmark).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "Root").Value!;
        _pages = [.. Directory.EnumerateFiles(Path.Combine(root, "spec"), "*.rst", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(static path => new Page(path, File.ReadAllText(path)))];
        _page = (Page)_pages.Single(static page => Path.GetFileName(page.Path) == "storage_commitment.rst" && Path.GetFileName(Path.GetDirectoryName(page.Path)) == "spec");
        var text = _page.GetText()!.ToString();
        _row = Edited(text, "| Duplicate invocation ", "| Doubled invocation   ");
        _prose = Edited(text, "takes responsibility", "takes charge");
        _compilation = CSharpCompilation.Create(
            "Consumer",
            [CSharpSyntaxTree.ParseText("class A { }", _parse)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location), MetadataReference.CreateFromFile(typeof(DicomScp).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        _edited = _compilation.ReplaceSyntaxTree(_compilation.SyntaxTrees.Single(), CSharpSyntaxTree.ParseText("class A { int B; }", _parse));
        _warm = Driver().RunGenerators(_compilation);
        if (_warm.GetRunResult().GeneratedTrees.IsEmpty)
        {
            throw new InvalidOperationException("Nothing was generated.");
        }
    }

    [Benchmark(Baseline = true)]
    public GeneratorDriver Cold() => Driver().RunGenerators(_compilation);

    [Benchmark]
    public GeneratorDriver Cached() => _warm.RunGenerators(_compilation);

    [Benchmark]
    public GeneratorDriver UnrelatedEdit() => _warm.RunGenerators(_edited);

    [Benchmark]
    public GeneratorDriver OneRow() => _warm.ReplaceAdditionalText(_page, _row).RunGenerators(_compilation);

    [Benchmark]
    public GeneratorDriver Prose() => _warm.ReplaceAdditionalText(_page, _prose).RunGenerators(_compilation);

    private Page Edited(string text, string old, string replacement) =>
        text.Contains(old, StringComparison.Ordinal)
            ? new Page(_page.Path, text.Replace(old, replacement, StringComparison.Ordinal))
            : throw new InvalidOperationException($"'{old}' is not in {_page.Path}.");

    private CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create([new SpecgenGenerator().AsSourceGenerator()], _pages, _parse, new Options());

    private sealed class Page(string path, string text) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(text);

        public override string Path => path;

        public override SourceText? GetText(CancellationToken cancellationToken = default) => _text;
    }

    private sealed class Options : AnalyzerConfigOptionsProvider
    {
        private static readonly Values s_none = new([]);
        private static readonly Values s_page = new(new Dictionary<string, string> { ["build_metadata.AdditionalFiles.SpecgenPage"] = "standard" });

        public override AnalyzerConfigOptions GlobalOptions => s_none;

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => s_none;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => s_page;

        private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
        }
    }
}
