using System.Text.Json.Nodes;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;

namespace Specgen.Interop.Tests;

/// <summary>Orthanc as user of the archive, and as provider for the sample's own commands.</summary>
[TestClass]
public sealed class OrthancTests
{
    [TestMethod]
    public async Task OrthancStoresAndAsksForCommitment()
    {
        using var folder = new TemporaryFolder();
        var orthancPort = Loopback.FreePort();
        await using var archive = await ArchiveProcess.StartAsync(folder.Sub("archive"), "--peer", $"{OrthancProcess.AETitle}=127.0.0.1:{orthancPort}");
        await using var orthanc = await OrthancProcess.StartAsync(folder["orthanc"], orthancPort, ArchiveProcess.AETitle, archive.Port);
        var file = await TestFiles.GetAsync("ct");
        var id = await orthanc.UploadAsync(file.Path);
        await orthanc.StoreAsync(id);
        Assert.HasCount(1, archive.Files(), archive.Process.Output);
        Assert.AreEqual(file.InstanceUid, Part10.Read(file.ArchivedIn(archive.Folder)).SopInstanceUid);

        var stored = await orthanc.CommitAsync(new JsonObject { ["Resources"] = new JsonArray(id) });
        var unknown = await orthanc.CommitAsync(new JsonObject { ["DicomInstances"] = new JsonArray(new JsonArray(TestFiles.CTImageStorage, "1.2.3.4.5")) });
        var conflict = await orthanc.CommitAsync(new JsonObject { ["DicomInstances"] = new JsonArray(new JsonArray(TestFiles.MRImageStorage, file.InstanceUid)) });

        Assert.AreEqual("Success", stored.Status, $"{stored.Report}\n{archive.Process.Output}\n{orthanc.Output}");
        StringAssert.Contains(stored.Report, file.InstanceUid);
        Assert.AreEqual("Failure", unknown.Status, $"{unknown.Report}\n{archive.Process.Output}\n{orthanc.Output}");
        StringAssert.Contains(unknown.Report, $"\"FailureReason\" : {0x0112},");
        Assert.AreEqual("Failure", conflict.Status, conflict.Report);
        StringAssert.Contains(conflict.Report, $"\"FailureReason\" : {0x0119},");
    }

    [TestMethod]
    public async Task SendAndCommitToOrthanc()
    {
        const string Me = "SPECGEN";
        using var folder = new TemporaryFolder();
        var listen = Loopback.FreePort();
        var orthancPort = Loopback.FreePort();
        await using var orthanc = await OrthancProcess.StartAsync(folder["orthanc"], orthancPort, Me, listen);
        string[] connection = ["--port", $"{orthancPort}", "--calling", Me, "--called", OrthancProcess.AETitle];
        var ct = await TestFiles.GetAsync("ct");
        var mr = await TestFiles.GetAsync("mr");
        var missing = await TestFiles.GetAsync("pdf");

        var sent = await ArchiveProcess.RunAsync(["send", .. connection, ct.Path, mr.Path]);
        var committed = await ArchiveProcess.RunAsync(["commit", .. connection, "--listen", $"{listen}", ct.Path, mr.Path]);
        var failed = await ArchiveProcess.RunAsync(["commit", .. connection, "--listen", $"{listen}", ct.Path, missing.Path]);

        sent.Succeeded();
        committed.Succeeded();
        StringAssert.Contains(committed.Output, "2 of 2");
        Assert.AreNotEqual(0, failed.ExitCode, failed.Output);
        StringAssert.Contains(failed.Output, "1 of 2");
        StringAssert.Contains(failed.Output, missing.InstanceUid);
    }
}
