using System.Globalization;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;

namespace Specgen.Interop.Tests;

/// <summary>DCMTK's findscu asks the archive.</summary>
[TestClass]
public sealed class QueryTests
{
    private static TemporaryFolder s_folder = null!;
    private static ArchiveProcess s_archive = null!;
    private static IReadOnlyList<TestFile> s_files = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _)
    {
        s_folder = new TemporaryFolder();
        s_archive = await ArchiveProcess.StartAsync(s_folder.Sub("archive"));
        s_files = [await TestFiles.GetAsync("ct"), await TestFiles.GetAsync("mr"), await TestFiles.GetAsync("pdf"), await TestFiles.GetAsync("ct-rle")];
        foreach (var (syntax, files) in s_files.GroupBy(static f => f.Name == "ct-rle" ? "-xr" : "-xe").Select(static g => (g.Key, g.ToList())))
        {
            await Tool.OutputAsync("storescu", ["-R", syntax, "-aec", ArchiveProcess.AETitle, "127.0.0.1", $"{s_archive.Port}", .. files.Select(static f => f.Path)]);
        }
    }

    [ClassCleanup]
    public static async Task StopAsync()
    {
        await s_archive.DisposeAsync();
        s_folder.Dispose();
    }

    [TestMethod]
    [DataRow("-P")]
    [DataRow("-S")]
    public async Task Studies(string model)
    {
        // In the Patient Root model a study is below a patient, who has to be named.
        var above = model == "-P" ? (await FindAsync("-P", "QueryRetrieveLevel=PATIENT", "PatientID")).Select(static match => new[] { "PatientID=" + match["PatientID"] }) : [[]];
        var found = new List<Dictionary<string, string>>();
        foreach (var keys in above)
        {
            found.AddRange(await FindAsync(model, ["QueryRetrieveLevel=STUDY", "StudyInstanceUID", "StudyDate", "ModalitiesInStudy", "NumberOfStudyRelatedInstances", .. keys]));
        }

        CollectionAssert.AreEquivalent(s_files.Select(static f => f.StudyUid).Distinct().ToList(), found.Select(static match => match["StudyInstanceUID"]).ToList());
        Assert.IsTrue(found.All(static match => match["RetrieveAETitle"] == ArchiveProcess.AETitle && match["NumberOfStudyRelatedInstances"] != ""));
    }

    [TestMethod]
    public async Task OneStudy_ItsSeries_ItsInstances()
    {
        var ct = s_files[0];
        var study = await FindAsync("-S", "QueryRetrieveLevel=STUDY", $"StudyInstanceUID={ct.StudyUid}");
        Assert.HasCount(1, study);
        var series = await FindAsync("-S", "QueryRetrieveLevel=SERIES", $"StudyInstanceUID={ct.StudyUid}", "SeriesInstanceUID", "Modality", "NumberOfSeriesRelatedInstances");
        Assert.HasCount(1, series);
        Assert.AreEqual((ct.SeriesUid, "CT"), (series[0]["SeriesInstanceUID"], series[0]["Modality"]));
        var images = await FindAsync("-S", "QueryRetrieveLevel=IMAGE", $"StudyInstanceUID={ct.StudyUid}", $"SeriesInstanceUID={ct.SeriesUid}", "SOPInstanceUID", "SOPClassUID");
        Assert.HasCount(1, images);
        Assert.AreEqual((ct.InstanceUid, ct.SopClassUid), (images[0]["SOPInstanceUID"], images[0]["SOPClassUID"]));
    }

    [TestMethod]
    public async Task WhatDoesNotMatchIsNotFound()
    {
        Assert.IsEmpty(await FindAsync("-S", "QueryRetrieveLevel=STUDY", "StudyInstanceUID=1.2.3.4"));
        Assert.IsEmpty(await FindAsync("-S", "QueryRetrieveLevel=STUDY", "PatientName=NOBODY*", "StudyInstanceUID"));
        Assert.HasCount(s_files.Select(static f => f.StudyUid).Distinct().Count(), await FindAsync("-S", "QueryRetrieveLevel=STUDY", "PatientName=*", "StudyInstanceUID"));
    }

    [TestMethod]
    public async Task AnUnknownOptionalKeyIsPendingWithAWarning()
    {
        var output = await FindscuAsync("-S", "QueryRetrieveLevel=STUDY", $"StudyInstanceUID={s_files[0].StudyUid}", "PatientComments");
        StringAssert.Contains(output, "0xff01", StringComparison.OrdinalIgnoreCase);
    }

    [TestMethod]
    [DataRow("-S", "QueryRetrieveLevel=PATIENT", "PatientID", "Level is one of STUDY")]
    [DataRow("-S", "QueryRetrieveLevel=SERIES", "SeriesInstanceUID", "Study Instance UID with one value")]
    [DataRow("-S", "QueryRetrieveLevel=NONSENSE", "StudyInstanceUID", "Level is one of")]
    public async Task AnIdentifierOfAnotherModelIsRefused(string model, string level, string key, string words)
    {
        var output = await FindscuAsync(model, level, key);
        StringAssert.Contains(output, "0xa900", StringComparison.OrdinalIgnoreCase);
        StringAssert.Contains(output, words);
    }

    /// <summary>What findscu says of its responses.</summary>
    private static Task<string> FindscuAsync(string model, params string[] arguments)
    {
        var options = arguments.TakeWhile(static a => !a.Contains('=', StringComparison.Ordinal)).ToList();
        var keys = arguments.Skip(options.Count).SelectMany(static key => new[] { "-k", key });
        return Tool.OutputAsync("findscu", ["-d", model, "-aec", ArchiveProcess.AETitle, .. options, .. keys, "127.0.0.1", s_archive.Port.ToString(CultureInfo.InvariantCulture)]);
    }

    /// <summary>The matches: attribute → value, as dcmdump shows what findscu wrote.</summary>
    private static async Task<List<Dictionary<string, string>>> FindAsync(string model, params string[] keys)
    {
        using var folder = new TemporaryFolder();
        await Tool.OutputAsync("findscu", [model, "-aec", ArchiveProcess.AETitle, "-X", "-od", folder.FullName, .. keys.SelectMany(static key => new[] { "-k", key }), "127.0.0.1", $"{s_archive.Port}"]);
        var matches = new List<Dictionary<string, string>>();
        foreach (var file in Directory.GetFiles(folder.FullName).Order(StringComparer.Ordinal))
        {
            var dump = await Tool.OutputAsync("dcmdump", "-Un", "-q", file);
            matches.Add(dump.Split('\n').Where(static line => line.StartsWith('(')).ToDictionary(
                static line => line[(line.LastIndexOf(' ') + 1)..].Trim(),
                static line => line.Contains('[', StringComparison.Ordinal) ? line[(line.IndexOf('[', StringComparison.Ordinal) + 1)..line.IndexOf(']', StringComparison.Ordinal)] : ""));
        }
        return matches;
    }
}
