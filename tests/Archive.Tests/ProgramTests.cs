using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using FellowOakDicom;
using FellowOakDicom.IO.Buffer;
using Microsoft.Data.Sqlite;
using Specgen;
using Specgen.Outbox;
using Specgen.Standard;
using Specgen.StorageCommitment;

namespace Archive.Tests;

/// <summary>The archive as its users and those who run it see it.</summary>
[TestClass]
public class ProgramTests
{
    [TestMethod]
    public async Task HealthMetricsAndPage()
    {
        using var folder = new TestRun.Folder();
        var port = ArchiveProgram.FreePort();
        await using var archive = await ArchiveProgram.StartAsync(folder["archive"], "--http", $"{port}", "--web");
        await SendAsync(archive.Port, folder["sent"], 3);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        Assert.AreEqual("live", await http.GetStringAsync("/health/live"));
        Assert.AreEqual("ready", await http.GetStringAsync("/health/ready"));
        StringAssert.Contains(await http.GetStringAsync("/metrics"), "archive_instances_total{");
        StringAssert.Contains(await http.GetStringAsync("/metrics"), "specgen_");
        var status = await http.GetFromJsonAsync<JsonElement>("/status");
        Assert.AreEqual((3, 3, 0), (status.GetProperty("instances").GetInt32(), status.GetProperty("stored").GetInt32(), status.GetProperty("expired").GetInt32()));
        StringAssert.Contains(await http.GetStringAsync("/"), "<title>ARCHIVE</title>");
        Assert.AreEqual(HttpStatusCode.Forbidden, (await http.PostAsync("/commitments/revive", null)).StatusCode, "From another site's page.");
        http.DefaultRequestHeaders.Host = "another.example";
        Assert.AreEqual(HttpStatusCode.BadRequest, (await http.GetAsync("/status")).StatusCode, "By another site's name.");
    }

    [TestMethod]
    public async Task WithoutWebThereIsNoPage()
    {
        using var folder = new TestRun.Folder();
        var port = ArchiveProgram.FreePort();
        await using var archive = await ArchiveProgram.StartAsync(folder["archive"], "--http", $"{port}");
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        Assert.AreEqual(HttpStatusCode.NotFound, (await http.GetAsync("/")).StatusCode);
        Assert.AreEqual(HttpStatusCode.OK, (await http.GetAsync("/health/ready")).StatusCode);
    }

    /// <summary>As a browser shows it.</summary>
    [TestMethod]
    public async Task ThePageInABrowser()
    {
        using var folder = new TestRun.Folder();
        var port = ArchiveProgram.FreePort();
        await using var archive = await ArchiveProgram.StartAsync(folder["archive"], "--http", $"{port}", "--web");
        await SendAsync(archive.Port, folder["sent"], 2);
        using var process = Process.Start(new ProcessStartInfo(Browser.Program,
            ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", $"--user-data-dir={folder["browser"]}", "--virtual-time-budget=4000", "--dump-dom", $"http://127.0.0.1:{port}/"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var dom = await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(120));
        await process.WaitForExitAsync();
        StringAssert.Contains(dom, "<dd id=\"instances\">2</dd>");
        StringAssert.Contains(dom, "<dd id=\"state\">serving</dd>");
    }

    [TestMethod]
    public async Task TryAgainOnThePage()
    {
        using var folder = new TestRun.Folder();
        var root = Directory.CreateDirectory(folder["archive"]).FullName;
        await using (var reports = new SqliteCommitmentStore(Path.Combine(root, ".commitments.db")))
        {
            // Of a kind that this archive does not send, so that it waits once it is revived.
            await reports.EnqueueAsync(new OutboxEntry("another", "PEER", new byte[1]) { ExpiresAfter = TimeSpan.FromMilliseconds(1) }, CancellationToken.None);
            await Task.Delay(50);
            Assert.HasCount(1, await reports.ExpireAsync(CancellationToken.None));
        }
        var port = ArchiveProgram.FreePort();
        await using var archive = await ArchiveProgram.StartAsync(root, "--http", $"{port}", "--web");
        await using var browser = await Browser.OpenAsync($"http://127.0.0.1:{port}/", folder["browser"]);
        await ShowsAsync("1|0|false");
        await browser.AskAsync("document.getElementById('again').click()");
        await ShowsAsync("0|1|true");

        async Task ShowsAsync(string expected)
        {
            const string Shown = "[document.getElementById('expired').textContent, document.getElementById('owed').textContent, document.getElementById('again').hidden].join('|')";
            var shown = "";
            for (var waited = Stopwatch.StartNew(); shown != expected; await Task.Delay(200))
            {
                Assert.IsLessThan(30, waited.Elapsed.TotalSeconds, shown);
                shown = await browser.AskAsync(Shown);
            }
        }
    }

    [TestMethod]
    public async Task ASecondOnTheSameFolderOrPortSaysSoAndEnds()
    {
        using var folder = new TestRun.Folder();
        await using var archive = await ArchiveProgram.StartAsync(folder["archive"]);
        await using var sameFolder = ArchiveProgram.Launch(folder["archive"], ArchiveProgram.FreePort());
        Assert.AreEqual(1, await sameFolder.EndAsync());
        StringAssert.Contains(sameFolder.Output, "Another archive is at work in");
        await using var samePort = ArchiveProgram.Launch(folder["other"], archive.Port);
        Assert.AreEqual(1, await samePort.EndAsync());
        StringAssert.Contains(samePort.Output, "Cannot start:");
        await SendAsync(archive.Port, folder["sent"], 1);
    }

    [TestMethod]
    public async Task SigtermEndsItWell_AndItSaysWhoMayCall()
    {
        using var folder = new TestRun.Folder();
        await using var archive = await ArchiveProgram.StartAsync(folder["archive"], "--caller", "CT1");
        StringAssert.Contains(archive.Output, "may call: AE titles CT1");
        StringAssert.Contains(archive.Output, "fo-dicom");
        Assert.AreEqual(0, await archive.StopAsync());
        StringAssert.Contains(archive.Output, "Stopped.");
        Assert.IsFalse(File.Exists(Path.Combine(folder["archive"], ".archive.lock")));
    }

    /// <summary>As systemd starts a service of Type=notify (sd_notify(3)): a socket in the environment, to which it says what it is at.</summary>
    [TestMethod]
    public async Task SystemdIsNotified()
    {
        using var folder = new TestRun.Folder();
        var path = folder["notify"];
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        var port = ArchiveProgram.FreePort();

        // It is a service of systemd's where its parent is called so.
        File.Copy("/bin/sh", folder["systemd"]);
        const string Service = "trap 'kill $!' TERM; \"$@\" & while :; do wait $!; code=$?; kill -0 $! 2>/dev/null || exit $code; done";
        await using var archive = ArchiveProgram.Launch(
            ["--folder", folder["archive"], "--address", "127.0.0.1", "--port", $"{port}"], port, before: ["env", $"NOTIFY_SOCKET={path}", folder["systemd"], "-c", Service, "systemd"]);
        Assert.AreEqual("READY=1", await SaidAsync());
        await SendAsync(port, folder["sent"], 1);
        var stopped = archive.StopAsync();
        Assert.AreEqual("STOPPING=1", await SaidAsync());
        Assert.AreEqual(0, await stopped);

        async Task<string> SaidAsync()
        {
            var said = new byte[200];
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            return System.Text.Encoding.UTF8.GetString(said, 0, await socket.ReceiveAsync(said, limit.Token)).TrimEnd();
        }
    }

    [TestMethod]
    public async Task WithJsonLog_EveryLineIsJson()
    {
        using var folder = new TestRun.Folder();
        await using var archive = await ArchiveProgram.StartAsync(folder["archive"], "--json-log");
        await SendAsync(archive.Port, folder["sent"], 2);
        await archive.SaysAsync("released, 2 stored");
        Assert.AreEqual(0, await archive.StopAsync());
        foreach (var line in archive.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            Assert.IsTrue(json.RootElement.TryGetProperty("LogLevel", out _), line);
        }
    }

    /// <summary>It starts, says what is wrong, refuses, and goes on when that is over; commands end with 1.</summary>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task AFolderThatCannotBeWritten(bool hasBeenUsed)
    {
        using var folder = new TestRun.Folder();
        var root = Directory.CreateDirectory(folder["archive"]).FullName;
        if (hasBeenUsed)
        {
            await using var before = await ArchiveProgram.StartAsync(root);
            await SendAsync(before.Port, folder["sent"], 1);
            await before.StopAsync();
        }
        await ArchiveProgram.DenyAsync(root);
        var port = ArchiveProgram.FreePort();
        var http = ArchiveProgram.FreePort();
        await using var archive = ArchiveProgram.LaunchUnprivileged(["--folder", root, "--address", "127.0.0.1", "--port", $"{port}", "--http", $"{http}"], port);
        await archive.SaysAsync("Ready");
        StringAssert.Contains(archive.Output, "cannot be written, and what is sent is refused until it can");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready")).StatusCode);
        Assert.AreEqual(StorageCStoreStatus.OutOfResources, (await SendOneAsync(port, folder["sent"])).Definition());

        await ArchiveProgram.AllowAsync(root);
        var status = await SendOneAsync(port, folder["sent"]);
        for (var waited = Stopwatch.StartNew(); status != StorageCStoreStatus.Success; status = await SendOneAsync(port, folder["sent"]))
        {
            Assert.IsLessThan(60, waited.Elapsed.TotalSeconds, archive.Output);
            await Task.Delay(500);
        }
        for (var waited = Stopwatch.StartNew(); !(await client.GetAsync("/health/ready")).IsSuccessStatusCode; await Task.Delay(500))
        {
            Assert.IsLessThan(60, waited.Elapsed.TotalSeconds, archive.Output);
        }
    }

    /// <summary>PS3.5 Annex A and PS3.6 Table A-1: all that are for instances in files and messages, and are not retired.</summary>
    [TestMethod]
    public async Task EveryTransferSyntaxIsKept()
    {
        using var folder = new TestRun.Folder();
        await using var archive = await ArchiveProgram.StartAsync(folder["archive"]);
        var syntaxes = typeof(TransferSyntaxUids).GetFields().Select(static field => (string)field.GetRawConstantValue()!)
            .Where(static uid => uid is "1.2.840.10008.1.2.8.1" or "1.2.840.10008.1.2.5" || uid.StartsWith("1.2.840.10008.1.2.1", StringComparison.Ordinal) || uid.StartsWith("1.2.840.10008.1.2.4.", StringComparison.Ordinal)).ToList();
        Assert.IsGreaterThan(50, syntaxes.Count);
        var pixels = new DicomOtherByteFragment(DicomTag.PixelData);
        pixels.Fragments.Add(new MemoryByteBuffer([1, 2, 3, 4]));
        foreach (var part in syntaxes.Chunk(100))
        {
            await using var user = new StorageClient();
            await user.ConnectAsync(new ScuOptions("127.0.0.1", archive.Port) { CalledAE = "ARCHIVE", CallingAE = "CT1", PresentationContexts = [.. part.Select(static uid => new ProposedContext(Images.SopClassUid, uid))] });
            foreach (var uid in part.Where(static uid => uid is not ("1.2.840.10008.1.2.1" or "1.2.840.10008.1.2.1.99")))
            {
                var dataset = Images.DataSet(study: "1.2.3");
                // The library writes files of those only that it has been told of.
                var syntax = DicomTransferSyntax.Register(DicomUID.Parse(uid, uid, DicomUidType.TransferSyntax));
                await new DicomFile(new DicomDataset(syntax).NotValidated().Add(dataset.Append(pixels))).SaveAsync(folder["sent.dcm"]);
                Assert.AreEqual(StorageCStoreStatus.Success, (await user.CStoreAsync(folder["sent.dcm"])).Status, uid);
                var kept = Directory.EnumerateFiles(Path.Combine(folder["archive"], "1.2.3"), dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID) + ".dcm", SearchOption.AllDirectories).Single();
                await using var opened = File.OpenRead(kept);
                Assert.IsTrue(DicomFileHeader.TryRead(opened, out var header));
                Assert.AreEqual(uid, header.TransferSyntaxUid);
            }
        }
        var count = Directory.EnumerateFiles(Path.Combine(folder["archive"], "1.2.3"), "*.dcm", SearchOption.AllDirectories).Count();
        var (_, imported) = await ArchiveProgram.RunAsync("import", "--folder", folder["another"], folder["archive"]);
        StringAssert.Contains(imported, $"{count} of {count} files imported");
    }

    /// <summary>Nobody knows what is in it, and it is said that nobody does.</summary>
    [TestMethod]
    [DataRow("1.2.3/1.2.3.0")]
    [DataRow("1.2.3")]
    public async Task AFolderThatCannotBeRead_IsNamed(string unreadable)
    {
        using var folder = new TestRun.Folder();
        var root = folder["archive"];
        await ArchiveProgram.RunAsync("import", "--folder", root, Images.Write(folder["source"], Images.DataSet("1.2.3.1", "1.2.3", "1.2.3.0")), Images.Write(folder["source"], Images.DataSet("1.2.4.1", "1.2.4", "1.2.4.0")));
        File.Delete(Path.Combine(root, ".index.db"));
        Directory.CreateDirectory(Path.Combine(root, "lost+found"));
        await ArchiveProgram.DenyAsync(root);
        await ArchiveProgram.AllowAsync(root);
        foreach (var closed in (string[])["lost+found", unreadable])
        {
            File.SetUnixFileMode(Path.Combine(root, closed), UnixFileMode.None);
        }
        var port = ArchiveProgram.FreePort();
        await using (var archive = ArchiveProgram.LaunchUnprivileged(["--folder", root, "--address", "127.0.0.1", "--port", $"{port}"], port))
        {
            await archive.SaysAsync("The database has been filled: 1 instances, 1 with problems");
            StringAssert.Contains(archive.Output, $"{unreadable} is set aside: ");
            Assert.DoesNotContain("lost+found", archive.Output);
        }
        await using (var check = ArchiveProgram.LaunchUnprivileged(["check", "--folder", root], port))
        {
            Assert.AreEqual(1, await check.EndAsync());
            StringAssert.Contains(check.Output, $"{unreadable}: cannot be read: ");
            StringAssert.Contains(check.Output, "1 instances checked, 1 problems");
        }
        File.SetUnixFileMode(Path.Combine(root, unreadable), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var repaired = await ArchiveProgram.RunAsync("check", "--folder", root, "--repair");
        Assert.AreEqual((0, true), (repaired.Code, repaired.Output.Contains("1 instances checked, 1 problems, 1 repaired")), repaired.Output);
    }

    [TestMethod]
    public async Task WhoHoldsTheDatabase_KeepsItFromBeingReady()
    {
        using var folder = new TestRun.Folder();
        var http = ArchiveProgram.FreePort();
        await using var archive = await ArchiveProgram.StartAsync(folder["archive"], "--http", $"{http}");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
        Assert.AreEqual("ready", await client.GetStringAsync("/health/ready"));
        await using (var connection = new SqliteConnection($"Data Source={folder["archive/.index.db"]};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var held = await connection.BeginTransactionAsync();
            Assert.AreEqual("the database does not answer", await (await client.GetAsync("/health/ready")).Content.ReadAsStringAsync());
        }
        for (var waited = Stopwatch.StartNew(); !(await client.GetAsync("/health/ready")).IsSuccessStatusCode; await Task.Delay(200))
        {
            Assert.IsLessThan(30, waited.Elapsed.TotalSeconds);
        }
    }

    [TestMethod]
    [DataRow("send")]
    [DataRow("commit")]
    [DataRow("import")]
    public async Task WhatAFileIsCalledIsShown_NotObeyed(string command)
    {
        using var folder = new TestRun.Folder();
        string[] options = command == "import" ? ["--folder", folder["archive"]] : [];
        var (code, output) = await ArchiveProgram.RunAsync([command, .. options, folder["a\u001b[31mb.dcm"]]);
        Assert.AreEqual(1, code);
        StringAssert.Contains(output, "a\\x1B[31mb.dcm");
        Assert.DoesNotContain("\u001b", output);
    }

    [TestMethod]
    public async Task ImportAndCheck()
    {
        using var folder = new TestRun.Folder();
        for (var i = 1; i <= 5; i++)
        {
            Images.Write(folder["source"], Images.DataSet($"1.2.3.{i}", "1.2.3", "1.2.3.0"));
        }
        await File.WriteAllTextAsync(folder["source/readme.txt"], "no instance");
        var root = folder["archive"];
        var imported = await ArchiveProgram.RunAsync("import", "--folder", root, folder["source"]);
        Assert.AreEqual((0, true), (imported.Code, imported.Output.Contains("5 of 5 files imported")), imported.Output);
        Assert.AreEqual(0, (await ArchiveProgram.RunAsync("check", "--folder", root)).Code);

        File.Delete(Path.Combine(root, "1.2.3", "1.2.3.0", "1.2.3.1.dcm"));
        await File.WriteAllBytesAsync(Path.Combine(root, "1.2.3", "1.2.3.0", "1.2.3.2.dcm"), new byte[10]);
        File.Copy(Images.Write(folder["more"], Images.DataSet("1.2.3.9", "1.2.3", "1.2.3.0")), Path.Combine(root, "1.2.3", "1.2.3.0", "1.2.3.9.dcm"));
        var damaged = Path.Combine(root, "1.2.3", "1.2.3.0", "1.2.3.3.dcm");
        var bytes = await File.ReadAllBytesAsync(damaged);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(damaged, bytes);
        var note = Path.Combine(root, "1.2.3", "1.2.3.0", "note.dcm");
        await File.WriteAllTextAsync(note, "no instance");
        var found = await ArchiveProgram.RunAsync("check", "--folder", root);
        Assert.AreEqual((1, true), (found.Code, found.Output.Contains("5 instances checked, 5 problems; --repair sees to them")), found.Output);
        var repaired = await ArchiveProgram.RunAsync("check", "--folder", root, "--repair");
        StringAssert.Contains(repaired.Output, "5 instances checked, 5 problems, 4 repaired");
        var after = await ArchiveProgram.RunAsync("check", "--folder", root);
        StringAssert.Contains(after.Output, "3 instances checked, 1 problems", "What was damaged is no instance any more.");
        CollectionAssert.AreEqual(new[] { "1.2.3.2.dcm.damaged", "1.2.3.3.dcm.damaged" }, Directory.GetFiles(Path.GetDirectoryName(note)!, "*.damaged").Select(Path.GetFileName).Order().ToArray());
        StringAssert.Contains(after.Output, "note.dcm: no row in the database: no DICOM file, or of an instance without valid UIDs");
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(root, ".index.db")};Pooling=false"))
        {
            await database.OpenAsync();
            Assert.AreEqual(1L, await SetAsideAsync(database));
            File.Delete(note);
            Assert.AreEqual(0, (await ArchiveProgram.RunAsync("check", "--folder", root)).Code);
            Assert.AreEqual(0L, await SetAsideAsync(database));
        }

        static async Task<object?> SetAsideAsync(SqliteConnection database)
        {
            await using var command = database.CreateCommand();
            command.CommandText = "SELECT COUNT(*) FROM problem";
            return await command.ExecuteScalarAsync();
        }
    }

    /// <summary>What an operator puts into the archive's folder is his: it is not taken away, whatever it is.</summary>
    [TestMethod]
    public async Task NothingOfAnOperatorsIsTakenAway()
    {
        using var folder = new TestRun.Folder();
        var root = folder["archive"];
        await ArchiveProgram.RunAsync("import", "--folder", root, Images.Write(folder["source"], Images.DataSet("1.2.3.1", "1.2.3", "1.2.3.0")));
        var (kept, backup) = (Path.Combine(root, "1.2.3", "1.2.3.0", "1.2.3.1.dcm"), Path.Combine(Directory.CreateDirectory(Path.Combine(root, "backup")).FullName, "mine.dcm"));
        File.Copy(kept, backup);
        var imported = await ArchiveProgram.RunAsync("import", "--folder", root, backup);
        Assert.IsTrue(imported.Output.Contains("1 were here already") && File.Exists(backup), imported.Output);

        File.Move(kept, Path.ChangeExtension(kept, null) + "-renamed.dcm");
        await ArchiveProgram.RunAsync("check", "--folder", root, "--repair");
        var renamed = await ArchiveProgram.RunAsync("check", "--folder", root);
        Assert.AreEqual((0, true), (renamed.Code, renamed.Output.Contains("1 instances checked, 0 problems")), renamed.Output);

        var other = Path.Combine(Path.GetDirectoryName(kept)!, "1.2.3.1~old.dcm");
        File.Copy(Images.Write(folder["more"], Images.DataSet("1.2.3.2", "1.2.3", "1.2.3.0")), other);
        await ArchiveProgram.RunAsync("check", "--folder", root, "--repair");
        Assert.IsTrue(File.Exists(other), "By its name a second file of the first; it is another instance.");
    }

    [TestMethod]
    [DataRow("A=10.0.0.1:104", "A", "10.0.0.1", 104)]
    [DataRow("A=[2001:db8::5]:104", "A", "2001:db8::5", 104)]
    [DataRow("A=host.example:11112", "A", "host.example", 11112)]
    [DataRow("A=2001:db8::5:104", null, null, 0)]
    [DataRow("A=host", null, null, 0)]
    [DataRow("=host:104", null, null, 0)]
    [DataRow("A=:104", null, null, 0)]
    [DataRow("A=[]:104", null, null, 0)]
    [DataRow("A=host:99999", null, null, 0)]
    [DataRow("A=host:0", null, null, 0)]
    public void Peers(string text, string? title, string? host, int port)
    {
        var peer = PeerAddress.Parse(text);
        Assert.AreEqual((title, host, port), (peer?.AETitle, peer?.Host, peer?.Port ?? 0));
    }

    [TestMethod]
    public void WhatPeersSayIsShownAndNotObeyed() =>
        Assert.AreEqual("1.2\\x0D\\x0AFORGED\\x1B[31m\\x9B", Display.Printable("1.2\r\nFORGED\x1b[31m\x9b"));

    private static async Task<StorageCStoreStatus> SendOneAsync(int port, string folder)
    {
        await using var user = new StorageClient();
        var file = Images.Write(folder, Images.DataSet());
        var options = new ScuOptions("127.0.0.1", port) { CalledAE = "ARCHIVE", CallingAE = "CT1" };
        options.ProposeFor([file]);
        await user.ConnectAsync(options);
        return (await user.CStoreAsync(file)).Status;
    }

    private static async Task SendAsync(int port, string folder, int count)
    {
        await using var user = new StorageClient();
        var files = Enumerable.Range(0, count).Select(_ => Images.Write(folder, Images.DataSet())).ToList();
        var options = new ScuOptions("127.0.0.1", port) { CalledAE = "ARCHIVE", CallingAE = "CT1" };
        options.ProposeFor(files);
        await user.ConnectAsync(options);
        foreach (var file in files)
        {
            Assert.AreEqual(StorageCStoreStatus.Success, (await user.CStoreAsync(file)).Status);
        }
    }
}
