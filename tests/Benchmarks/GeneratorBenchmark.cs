using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Specgen.Generators;

namespace Specgen.Benchmarks;

/// <summary>The generator over all pages: cold, cold where a reference has them compiled (without and with a handler), and after an edit of each kind. As the compiler runs it in a build without a documentation file.</summary>
[MemoryDiagnoser]
public class GeneratorBenchmark
{
    private readonly CSharpParseOptions _parse = new(LanguageVersion.Latest, DocumentationMode.None);
    private ImmutableArray<AdditionalText> _pages;
    private Compilation _compilation = null!;
    private Compilation _edited = null!;
    private Page _page = null!;
    private Page _row = null!;
    private Page _prose = null!;
    private Compilation _standard = null!;
    private Compilation _handler = null!;
    private GeneratorDriver _warm = null!;

    [GlobalSetup]
    public void Setup()
    {
        _pages = [.. Directory.EnumerateFiles(Path.Combine(Built.Root, "spec"), "*.rst", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(static path => new Page(path, File.ReadAllText(path)))];
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
        _standard = _compilation.AddReferences(MetadataReference.CreateFromFile(Built.Standard));
        _handler = _standard.AddSyntaxTrees(CSharpSyntaxTree.ParseText("[Specgen.Scp<Specgen.Standard.StorageServiceClass>] partial class Store { }", _parse));
        if (Driver().RunGenerators(_handler).GetRunResult().GeneratedTrees.Length != 1)
        {
            throw new InvalidOperationException("The handler was not generated, or not alone.");
        }

        _warm = Driver().RunGenerators(_compilation);
        if (_warm.GetRunResult().GeneratedTrees.IsEmpty)
        {
            throw new InvalidOperationException("Nothing was generated.");
        }
    }

    [Benchmark(Baseline = true)]
    public GeneratorDriver Cold() => Driver().RunGenerators(_compilation);

    [Benchmark]
    public GeneratorDriver Compiled() => Driver().RunGenerators(_standard);

    [Benchmark]
    public GeneratorDriver CompiledWithHandler() => Driver().RunGenerators(_handler);

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
        private readonly Values _page = Kind("standard");
        private readonly Values _dictionary = Kind("dictionary");

        public override AnalyzerConfigOptions GlobalOptions => s_none;

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => s_none;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => Path.GetFileName(textFile.Path) == "data_elements.rst" ? _dictionary : _page;

        private static Values Kind(string kind) => new(new Dictionary<string, string> { ["build_metadata.AdditionalFiles.SpecgenPage"] = kind });

        private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
        }
    }
}
