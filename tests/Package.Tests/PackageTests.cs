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

        [Scp<AcmeStorageServiceClass>]
        internal sealed partial class TraceStore(List<string> stored)
        {
            private partial ValueTask<DimseResult<AcmeStorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken)
            {
                stored.Add(context.SopInstanceUid);
                return new(AcmeStorageCStoreStatus.Success);
            }
        }

        [Scu<AcmeStorageServiceClass>]
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
            Console.WriteLine((await sender.CStoreAsync(new DicomFile(dataset), CancellationToken.None)).Status);
        }

        Console.WriteLine(string.Join(",", stored));
        Console.WriteLine(((AcmeStorageCStoreStatus)0xC003).Description());
        Console.WriteLine(DicomStandard.FindSopClass(SopClassUids.CTImageStorage)!.Name);
        """;

    private const string Library = "<TargetFramework>net8.0</TargetFramework>";

    private const string Application = "<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings>";

    private static readonly string s_project = Project(
        Application + "<Nullable>enable</Nullable><SpecgenNamespace>Acme.Dicom</SpecgenNamespace>",
        """<PackageReference Include="Specgen" Version="$VERSION$" /><SpecPage Include="spec/acme_private.rst" />""");

    [ClassInitialize]
    public static void Pack(TestContext _) => Feed.Fill();

    [ClassCleanup]
    public static void Clean() => Directory.Delete(Feed.Work, recursive: true);

    [TestMethod]
    public void Package_has_the_generator_alone_the_runtime_and_the_pages()
    {
        using var package = ZipFile.OpenRead(Feed.PackagePath);
        var names = package.Entries.Select(static entry => entry.FullName).ToList();

        CollectionAssert.AreEqual(new[] { "analyzers/dotnet/cs/Specgen.Generators.dll" }, names.Where(static name => name.StartsWith("analyzers/", StringComparison.Ordinal)).ToArray());
        CollectionAssert.IsSubsetOf(
            new[] { "lib/net8.0/Specgen.Runtime.dll", "lib/net8.0/Specgen.Runtime.xml", "buildTransitive/Specgen.props", "buildTransitive/Specgen.targets", "README.md" },
            names);
        var pages = Directory.EnumerateFiles(Path.Combine(Feed.Root, "spec"), "*.rst", SearchOption.AllDirectories)
            .Select(static path => "spec/" + Path.GetRelativePath(Path.Combine(Feed.Root, "spec"), path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .ToArray();
        CollectionAssert.AreEqual(pages, names.Where(static name => name.EndsWith(".rst", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray());
        Assert.IsTrue(File.Exists(Path.ChangeExtension(Feed.PackagePath, ".snupkg")), "no symbols");
    }

    [TestMethod]
    public void Package_depends_on_fo_dicom()
    {
        using var package = ZipFile.OpenRead(Feed.PackagePath);
        using var reader = new StreamReader(package.GetEntry("Specgen.nuspec")!.Open());

        StringAssert.Contains(reader.ReadToEnd(), "<dependency id=\"fo-dicom\" version=\"5.1.3\"");
    }

    [TestMethod]
    public void Project_with_a_page_of_its_own_builds_and_runs()
    {
        var folder = Feed.Consumer("Acme", s_project, ("spec/acme_private.rst", AcmePage), ("Provider.cs", Provider), ("Program.cs", Program));
        Feed.Succeed(Feed.Build(folder));

        var output = Feed.Succeed(Feed.Run(folder, "bin/Debug/net10.0/Acme.dll"));

        CollectionAssert.AreEqual(
            new[] { "Success", "Success", "1.2.826.0.1.99.7", "Trace is torn", "CT Image Storage" },
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
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

    [TestMethod]
    public void Forgotten_mandatory_operation_does_not_compile()
    {
        const string forgetful = """
            using Acme.Dicom;
            using Specgen;

            [Scp<AcmeStorageServiceClass>]
            internal sealed partial class TraceStore;
            """;
        var folder = Feed.Consumer("Forgetful", s_project, ("spec/acme_private.rst", AcmePage), ("Provider.cs", forgetful), ("Program.cs", "return;"));

        var (code, output) = Feed.Build(folder);

        Assert.AreNotEqual(0, code, output);
        StringAssert.Contains(output, "error CS8795");
        StringAssert.Contains(output, "OnCStoreAsync");
    }

    [TestMethod]
    public void One_project_generates_as_public_and_another_uses_that()
    {
        Feed.Consumer(
            "Standard",
            Project(Library + "<SpecgenAccessibility>public</SpecgenAccessibility><SpecgenServiceClasses>Verification;Storage</SpecgenServiceClasses>", """<PackageReference Include="Specgen" Version="$VERSION$" />"""));
        var folder = Feed.Consumer(
            "User",
            Project(Application, """<ProjectReference Include="../Standard/Standard.csproj" />"""),
            ("Program.cs", """
                using Specgen;
                using Specgen.Standard;

                Console.WriteLine(typeof(StorageServiceClass).Assembly.GetName().Name);
                Console.WriteLine(typeof(ImageStore).Assembly.GetType("Specgen.Standard.StorageServiceClass") is null);
                Console.WriteLine(DicomStandard.FindStatus(SopClassUids.CTImageStorage, DimseOperation.CStore, 0xB007)?.Description);
                Console.WriteLine(DicomStandard.FindSopClass("1.2.840.10008.1.20.1") is null);

                [Scp<StorageServiceClass>(SopClasses = [SopClassUids.CTImageStorage])]
                internal sealed partial class ImageStore
                {
                    private partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken) =>
                        new(StorageCStoreStatus.Success);
                }
                """));
        Feed.Succeed(Feed.Build(folder));

        var output = Feed.Succeed(Feed.Run(folder, "bin/Debug/net10.0/User.dll"));

        CollectionAssert.AreEqual(
            new[] { "Standard", "True", "Data Set does not match SOP Class", "True" },
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [TestMethod]
    public void Standard_package_has_its_assembly_alone_and_brings_the_generator()
    {
        using var package = ZipFile.OpenRead(Feed.StandardPath);
        var names = package.Entries.Select(static entry => entry.FullName).ToList();
        using var reader = new StreamReader(package.GetEntry("Specgen.Standard.nuspec")!.Open());

        CollectionAssert.AreEquivalent(
            new[] { "lib/net8.0/Specgen.Standard.dll", "lib/net8.0/Specgen.Standard.xml", "buildTransitive/Specgen.Standard.props", "README.md" },
            names.Where(static name => name.Contains("lib/", StringComparison.Ordinal) || name.StartsWith("build", StringComparison.Ordinal) || name.StartsWith("analyzers", StringComparison.Ordinal) || name == "README.md").ToArray());
        StringAssert.Contains(reader.ReadToEnd(), $"<dependency id=\"Specgen\" version=\"{Feed.PackageVersion}\" include=\"All\" />");
        Assert.IsTrue(File.Exists(Path.ChangeExtension(Feed.StandardPath, ".snupkg")), "no symbols");
    }

    [TestMethod]
    public void Two_projects_share_the_compiled_standard_and_write_handlers_for_it()
    {
        Feed.Consumer(
            "Library",
            Project(Library, """<PackageReference Include="Specgen.Standard" Version="$VERSION$" />"""),
            ("Rules.cs", "public static class Rules { public static Specgen.Standard.StorageCStoreStatus Usual => Specgen.Standard.StorageCStoreStatus.Success; }"));
        var folder = Feed.Consumer(
            "Sharer",
            Project(Application, """<ProjectReference Include="../Library/Library.csproj" />"""),
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
                    private partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken) => new(Rules.Usual);
                }
                """));
        Feed.Succeed(Feed.Build(folder));

        var output = Feed.Succeed(Feed.Run(folder, "bin/Debug/net10.0/Sharer.dll"));

        CollectionAssert.AreEqual(
            new[] { "Specgen.Standard", "", "Storage Commitment Push Model SOP Class", "True" },
            output.Split('\n', StringSplitOptions.TrimEntries)[..4]);
    }

    private static string Project(string properties, string items) => $"""
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
