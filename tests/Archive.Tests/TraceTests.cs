using System.Diagnostics;
using System.Globalization;
using Specgen;
using Specgen.Standard;

namespace Archive.Tests;

/// <summary>The order of what the system is asked for, as strace sees it: file flushed, named, folder flushed, database flushed, and only then the answer.</summary>
[TestClass]
public class TraceTests
{
    [TestMethod]
    public async Task WithSyncAtStore_EverythingIsOnTheDiskBeforeTheAnswer()
    {
        var strace = ((string[])["/usr/bin/strace", "/usr/local/bin/strace"]).FirstOrDefault(File.Exists) ?? throw TestRun.Missing("strace is not installed; run eng/install-peers.sh");
        using var folder = new TestRun.Folder();
        var trace = folder["trace"];
        await using var archive = await ArchiveProgram.StartAsync(folder["archive"]);
        await StoreAsync(archive.Port, folder["sent"]);
        using (var tracer = Process.Start(new ProcessStartInfo(strace,
            ["-f", "-y", "-e", "trace=fsync,fdatasync,link,linkat,rename,renameat2,sendto,sendmsg,write", "-o", trace, "-p", archive.ProcessId.ToString(CultureInfo.InvariantCulture)])
        { RedirectStandardError = true })!)
        {
            // It says so when it is attached.
            await tracer.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20));
            await Task.Delay(500);
            await StoreAsync(archive.Port, folder["sent"]);
            using var interrupt = Process.Start("kill", ["-INT", tracer.Id.ToString(CultureInfo.InvariantCulture)]);
            await tracer.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        }
        var calls = (await File.ReadAllLinesAsync(trace)).ToList();
        int At(Func<string, bool> what, int from = 0) => calls.FindIndex(from, line => what(line));
        var flushed = At(static line => line.Contains("sync(", StringComparison.Ordinal) && line.Contains("/.receiving/", StringComparison.Ordinal));
        var named = At(static line => line.Contains("link(", StringComparison.Ordinal) && line.Contains(".dcm", StringComparison.Ordinal) && line.Contains("/.receiving/", StringComparison.Ordinal), Math.Max(0, flushed));
        var folderFlushed = At(static line => line.Contains("fsync(", StringComparison.Ordinal) && !line.Contains(".dcm", StringComparison.Ordinal) && !line.Contains(".db", StringComparison.Ordinal), Math.Max(0, named));
        var committed = At(static line => line.Contains("sync(", StringComparison.Ordinal) && line.Contains(".index.db-wal", StringComparison.Ordinal), Math.Max(0, folderFlushed));
        var answered = At(static line => line.Contains("sendto(", StringComparison.Ordinal) || line.Contains("sendmsg(", StringComparison.Ordinal), Math.Max(0, committed));
        var order = string.Join('\n', calls.Where(static l => l.Contains("sync(") || l.Contains("link(") || l.Contains("send")));
        Assert.IsTrue(flushed >= 0 && named > flushed && folderFlushed > named && committed > folderFlushed && answered > committed, order);
    }

    private static async Task StoreAsync(int port, string folder)
    {
        await using var user = new StorageClient();
        var file = Images.Write(folder, Images.DataSet());
        var options = new ScuOptions("127.0.0.1", port) { CalledAE = "ARCHIVE", CallingAE = "TRACE" };
        options.ProposeFor([file]);
        await user.ConnectAsync(options);
        Assert.AreEqual(StorageCStoreStatus.Success, (await user.CStoreAsync(file)).Status);
    }
}
