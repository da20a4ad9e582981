using Specgen.Generators.Reading;

namespace Specgen.Generators.Tests;

/// <summary>The repository's own pages, all of them: as a project, as read, and as compiled.</summary>
internal static class StandardPages
{
    public static TestProject Project { get; } = TestFiles.Pages.Aggregate(new TestProject { Name = "Specgen.Standard" }, static (project, path) => project.Page(File.ReadAllText(path), path, isStandard: true));

    private static readonly Lazy<TestRun> s_run = new(static () => Project.Option("SpecgenAccessibility", "public").Run());
    private static readonly Lazy<System.Reflection.Assembly> s_assembly = new(static () => s_run.Value.Load());
    private static readonly Lazy<IReadOnlyList<PageReading>> s_readings = new(static () => TestFiles.Pages.Select(static path => PageReader.Read(path, TestFiles.Text(path), CancellationToken.None)).ToList());

    public static IReadOnlyList<PageReading> Readings => s_readings.Value;

    /// <summary>What is generated from them, public.</summary>
    public static TestRun Run => s_run.Value;

    public static System.Reflection.Assembly Assembly => s_assembly.Value;

    public static Type Generated(string name) => Assembly.GetType("Specgen.Standard." + name) ?? throw new AssertFailedException($"'{name}' is not generated.");
}
