using System.Text.Json;
using System.Text.Json.Nodes;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;
using Specgen.Interop.Tests.Services;
using Specgen.Standard;

namespace Specgen.Interop.Tests;

/// <summary>dcmjs-dimse as user of the samples, and of providers of ours where the samples do not show it.</summary>
[TestClass]
public sealed class DcmjsUserTests
{
    private const ushort Cancelled = 0xFE00;

    private readonly TemporaryFolder _folder = new();

    [TestCleanup]
    public void Clear() => _folder.Dispose();

    [TestMethod]
    public async Task StoresFindsMovesAndGets()
    {
        var destination = Loopback.FreePort();
        await using var archive = await ArchiveProcess.StartAsync(_folder.Sub("archive"), "--peer", $"DEST=127.0.0.1:{destination}");
        await using var receiver = await Dcmjs.ServeAsync(destination, settings => settings["folder"] = _folder.Sub("moved"));
        var files = await Task.WhenAll(new[] { "ct", "mr", "multi-frame", "ct-rle" }.Select(TestFiles.GetAsync));

        // What is compressed goes on an association of its own: of several contexts for a SOP class it takes the last for what it has in none
        // of their transfer syntaxes, and ct would have to be compressed.
        (await Dcmjs.RunAsync(archive.Port, ArchiveProcess.AETitle, [Request("C-ECHO"), .. files[..3].Select(Store)])).Succeeded(4);
        (await Dcmjs.RunAsync(archive.Port, ArchiveProcess.AETitle, [Store(files[3])])).Succeeded(1);
        foreach (var file in files)
        {
            await Dcmjs.AssertSameAsync(file.Path, file.ArchivedIn(archive.Folder));
        }

        var found = await Dcmjs.RunAsync(
            archive.Port,
            ArchiveProcess.AETitle,
            [
                Find(new JsonObject { ["QueryRetrieveLevel"] = "STUDY", ["PatientName"] = "Interop^ct*", ["StudyInstanceUID"] = "", ["ModalitiesInStudy"] = "" }),
                Find(new JsonObject { ["QueryRetrieveLevel"] = "STUDY", ["StudyInstanceUID"] = "1.2.3.4" }),
            ]);
        found.Succeeded(2);
        var matches = found.Named("response").Where(static e => e.TryGetProperty("data", out _)).Select(static e => e.GetProperty("data")).ToList();
        CollectionAssert.AreEquivalent(new[] { files[0].StudyUid, files[3].StudyUid }, matches.Select(static m => m.GetProperty("StudyInstanceUID").GetString()).ToList(), found.Output);
        Assert.IsTrue(matches.All(static m => m.GetProperty("ModalitiesInStudy").GetString() == "CT"), found.Output);

        var moved = await Dcmjs.RunAsync(archive.Port, ArchiveProcess.AETitle, [.. files.Select(static file => new JsonObject { ["command"] = "C-MOVE", ["study"] = file.StudyUid, ["destination"] = "DEST" })]);
        moved.Succeeded(files.Length);
        Assert.AreEqual(1, moved.Final(0).GetProperty("completed").GetInt32(), moved.Output);
        var unknown = await Dcmjs.RunAsync(archive.Port, ArchiveProcess.AETitle, [new JsonObject { ["command"] = "C-MOVE", ["study"] = files[0].StudyUid, ["destination"] = "NOBODY" }]);
        Assert.AreEqual(0xA801, unknown.Final(0).GetProperty("status").GetInt32(), unknown.Output);

        // It proposes uncompressed transfer syntaxes for what it gets, and for storage classes of its own list.
        var gettable = files[..2];
        var got = await Dcmjs.RunAsync(
            archive.Port,
            ArchiveProcess.AETitle,
            [.. gettable.Select(static file => new JsonObject { ["command"] = "C-GET", ["study"] = file.StudyUid })],
            job => job["folder"] = _folder.Sub("got"));
        got.Succeeded(gettable.Length);
        Assert.AreEqual(1, got.Final(0).GetProperty("completed").GetInt32(), got.Output);
        foreach (var file in files)
        {
            await Dcmjs.AssertSameAsync(file.Path, Path.Combine(_folder["moved"], file.InstanceUid + ".dcm"));
        }

        foreach (var file in gettable)
        {
            await Dcmjs.AssertSameAsync(file.Path, Path.Combine(_folder["got"], file.InstanceUid + ".dcm"));
        }
    }

    [TestMethod]
    public async Task IsToldWhatWasCommitted()
    {
        await using var archive = await ArchiveProcess.StartAsync(_folder.Sub("archive"));
        var file = await TestFiles.GetAsync("ct");

        // The report comes over the same association, which is therefore kept for a while.
        var committed = await Dcmjs.RunAsync(
            archive.Port,
            ArchiveProcess.AETitle,
            [
                Store(file),
                Commit("1.2.3.4.1", file, file),
                Commit("1.2.3.4.2", file, file with { InstanceUid = "1.2.3.4.5.6" }),
            ],
            static job => job["linger"] = 2000);

        committed.Succeeded(3);
        var reports = committed.Named("notified").ToDictionary(static e => e.GetProperty("data").GetProperty("TransactionUID").GetString()!);
        Assert.AreEqual(1, reports["1.2.3.4.1"].GetProperty("type").GetInt32(), committed.Output);
        Assert.AreEqual(2, reports["1.2.3.4.2"].GetProperty("type").GetInt32(), committed.Output);
        StringAssert.Contains(reports["1.2.3.4.2"].GetProperty("data").GetProperty("FailedSOPSequence").GetRawText(), "1.2.3.4.5.6");
    }

    [TestMethod]
    public async Task PerformsAStepOfTheWorklist()
    {
        await File.WriteAllTextAsync(_folder["ct.json"], """
            {
              "PatientName": "Müller^Änne", "PatientID": "P1", "AccessionNumber": "A1", "StudyInstanceUID": "1.2.3.1", "RequestedProcedureID": "R1",
              "ScheduledProcedureStepSequence": [
                { "ScheduledProcedureStepID": "S1", "Modality": "CT", "ScheduledStationAETitle": "DCMJS", "ScheduledProcedureStepStartDate": "20260105", "ScheduledProcedureStepStartTime": "093000" }
              ]
            }
            """);
        await using var worklist = await WorklistProcess.StartAsync(_folder.FullName);
        var step = new JsonObject { ["sopClass"] = SopClassUids.ModalityPerformedProcedureStep, ["sopInstance"] = "1.2.3.99" };

        var asked = await Dcmjs.RunAsync(worklist.Port, WorklistProcess.AETitle, [Worklist()]);
        var performed = await Dcmjs.RunAsync(
            worklist.Port,
            WorklistProcess.AETitle,
            [
                Request("N-CREATE", step, data: Begin("S1")),
                Request("N-CREATE", step, data: Begin("S1")),
                Request("N-SET", step, data: new JsonObject
                {
                    ["PerformedProcedureStepStatus"] = "COMPLETED",
                    ["PerformedProcedureStepEndDate"] = "20260105",
                    ["PerformedProcedureStepEndTime"] = "094500",
                    ["PerformedSeriesSequence"] = new JsonArray(new JsonObject { ["SeriesInstanceUID"] = "1.2.3.1.1", ["ProtocolName"] = "Example", ["PerformingPhysicianName"] = "", ["OperatorsName"] = "", ["SeriesDescription"] = "", ["RetrieveAETitle"] = "", ["ReferencedImageSequence"] = new JsonArray(), ["ReferencedNonImageCompositeSOPInstanceSequence"] = new JsonArray() }),
                }),
                Request("N-SET", step, data: new JsonObject { ["PerformedProcedureStepDescription"] = "too late" }),
                Request("N-SET", new JsonObject { ["sopClass"] = SopClassUids.ModalityPerformedProcedureStep, ["sopInstance"] = "1.2.3.98" }, data: new JsonObject { ["PerformedProcedureStepDescription"] = "nobody's" }),
                Worklist(),
            ]);

        var match = asked.Named("response").Single(static e => e.TryGetProperty("data", out _)).GetProperty("data");
        StringAssert.Contains(asked.Succeeded(1).Output, "Müller^Änne");
        Assert.AreEqual("S1", match.GetProperty("ScheduledProcedureStepSequence")[0].GetProperty("ScheduledProcedureStepID").GetString(), asked.Output);
        Assert.AreEqual(
            (0, 0x0111, 0, 0x0110, 0x0112, 0),
            (Status(0), Status(1), Status(2), Status(3), Status(4), Status(5)),
            performed.Output + worklist.Output);
        Assert.IsFalse(performed.Final(5).TryGetProperty("data", out _), performed.Output);
        int Status(int request) => performed.Final(request).GetProperty("status").GetInt32();
    }

    [TestMethod]
    public async Task CancelsInTheMiddleOfTenThousandMatches()
    {
        var provider = new StudyProvider([]);
        await using var scp = await StartAsync(provider);

        var cancelled = await Dcmjs.RunAsync(scp.Port, "PROVIDER", [Find(new JsonObject { ["QueryRetrieveLevel"] = "STUDY", ["PatientID"] = StudyProvider.Many, ["StudyInstanceUID"] = "" }, cancelAfter: 20), Request("C-ECHO")]);

        Assert.AreEqual(Cancelled, cancelled.Final(0).GetProperty("status").GetInt32(), cancelled.Output);
        Assert.AreEqual(0, cancelled.Final(1).GetProperty("status").GetInt32(), "and the association lives");
        Assert.IsLessThan(10_000, provider.Made);
    }

    [TestMethod]
    public async Task SaysWhoItIs()
    {
        await using var scp = await StartAsync(new StudyProvider([]), static (_, identity, _) => new(identity switch
        {
            { UserName: "ann", Passcode: "secret" } or { Token: "a.b.c" } => UserIdentityDecision.Accept(),
            _ => UserIdentityDecision.Reject("unknown"),
        }));
        Task<DcmjsEvents> EchoAsync(JsonObject identity) => Dcmjs.RunAsync(scp.Port, "PROVIDER", [Request("C-ECHO")], job => job["userIdentity"] = identity);

        var user = await EchoAsync(new JsonObject { ["type"] = 2, ["positiveResponseRequested"] = true, ["primaryField"] = "ann", ["secondaryField"] = "secret" });
        var token = await EchoAsync(new JsonObject { ["type"] = 5, ["primaryField"] = "a.b.c" });
        var stranger = await EchoAsync(new JsonObject { ["type"] = 2, ["primaryField"] = "ann", ["secondaryField"] = "wrong" });

        Assert.IsTrue(user.Succeeded(1).The("accepted").GetProperty("identityAnswered").GetBoolean(), user.Output);
        Assert.IsFalse(token.Succeeded(1).The("accepted").GetProperty("identityAnswered").GetBoolean(), token.Output);
        // PS3.8 §9.3.4: rejected-permanent, by the service user, without a reason, or because nobody is called that.
        Assert.AreEqual((1, 1, 1), Rejection(stranger.The("rejected")), stranger.Output);
        Assert.AreEqual((1, 1, 7), Rejection((await Dcmjs.RunAsync(scp.Port, "SOMEONE", [Request("C-ECHO")])).The("rejected")));
    }

    [TestMethod]
    public async Task ProposesAWindowOfAsynchronousOperations()
    {
        await using var scp = await StartAsync(new StudyProvider([]), configure: static options => options.MaxAsyncOperations = 4);
        await using var plain = await StartAsync(new StudyProvider([]));

        // It does not make use of it: one request waits for the other.
        var accepted = await EchoAsync(scp);
        // Without an answer there is no window (PS3.7 §D.3.3.3.2); it goes on saying what it has proposed.
        var refused = await EchoAsync(plain);

        Assert.AreEqual("[4,1]", accepted.Succeeded(3).The("accepted").GetProperty("asyncOps").GetRawText());
        Assert.AreEqual("[6,3]", refused.Succeeded(3).The("accepted").GetProperty("asyncOps").GetRawText());
        static Task<DcmjsEvents> EchoAsync(DicomScp scp) => Dcmjs.RunAsync(
            scp.Port, "PROVIDER", [Request("C-ECHO"), Request("C-ECHO"), Request("C-ECHO")], static job => job["asyncOps"] = new JsonObject { ["maxAsyncOpsInvoked"] = 6, ["maxAsyncOpsPerformed"] = 3 });
    }

    private static (int Result, int Source, int Reason) Rejection(JsonElement rejected) =>
        (rejected.GetProperty("result").GetInt32(), rejected.GetProperty("source").GetInt32(), rejected.GetProperty("reason").GetInt32());

    private static JsonObject Request(string command, JsonObject? members = null, JsonObject? data = null)
    {
        var request = members?.DeepClone().AsObject() ?? [];
        request["command"] = command;
        request["data"] = data;
        return request;
    }

    private static JsonObject Store(TestFile file) => new() { ["command"] = "C-STORE", ["file"] = file.Path };

    private static JsonObject Find(JsonObject identifier, int cancelAfter = 0) => new() { ["command"] = "C-FIND", ["data"] = identifier, ["cancelAfter"] = cancelAfter, ["quiet"] = cancelAfter > 0 };

    private static JsonObject Worklist() => Request("C-FIND", new JsonObject { ["sopClass"] = SopClassUids.ModalityWorklistInformationModelFind }, new JsonObject
    {
        ["PatientName"] = "",
        ["PatientID"] = "",
        ["StudyInstanceUID"] = "",
        ["ScheduledProcedureStepSequence"] = new JsonArray(new JsonObject { ["Modality"] = "CT", ["ScheduledProcedureStepID"] = "" }),
    });

    private static JsonObject Commit(string transaction, params TestFile[] files) => Request(
        "N-ACTION",
        new JsonObject { ["sopClass"] = SopClassUids.StorageCommitmentPushModel, ["sopInstance"] = WellKnownSopInstanceUids.StorageCommitmentPushModelInstance, ["type"] = 1 },
        new JsonObject
        {
            ["TransactionUID"] = transaction,
            ["ReferencedSOPSequence"] = new JsonArray([.. files.Select(static file => new JsonObject { ["ReferencedSOPClassUID"] = file.SopClassUid, ["ReferencedSOPInstanceUID"] = file.InstanceUid })]),
        });

    // What N-CREATE requires of a user (PS3.4 Table F.7.2-1).
    private static JsonObject Begin(string scheduled) => new()
    {
        ["SpecificCharacterSet"] = "ISO_IR 192",
        ["ScheduledStepAttributesSequence"] = new JsonArray(new JsonObject
        {
            ["StudyInstanceUID"] = "1.2.3.1",
            ["ReferencedStudySequence"] = new JsonArray(),
            ["AccessionNumber"] = "A1",
            ["RequestedProcedureID"] = "R1",
            ["RequestedProcedureDescription"] = "",
            ["ScheduledProcedureStepID"] = scheduled,
            ["ScheduledProcedureStepDescription"] = "",
            ["ScheduledProtocolCodeSequence"] = new JsonArray(),
        }),
        ["PatientName"] = "Müller^Änne",
        ["PatientID"] = "P1",
        ["PatientBirthDate"] = "",
        ["PatientSex"] = "",
        ["ReferencedPatientSequence"] = new JsonArray(),
        ["PerformedProcedureStepID"] = "PS1",
        ["PerformedStationAETitle"] = "DCMJS",
        ["PerformedStationName"] = "",
        ["PerformedLocation"] = "",
        ["PerformedProcedureStepStartDate"] = "20260105",
        ["PerformedProcedureStepStartTime"] = "093100",
        ["PerformedProcedureStepStatus"] = "IN PROGRESS",
        ["PerformedProcedureStepDescription"] = "",
        ["PerformedProcedureTypeDescription"] = "",
        ["ProcedureCodeSequence"] = new JsonArray(),
        ["PerformedProcedureStepEndDate"] = "",
        ["PerformedProcedureStepEndTime"] = "",
        ["Modality"] = "CT",
        ["StudyID"] = "",
        ["PerformedProtocolCodeSequence"] = new JsonArray(),
        ["PerformedSeriesSequence"] = new JsonArray(),
    };

    private Task<DicomScp> StartAsync(IDimseHandlers provider, Func<AssociationInfo, UserIdentity?, CancellationToken, ValueTask<UserIdentityDecision>>? check = null, Action<DicomScpOptions>? configure = null)
    {
        var options = new DicomScpOptions { Address = "127.0.0.1", Port = 0, AETitle = "PROVIDER", ReceiveFolder = _folder["receiving"], CheckUserIdentity = check };
        configure?.Invoke(options);
        return DicomScp.StartAsync(options, provider);
    }
}
