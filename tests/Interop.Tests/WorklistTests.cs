using FellowOakDicom;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;
using Specgen.Interop.Tests.Services;
using Specgen.Standard;

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
    [DataRow("ScheduledProcedureStepStartTime=0800-1200", 3)]
    [DataRow("ScheduledProcedureStepStartTime=0800-1000", 1)]
    [DataRow("ScheduledProtocolCodeSequence[0].CodeValue", 3)]
    [DataRow("CommentsOnTheScheduledProcedureStep=NOT SUPPORTED", 3)]
    public async Task StepsAreFoundByTheirKeys(string key, int count) =>
        Assert.HasCount(count, await FindAsync([], key.Length == 0 ? ["Modality"] : [key]));

    [TestMethod]
    public async Task RangesOfStartDateAndStartTimeAreOneRange() =>
        // From the 5th, 10:00, to the 6th, 10:20 (PS3.4 Table K.6-1); not from 10:00 to 10:20 of each day.
        Assert.HasCount(2, await FindAsync([], ["ScheduledProcedureStepStartDate=20260105-20260106", "ScheduledProcedureStepStartTime=1000-1020"]));

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

    [TestMethod]
    [DataRow("InstitutionName", "SOMEWHERE", false, DisplayName = "a key that is not supported")]
    [DataRow("PatientID", "P1", true, DisplayName = "one that is")]
    public async Task KeysThatAreNotSupportedAreIgnoredAndNotReturned(string keyword, string value, bool isReturned)
    {
        await using var user = new WorklistUser();
        await user.ConnectAsync(Options());
        var query = user.CFindAsync(new DicomDataset { { DicomDictionary.Default[keyword], value }, { DicomTag.StudyInstanceUID, "1.2.3.2" } });
        var matches = new List<DicomDataset>();
        await foreach (var match in query)
        {
            matches.Add(match);
        }
        Assert.AreEqual(isReturned, matches.Single().Contains(DicomDictionary.Default[keyword]));
        Assert.AreEqual(0x0000, (ushort)query.Result!.Value.Status);
    }

    [TestMethod]
    public async Task ADateThatIsNoneIsRefused()
    {
        await using var user = new WorklistUser();
        await user.ConnectAsync(Options());
        var step = new DicomDataset().NotValidated().Add(DicomTag.ScheduledProcedureStepStartDate, "tomorrow");
        var query = user.CFindAsync(new DicomDataset().NotValidated().Add(new DicomSequence(DicomTag.ScheduledProcedureStepSequence, step)));
        Assert.IsEmpty(await query.ToListAsync());
        Assert.AreEqual(0xA900, (ushort)query.Result!.Value.Status);
        CollectionAssert.AreEqual(new[] { DicomTag.ScheduledProcedureStepStartDate }, query.Result!.Value.OffendingElements.ToArray());
    }

    /// <summary>PS3.4 §F.7.2, one request after the other: what is changed, and what is answered.</summary>
    [TestMethod]
    public async Task APerformedStepKeepsItsRules()
    {
        await using var user = new PerformedStepUser();
        await user.ConnectAsync(Options());
        var uid = DicomUID.Generate().UID;
        async Task<DimseResult<ModalityPerformedProcedureStepNSetStatus>> SetAsync(Action<ModalityPerformedProcedureStepModule> change)
        {
            var changes = new ModalityPerformedProcedureStepModule(new DicomDataset { { DicomTag.SpecificCharacterSet, "ISO_IR 100" } }.NotValidated());
            change(changes);
            return await user.NSetAsync(uid, changes);
        }

        void AssertCode(int expected, DimseResult<ModalityPerformedProcedureStepNSetStatus> answer) => Assert.AreEqual(expected, (ushort)answer.Status, answer.ToString());

        AssertCode(0x0112, await SetAsync(static s => s.PerformedProcedureStepDescription = "too early"));
        Assert.AreEqual(0x0106, (ushort)(await user.NCreateAsync(uid, Step(static s => s.PerformedProcedureStepStatus = "COMPLETED"))).Status);
        Assert.AreEqual(0x0106, (ushort)(await user.NCreateAsync(uid, Step(static s => s.PatientId = new string('9', 80)))).Status);
        Assert.AreEqual(0x0121, (ushort)(await user.NCreateAsync(uid, Step(static s => s.Modality = ""))).Status);
        Assert.AreEqual(0x0120, (ushort)(await user.NCreateAsync(uid, Step(static s => s.StudyId = null))).Status);
        Assert.AreEqual(0x0000, (ushort)(await user.NCreateAsync(uid, Step(static _ => { }))).Status);
        Assert.AreEqual(0x0111, (ushort)(await user.NCreateAsync(uid, Step(static _ => { }))).Status);

        AssertCode(0x0106, await SetAsync(static s => s.PatientsName = "Somebody^Else"));
        AssertCode(0x0106, await SetAsync(static s => s.Modality = "MR"));
        AssertCode(0x0106, await SetAsync(static s => s.ScheduledStepAttributesSequence.Clear()));
        AssertCode(0x0106, await SetAsync(static s => s.PerformedProcedureStepStatus = "PAUSED"));
        AssertCode(0x0106, await SetAsync(static s => s.PerformedProcedureStepEndTime = "10:00:00 o'clock, more or less"));
        AssertCode(0x0000, await SetAsync(static s => (s.PatientsName, s.PerformedProcedureStepDescription) = ("Müller^Änne", "begun")));

        var early = await SetAsync(static s => s.PerformedProcedureStepStatus = "COMPLETED");
        AssertCode(0x0121, early);
        CollectionAssert.AreEquivalent(
            new[] { DicomTag.PerformedProcedureStepEndDate, DicomTag.PerformedProcedureStepEndTime, DicomTag.PerformedSeriesSequence }, early.AttributeIdentifiers.ToArray());
        AssertCode(0x0121, await SetAsync(static s => { End(s); s.PerformedSeriesSequence[0].ProtocolName = ""; }));
        AssertCode(0x0000, await SetAsync(End));

        var late = await SetAsync(static s => s.PerformedProcedureStepDescription = "changed");
        AssertCode(0x0110, late);
        Assert.AreEqual((ushort?)0xA710, late.ErrorId);
        Assert.AreEqual("Performed Procedure Step Object may no longer be updated", late.ErrorComment);
        var kept = await File.ReadAllTextAsync(Path.Combine(s_folder.FullName, "performed", uid + ".json"));
        StringAssert.Contains(kept, "\"PatientName\": \"Müller^Änne\"");
        StringAssert.Contains(kept, "\"PerformedProcedureStepDescription\": \"begun\"");

        static void End(ModalityPerformedProcedureStepModule step)
        {
            (step.PerformedProcedureStepStatus, step.PerformedProcedureStepEndDate, step.PerformedProcedureStepEndTime) = ("COMPLETED", "20260105", "101500");
            var series = step.PerformedSeriesSequence.Add();
            (series.SeriesInstanceUid, series.ProtocolName) = ("1.2.3.4", "Head");
        }
    }

    [TestMethod]
    public async Task AStepWhoseFileWasTakenAwayIsNone()
    {
        await using var user = new PerformedStepUser();
        await user.ConnectAsync(Options());
        var (one, other) = (DicomUID.Generate().UID, DicomUID.Generate().UID);
        foreach (var uid in (string[])[one, other])
        {
            Assert.AreEqual(0x0000, (ushort)(await user.NCreateAsync(uid, Step(static _ => { }))).Status);
            File.Delete(Path.Combine(s_folder.FullName, "performed", uid + ".json"));
        }

        Assert.AreEqual(0x0112, (ushort)(await user.NSetAsync(one, new DicomDataset { { DicomTag.PerformedProcedureStepDescription, "x" } })).Status);
        Assert.AreEqual(0x0000, (ushort)(await user.NCreateAsync(other, Step(static _ => { }))).Status);
        Assert.IsTrue(File.Exists(Path.Combine(s_folder.FullName, "performed", other + ".json")));
    }

    [TestMethod]
    public async Task WhatCouldNotBeReadAgainIsLeftOutOrRefused()
    {
        await using var user = new PerformedStepUser();
        await user.ConnectAsync(Options());
        var uid = DicomUID.Generate().UID;
        var notKnown = new DicomDataset().NotValidated().Add(DicomVR.LO, new DicomTag(0x0008, 0x9999), "of a later edition").Single();
        var anotherVR = new DicomDataset().NotValidated().Add(DicomVR.LO, new DicomTag(0x0040, 0x0300), "Total Time of Fluoroscopy is US").Single();

        Assert.AreEqual(0x0106, (ushort)(await user.NCreateAsync(DicomUID.Generate().UID, Step(step => step.Dataset.Add(anotherVR)))).Status);
        Assert.AreEqual(0x0000, (ushort)(await user.NCreateAsync(uid, Step(step => step.Dataset.Add(notKnown)))).Status);
        Assert.AreEqual(0x0106, (ushort)(await user.NSetAsync(uid, new DicomDataset().NotValidated().Add(anotherVR))).Status);
        Assert.AreEqual(0x0000, (ushort)(await user.NSetAsync(uid, new DicomDataset().NotValidated().Add(notKnown).Add(DicomTag.PerformedProcedureStepDescription, "x"))).Status);
        Assert.IsEmpty(Directory.GetFiles(Path.Combine(s_folder.FullName, "performed"), uid + "*.unreadable"));
    }

    [TestMethod]
    public async Task OneBadRecordIsSetAsideAndNamedAndStopsNothingElse()
    {
        using var folder = new TemporaryFolder();
        var performed = Directory.CreateDirectory(folder["performed"]).FullName;
        await File.WriteAllTextAsync(folder["ct.json"], Entry("Doe^John", "1.2.3.1", ("S1", "CT", "20260105", "093000"), ("S2", "CT", "20260105", "1000")));
        await File.WriteAllTextAsync(Path.Combine(performed, "1.1.json"), """
            { "PatientID": "999999999999999999999999999999999999999999999999999999999999999999999999999999", "Modality": "ct", "PerformedProcedureStepStartTime": "10:00:00",
              "PerformedProcedureStepStatus": "COMPLETED", "ScheduledStepAttributesSequence": [ { "StudyInstanceUID": "1.2.3.1", "ScheduledProcedureStepID": "S1" } ] }
            """);
        string[] bad = ["{ \"PatientID\": ", "[]", "{ \"PatientID\": \"1\", \"PatientID\": \"2\" }", "{ \"PerformedProcedureStepNumber\": 1 }", ""];
        for (var i = 0; i < bad.Length; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(performed, $"2.{i}.json"), bad[i]);
        }

        await using var worklist = await WorklistProcess.StartAsync(folder.FullName);
        var found = await worklist.PerformAsync("CT");

        StringAssert.Contains(found.Succeeded().Output, "1 steps to perform", "what was completed with values that no VR allows is known");
        Assert.HasCount(bad.Length, Directory.GetFiles(performed, "*.unreadable"));
        foreach (var i in Enumerable.Range(0, bad.Length))
        {
            StringAssert.Contains(worklist.Output, $"2.{i}.json is no performed step, and was set aside as 2.{i}.json.unreadable");
        }
    }

    [TestMethod]
    [DataRow("--port abc", "--port abc: expected a number from 1 to 65535")]
    [DataRow("--port 70000", "--port 70000: expected a number from 1 to 65535")]
    [DataRow("--prot 4200", "--prot")]
    [DataRow("perform --port 0", "--port 0: expected a number from 1 to 65535")]
    [DataRow("perform --bogus", "--bogus")]
    [DataRow("perform --port 1", "cannot be reached")]
    public async Task ACommandLineThatIsWrongIsSaidToBe(string arguments, string message)
    {
        var result = await WorklistProcess.RunAsync(arguments.Split(' '));
        Assert.AreEqual(1, result.ExitCode, result.Output);
        StringAssert.Contains(result.Output, message);
        Assert.DoesNotContain("Unhandled exception", result.Output);
    }

    [TestMethod]
    public async Task ASecondWorklistOnOneFolderSaysSoAndEnds_AndOneThatWasKilledIsInNobodysWay()
    {
        using var folder = new TemporaryFolder();
        await using (var first = await WorklistProcess.StartAsync(folder.FullName))
        {
            var second = await WorklistProcess.RunAsync("--folder", folder.FullName, "--port", $"{Loopback.FreePort()}", "--address", "127.0.0.1");
            Assert.AreEqual(1, second.ExitCode, second.Output);
            StringAssert.Contains(second.Output, "Cannot start: Another worklist is at work in ");
            await first.KillAsync();
        }

        await using var next = await WorklistProcess.StartAsync(folder.FullName);
    }

    [TestMethod]
    public async Task HelpPerformsNothing() => StringAssert.Contains((await WorklistProcess.RunAsync("perform", "--help")).Succeeded().Output, "--modality");

    private static ScuOptions Options() => new("127.0.0.1", s_worklist.Port) { CallingAE = "TESTS", CalledAE = WorklistProcess.AETitle };

    /// <summary>What Table F.7.2-1 requires of an N-CREATE, and a change of it.</summary>
    internal static ModalityPerformedProcedureStepModule Step(Action<ModalityPerformedProcedureStepModule> change)
    {
        var step = new ModalityPerformedProcedureStepModule(new DicomDataset().NotValidated().Add(DicomTag.SpecificCharacterSet, "ISO_IR 100"))
        {
            PatientsName = "Müller^Änne",
            PatientId = "P1",
            PatientsBirthDate = "",
            PatientsSex = "",
            StudyId = "",
            Modality = "CT",
            PerformedProcedureStepId = "P1",
            PerformedStationAETitle = "CT1",
            PerformedStationName = "",
            PerformedLocation = "",
            PerformedProcedureStepStartDate = "20260105",
            PerformedProcedureStepStartTime = "1000",
            PerformedProcedureStepStatus = "IN PROGRESS",
            PerformedProcedureStepDescription = "",
            PerformedProcedureTypeDescription = "",
            PerformedProcedureStepEndDate = "",
            PerformedProcedureStepEndTime = "",
        };
        step.ReferencedPatientSequence.Clear();
        step.ProcedureCodeSequence.Clear();
        step.PerformedProtocolCodeSequence.Clear();
        step.PerformedSeriesSequence.Clear();
        var scheduled = step.ScheduledStepAttributesSequence.Add();
        (scheduled.StudyInstanceUid, scheduled.ScheduledProcedureStepId, scheduled.ScheduledProcedureStepDescription) = ("1.2.3.99", "", "");
        (scheduled.AccessionNumber, scheduled.RequestedProcedureId, scheduled.RequestedProcedureDescription) = ("", "", "");
        scheduled.ReferencedStudySequence.Clear();
        scheduled.ScheduledProtocolCodeSequence.Clear();
        change(step);
        return step;
    }

    internal static string Entry(string name, string study, params (string Id, string Modality, string Date, string Time)[] steps) => $$"""
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
