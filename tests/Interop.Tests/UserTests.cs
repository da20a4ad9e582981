using System.Text;
using FellowOakDicom;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;
using Specgen.Interop.Tests.Services;
using Specgen.Standard;

namespace Specgen.Interop.Tests;

/// <summary>Users of ours with DCMTK's providers of Query/Retrieve and worklists.</summary>
[TestClass]
public sealed class UserTests
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = Loopback.FreePort();

    [TestCleanup]
    public void Clear() => _folder.Dispose();

    [TestMethod]
    public async Task DcmqrscpFindsGetsAndMoves()
    {
        var files = await Task.WhenAll(new[] { "ct", "mr", "multi-frame" }.Select(TestFiles.GetAsync));
        await using var receiver = await DicomScp.StartAsync(
            new DicomScpOptions { Address = "127.0.0.1", Port = 0, AETitle = "RECEIVER", ReceiveFolder = _folder["receiving"] }, new InstanceReceiver(_folder.Sub("moved")));
        await using var dcmqrscp = await StartDcmqrscpAsync(receiver.Port);
        await Tool.OutputAsync("storescu", ["-v", "-aec", "QRSCP", "127.0.0.1", $"{_port}", .. files.Select(static f => f.Path)]);

        await using var user = new StudyUser();
        await user.ConnectAsync(new ScuOptions("127.0.0.1", _port)
        {
            CallingAE = "RECEIVER",
            CalledAE = "QRSCP",
            ReceiveFolder = _folder["arriving"],
            ReceiveSopClasses = [SopClassUids.CTImageStorage, SopClassUids.MRImageStorage],
        });

        var query = user.CFindAsync(new DicomDataset { { DicomTag.QueryRetrieveLevel, "STUDY" }, { DicomTag.PatientName, "Interop^*" }, { DicomTag.StudyInstanceUID, "" } });
        var found = new List<string>();
        await foreach (var match in query)
        {
            found.Add(match.GetString(DicomTag.StudyInstanceUID));
        }

        Assert.AreEqual(QueryRetrieveCFindStatus.Success, query.Result!.Value.Status);
        CollectionAssert.AreEquivalent(files.Select(static f => f.StudyUid).ToArray(), found);

        foreach (var file in files[..2])
        {
            var got = await user.CGetAsync<StorageCStoreStatus>(Study(file), async (context, token) =>
            {
                await context.SaveToAsync(_folder.Sub("got"), token);
                return StorageCStoreStatus.Success;
            });
            Assert.AreEqual((QueryRetrieveCGetStatus.Success, 1), (got.Result.Status, got.Completed), dcmqrscp.Output);
            Part10.AssertSameDataSet(file.Path, Path.Combine(_folder["got"], file.InstanceUid + ".dcm"));
        }

        foreach (var file in files)
        {
            var moved = await user.CMoveAsync(Study(file), "RECEIVER");
            Assert.AreEqual((QueryRetrieveCMoveStatus.Success, 1), (moved.Result.Status, moved.Completed), dcmqrscp.Output);
            Part10.AssertSameDataSet(file.Path, Path.Combine(_folder["moved"], file.InstanceUid + ".dcm"));
        }

        var unknown = await user.CMoveAsync(Study(files[0]), "NOBODY");
        Assert.AreEqual(StatusCategory.Failure, unknown.Result.Status.Category());
    }

    [TestMethod]
    public async Task OrthancFindsGetsAndMoves()
    {
        await using var receiver = await DicomScp.StartAsync(
            new DicomScpOptions { Address = "127.0.0.1", Port = 0, AETitle = "RECEIVER", ReceiveFolder = _folder["receiving"] }, new InstanceReceiver(_folder.Sub("moved")));
        await using var orthanc = await OrthancProcess.StartAsync(_folder["orthanc"], _port, "RECEIVER", receiver.Port);
        var file = await TestFiles.GetAsync("ct");
        await orthanc.UploadAsync(file.Path);
        await orthanc.UploadAsync((await TestFiles.GetAsync("mr")).Path);
        await using var user = new StudyUser();
        await user.ConnectAsync(new ScuOptions("127.0.0.1", _port)
        {
            CallingAE = "RECEIVER",
            CalledAE = OrthancProcess.AETitle,
            ReceiveFolder = _folder["arriving"],
            ReceiveSopClasses = [SopClassUids.CTImageStorage],
        });

        var query = user.CFindAsync(new DicomDataset { { DicomTag.QueryRetrieveLevel, "STUDY" }, { DicomTag.PatientName, "Interop^ct" }, { DicomTag.StudyInstanceUID, "" } });
        var found = new List<string>();
        await foreach (var match in query)
        {
            found.Add(match.GetString(DicomTag.StudyInstanceUID));
        }

        CollectionAssert.AreEqual(new[] { file.StudyUid }, found);
        var got = await user.CGetAsync<StorageCStoreStatus>(Study(file), async (context, token) =>
        {
            await context.SaveToAsync(_folder.Sub("got"), token);
            return StorageCStoreStatus.Success;
        });
        Assert.AreEqual((QueryRetrieveCGetStatus.Success, 1), (got.Result.Status, got.Completed), orthanc.Output);
        Part10.AssertSameDataSet(file.Path, Path.Combine(_folder["got"], file.InstanceUid + ".dcm"));
        var moved = await user.CMoveAsync(Study(file), "RECEIVER");
        Assert.AreEqual((QueryRetrieveCMoveStatus.Success, 1), (moved.Result.Status, moved.Completed), orthanc.Output);
        Part10.AssertSameDataSet(file.Path, Path.Combine(_folder["moved"], file.InstanceUid + ".dcm"));
    }

    [TestMethod]
    public async Task DcmqrscpIsCancelled()
    {
        await using var dcmqrscp = await StartDcmqrscpAsync(1);
        for (var i = 0; i < 30; i++)
        {
            var file = await TestFiles.MakeCTAsync(_folder, $"cancel{i}", kilobytes: 1);
            await Tool.OutputAsync("storescu", "-aec", "QRSCP", "127.0.0.1", $"{_port}", file.Path);
        }

        await using var user = new StudyUser();
        var association = await user.ConnectAsync(new ScuOptions("127.0.0.1", _port) { CallingAE = "RECEIVER", CalledAE = "QRSCP" });
        var query = user.CFindAsync(new DicomDataset { { DicomTag.QueryRetrieveLevel, "STUDY" }, { DicomTag.StudyInstanceUID, "" } });
        await foreach (var _ in query)
        {
            break;
        }

        // It may have answered the last match before it saw the C-CANCEL.
        Assert.IsTrue(query.Result!.Value.Status is QueryRetrieveCFindStatus.Success || query.Result.Value.Status.Category() == StatusCategory.Cancel, $"{query.Result}");
        Assert.IsTrue(association.IsOpen);
    }

    [TestMethod]
    public async Task WlmscpfsAnswersWithScheduledSteps()
    {
        var worklist = _folder.Sub("worklists/WORKLIST");
        await File.WriteAllTextAsync(Path.Combine(worklist, "lockfile"), "");
        for (var i = 1; i <= 3; i++)
        {
            await File.WriteAllTextAsync(_folder["step.dump"], $"""
                (0008,0005) CS [ISO_IR 100]
                (0008,0050) SH [ACC{i}]
                (0010,0010) PN [Müller^Patient{i}]
                (0010,0020) LO [P{i}]
                (0010,0030) DA [19700101]
                (0010,0040) CS [O]
                (0020,000d) UI [1.2.3.{i}]
                (0032,1060) LO [Procedure]
                (0040,0100) SQ
                (fffe,e000) -
                (0008,0060) CS [{(i == 3 ? "MR" : "CT")}]
                (0040,0001) AE [STATION]
                (0040,0002) DA [20260102]
                (0040,0003) TM [1200]
                (0040,0006) PN [Somebody]
                (0040,0007) LO [Step {i}]
                (0040,0009) SH [STEP{i}]
                (fffe,e00d) -
                (fffe,e0dd) -
                (0040,1001) SH [RP{i}]

                """, Encoding.Latin1);
            await Tool.OutputAsync("dump2dcm", _folder["step.dump"], Path.Combine(worklist, $"{i}.wl"));
        }

        await using var wlmscpfs = Peer.Start(Requirements.Program("wlmscpfs"), "-v", "-csk", "-dfp", _folder["worklists"], $"{_port}");
        await wlmscpfs.WaitForPortAsync(_port);
        await using var user = new WorklistUser();
        await user.ConnectAsync(new ScuOptions("127.0.0.1", _port) { CallingAE = "STATION", CalledAE = "WORKLIST" });

        var query = user.CFindAsync(new DicomDataset
        {
            { DicomTag.SpecificCharacterSet, "ISO_IR 100" },
            { DicomTag.PatientName, "" },
            { DicomTag.PatientID, "" },
            new DicomSequence(DicomTag.ScheduledProcedureStepSequence, new DicomDataset { { DicomTag.Modality, "CT" }, { DicomTag.ScheduledProcedureStepID, "" } }),
        });
        var steps = new List<string>();
        await foreach (var match in query)
        {
            steps.Add($"{match.GetString(DicomTag.PatientName)} {match.GetSequence(DicomTag.ScheduledProcedureStepSequence).Items[0].GetString(DicomTag.ScheduledProcedureStepID)}");
        }

        Assert.AreEqual(BasicWorklistManagementCFindStatus.Success, query.Result!.Value.Status, wlmscpfs.Output);
        Assert.AreEqual("Müller^Patient1 STEP1|Müller^Patient2 STEP2", string.Join("|", steps.Order()));
    }

    private static DicomDataset Study(TestFile file) => new() { { DicomTag.QueryRetrieveLevel, "STUDY" }, { DicomTag.StudyInstanceUID, file.StudyUid } };

    private async Task<Peer> StartDcmqrscpAsync(int receiverPort)
    {
        await File.WriteAllTextAsync(_folder["dcmqrscp.cfg"], $"""
            NetworkTCPPort = {_port}
            MaxPDUSize = 16384
            MaxAssociations = 16

            HostTable BEGIN
            receiver = (RECEIVER, localhost, {receiverPort})
            HostTable END

            VendorTable BEGIN
            VendorTable END

            AETable BEGIN
            QRSCP {_folder.Sub("database")} RW (200, 1024mb) ANY
            AETable END

            """);
        var process = Peer.Start(Requirements.Program("dcmqrscp"), "-v", "-c", _folder["dcmqrscp.cfg"]);
        await process.WaitForPortAsync(_port);
        return process;
    }
}
