using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;
using Specgen.Testing;

namespace Specgen.Interop.Tests;

/// <summary>`specgen echo`, `send`, `find`, `move`, `get`, `commit`, `receive` and `sample`: against the archive and the worklist of the samples, DCMTK and Orthanc.</summary>
[TestClass]
public sealed class CommandLineTests
{
    private static TemporaryFolder s_folder = null!;
    private static ArchiveProcess s_archive = null!;
    private static int s_receiverPort;

    private static string Images => s_folder["images"];

    private static string[] Archive => ["127.0.0.1", $"{s_archive.Port}", ArchiveProcess.AETitle];

    [ClassInitialize]
    public static async Task StartAsync(TestContext _)
    {
        s_folder = new TemporaryFolder();
        s_receiverPort = Loopback.FreePort();
        s_archive = await ArchiveProcess.StartAsync(s_folder.Sub("archive"), "--peer", $"RECEIVER=127.0.0.1:{s_receiverPort}");
        (await SpecgenTool.RunAsync("sample", Images, "--slices", "3")).Succeeded();
        (await SpecgenTool.RunAsync(["send", .. Archive, Images])).Succeeded();
    }

    [ClassCleanup]
    public static async Task StopAsync()
    {
        await s_archive.DisposeAsync();
        s_folder.Dispose();
    }

    [TestMethod]
    public async Task Sample_images_are_DICOM_files_of_several_SOP_classes_with_UIDs_below_2_25()
    {
        var files = Directory.GetFiles(Images);

        Assert.HasCount(6, files);
        var read = files.Select(Part10.Read).ToList();
        Assert.AreEqual(4, read.Select(static file => file.SopClassUid).Distinct().Count());
        Assert.IsTrue(read.TrueForAll(static file => file.SopInstanceUid.StartsWith("2.25.", StringComparison.Ordinal)));
        foreach (var file in files)
        {
            await Tool.OutputAsync("dcmftest", file);
            var complaints = await Tool.RunAsync("dcmdump", "-q", file);
            Assert.AreEqual(0, complaints.ExitCode, complaints.Output);
        }
    }

    [TestMethod]
    public async Task What_was_sent_is_stored_to_the_byte_and_in_a_folder_other_files_are_left_alone()
    {
        var folder = s_folder.Sub("mixed");
        var below = Directory.CreateDirectory(Path.Combine(folder, "below")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "readme.txt"), "no DICOM");
        var test = await TestFiles.GetAsync("ct-jpeg-lossless");
        File.Copy(test.Path, Path.Combine(below, "x"));
        var (code, json) = await SpecgenTool.JsonAsync(["send", .. Archive, folder]);

        Assert.AreEqual(0, code, json.ToString());
        Assert.AreEqual((1, 1), (json.GetProperty("stored").GetInt32(), json.GetProperty("noDicom").GetInt32()));
        Part10.AssertSameDataSet(test.Path, test.ArchivedIn(s_archive.Folder));

        var named = await SpecgenTool.RunAsync(["send", .. Archive, Path.Combine(folder, "readme.txt"), test.Path]);
        Assert.AreEqual(1, named.ExitCode, named.Output);
        StringAssert.Contains(named.Output, "1 of 2 instances stored");
    }

    [TestMethod]
    public async Task Echo()
    {
        StringAssert.Contains((await SpecgenTool.RunAsync(["echo", .. Archive])).Succeeded().Output, "Success (0x0000)");

        var nobody = await SpecgenTool.RunAsync("echo", "127.0.0.1", $"{Loopback.FreePort()}", "NOBODY", "--timeout", "5");
        Assert.AreEqual(2, nobody.ExitCode, nobody.Output);
        StringAssert.Contains(nobody.Output, "error: ");
        Assert.IsFalse(nobody.Output.Contains("   at ", StringComparison.Ordinal), nobody.Output);
        Assert.AreEqual(2, (await SpecgenTool.RunAsync("echo", "127.0.0.1", "99999", "X")).ExitCode);
        Assert.AreEqual(2, (await SpecgenTool.RunAsync("echo", "127.0.0.1", "104", "A TITLE THAT IS TOO LONG")).ExitCode);
        Assert.AreEqual(2, (await SpecgenTool.RunAsync("echo", "127.0.0.1")).ExitCode);
    }

    [TestMethod]
    public async Task Find_says_what_there_is_in_columns_and_in_JSON()
    {
        var lines = (await SpecgenTool.RunAsync(["find", .. Archive, "study", "PatientID=SPECGEN-SAMPLE"])).Succeeded().Output.Split('\n');
        Assert.AreEqual("PatientID\tPatientName", string.Join('\t', lines[0].Split('\t').Order().Where(static name => name.StartsWith("Patient", StringComparison.Ordinal))));
        Assert.HasCount(3, lines, string.Join('\n', lines));
        Assert.AreEqual("1 match", lines[^1]);

        var study = await StudyAsync();
        var (code, json) = await SpecgenTool.JsonAsync(["find", .. Archive, "SERIES", $"StudyInstanceUID={study}", "Modality", "SeriesDescription"]);
        Assert.AreEqual(0, code);
        CollectionAssert.AreEquivalent(
            new[] { "CT", "MR", "OT", "US" }, json.GetProperty("matches").EnumerateArray().Select(static match => match.GetProperty("Modality").GetString()).ToArray());

        var (_, images) = await SpecgenTool.JsonAsync(["find", .. Archive, "PATIENT", "PatientName=Sample^*", "--limit", "1"]);
        Assert.AreEqual("Sample^Specgen", images.GetProperty("matches")[0].GetProperty("PatientName").GetString());
        Assert.AreEqual("0 matches", (await SpecgenTool.RunAsync(["find", .. Archive, "STUDY", "PatientID=NOBODY"])).Succeeded().Output);
        StringAssert.Contains((await SpecgenTool.RunAsync(["find", .. Archive, "STUDY", "PatentID=1"])).Output, "'PatentID' is not a keyword");
        Assert.AreEqual(2, (await SpecgenTool.RunAsync(["find", .. Archive, "STUDIES"])).ExitCode);
        StringAssert.Contains((await SpecgenTool.RunAsync(["find", .. Archive, "STUDY", "PatientID=1", "PatientID=2"])).Output, "PatientID is given twice");
    }

    [TestMethod]
    public async Task Find_reads_a_worklist_with_keys_in_its_items()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(SpecgenTool.WorklistEntries))
        {
            File.Copy(file, folder[Path.GetFileName(file)]);
        }

        await using var worklist = await WorklistProcess.StartAsync(folder.FullName);
        string[] peer = ["127.0.0.1", $"{worklist.Port}", WorklistProcess.AETitle];

        var (code, all) = await SpecgenTool.JsonAsync(["find", .. peer, "WORKLIST"]);
        Assert.AreEqual(0, code, all.ToString());
        var modality = all.GetProperty("matches")[0].GetProperty("ScheduledProcedureStepSequence")[0].GetProperty("Modality").GetString();
        var (_, some) = await SpecgenTool.JsonAsync(["find", .. peer, "WORKLIST", $"ScheduledProcedureStepSequence.Modality={modality}"]);
        var (_, none) = await SpecgenTool.JsonAsync(["find", .. peer, "WORKLIST", "ScheduledProcedureStepSequence.Modality=XX"]);

        Assert.IsGreaterThan(0, some.GetProperty("matches").GetArrayLength());
        Assert.AreEqual(0, none.GetProperty("matches").GetArrayLength());
        StringAssert.Contains((await SpecgenTool.RunAsync(["find", .. peer, "WORKLIST"])).Succeeded().Output.Split('\n')[0], "Modality\tScheduledStationAETitle");
    }

    [TestMethod]
    public async Task Get_fetches_a_study_to_the_byte()
    {
        var into = s_folder["got"];

        (await SpecgenTool.RunAsync(["get", .. Archive, "STUDY", $"StudyInstanceUID={await StudyAsync()}", "--into", into])).Succeeded();

        AssertImagesIn(into);
        var nothing = await SpecgenTool.RunAsync(["get", .. Archive, "STUDY", "PatientID=SPECGEN-SAMPLE", "--into", into]);
        Assert.AreEqual(2, nothing.ExitCode);
        StringAssert.Contains(nothing.Output, "StudyInstanceUID=");
    }

    [TestMethod]
    public async Task Get_takes_the_SOP_classes_that_are_named()
    {
        var into = s_folder["got-ct"];

        var (code, json) = await SpecgenTool.JsonAsync(["get", .. Archive, "STUDY", $"StudyInstanceUID={await StudyAsync()}", "--into", into, "--sop-class", "CTImageStorage"]);

        Assert.AreEqual(1, code);
        Assert.AreEqual((3, 3), (json.GetProperty("stored").GetInt32(), json.GetProperty("failed").GetInt32()), json.ToString());
    }

    [TestMethod]
    public async Task Move_sends_a_study_to_a_receiver_which_stops_when_it_is_interrupted()
    {
        Peer.NeedsInterrupts();
        var into = s_folder["moved"];
        await using var receiver = await SpecgenTool.ReceiveAsync(s_receiverPort, into, "--aet", "RECEIVER");

        var moved = (await SpecgenTool.RunAsync(["move", .. Archive, "STUDY", $"StudyInstanceUID={await StudyAsync()}", "--to", "RECEIVER"])).Succeeded();
        StringAssert.Contains(moved.Output, "6 instances moved to RECEIVER, 0 failed");
        var unknown = await SpecgenTool.RunAsync(["move", .. Archive, "STUDY", $"StudyInstanceUID={await StudyAsync()}", "--to", "NOBODY"]);
        Assert.AreEqual(1, unknown.ExitCode, unknown.Output);
        StringAssert.Contains(unknown.Output, "0xA801");
        var none = await SpecgenTool.RunAsync(["move", .. Archive, "STUDY", $"StudyInstanceUID={await StudyAsync()}", "--to", "A-TITLE-THAT-IS-TOO-LONG"]);
        Assert.AreEqual(2, none.ExitCode, none.Output);
        StringAssert.Contains(none.Output, "has 24 characters");

        receiver.Interrupt();
        Assert.AreEqual(0, await receiver.WaitForExitAsync(), receiver.Output);
        StringAssert.Contains(receiver.Output, "6 instances received");
        AssertImagesIn(into);
    }

    [TestMethod]
    public async Task A_warning_is_stored_and_said()
    {
        await using var peer = RoughProvider.Listen(static async peer =>
        {
            await peer.AcceptAsync();
            var (context, command, _) = await peer.ReadMessageAsync();
            await peer.SendAsync(context, DimseCommand.Response(command, 0xB000));
            await peer.AnswerReleaseAsync();
        });
        var test = await TestFiles.GetAsync("ct-rle");

        var sent = await SpecgenTool.RunAsync("send", "127.0.0.1", $"{peer.Port}", "ROUGH", test.Path);

        Assert.AreEqual(0, sent.ExitCode, sent.Output);
        StringAssert.Contains(sent.Output, "(0xB000)");
        StringAssert.Contains(sent.Output, "1 of 1 instance stored");
        await peer.WhenOverAsync();
    }

    [TestMethod]
    public async Task Who_interrupts_does_not_wait_for_a_silent_peer_and_is_told_how_far_it_came()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var peer = RoughProvider.Listen(async peer =>
        {
            await peer.AcceptAsync();
            var (context, command, _) = await peer.ReadMessageAsync();
            await peer.SendAsync(context, DimseCommand.Response(command, 0x0000));
            await peer.ReadMessageAsync();
            asked.SetResult();
            await peer.ReadToEndAsync();
        });
        await using var user = SpecgenTool.Start(["send", "127.0.0.1", $"{peer.Port}", "ROUGH", Images, "--timeout", "600"]);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));

        user.Terminate();

        Assert.AreEqual(2, await user.WaitForExitAsync(20), user.Output);
        StringAssert.Contains(user.Output, "1 of 6 instances stored");
        StringAssert.Contains(user.Output, "error: it was interrupted");
    }

    [TestMethod]
    public async Task What_is_wrong_with_a_command_line_is_said_in_JSON_where_that_is_asked_for()
    {
        var (code, json) = await SpecgenTool.JsonAsync("find", "127.0.0.1", "port", "X");

        Assert.AreEqual(2, code);
        StringAssert.Contains(json.GetProperty("error").GetString(), "'port'");
    }

    [TestMethod]
    [DataRow("--cert", "readme", "readme is no certificate", DisplayName = "No certificate")]
    [DataRow("--key", "readme", "--cert has to name", DisplayName = "A key of no certificate")]
    public async Task What_is_no_certificate_is_named(string option, string name, string error)
    {
        var file = s_folder[name];
        await File.WriteAllTextAsync(file, "-----BEGIN NOTHING-----");

        var echo = await SpecgenTool.RunAsync(["echo", .. Archive, option, file]);

        Assert.AreEqual(2, echo.ExitCode, echo.Output);
        StringAssert.Contains(echo.Output, error);
    }

    [TestMethod]
    public async Task Receive_says_how_many_came_when_it_is_ended()
    {
        var port = Loopback.FreePort();
        await using var receiver = await SpecgenTool.ReceiveAsync(port, s_folder["ended"]);
        (await SpecgenTool.RunAsync("send", "127.0.0.1", $"{port}", "X", Images)).Succeeded();

        receiver.Terminate();

        Assert.AreEqual(0, await receiver.WaitForExitAsync(), receiver.Output);
        StringAssert.Contains(receiver.Output, "6 instances received");
    }

    [TestMethod]
    public async Task Commit_waits_for_the_report()
    {
        var (code, json) = await SpecgenTool.JsonAsync(["commit", .. Archive, Images]);
        Assert.AreEqual(0, code, json.ToString());
        Assert.AreEqual(6, json.GetProperty("committed").GetArrayLength());

        var missing = await TestFiles.GetAsync("pdf");
        var failed = await SpecgenTool.RunAsync(["commit", .. Archive, Images, missing.Path]);
        Assert.AreEqual(1, failed.ExitCode, failed.Output);
        StringAssert.Contains(failed.Output, $"{missing.InstanceUid}: No such object instance (0x0112)");
        StringAssert.Contains(failed.Output, "6 of 7 instances");
    }

    [TestMethod]
    public async Task Receive_takes_what_DCMTK_sends()
    {
        var (port, into) = (Loopback.FreePort(), s_folder["from-dcmtk"]);
        await using var receiver = await SpecgenTool.ReceiveAsync(port, into);
        var test = await TestFiles.GetAsync("ct-rle");

        await Tool.OutputAsync("echoscu", "127.0.0.1", $"{port}");
        await Tool.OutputAsync("storescu", "-xr", "-aec", "ANYBODY", "127.0.0.1", $"{port}", test.Path);

        Part10.AssertSameDataSet(test.Path, Path.Combine(into, test.InstanceUid + ".dcm"));
        StringAssert.Contains(receiver.Output, "CTImageStorage");
    }

    [TestMethod]
    public async Task DCMTKs_storescp_answers_and_takes_what_is_sent()
    {
        var (port, into) = (Loopback.FreePort(), s_folder.Sub("storescp"));
        await using var storescp = Peer.Start(Requirements.Program("storescp"), ["-od", into, "-aet", "STORESCP", $"{port}"]);
        await storescp.WaitForPortAsync(port);
        string[] peer = ["127.0.0.1", $"{port}", "STORESCP"];

        (await SpecgenTool.RunAsync(["echo", .. peer])).Succeeded();
        (await SpecgenTool.RunAsync(["send", .. peer, Images])).Succeeded();

        Assert.HasCount(6, Directory.GetFiles(into));
        await Tool.RunAsync("termscu", "127.0.0.1", $"{port}");
        (await SpecgenTool.RunAsync(["echo", .. peer])).Succeeded();
    }

    [TestMethod]
    public async Task DCMTKs_archive_is_queried_and_gives_what_it_has()
    {
        var (port, receiverPort) = (Loopback.FreePort(), Loopback.FreePort());
        await File.WriteAllTextAsync(s_folder["dcmqrscp.cfg"], $"""
            NetworkTCPPort = {port}
            MaxPDUSize = 16384
            MaxAssociations = 16
            HostTable BEGIN
            receiver = (RECEIVER, 127.0.0.1, {receiverPort})
            HostTable END
            VendorTable BEGIN
            VendorTable END
            AETable BEGIN
            QRSCP {s_folder.Sub("qrscp")} RW (100, 1024mb) ANY
            AETable END

            """);
        await using var qrscp = Peer.Start(Requirements.Program("dcmqrscp"), ["-c", s_folder["dcmqrscp.cfg"]]);
        await qrscp.WaitForPortAsync(port);
        string[] peer = ["127.0.0.1", $"{port}", "QRSCP"];
        await using var receiver = await SpecgenTool.ReceiveAsync(receiverPort, s_folder["qr-moved"], "--aet", "RECEIVER");

        (await SpecgenTool.RunAsync(["send", .. peer, Images])).Succeeded();
        var study = await StudyAsync();
        StringAssert.Contains((await SpecgenTool.RunAsync(["find", .. peer, "STUDY", $"StudyInstanceUID={study}"])).Succeeded().Output, "1 match");
        (await SpecgenTool.RunAsync(["get", .. peer, "STUDY", $"StudyInstanceUID={study}", "--into", s_folder["qr-got"]])).Succeeded();
        (await SpecgenTool.RunAsync(["move", .. peer, "STUDY", $"StudyInstanceUID={study}", "--to", "RECEIVER"])).Succeeded();

        AssertImagesIn(s_folder["qr-got"]);
        AssertImagesIn(s_folder["qr-moved"]);
    }

    [TestMethod]
    public async Task Orthanc_is_sent_to_queried_and_asked_for_commitment()
    {
        var (listen, port) = (Loopback.FreePort(), Loopback.FreePort());
        await using var orthanc = await OrthancProcess.StartAsync(s_folder["orthanc"], port, "SPECGEN", listen);
        string[] peer = ["127.0.0.1", $"{port}", OrthancProcess.AETitle];

        (await SpecgenTool.RunAsync(["echo", .. peer])).Succeeded();
        (await SpecgenTool.RunAsync(["send", .. peer, Images])).Succeeded();
        var (_, json) = await SpecgenTool.JsonAsync(["find", .. peer, "STUDY", "PatientID=SPECGEN-SAMPLE"]);
        var committed = await SpecgenTool.RunAsync(["commit", .. peer, Images, "--listen", $"{listen}"]);
        (await SpecgenTool.RunAsync(["get", .. peer, "STUDY", $"StudyInstanceUID={await StudyAsync()}", "--into", s_folder["orthanc-got"]])).Succeeded();

        Assert.AreEqual(await StudyAsync(), json.GetProperty("matches")[0].GetProperty("StudyInstanceUID").GetString());
        StringAssert.Contains(committed.Succeeded().Output, "6 of 6 instances");
        Assert.HasCount(6, Directory.GetFiles(s_folder["orthanc-got"]));
    }

    [TestMethod]
    public async Task TLS_is_spoken_with_who_the_authority_vouches_for()
    {
        using var authority = new Authority(s_folder["tls"], "Tests");
        using var stranger = new Authority(s_folder["tls-stranger"], "Strangers");
        var (server, serverKey, serverFile) = authority.Issue("server");
        var (user, userKey, userFile) = authority.Issue("user");
        using (server)
        using (user)
        {
            var port = Loopback.FreePort();
            await using var receiver = await SpecgenTool.ReceiveAsync(port, s_folder["tls-received"], "--cert", serverFile, "--key", serverKey, "--ca", authority.Path);
            string[] peer = ["127.0.0.1", $"{port}", "SPECGEN", "--timeout", "10"];

            (await SpecgenTool.RunAsync(["send", .. peer, Images, "--ca", authority.Path, "--cert", userFile, "--key", userKey])).Succeeded();
            AssertImagesIn(s_folder["tls-received"]);

            Assert.AreEqual(2, (await SpecgenTool.RunAsync(["echo", .. peer])).ExitCode, "without TLS");
            Assert.AreEqual(2, (await SpecgenTool.RunAsync(["echo", .. peer, "--tls"])).ExitCode, "an authority that the machine does not trust");
            Assert.AreEqual(2, (await SpecgenTool.RunAsync(["echo", .. peer, "--ca", stranger.Path, "--cert", userFile, "--key", userKey])).ExitCode, "another authority");
            Assert.AreEqual(2, (await SpecgenTool.RunAsync(["echo", .. peer, "--ca", authority.Path])).ExitCode, "without a certificate of our own");
            Assert.AreEqual(2, (await SpecgenTool.RunAsync(["echo", .. peer, "--ca", serverKey])).ExitCode, "no certificate in the file");
        }
    }

    private static async Task<string> StudyAsync()
    {
        var (_, json) = await SpecgenTool.JsonAsync(["find", .. Archive, "STUDY", "PatientID=SPECGEN-SAMPLE"]);
        return json.GetProperty("matches")[0].GetProperty("StudyInstanceUID").GetString()!;
    }

    private static void AssertImagesIn(string folder)
    {
        var sent = Directory.GetFiles(Images).ToDictionary(static file => Part10.Read(file).SopInstanceUid);
        var found = Directory.GetFiles(folder, "*.dcm").ToDictionary(static file => Part10.Read(file).SopInstanceUid);
        CollectionAssert.AreEquivalent(sent.Keys, found.Keys);
        foreach (var (uid, file) in sent)
        {
            Assert.AreEqual(uid + ".dcm", Path.GetFileName(found[uid]));
            if (Part10.Read(file).TransferSyntaxUid == Part10.Read(found[uid]).TransferSyntaxUid)
            {
                Part10.AssertSameDataSet(file, found[uid]);
            }
        }
    }
}
