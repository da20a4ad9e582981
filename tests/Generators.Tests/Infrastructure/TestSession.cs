using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Specgen.Generators.Tests;

/// <summary>A driver that lives through edits, as in an editor: what has not changed is the same object as before.</summary>
internal sealed class TestSession
{
    private readonly Dictionary<(string Path, string Text), SyntaxTree> _trees = [];
    private readonly Dictionary<string, TestAdditionalText> _files = new(StringComparer.Ordinal);
    private TestProject _project;
    private GeneratorDriver _driver;

    public TestSession(TestProject project, bool tracks = true)
    {
        _project = project;
        foreach (var page in project.Pages.OrderBy(static page => page.Key, StringComparer.Ordinal))
        {
            _files[page.Key] = new TestAdditionalText(page.Key, page.Value.Text);
        }

        _driver = CSharpGeneratorDriver.Create(
            [new SpecgenGenerator().AsSourceGenerator()],
            _files.Values,
            project.ParseOptions,
            project.OptionsProvider(),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: tracks));
    }

    /// <summary>Makes the project what it now is, and runs.</summary>
    public TestRun Edit(TestProject project)
    {
        foreach (var path in _project.Pages.Keys.Except(project.Pages.Keys))
        {
            _driver = _driver.RemoveAdditionalTexts([_files[path]]);
            _files.Remove(path);
        }

        if (_project.Pages.Keys.Except(project.Pages.Keys).Any() && project.Pages.Keys.Except(_project.Pages.Keys).Any())
        {
            // A file that is renamed goes away before it comes back.
            Run();
        }

        foreach (var (path, page) in project.Pages.OrderBy(static page => page.Key, StringComparer.Ordinal))
        {
            if (!_project.Pages.TryGetValue(path, out var before))
            {
                _driver = _driver.AddAdditionalTexts([_files[path] = new TestAdditionalText(path, page.Text)]);
            }
            else if (before.Text != page.Text)
            {
                var text = new TestAdditionalText(path, page.Text);
                _driver = _driver.ReplaceAdditionalText(_files[path], text);
                _files[path] = text;
            }
        }

        // Editors hand over a new provider at any occasion; it must not matter.
        _driver = _driver.WithUpdatedAnalyzerConfigOptions(project.OptionsProvider());
        _project = project;
        return Run();
    }

    public TestRun Run()
    {
        var project = _project;
        var compilation = project.Compilation((path, text) => _trees.TryGetValue((path, text), out var tree) ? tree : _trees[(path, text)] = project.Parse(path, text));
        _driver = _driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        return new TestRun(project, _driver.GetRunResult().Results.Single(), output);
    }
}

/// <summary>What a run of the generator gave.</summary>
internal sealed class TestRun(TestProject project, GeneratorRunResult result, Compilation output)
{
    private const string FormatMark = "Format.g.cs";

    public GeneratorRunResult Result { get; } = result;

    public bool HasFormatMark { get; } = result.GeneratedSources.Any(static source => source.HintName == FormatMark);

    public Compilation Output { get; } = output;

    public ImmutableArray<Diagnostic> Diagnostics { get; } = result.Diagnostics;

    /// <summary>What is generated of pages and handlers: without the mark of the format, which is always the same.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; } = result.GeneratedSources.Where(static source => source.HintName != FormatMark).ToDictionary(static source => source.HintName, static source => source.SourceText.ToString());

    /// <summary>The generated files of which the name begins so, one after the other.</summary>
    public string Source(string hint) => string.Join("\n", Sources.Where(source => source.Key.StartsWith(hint, StringComparison.Ordinal)).OrderBy(static source => source.Key, StringComparer.Ordinal).Select(static source => source.Value));

    /// <summary>What the compiler and the generator have to say.</summary>
    public ImmutableArray<Diagnostic> AllDiagnostics => [.. Diagnostics, .. Output.GetDiagnostics().Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];

    /// <summary>Compiles and emits with warnings as errors and documentation checked, and loads what came out.</summary>
    public System.Reflection.Assembly Load()
    {
        using var image = MustCompile();
        return new System.Runtime.Loader.AssemblyLoadContext("User", isCollectible: true).LoadFromStream(image);
    }

    /// <param name="expected">Ids that the generator may report.</param>
    public MemoryStream MustCompile(params string[] expected)
    {
        var unexpected = Diagnostics.Where(diagnostic => !expected.Contains(diagnostic.Id)).ToList();
        Assert.IsEmpty(unexpected, string.Join("\n", unexpected));
        var image = new MemoryStream();
        var emitted = Output.Emit(image, xmlDocumentationStream: new MemoryStream());
        var problems = emitted.Diagnostics.Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).ToList();
        Assert.IsEmpty(problems, string.Join("\n", problems.Take(20)));
        image.Position = 0;
        return image;
    }

    /// <summary>The only diagnostic of the generator.</summary>
    public Diagnostic Single(string id)
    {
        Assert.HasCount(1, Diagnostics, string.Join("\n", Diagnostics));
        Assert.AreEqual(id, Diagnostics[0].Id, Diagnostics[0].ToString());
        return Diagnostics[0];
    }

    /// <summary>Nothing is wrong but that these methods are not written, of each of which the generator says so at the class (SPG1010), and the compiler where it is defined (CS8795).</summary>
    public void MustLack(params string[] methods)
    {
        var expected = string.Join("\n", methods.Order(StringComparer.Ordinal));
        Assert.IsTrue(Diagnostics.All(static diagnostic => diagnostic.Id == "SPG1010"), string.Join("\n", Diagnostics));
        Assert.AreEqual(expected, Methods(Diagnostics));
        var errors = Output.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        Assert.IsTrue(errors.All(static error => error.Id == "CS8795"), string.Join("\n", errors));
        Assert.AreEqual(expected, Methods(errors));
    }

    /// <summary>The methods that the diagnostics name, with the name alone.</summary>
    private static string Methods(IEnumerable<Diagnostic> diagnostics) => string.Join("\n", diagnostics
        .Select(static diagnostic => System.Text.RegularExpressions.Regex.Match(diagnostic.GetMessage(), @"On\w+Async(?=\()").Value).Order(StringComparer.Ordinal));

    /// <summary>The reported piece of a source or page.</summary>
    public string TextAt(Diagnostic diagnostic)
    {
        var path = diagnostic.Location.GetLineSpan().Path;
        var text = project.Sources.TryGetValue(path, out var source) ? source : project.Pages[path].Text;
        return text.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length);
    }

    public string Reasons() => string.Join("\n", Result.TrackedSteps.Where(static step => typeof(TrackingNames).GetField(step.Key) is not null)
        .Select(static step => step.Key + ": " + string.Join(" ", step.Value.SelectMany(static run => run.Outputs).Select(static output => output.Reason))));

    /// <summary>How many outputs of a step are new or changed in this run.</summary>
    public int Changed(string step) => !Result.TrackedSteps.TryGetValue(step, out var steps)
        ? 0
        : steps.Sum(static run => run.Outputs.Count(static output => output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified));
}
