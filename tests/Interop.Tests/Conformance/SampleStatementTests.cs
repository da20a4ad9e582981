using System.Reflection;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;

namespace Specgen.Interop.Tests.Conformance;

/// <summary>The statements of the samples, which are in docs/conformance: what they promise to peers is seen there when it changes.</summary>
[TestClass]
public sealed class SampleStatementTests
{
    private const string Rewrite = "SPECGEN_REWRITE_STATEMENTS";

    [TestMethod]
    [DataRow("archive", "html")]
    [DataRow("archive", "markdown")]
    [DataRow("worklist", "html")]
    [DataRow("worklist", "markdown")]
    public async Task TheStatementInTheDocuments_IsThatOfTheProgram(string sample, string format)
    {
        using var folder = new TemporaryFolder();
        var made = await File.ReadAllTextAsync(await WriteAsync(folder, sample, format));
        var file = Path.Combine(SpecFolder, "..", "docs", "conformance", sample + (format == "html" ? ".html" : ".md"));
        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, made);
        }

        Assert.AreEqual(await File.ReadAllTextAsync(file), made, $"{Rewrite}=1 dotnet test tests/Interop.Tests --filter {nameof(SampleStatementTests)} writes it anew");
        Assert.DoesNotContain("Draft", made, "Something is missing.");
        Assert.DoesNotContain(folder.FullName, made);
        Assert.DoesNotContain(Environment.MachineName, made);
    }

    /// <summary>Made twice, elsewhere, it is the same; and neither folder nor server is there afterwards.</summary>
    [TestMethod]
    [DataRow("archive")]
    [DataRow("worklist")]
    public async Task AStatement_IsOfTheProgramAlone(string sample)
    {
        using var one = new TemporaryFolder();
        using var other = new TemporaryFolder();
        var files = new[] { await WriteAsync(one, sample, "json"), await WriteAsync(other, sample, "json") };
        Assert.AreEqual(await File.ReadAllTextAsync(files[0]), await File.ReadAllTextAsync(files[1]));
        CollectionAssert.AreEqual(new[] { files[0] }, Directory.GetFileSystemEntries(one.FullName), "Nothing but the statement is written.");
    }

    [TestMethod]
    public async Task OptionsOfTheServer_AreInItsStatement()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.FullName, "statement.md");
        (await ArchiveProcess.RunAsync("conformance", "--aet", "STORE", "--port", "4100", "--caller", "CT1", "--peer", "WS=127.0.0.1:104", "--max-associations", "7", "--format", "markdown", "--output", file)).Succeeded();
        var text = await File.ReadAllTextAsync(file);
        foreach (var row in new[]
        {
            "| Called AE Title (SCP) | Yes, AETitle | STORE | STORE |", "| Port | Yes, Port | 4100 | STORE |", "| Calling AE Titles that are accepted | Yes, CallingAETitles | CT1 | STORE |",
            "| Remote AE titles | Yes, Peers | EXAMPLE, WS | STORE |", "| Maximum Number of Simultaneous Associations | Yes, MaxAssociations | 7 | STORE |",
        })
        {
            StringAssert.Contains(text, row);
        }
    }

    [TestMethod]
    public async Task ASnippetWithoutSection_IsSaid_AndNothingIsWritten()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "N.77.md"), "lost");
        var result = await ArchiveProcess.RunAsync("conformance", "--snippets", folder.FullName, "--output", Path.Combine(folder.FullName, "statement.html"));
        Assert.AreEqual(1, result.ExitCode);
        StringAssert.Contains(result.Output, "no section N.77");
        Assert.IsFalse(File.Exists(Path.Combine(folder.FullName, "statement.html")));
    }

    internal static string SpecFolder => typeof(SampleStatementTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "Spec").Value!;

    /// <summary>Has a sample write its statement, and gives the file.</summary>
    internal static async Task<string> WriteAsync(TemporaryFolder folder, string sample, string format)
    {
        var file = Path.Combine(folder.FullName, "statement." + format);
        string[] arguments = ["conformance", "--format", format, "--output", file];
        (sample == "archive" ? await ArchiveProcess.RunAsync([.. arguments, "--folder", Path.Combine(folder.FullName, "kept")]) : await WorklistProcess.RunAsync(arguments)).Succeeded();
        return file;
    }
}
