using System.IO.Compression;

namespace Specgen.Package.Tests;

/// <summary>The packed package, used from a project that knows nothing of this repository.</summary>
[TestClass]
public sealed class PackageTests
{
    private const string AcmePage = """
        Acme Storage Service Class
        ==========================

        Supported SOP Classes
        ---------------------

        +--------------------+------------------+
        | UID                | SOP Class        |
        +====================+==================+
        | 1.2.826.0.1.99.1.1 | AcmeTraceStorage |
        +--------------------+------------------+

        DIMSE Services
        --------------

        +---------------+---------------------+
        | DIMSE Service | Usage SCU/SCP       |
        +===============+=====================+
        | C-STORE       | Mandatory/Mandatory |
        +---------------+---------------------+

        Statuses
        --------

        C-STORE Statuses
        ~~~~~~~~~~~~~~~~

        +------------------+----------+---------------+
        | Code (hex)       | Category | Description   |
        +==================+==========+===============+
        | 0x0000           | Success  | Success       |
        +------------------+----------+---------------+
        | 0xC000 to 0xC00F | Failure  | Trace is torn |
        +------------------+----------+---------------+

        """;

    private const string Provider = """
        using Acme.Dicom;
        using Specgen;
        using Specgen.Standard;

        [Scp<AcmeStorageServiceClass>, Scp<StorageServiceClass>]
        internal sealed partial class TraceStore(List<string> stored)
        {
            private partial ValueTask<DimseResult<AcmeStorageCStoreStatus>> OnAcmeStorageCStoreAsync(CStoreContext context, CancellationToken cancellationToken)
            {
                stored.Add(context.SopInstanceUid);
                return new(AcmeStorageCStoreStatus.Success);
            }

            private partial ValueTask<DimseResult<StorageCStoreStatus>> OnStorageCStoreAsync(CStoreContext context, CancellationToken cancellationToken) =>
                new(StorageCStoreStatus.OutOfResources);
        }

        [Scu<AcmeStorageServiceClass>, Scu<StorageServiceClass>(SopClasses = [SopClassUids.CTImageStorage])]
        internal sealed partial class TraceSender;

        [Scu<VerificationServiceClass>]
        internal sealed partial class Pinger;
        """;

    private const string Program = """
        using System.Net;
        using System.Net.Sockets;
        using Acme.Dicom;
        using FellowOakDicom;
        using Specgen;
        using Specgen.Standard;

        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var stored = new List<string>();
        await using (var scp = await DicomScp.StartAsync(new DicomScpOptions { AETitle = "ACME", Address = "127.0.0.1", Port = port }, new TraceStore(stored)))
        {
            await using var pinger = new Pinger();
            await pinger.ConnectAsync(new ScuOptions("127.0.0.1", port) { CallingAE = "ME", CalledAE = "ACME" });
            Console.WriteLine((await pinger.CEchoAsync()).Status);

            await using var sender = new TraceSender();
            await sender.ConnectAsync(new ScuOptions("127.0.0.1", port) { CallingAE = "ME", CalledAE = "ACME" });
            var dataset = new DicomDataset().Add(DicomTag.SOPClassUID, SopClassUids.AcmeTraceStorage).Add(DicomTag.SOPInstanceUID, "1.2.826.0.1.99.7");
            Console.WriteLine((await sender.AcmeStorageCStoreAsync(new DicomFile(dataset), CancellationToken.None)).Status);
            dataset.AddOrUpdate(DicomTag.SOPClassUID, SopClassUids.CTImageStorage);
            Console.WriteLine((await sender.StorageCStoreAsync(new DicomFile(dataset), CancellationToken.None)).Status);
        }

        Console.WriteLine(string.Join(",", stored));
        Console.WriteLine(((AcmeStorageCStoreStatus)0xC003).Description());
        Console.WriteLine(DicomStandard.FindSopClass(SopClassUids.CTImageStorage)!.Name);
        """;

    internal const string Package = """<PackageReference Include="Specgen" Version="$VERSION$" />""";

    private const string Library = "<TargetFramework>net8.0</TargetFramework>";

    internal const string Application = "<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings>";

    private static readonly string s_project = Project(
        Application + "<Nullable>enable</Nullable><SpecgenNamespace>Acme.Dicom</SpecgenNamespace>",
        """<PackageReference Include="Specgen" Version="$VERSION$" /><SpecPage Include="spec/acme_private.rst" />""");

    [TestMethod]
    public void Package_has_the_generator_its_fixes_the_runtime_the_standard_and_the_pages()
    {
        using var package = ZipFile.OpenRead(Feed.PackagePath);
        var names = package.Entries.Select(static entry => entry.FullName).ToList();

        CollectionAssert.AreEqual(new[] { "analyzers/dotnet/cs/Specgen.CodeFixes.dll", "analyzers/dotnet/cs/Specgen.Generators.dll" }, names.Where(static name => name.StartsWith("analyzers/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray());
        CollectionAssert.IsSubsetOf(
            new[] { "lib/net8.0/Specgen.Runtime.dll", "lib/net8.0/Specgen.Runtime.xml", "lib/net8.0/Specgen.Standard.dll", "lib/net8.0/Specgen.Standard.xml", "buildTransitive/Specgen.props", "buildTransitive/Specgen.targets", "README.md" },
            names);
        var pages = Directory.EnumerateFiles(Path.Combine(Feed.Root, "spec"), "*.rst", SearchOption.AllDirectories)
            .Select(static path => "spec/" + Path.GetRelativePath(Path.Combine(Feed.Root, "spec"), path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .ToArray();
        CollectionAssert.AreEqual(pages, names.Where(static name => name.EndsWith(".rst", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray());
        using var symbols = ZipFile.OpenRead(Path.ChangeExtension(Feed.PackagePath, ".snupkg"));
        CollectionAssert.IsSubsetOf(new[] { "lib/net8.0/Specgen.Runtime.pdb", "lib/net8.0/Specgen.Standard.pdb" }, symbols.Entries.Select(static entry => entry.FullName).ToArray());
    }

    [TestMethod]
    public void Package_depends_on_fo_dicom()
    {
        using var package = ZipFile.OpenRead(Feed.PackagePath);
        using var reader = new StreamReader(package.GetEntry("Specgen.nuspec")!.Open());

        // A project that is referred to has a version, a package a range.
        var version = Feed.PackagePath.Contains("-substitute", StringComparison.Ordinal) ? "5.1.3" : "[5.1.3, 6.0.0)";
        StringAssert.Contains(reader.ReadToEnd(), $"<dependency id=\"fo-dicom\" version=\"{version}\"");
    }

    [TestMethod]
    public void Project_with_a_page_of_its_own_serves_that_and_the_standard_in_one_class()
    {
        var folder = Feed.Consumer("Acme", s_project, ("spec/acme_private.rst", AcmePage), ("Provider.cs", Provider), ("Program.cs", Program));
        Feed.Succeed(Feed.Build(folder));

        var output = Feed.Succeed(Feed.Run(folder, "bin/Debug/net10.0/Acme.dll"));

        CollectionAssert.AreEqual(
            new[] { "Success", "Success", "OutOfResources", "1.2.826.0.1.99.7", "Trace is torn", "CT Image Storage" },
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[..6],
            output);

        // Behind that is standard error: nobody has said where to log to, so that the first failure is told there.
        StringAssert.Contains(output, "failed: 0xA700", output);
    }

    [TestMethod]
    public void Broken_row_is_an_error_at_its_cell()
    {
        var page = AcmePage.Replace("0xC000 to 0xC00F", "0xC00G          ");
        var folder = Feed.Consumer("BrokenPage", s_project, ("spec/acme_private.rst", page), ("Program.cs", "return;"));

        var (code, output) = Feed.Build(folder);

        Assert.AreNotEqual(0, code, output);
        StringAssert.Contains(output, "acme_private.rst(33,3): error SPG0004");
    }

    /// <summary>What a module says of an attribute is compared with the data dictionary that the package brings.</summary>
    [TestMethod]
    public void Wrong_attribute_of_a_module_is_told_at_its_cells()
    {
        const string Module = """
            Acme Trace Module
            =================

            ================== =========== == ==== ===================
            Attribute Name     Tag         VR Type Private Creator
            ================== =========== == ==== ===================
            Patient's Name     (0010,0010) LO 2
            Patient Number     (0010,0020) LO 1
            Patient's Mood     (0010,0021) LO 3
            Kind of Trace      (0041,xx10) LO 1    ACME 1.0
            ================== =========== == ==== ===================

            """;
        var folder = Feed.Consumer("WrongAttributes", s_project.Replace("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", ""), ("spec/acme_private.rst", Module), ("Program.cs", "return;"));

        var output = Feed.Succeed(Feed.Build(folder));

        StringAssert.Contains(output, "acme_private.rst(7,32): warning SPG0031: (0010,0010) Patient's Name has the VR PN in PS3.6, not LO");
        StringAssert.Contains(output, "acme_private.rst(8,1): warning SPG0030: (0010,0020) is 'Patient ID' in PS3.6, not 'Patient Number'");
        StringAssert.Contains(output, "(0010,0021) is 'Issuer of Patient ID' in PS3.6, not 'Patient's Mood'");
        Assert.DoesNotContain("Kind of Trace", output);
    }

    [TestMethod]
    public void Forgotten_mandatory_operation_does_not_compile()
    {
        const string Forgetful = """
            using Acme.Dicom;
            using Specgen;

            [Scp<AcmeStorageServiceClass>]
            internal sealed partial class TraceStore;
            """;
        var folder = Feed.Consumer("Forgetful", s_project, ("spec/acme_private.rst", AcmePage), ("Provider.cs", Forgetful), ("Program.cs", "return;"));

        var (code, output) = Feed.Build(folder);

        Assert.AreNotEqual(0, code, output);
        StringAssert.Contains(output, "error CS8795");
        StringAssert.Contains(output, "Provider.cs(5,31): error SPG1010: 'TraceStore' does not answer C-STORE, which is mandatory for the SCP of the Acme Storage Service Class: write 'private partial ");
        StringAssert.Contains(output, "(https://github.com/specgen/specgen/blob/main/docs/diagnostics/SPG1010.md)");
    }

    /// <summary>What the README says: one package, and a handler.</summary>
    [TestMethod]
    public void Project_with_the_package_alone_has_the_compiled_standard_for_each_framework()
    {
        var folder = Feed.Consumer(
            "Default",
            Project("<TargetFrameworks>net8.0;net10.0</TargetFrameworks><OutputType>Exe</OutputType><ImplicitUsings>enable</ImplicitUsings><RollForward>Major</RollForward>", Package),
            ("Program.cs", """
                using Specgen;
                using Specgen.Standard;

                Console.WriteLine(typeof(StorageServiceClass).Assembly.GetName().Name);
                Console.WriteLine(string.Join(",", typeof(ImageStore).Assembly.GetTypes().Where(static type => type.Namespace?.StartsWith("Specgen") == true)));
                Console.WriteLine(DicomStandard.FindSopClass("1.2.840.10008.1.20.1")!.Name);
                Console.WriteLine(new ImageStore() is not null);

                [Scp<StorageServiceClass>(SopClasses = [SopClassUids.CTImageStorage])]
                internal sealed partial class ImageStore
                {
                    private partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken) => new(StorageCStoreStatus.Success);
                }
                """));
        Feed.Succeed(Feed.Build(folder));

        foreach (var framework in new[] { "net8.0", "net10.0" })
        {
            AssertLines(Feed.Succeed(Feed.Run(folder, $"bin/Debug/{framework}/Default.dll")), "Specgen.Standard", "", "Storage Commitment Push Model SOP Class", "True");
        }
    }

    /// <summary>Pages in two projects, of which one uses the other's and both use the standard.</summary>
    [TestMethod]
    public void Several_projects_each_have_pages_and_use_those_of_the_ones_they_reference()
    {
        Feed.Consumer(
            "Traces",
            Project(Library + "<SpecgenAccessibility>public</SpecgenAccessibility>", Package + """<SpecPage Include="spec/acme_private.rst" />"""),
            ("spec/acme_private.rst", AcmePage));
        var folder = Feed.Consumer(
            "Films",
            Project(Application, """<ProjectReference Include="../Traces/Traces.csproj" /><SpecPage Include="spec/films.rst" />"""),
            ("spec/films.rst", AcmePage.Replace("Acme Storage Service Class", "Acme Film Service Class").Replace("1.2.826.0.1.99.1.1 | AcmeTraceStorage", "1.2.826.0.1.99.1.2 | AcmeFilmStorage ")),
            ("Program.cs", """
                using Films;
                using Specgen;
                using Specgen.Standard;
                using Traces;

                Console.WriteLine(typeof(AcmeStorageServiceClass).Assembly.GetName().Name + typeof(AcmeFilmServiceClass).Assembly.GetName().Name);
                foreach (var uid in new[] { SopClassUids.AcmeTraceStorage, SopClassUids.AcmeFilmStorage, SopClassUids.CTImageStorage })
                {
                    Console.WriteLine(DicomStandard.FindSopClass(uid)?.Name + DicomStandard.FindStatus(uid, DimseOperation.CStore, 0xC000)?.Description);
                }

                [Scu<AcmeStorageServiceClass>, Scu<AcmeFilmServiceClass>, Scu<StorageServiceClass>]
                internal sealed partial class Sender;
                """));
        Feed.Succeed(Feed.Build(folder));

        AssertLines(
            Feed.Succeed(Feed.Run(folder, "bin/Debug/net10.0/Films.dll")),
            "TracesFilms",
            "AcmeTraceStorageTrace is torn",
            "AcmeFilmStorageTrace is torn",
            "CT Image StorageCannot understand");
    }

    [TestMethod]
    public void Project_that_asks_for_it_generates_the_standard()
    {
        var folder = Feed.Consumer(
            "Generating",
            Project(Application + "<SpecgenStandardPages>generate</SpecgenStandardPages><SpecgenServiceClasses>Verification;Storage</SpecgenServiceClasses>", Package),
            ("Program.cs", """
                using Specgen.Standard;

                Console.WriteLine(typeof(StorageServiceClass).Assembly.GetName().Name);
                Console.WriteLine(DicomStandard.FindSopClass("1.2.840.10008.1.20.1") is null);
                """));
        Feed.Succeed(Feed.Build(folder));

        AssertLines(Feed.Succeed(Feed.Run(folder, "bin/Debug/net10.0/Generating.dll")), "Generating", "True");
    }

    [TestMethod]
    [DataRow("OldFramework", "<TargetFramework>netstandard2.0</TargetFramework>", "Specgen is for .NET 8 and later, and this project is built for 'netstandard2.0'")]
    [DataRow("OldRuntime", "<TargetFramework>net6.0</TargetFramework><DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences><CheckEolTargetFramework>false</CheckEolTargetFramework>", "Specgen is for .NET 8 and later, and this project is built for 'net6.0'")]
    [DataRow("OldLanguage", "<TargetFramework>net10.0</TargetFramework><LangVersion>10</LangVersion>", "Specgen needs C# 11 or later, and this project has LangVersion '10'")]
    public void Project_that_cannot_use_the_package_is_told_in_one_sentence(string name, string properties, string sentence)
    {
        var folder = Feed.Consumer(name, Project(properties, Package), ("Source.cs", "[Specgen.Scp<Specgen.Standard.StorageServiceClass>] internal partial class Store { }"));

        AssertOnlyError(folder, sentence);
    }

    /// <summary>Generators run for C# only: a page in another language's project would be ignored without a word. Constants are for all.</summary>
    [TestMethod]
    [DataRow("vbproj", "VB", "Source.vb", "Public Class Source\n    Public Const Uid As String = Specgen.Standard.SopClassUids.CTImageStorage\nEnd Class")]
    [DataRow("fsproj", "F#", "Source.fs", "module Source\nlet Uid = Specgen.Standard.SopClassUids.CTImageStorage")]
    public void Project_in_another_language_has_constants_but_no_pages(string extension, string language, string name, string source)
    {
        var compiled = language == "F#" ? $"""<Compile Include="{name}" />""" : "";
        var folder = Files("Constants");
        var pages = Files("Pages", """<SpecPage Include="acme.rst" />""");

        Feed.Succeed(Feed.Build(folder));
        AssertOnlyError(pages, $"Specgen generates C#, and the language of this project is {language}: move its SpecPage items to a C# project");

        string Files(string use, string items = "") => Feed.Files(
            use + language[0],
            ("Project." + extension, Project("<TargetFramework>net10.0</TargetFramework>", Package + compiled + items).Replace("$VERSION$", Feed.PackageVersion, StringComparison.Ordinal)),
            (name, source),
            ("acme.rst", ""));
    }

    private static void AssertOnlyError(string folder, string sentence)
    {
        var (code, output) = Feed.Build(folder);

        Assert.AreNotEqual(0, code, output);
        var errors = output.Split('\n').Where(static line => line.Contains("error", StringComparison.Ordinal) && line.Contains(": ", StringComparison.Ordinal)).Select(static line => line.Trim()).Distinct().ToArray();
        Assert.HasCount(1, errors, output);
        StringAssert.Contains(errors[0], "error SPG1109: " + sentence);
    }

    private static void AssertLines(string output, params string[] expected) =>
        CollectionAssert.AreEqual(expected, output.Split('\n', StringSplitOptions.TrimEntries)[..expected.Length], output);

    internal static string Project(string properties, string items) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            {properties}
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <WarningsNotAsErrors>NU1603</WarningsNotAsErrors>
          </PropertyGroup>
          <ItemGroup>
            {items}
          </ItemGroup>
        </Project>
        """;
}
