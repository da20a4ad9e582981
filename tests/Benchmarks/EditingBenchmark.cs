using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Specgen.Generators;

namespace Specgen.Benchmarks;

/// <summary>
/// What a keystroke costs in a file of 5,000 lines with a handler, UIDs as texts, comparisons and casts: the compiler's own work on the file as it then is, and beside it that of the generator and of the analyzers,
/// over the whole file and over the method that is typed in, which is what an editor asks for first.
/// </summary>
[MemoryDiagnoser]
public class EditingBenchmark
{
    private const int Lines = 5000;

    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers =
    [
        .. typeof(SpecgenGenerator).Assembly.GetTypes().Where(static type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer))).Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    private CSharpCompilation _before = null!;
    private GeneratorDriver _warm = null!;
    private SyntaxTree _tree = null!;
    private SourceText _text = null!;
    private TextSpan _typed;
    private int _digit;
    private int _keystroke;

    [GlobalSetup]
    public void Setup()
    {
        var parse = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Parse);
        _text = SourceText.From(Source());
        _tree = CSharpSyntaxTree.ParseText(_text, parse, "Long.cs");
        _digit = _text.ToString().IndexOf("total += 2000", StringComparison.Ordinal) + "total += 200".Length;
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "Specgen.Runtime.dll" or "fo-dicom.core.dll"))
            .Append(Built.Standard).Select(static path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("Editing", [_tree], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        _warm = CSharpGeneratorDriver.Create([new SpecgenGenerator().AsSourceGenerator()], parseOptions: parse).RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        _before = (CSharpCompilation)generated;
        var errors = generated.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        var reported = Analyzed(_before, null).Length;
        if (errors.Count > 0 || reported < 100 || _text.Lines.Count < Lines)
        {
            throw new InvalidOperationException($"{_text.Lines.Count} lines, {reported} reports; {string.Join("\n", errors.Take(5))}");
        }

        _typed = _tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(static method => method.Identifier.ValueText == "M200").Span;
    }

    /// <summary>Parsing the edit and binding the file, without which nothing is underlined.</summary>
    [Benchmark(Baseline = true)]
    public int Compiler() => Edited().GetSemanticModel(_tree).GetDiagnostics().Length;

    /// <summary>The same and the generator: what it runs again after the edit.</summary>
    [Benchmark]
    public int CompilerAndGenerator()
    {
        var compilation = Edited();
        _warm = _warm.RunGenerators(compilation);
        return compilation.GetSemanticModel(_tree).GetDiagnostics().Length;
    }

    /// <summary>The same and the analyzers over the whole file.</summary>
    [Benchmark]
    public int CompilerAndAnalyzers()
    {
        var compilation = Edited();
        return compilation.GetSemanticModel(_tree).GetDiagnostics().Length + Analyzed(compilation, null).Length;
    }

    /// <summary>The same and the analyzers over the method that is typed in.</summary>
    [Benchmark]
    public int CompilerAndAnalyzersOfTheMethod()
    {
        var compilation = Edited();
        return compilation.GetSemanticModel(_tree).GetDiagnostics().Length + Analyzed(compilation, _typed).Length;
    }

    private static ImmutableArray<Diagnostic> Analyzed(Compilation compilation, TextSpan? span)
    {
        var tree = compilation.SyntaxTrees.First();
        var analyzed = compilation.WithAnalyzers(s_analyzers);
        return analyzed.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(tree), span, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>A digit of a method in the middle becomes another.</summary>
    private Compilation Edited()
    {
        var tree = _tree.WithChangedText(_text.WithChanges(new TextChange(new TextSpan(_digit, 1), (_keystroke++ % 10).ToString(CultureInfo.InvariantCulture))));
        var compilation = _before.ReplaceSyntaxTree(_tree, tree);
        (_before, _tree, _text) = (compilation, tree, tree.GetText());
        return compilation;
    }

    private static string Source()
    {
        var source = new StringBuilder("""
            using System.Threading;
            using System.Threading.Tasks;
            using FellowOakDicom;
            using FellowOakDicom.Network;
            using Specgen;
            using Specgen.Standard;

            [Scp<StorageServiceClass>]
            internal sealed partial class Store
            {
                private partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken) => new(StorageCStoreStatus.Success);


            """);
        var method = 0;
        for (var lines = 13; lines < Lines; lines += 13, method++)
        {
            source.Append(CultureInfo.InvariantCulture, $$"""
                    private static int M{{method}}(string uid, StorageCStoreStatus status, DicomStatus answer, DicomDictionaryEntry entry)
                    {
                        var total = uid.Length;
                        total += {{method}}0;
                        if (uid == "1.2.840.10008.5.1.4.1.1.2" || uid == "1.2.826.0.1.3680043.{{method}}") total++;
                        if ((ushort)status == 0xA700 || (int)status == {{method}} || status == StorageCStoreStatus.Success) total--;
                        if (answer == DicomStatus.ProcessingFailure || answer.Code == 0xB000 || DicomStatus.Lookup(0xA702) == answer) total += 2;
                        var name = entry.Keyword == "PatientName" ? "CT" : entry.Keyword is "PatientID" ? "MR" : "US";
                        for (var i = 0; i < total; i++) total ^= i * name.Length + name[i % 2];
                        var kept = (StorageCStoreStatus)(ushort)(total & 0xFFFF);
                        return total + kept.Category() switch { StatusCategory.Success => 1, StatusCategory.Warning => 2, _ => 3 };
                    }


                """);
        }

        return source.Append("}\n").ToString();
    }
}
