using System.Diagnostics;
using System.Globalization;

namespace Specgen.Benchmarks;

/// <summary>What Specgen adds to "dotnet build" of an empty class library, and of one with a handler: the same project without it and with it in several ways, in turns. Restoring is not counted.</summary>
internal static class BuildBenchmark
{
    private const string Nothing = "internal static class Nothing;", Public = "<SpecgenStandardPages>generate</SpecgenStandardPages><SpecgenAccessibility>public</SpecgenAccessibility>", Compiled = "";

    /// <summary>References alone: what is generated stands in the project's source, so that the difference is what it costs to have it generated, and to have it checked.</summary>
    private const string ByHand = "by hand", AHandler = "Specgen, a handler";

    private const string Handler = """
        [Specgen.Scp<Specgen.Standard.StorageServiceClass>]
        internal sealed partial class Store
        {
            private partial ValueTask<Specgen.DimseResult<Specgen.Standard.StorageCStoreStatus>> OnCStoreAsync(Specgen.CStoreContext context, CancellationToken cancellationToken) => new(Specgen.Standard.StorageCStoreStatus.Success);
        }
        """;

    private static readonly (string Name, string? Options, string Source)[] s_projects =
    [
        ("without Specgen", null, Nothing),
        ("Specgen", Compiled, Nothing),
        (AHandler, Compiled, Handler),
        ("that handler all by hand", ByHand, Handler),
        ("Storage, Verification", Public + "<SpecgenServiceClasses>Storage;Verification</SpecgenServiceClasses>", Nothing),
        ("everything, public", Public, Nothing),
    ];

    public static async Task<int> RunAsync(bool quick)
    {
        var root = Directory.CreateTempSubdirectory("specgen-build-").FullName;
        try
        {
            var folders = s_projects.Select(project => Directory.CreateDirectory(Path.Combine(root, project.Name.Replace(",", "").Replace(' ', '-'))).FullName).ToList();
            foreach (var (folder, (_, options, source)) in folders.Zip(s_projects))
            {
                await File.WriteAllTextAsync(Path.Combine(folder, "Project.csproj"), Project(options));
                await File.WriteAllTextAsync(Path.Combine(folder, "Source.cs"), source);
                await DotnetAsync(folder, "restore");
            }

            var (handler, byHand) = (Array.FindIndex(s_projects, static p => p.Name == AHandler), Array.FindIndex(s_projects, static p => p.Options == ByHand));
            await DotnetAsync(folders[handler], "build", "--no-restore", "-p:EmitCompilerGeneratedFiles=true", $"-p:CompilerGeneratedFilesOutputPath={Path.Combine(folders[byHand], "Generated")}");

            await CompareAsync("cold, without a compiler server", folders, quick, "-p:UseSharedCompilation=false");
            await CompareAsync("with a compiler server that is warm", folders, quick, "-p:UseSharedCompilation=true");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }

        return 0;
    }

    private static async Task CompareAsync(string name, List<string> folders, bool quick, string option)
    {
        var times = folders.Select(static _ => new List<double>()).ToList();

        // The first rounds are for the file cache, and for the server to have compiled the methods of the generator.
        for (var round = quick ? 0 : -2; round < (quick ? 1 : 7); round++)
        {
            for (var i = 0; i < folders.Count; i++)
            {
                var watch = Stopwatch.StartNew();
                await DotnetAsync(folders[i], "build", "--no-restore", "-t:Rebuild", "-nodeReuse:false", option);
                if (round >= 0)
                {
                    times[i].Add(watch.Elapsed.TotalSeconds);
                }
            }
        }

        var medians = times.ConvertAll(static some => some.Median());
        Console.WriteLine($"dotnet build, {name}, seconds:");
        for (var i = 0; i < folders.Count; i++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {s_projects[i].Name,-28} {medians[i],5:F2}   {medians[i] - medians[0]:+0.00;-0.00}"));
        }
    }

    /// <summary>As the packages make a project, with what was built here.</summary>
    private static string Project(string? options)
    {
        var targets = Path.Combine(Built.Root, "src", "Runtime", "buildTransitive", "Specgen.");
        var runtime = typeof(DicomScp).Assembly.Location;
        var standard = options is Compiled or ByHand ? $";{Built.Standard}" : "";
        var references = $"""<Reference Include="{runtime};{Path.Combine(Path.GetDirectoryName(runtime)!, "fo-dicom.core.dll")}{standard}" />""";
        var specgen = options switch
        {
            null => "",
            ByHand => $"<ItemGroup>{references}</ItemGroup>",
            _ => $"""
                  <PropertyGroup>{options}<SpecgenPagesFolder>{Path.Combine(Built.Root, "spec")}/</SpecgenPagesFolder></PropertyGroup>
                  <Import Project="{targets}props" />
                  <ItemGroup>
                    {references}
                    <Analyzer Include="{typeof(Generators.SpecgenGenerator).Assembly.Location};{Built.CodeFixes}" />
                  </ItemGroup>
                  <Import Project="{targets}targets" />
                """,
        };
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
            {specgen}
            </Project>
            """;
    }

    private static async Task DotnetAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [.. arguments, "-v", "quiet", "-nologo"]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(output);
        }
    }
}
