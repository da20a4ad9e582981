using System.Reflection;
using System.Text.Json;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;

namespace Specgen.Interop.Tests.Conformance;

/// <summary>`specgen conformance`: the statement of a program that has no command for it, and that is not started for it.</summary>
[TestClass]
public sealed class ToolStatementTests
{
    /// <summary>With a host (AddDicomScp) and without one (DicomScp.StartAsync). Nothing of what the program writes when it serves is written.</summary>
    [TestMethod]
    [DataRow("Archive", "ARCHIVE", 4, "--folder", "FOLDER/kept")]
    [DataRow("Archive", "STORE", 4, "--folder", "FOLDER/kept", "--aet", "STORE")]
    [DataRow("Worklist", "WORKLIST", 3, "--folder", "FOLDER/kept")]
    [DataRow("Store", "STORE", 2)]
    public async Task AProgram_SaysWhatItWouldServe(string program, string aeTitle, int services, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var file = folder["statement.json"];
        (await RunAsync([Assembly(program), "--format", "json", "--output", file, "--", .. arguments.Select(a => a.Replace("FOLDER", folder.FullName, StringComparison.Ordinal))])).Succeeded();
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        var entity = json.RootElement.GetProperty("entities").EnumerateArray().Single();
        Assert.AreEqual(aeTitle, entity.GetProperty("aeTitle").GetString());
        Assert.AreEqual(services, entity.GetProperty("services").GetArrayLength());
        CollectionAssert.AreEqual(new[] { file }, Directory.GetFileSystemEntries(folder.FullName));
    }

    [TestMethod]
    public async Task TheStatementGoesToTheOutput_WithSnippets()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["N.1.md"], "Keeps what it is sent.");
        var output = (await RunAsync(Assembly("Store"), "--format", "markdown", "--snippets", folder.FullName)).Succeeded().Output;
        StringAssert.Contains(output, "Keeps what it is sent.");
        StringAssert.Contains(output, "**Draft.**");
    }

    [TestMethod]
    public async Task WhatHasNoServer_IsSaid()
    {
        using var folder = new TemporaryFolder();
        foreach (var (arguments, words) in new[]
        {
            (new[] { folder["missing.dll"] }, "is not a program of .NET"),
            ([Assembly("Tool"), "--", "--help"], "had no DICOM server"),
            ([Assembly("Store"), "--snippets", folder["missing"]], "missing"),
        })
        {
            var result = await RunAsync(arguments);
            Assert.AreEqual(2, result.ExitCode, result.Output);
            StringAssert.Contains(result.Output, words);
        }
    }

    private static Task<ToolResult> RunAsync(params IEnumerable<string> arguments) => Tool.RunAsync("dotnet", [Assembly("Tool"), "conformance", .. arguments]);

    private static string Assembly(string name) => typeof(ToolStatementTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == name).Value!;
}
