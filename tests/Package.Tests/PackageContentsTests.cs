using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Specgen.Package.Tests;

/// <summary>What every package has, whichever it is: a gallery, a debugger and a lawyer find what they look for.</summary>
[TestClass]
public sealed partial class PackageContentsTests
{
    public static IEnumerable<object[]> Packages => PackedProject.All.Select(static package => new object[] { package.Id });

    [TestMethod]
    public void Packages_are_the_ones_that_the_documentation_names()
    {
        var named = PackageNames().Matches(File.ReadAllText(Path.Combine(Feed.Root, "docs", "packages.md"))).Select(static match => match.Groups[1].Value).Distinct();

        CollectionAssert.AreEquivalent(PackedProject.All.Select(static package => package.Id).ToArray(), named.ToArray());
    }

    /// <summary>Packing compares with the package before, which is told by the SDK's own properties: one that had a type more than this one.</summary>
    [TestMethod]
    public void Package_that_takes_away_from_the_one_before_is_not_packed()
    {
        const string Id = "Specgen.StorageCommitment.Sqlite";
        var before = Feed.Consumer("Before", PackageTests.Project($"<TargetFramework>net8.0</TargetFramework><AssemblyName>{Id}</AssemblyName><PackageId>{Id}</PackageId><Version>0.0.9</Version>", ""), ("Gone.cs", "namespace Specgen; public static class Gone { }"));
        Feed.Succeed(Feed.Run(before, "pack", "-c", "Release", "-o", "packed", "-m:1", "--disable-build-servers"));

        var (code, output) = Pack(Path.Combine(before, "packed", $"{Id}.0.0.9.nupkg"));

        Assert.AreNotEqual(0, code, output);
        StringAssert.Contains(output, "error CP0001: Type 'Specgen.Gone' exists");

        // With itself it is compatible.
        (code, output) = Pack(Of(Id).Path);
        Assert.AreEqual(0, code, output);

        // The SDK notes that it has compared, and does not again while nothing is built anew: each time of these notes it elsewhere.
        (int Code, string Output) Pack(string baseline) => Feed.TryPack(
            Of(Id).Folder, Path.Combine(before, "again"), $"-p:PackageValidationBaselinePath={baseline}", $"-p:_ApiCompatValidatePackageSemaphoreFile={Path.Combine(before, Path.GetFileName(baseline) + ".compared")}");
    }

    [TestMethod]
    [DynamicData(nameof(Packages))]
    public void Package_says_what_it_is_whose_and_what_is_new(string id)
    {
        using var package = ZipFile.OpenRead(Of(id).Path);
        var metadata = Nuspec(package, id);

        Assert.AreEqual("MIT", Value("license"));
        Assert.AreEqual("https://github.com/specgen/specgen", Value("projectUrl"));
        Assert.AreEqual("Specgen contributors", Value("authors"));
        StringAssert.Contains(Value("copyright"), "Specgen contributors");
        StringAssert.EndsWith(Value("description"), ".");
        Assert.IsGreaterThan(20, Value("description").Length);
        StringAssert.Contains(Value("tags").ToUpperInvariant(), "DICOM");

        // The section of the changelog alone, not what was released before.
        StringAssert.StartsWith(Value("releaseNotes"), "###");
        Assert.DoesNotContain("\n## ", Value("releaseNotes"));
        Assert.IsLessThan(35_000, Value("releaseNotes").Length, "A gallery takes 35,000 characters.");

        string Value(string name) => metadata.Element(metadata.Name.Namespace + name)?.Value ?? throw new AssertFailedException($"{id} has no <{name}>.");
    }

    [TestMethod]
    [DynamicData(nameof(Packages))]
    public void Package_has_an_icon_and_a_readme_that_a_gallery_can_show(string id)
    {
        using var package = ZipFile.OpenRead(Of(id).Path);
        var metadata = Nuspec(package, id);
        Assert.AreEqual("icon.png", metadata.Element(metadata.Name.Namespace + "icon")?.Value);
        Assert.AreEqual("README.md", metadata.Element(metadata.Name.Namespace + "readme")?.Value);

        // PNG, 128 x 128: the signature, and width and height of its first chunk.
        var icon = Bytes(package, "icon.png");
        CollectionAssert.AreEqual(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }, icon[..8]);
        CollectionAssert.AreEqual(new byte[] { 0, 0, 0, 128, 0, 0, 0, 128 }, icon[16..24]);

        var readme = System.Text.Encoding.UTF8.GetString(Bytes(package, "README.md"));
        StringAssert.StartsWith(readme, "# Specgen");
        var links = Links().Matches(readme).Select(static match => match.Groups[1].Value).ToArray();
        Assert.IsNotEmpty(links);
        CollectionAssert.AreEqual(Array.Empty<string>(), links.Where(static link => !link.StartsWith("https://", StringComparison.Ordinal) && !link.StartsWith('#')).ToArray());
    }

    /// <summary>Every assembly of ours has symbols, and every source of theirs is in them or at an address of the commit that it was built from.</summary>
    [TestMethod]
    [DynamicData(nameof(Packages))]
    public void Package_can_be_debugged(string id)
    {
        using var package = ZipFile.OpenRead(Of(id).Path);
        var isClone = Path.Exists(Path.Combine(Feed.Root, ".git"));
        if (isClone)
        {
            var repository = Nuspec(package, id).Elements().Single(static element => element.Name.LocalName == "repository");
            StringAssert.Matches(repository.Attribute("commit")?.Value ?? "", Commit());
        }

        // A tool brings our libraries along, whose symbols are with their own packages.
        var libraries = PackedProject.All.SelectMany(LibrariesOf).ToHashSet(StringComparer.Ordinal);
        foreach (var assembly in package.Entries.Where(entry => OurAssembly().IsMatch(entry.Name) && !(entry.FullName.StartsWith("tools/", StringComparison.Ordinal) && libraries.Contains(entry.Name))))
        {
            var sources = SourcesOf(id, assembly);
            Assert.IsNotEmpty(sources, assembly.FullName);
            if (isClone)
            {
                var lost = sources.Where(static source => !source.IsEmbedded && source.Address?.StartsWith("https://raw.githubusercontent.com/specgen/specgen/", StringComparison.Ordinal) != true);
                CollectionAssert.AreEqual(Array.Empty<string>(), lost.Select(static source => source.Name).ToArray(), assembly.FullName);
            }
        }
    }

    private static IReadOnlyList<(string Name, bool IsEmbedded, string? Address)> SourcesOf(string id, ZipArchiveEntry assembly)
    {
        if (PortablePdb.SourcesIn(Copy(assembly)) is { } embedded)
        {
            return embedded;
        }

        using var symbols = ZipFile.OpenRead(Of(id).SymbolsPath);
        var path = Path.ChangeExtension(assembly.FullName, ".pdb");
        return PortablePdb.SourcesOf(Copy(symbols.GetEntry(path) ?? throw new AssertFailedException($"{id}: {path} is not among the symbols.")));
    }

    private static string[] LibrariesOf(PackedProject project)
    {
        using var package = ZipFile.OpenRead(project.Path);
        return [.. package.Entries.Where(static entry => entry.FullName.StartsWith("lib/", StringComparison.Ordinal)).Select(static entry => entry.Name)];
    }

    private static PackedProject Of(string id) => PackedProject.All.Single(package => package.Id == id);

    private static XElement Nuspec(ZipArchive package, string id)
    {
        using var stream = package.GetEntry(id + ".nuspec")!.Open();
        return XDocument.Load(stream).Root!.Elements().Single(static element => element.Name.LocalName == "metadata");
    }

    private static byte[] Bytes(ZipArchive package, string name) => Copy(package.GetEntry(name) ?? throw new AssertFailedException($"There is no {name}.")).ToArray();

    private static MemoryStream Copy(ZipArchiveEntry entry)
    {
        var copy = new MemoryStream();
        using (var stream = entry.Open())
        {
            stream.CopyTo(copy);
        }

        copy.Position = 0;
        return copy;
    }

    [GeneratedRegex(@"^\| `(Specgen[\w.]*)` \|", RegexOptions.Multiline)]
    private static partial Regex PackageNames();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex("^[0-9a-f]{40}$")]
    private static partial Regex Commit();

    [GeneratedRegex(@"^specgen[\w.]*\.dll$", RegexOptions.IgnoreCase)]
    private static partial Regex OurAssembly();
}
