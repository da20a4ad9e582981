using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;

namespace Specgen.Interop.Tests;

/// <summary>samples/Worklist, asked by DCMTK's findscu.</summary>
[TestClass]
public sealed class WorklistTests
{
    private static TemporaryFolder s_folder = null!;
    private static WorklistProcess s_worklist = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _)
    {
        s_folder = new TemporaryFolder();
        await File.WriteAllTextAsync(s_folder["ct.json"], Entry("Müller^Änne", "1.2.3.1", ("S1", "CT", "20260105", "093000"), ("S2", "MR", "20260106", "101500")));
        await File.WriteAllTextAsync(s_folder["us.json"], Entry("Doe^John", "1.2.3.2", ("S3", "US", "20260105", "1100")));
        await File.WriteAllTextAsync(s_folder["broken.json"], "{ \"PatientNam\": \"Nobody\" }");
        s_worklist = await WorklistProcess.StartAsync(s_folder.FullName);
    }

    [ClassCleanup]
    public static async Task StopAsync()
    {
        await s_worklist.DisposeAsync();
        s_folder.Dispose();
    }

    [TestMethod]
    [DataRow("", 3)]
    [DataRow("Modality=CT", 1)]
    [DataRow("ScheduledProcedureStepStartDate=20260105", 2)]
    [DataRow("ScheduledProcedureStepStartDate=20260106-", 1)]
    [DataRow("ScheduledProcedureStepStartTime=10-1130", 2)]
    [DataRow("Modality=XA", 0)]
    public async Task StepsAreFoundByTheirKeys(string key, int count) =>
        Assert.HasCount(count, await FindAsync([], key.Length == 0 ? ["Modality"] : [key]));

    [TestMethod]
    public async Task AMatchHasOneStepAndWhatWasAskedFor()
    {
        var match = (await FindAsync(["PatientName=m*", "StudyInstanceUID", "AccessionNumber"], ["ScheduledProcedureStepID=S2", "Modality"])).Single();
        StringAssert.Contains(match, "[ISO_IR 192]");
        StringAssert.Contains(match, "Müller^Änne", match);
        StringAssert.Contains(match, "[1.2.3.1]");
        StringAssert.Contains(match, "[S2]");
        StringAssert.Contains(match, "[MR]");
        Assert.DoesNotContain("[S1]", match);
    }

    [TestMethod]
    public async Task AFileThatIsWrongIsReportedAndLeftOut()
    {
        await FindAsync([], ["Modality"]);
        StringAssert.Contains(s_worklist.Output, "broken.json is left out: 'PatientNam' is no keyword");
    }

    [TestMethod]
    public async Task AStepThatIsPerformedIsNotListedAnyMore()
    {
        var folder = Path.Combine(s_folder.FullName, "performed");
        await File.WriteAllTextAsync(s_folder["px.json"], Entry("Röntgen^Rosa", "1.2.3.3", ("S9", "PX", "20260107", "080000")));
        Assert.HasCount(1, await FindAsync([], ["Modality=PX"]));

        var performed = await s_worklist.PerformAsync("PX");

        performed.Succeeded();
        StringAssert.Contains(performed.Output, "1 steps to perform");
        StringAssert.Contains(performed.Output, "Röntgen^Rosa, S9: Success");
        Assert.IsEmpty(await FindAsync([], ["Modality=PX"]));
        var step = File.ReadAllText(Directory.GetFiles(folder, "*.json").Single(static file => File.ReadAllText(file).Contains("S9", StringComparison.Ordinal)));
        StringAssert.Contains(step, "\"PerformedProcedureStepStatus\": \"COMPLETED\"");
        StringAssert.Contains(step, "\"PatientName\": \"Röntgen^Rosa\"");
        StringAssert.Contains((await s_worklist.PerformAsync("PX")).Succeeded().Output, "0 steps to perform");
    }

    private static string Entry(string name, string study, params (string Id, string Modality, string Date, string Time)[] steps) => $$"""
        {
          "PatientName": "{{name}}", "PatientID": "P1", "AccessionNumber": "A1", "StudyInstanceUID": "{{study}}", "RequestedProcedureID": "R1",
          "ScheduledProcedureStepSequence": [ {{string.Join(", ", steps.Select(static s => $$"""
            { "ScheduledProcedureStepID": "{{s.Id}}", "Modality": "{{s.Modality}}", "ScheduledProcedureStepStartDate": "{{s.Date}}", "ScheduledProcedureStepStartTime": "{{s.Time}}", "ScheduledStationAETitle": "ST1" }
            """))}} ]
        }
        """;

    /// <summary>The matches as dcmdump shows them.</summary>
    private static async Task<IReadOnlyList<string>> FindAsync(string[] keys, string[] stepKeys)
    {
        using var folder = new TemporaryFolder();
        var arguments = keys.Concat(stepKeys.Select(static key => "ScheduledProcedureStepSequence[0]." + key)).SelectMany(static key => new[] { "-k", key });
        await Tool.OutputAsync("findscu", ["-W", "-aec", WorklistProcess.AETitle, "-X", "-od", folder.FullName, .. arguments, "127.0.0.1", $"{s_worklist.Port}"]);
        return await Task.WhenAll(Directory.GetFiles(folder.FullName).Select(static file => Tool.OutputAsync("dcmdump", "-q", file)));
    }
}
