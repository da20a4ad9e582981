using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;

namespace Specgen.Interop.Tests;

/// <summary>The sample as a user of storage: DCMTK's storescp, and the archive itself, at the other end.</summary>
[TestClass]
public sealed class SendTests
{
    [TestMethod]
    public async Task ToStorescp()
    {
        using var folder = new TemporaryFolder();
        var files = await TestFiles.AllAsync();
        var (storescp, port) = await StartStorescpAsync(folder.Sub("received"), "+xa");
        await using (storescp)
        {
            var sent = await ArchiveProcess.RunAsync(["send", "--host", "127.0.0.1", "--port", $"{port}", "--called", "STORESCP", .. files.Select(static f => f.Path)]);

            sent.Succeeded();
            StringAssert.Contains(sent.Output, $"{files.Count} of {files.Count}");
        }
        var received = Directory.GetFiles(folder["received"]).ToDictionary(static path => Part10.Read(path).SopInstanceUid);
        Assert.HasCount(files.Count, received);
        foreach (var file in files)
        {
            Part10.AssertSameDataSet(file.Path, received[file.InstanceUid]);
        }
    }

    [TestMethod]
    public async Task WhatThePeerDoesNotTakeIsSaidAndCounted()
    {
        using var folder = new TemporaryFolder();
        // Without +xa, storescp takes uncompressed transfer syntaxes only, and fo-dicom has no codec for JPEG-LS to make one.
        var (storescp, port) = await StartStorescpAsync(folder.Sub("received"));
        await using (storescp)
        {
            var sent = await ArchiveProcess.RunAsync("send", "--host", "127.0.0.1", "--port", $"{port}", "--called", "STORESCP",
                (await TestFiles.GetAsync("ct")).Path, (await TestFiles.GetAsync("ct-jpeg-ls")).Path);

            Assert.AreNotEqual(0, sent.ExitCode, sent.Output);
            StringAssert.Contains(sent.Output, "1 of 2");
            StringAssert.Contains(sent.Output, "ct-jpeg-ls.dcm");
        }
        Assert.HasCount(1, Directory.GetFiles(folder["received"]));
    }

    /// <summary>JPEG Lossless of both processes (14 with any predictor and with the first) to who takes uncompressed transfer syntaxes only.</summary>
    [TestMethod]
    public async Task WhatCanOnlyBeDecodedGoesOutDecodedOrFailsAlone()
    {
        using var folder = new TemporaryFolder();
        var ct = await TestFiles.GetAsync("ct");
        var files = new List<string> { folder["57.dcm"], folder["70.dcm"] };
        await Tool.OutputAsync("dcmcjpeg", "+el", "+ua", ct.Path, files[0]);
        await Tool.OutputAsync("dcmcjpeg", "+e1", "+ua", ct.Path, files[1]);
        Assert.AreEqual("1.2.840.10008.1.2.4.57", Part10.Read(files[0]).TransferSyntaxUid);
        Assert.AreEqual("1.2.840.10008.1.2.4.70", Part10.Read(files[1]).TransferSyntaxUid);
        var (storescp, port) = await StartStorescpAsync(folder.Sub("received"));
        await using (storescp)
        {
            var sent = await ArchiveProcess.RunAsync(["send", "--host", "127.0.0.1", "--port", $"{port}", "--called", "STORESCP", .. files, ct.Path]);
            Assert.IsFalse(sent.Output.Contains("   at ", StringComparison.Ordinal), sent.Output);
            var received = Directory.GetFiles(folder["received"]).Select(Part10.Read).ToList();
            StringAssert.Contains(sent.Output, $"{received.Count} of 3");
            Assert.Contains(ct.InstanceUid, received.Select(static r => r.SopInstanceUid), "The run goes on.");
            Assert.IsTrue(received.TrueForAll(static r => r.TransferSyntaxUid is "1.2.840.10008.1.2" or "1.2.840.10008.1.2.1"));
            foreach (var file in files.Where(file => !received.Exists(r => r.SopInstanceUid == Part10.Read(file).SopInstanceUid)))
            {
                StringAssert.Contains(sent.Output, $"{file}: ", "It is said which and why.");
            }
        }
    }

    [TestMethod]
    public async Task AFolderToTheArchive()
    {
        using var folder = new TemporaryFolder();
        await using var archive = await ArchiveProcess.StartAsync(folder.Sub("archive"));
        var files = await TestFiles.AllAsync();
        var source = Directory.CreateDirectory(folder["source/deeper"]).FullName;
        foreach (var file in files)
        {
            File.Copy(file.Path, Path.Combine(source, file.Name));
        }
        await File.WriteAllTextAsync(folder["source/notes.txt"], "Not an instance.");

        var sent = await ArchiveProcess.RunAsync("send", "--port", $"{archive.Port}", folder["source"]);

        sent.Succeeded();
        archive.AssertHolds(files);
    }

    [TestMethod]
    public async Task NoPeerThere()
    {
        var port = Loopback.FreePort();

        var sent = await ArchiveProcess.RunAsync("send", "--port", $"{port}", (await TestFiles.GetAsync("ct")).Path);

        Assert.AreNotEqual(0, sent.ExitCode);
        StringAssert.Contains(sent.Output, $"{port}");
        Assert.IsFalse(sent.Output.Contains("   at ", StringComparison.Ordinal), sent.Output);
    }

    [TestMethod]
    public async Task AFileThatIsNoInstance()
    {
        using var folder = new TemporaryFolder();
        await using var archive = await ArchiveProcess.StartAsync(folder.Sub("archive"));
        await File.WriteAllTextAsync(folder["notes.txt"], "Not an instance.");

        var sent = await ArchiveProcess.RunAsync("send", "--port", $"{archive.Port}", folder["notes.txt"]);

        Assert.AreNotEqual(0, sent.ExitCode);
        StringAssert.Contains(sent.Output, "notes.txt");
    }

    private static async Task<(Peer Process, int Port)> StartStorescpAsync(string folder, params string[] options)
    {
        var port = Loopback.FreePort();
        // +B: bytes are kept as they arrive.
        var process = Peer.Start(Requirements.Program("storescp"), ["-v", "-aet", "STORESCP", "+B", .. options, "-od", folder, $"{port}"]);
        await process.WaitForPortAsync(port);
        return (process, port);
    }
}
