using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Specgen.Package.Tests;

/// <summary>A program that is published trimmed, and one that is compiled ahead of time: as whole as any other, and without a warning about what is ours.</summary>
[TestClass]
public sealed class PublishTests
{
    private const string Program = """
        using FellowOakDicom;
        using Specgen;
        using Specgen.Standard;

        var folder = Directory.CreateTempSubdirectory("published-").FullName;
        await using (var scp = await DicomScp.StartAsync(new DicomScpOptions { AETitle = "STORE", Address = "127.0.0.1", Port = 0 }, new ImageStore(folder), new Studies()))
        {
            await using var user = new User();
            await user.ConnectAsync(new ScuOptions("127.0.0.1", scp.Port) { CallingAE = "ME", CalledAE = "STORE" });
            Console.WriteLine((await user.CEchoAsync()).Status);

            var image = new DicomDataset().Add(DicomTag.SOPClassUID, SopClassUids.CTImageStorage).Add(DicomTag.SOPInstanceUID, "1.2.826.0.1.99.7").Add(DicomTag.PatientName, "Test^Patient");
            Console.WriteLine((await user.CStoreAsync(new DicomFile(image), CancellationToken.None)).Status);

            await foreach (var match in user.CFindAsync(new DicomDataset().Add(DicomTag.QueryRetrieveLevel, "STUDY").Add(DicomTag.PatientName, "Te*")))
            {
                Console.WriteLine(match.GetString(DicomTag.PatientName));
            }

            var statement = new MemoryStream();
            await scp.Conformance.WriteHtmlAsync(statement);
            Console.WriteLine(statement.Length > 1000);
        }

        Console.WriteLine(DicomFile.Open(Path.Combine(folder, "1.2.826.0.1.99.7.dcm")).Dataset.GetString(DicomTag.PatientName));
        Console.WriteLine(StorageCStoreStatus.OutOfResources.Description());
        Directory.Delete(folder, recursive: true);

        [Scp<StorageServiceClass>]
        internal sealed partial class ImageStore(string root)
        {
            public async partial ValueTask<DimseResult<StorageCStoreStatus>> OnCStoreAsync(CStoreContext context, CancellationToken cancellationToken)
            {
                await context.SaveToAsync(root, cancellationToken);
                return StorageCStoreStatus.Success;
            }
        }

        [Scp<QueryRetrieveServiceClass>(SopClasses = [SopClassUids.StudyRootQueryRetrieveInformationModelFind])]
        internal sealed partial class Studies
        {
            public async partial IAsyncEnumerable<CFindResult<QueryRetrieveCFindStatus>> OnCFindAsync(CFindContext context, CancellationToken cancellationToken)
            {
                await Task.Yield();
                if (new QueryMatcher(context.Identifier).Match(new DicomDataset().Add(DicomTag.PatientName, "Test^Patient").Add(DicomTag.StudyInstanceUID, "1.2.3")) is { } match)
                {
                    yield return match;
                }
            }
        }

        [Scu<VerificationServiceClass>]
        [Scu<StorageServiceClass>(SopClasses = [SopClassUids.CTImageStorage])]
        [Scu<QueryRetrieveServiceClass>(SopClasses = [SopClassUids.StudyRootQueryRetrieveInformationModelFind])]
        internal sealed partial class User;
        """;

    [TestMethod]
    [DataRow("Trimmed", "PublishTrimmed")]
    [DataRow("AheadOfTime", "PublishAot")]
    public void Program_is_published_and_runs(string name, string property)
    {
        var program = Published(name, property, Program);

        var lines = Feed.Execute(Path.GetDirectoryName(program)!, program).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        CollectionAssert.AreEqual(new[] { "Success", "Success", "Test^Patient", "True", "Test^Patient", "Out of Resources" }, lines);
    }

    /// <summary>The README's server to the letter but for its port, compiled ahead of time: it takes the images that the tool sends, and stops at Enter.</summary>
    [TestMethod]
    public async Task Sample_is_published_ahead_of_time_and_takes_images()
    {
        var program = Published("Store", "PublishAot", File.ReadAllText(Path.Combine(Feed.Root, "samples", "Store", "Program.cs")).Replace("Port = 11112", "Port = 0", StringComparison.Ordinal));
        var folder = Path.GetDirectoryName(program)!;
        Assert.IsFalse(File.Exists(Path.Combine(folder, "Store.dll")), "It is a program of its own, without assemblies.");

        using var server = Process.Start(new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            var port = Regex.Match(await server.StandardOutput.ReadLineAsync(limit.Token) ?? "", "^STORE listens on port ([0-9]+); Enter stops.$").Groups[1].Value;
            InstalledTool.Succeed("sample", "for-store");
            StringAssert.Contains(InstalledTool.Succeed("send", "127.0.0.1", port, "STORE", "for-store"), "8");

            Assert.HasCount(8, Directory.GetFiles(Path.Combine(folder, "store"), "*.dcm"));
            await server.StandardInput.WriteLineAsync();
            await server.WaitForExitAsync(limit.Token);
            Assert.AreEqual(0, server.ExitCode);
        }
        finally
        {
            if (!server.HasExited)
            {
                server.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>The program that publishing makes; nothing is said about what is ours.</summary>
    private static string Published(string name, string property, string source)
    {
        var folder = Feed.Consumer(name, PackageTests.Project($"{PackageTests.Application}<{property}>true</{property}><InvariantGlobalization>true</InvariantGlobalization>", PackageTests.Package), ("Program.cs", source));
        var published = Feed.Run(folder, "publish", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", "published", "-m:1", "--disable-build-servers", "-p:TreatWarningsAsErrors=false");
        if (published.Code != 0 && WantsOfTheMachine(published.Output) is { } wanting)
        {
            Assert.Inconclusive($"{property}: {wanting}");
        }

        Feed.Succeed(published);

        // IL2026, IL3050 and so on say where they are found; IL2104 and IL3053 which assembly they are hidden in.
        var warnings = published.Output.Split('\n').Where(static line => line.Contains("warning IL", StringComparison.Ordinal)).ToArray();
        CollectionAssert.AreEqual(Array.Empty<string>(), warnings.Where(static line => !line.Contains("fo-dicom.core", StringComparison.Ordinal)).ToArray());
        return Path.Combine(folder, "published", name);
    }

    /// <summary>What publishing needs beside the SDK, where the machine, or its feed, has it not: the runtime pack, the compiler, a linker.</summary>
    private static string? WantsOfTheMachine(string output) => output.Split('\n').FirstOrDefault(static line =>
        (line.Contains("NU1101", StringComparison.Ordinal) || line.Contains("NU1102", StringComparison.Ordinal) || line.Contains("NU1301", StringComparison.Ordinal))
            && (line.Contains("ILCompiler", StringComparison.Ordinal) || line.Contains("ILLink", StringComparison.Ordinal) || line.Contains("Microsoft.NETCore.App", StringComparison.Ordinal))
        || line.Contains("Platform linker", StringComparison.Ordinal))?.Trim();
}
