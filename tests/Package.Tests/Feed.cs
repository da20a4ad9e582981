using System.Diagnostics;
using System.Reflection;

namespace Specgen.Package.Tests;

/// <summary>A folder feed with the package as it would be published, and consumers outside of the repository that restore it from there.</summary>
internal static class Feed
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    public static string Root { get; } = Path.GetFullPath(Metadata("Root"));

    public static bool IsSubstitute { get; } = Metadata("FoDicom") == "Substitute";

    /// <summary>Everything that the tests write.</summary>
    public static string Work { get; } = Directory.CreateTempSubdirectory("specgen-package-").FullName;

    public static string Folder { get; } = Path.Combine(Work, "feed");

    public static string PackageVersion { get; } = Metadata("Version") + (IsSubstitute ? "-substitute" : "");

    public static string PackagePath => Path.Combine(Folder, $"Specgen.{PackageVersion}.nupkg");

    /// <summary>Packs everything. In Substitute mode no feed need have fo-dicom: then this one gets the stand-in under its name, for these tests and nothing else.</summary>
    public static void Fill()
    {
        Directory.CreateDirectory(Folder);
        foreach (var package in PackedProject.All)
        {
            Pack(package.Folder);
        }

        if (IsSubstitute)
        {
            Pack("src/FoDicom.Substitute", "-p:IsPackable=true");
            TakeSubstitute();
        }
    }

    /// <summary>Into the consumers' cache before any of them is restored: a feed of the machine may have the library itself in the same version.</summary>
    private static void TakeSubstitute()
    {
        var folder = Path.Combine(Work, "cache");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "cache.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <RestoreSources>{Folder}</RestoreSources>
                <RestoreAdditionalProjectSources></RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                <PackageDownload Include="fo-dicom" Version="[{Metadata("FoDicomVersion")}]" />
              </ItemGroup>
            </Project>
            """);
        Succeed(Run(folder, "restore"));
    }

    /// <summary>A fresh project in a folder of its own. Packages go to a cache of the tests, so that the machine's own never has what is packed here.</summary>
    public static string Consumer(string name, string project, params (string Name, string Text)[] files)
    {
        return Files(name, [(name + ".csproj", project.Replace("$VERSION$", PackageVersion)), .. files]);
    }

    /// <summary>Files in a folder that restores from the feed.</summary>
    public static string Files(string name, params (string Name, string Text)[] files)
    {
        var folder = Path.Combine(Work, name);
        File.WriteAllText(Path.Combine(Work, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="specgen-tests" value="{Folder}" />
              </packageSources>
            </configuration>
            """);
        foreach (var (file, text) in files)
        {
            var path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        return folder;
    }

    public static (int Code, string Output) Build(string folder) => Run(folder, "build", "-v", "quiet", "-m:1", "--disable-build-servers");

    public static (int Code, string Output) Run(string folder, params string[] arguments) => Start(folder, "dotnet", arguments);

    /// <summary>A program; what it writes.</summary>
    public static string Execute(string folder, string program, params string[] arguments) => Succeed(Start(folder, program, arguments));

    public static (int Code, string Output) Start(string folder, string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NUGET_PACKAGES"] = PackagesFolder(folder);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment.Remove("MSBUILD_EXE_PATH");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within {s_limit}.");
        }

        return (process.ExitCode, output.Result + errors.Result);
    }

    public static string Succeed((int Code, string Output) result)
    {
        Assert.AreEqual(0, result.Code, result.Output);
        return result.Output;
    }

    private static void Pack(string project, params string[] options) => Succeed(TryPack(project, Folder, options));

    /// <summary>What was built along with these tests, wherever that is.</summary>
    public static (int Code, string Output) TryPack(string project, string folder, params string[] options)
    {
        var artifacts = Metadata("ArtifactsPath");
        string[] place = artifacts.Length > 0 ? ["--artifacts-path", artifacts] : [];
        return Run(Root, ["pack", project, "--no-build", "-c", Metadata("Configuration"), "-o", folder, $"-p:FoDicom={Metadata("FoDicom")}", "-p:AllowSubstitutePackage=true", .. place, .. options]);
    }

    /// <summary>Packing uses what was restored for the repository; a consumer has a cache of its own.</summary>
    private static string PackagesFolder(string folder) =>
        folder == Root ? Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages") : Path.Combine(Work, "packages");

    private static string Metadata(string key) =>
        typeof(Feed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
