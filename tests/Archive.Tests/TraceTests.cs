using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Specgen;
using Specgen.Standard;

namespace Archive.Tests;

/// <summary>The order of what the system is asked for, as strace sees it: file flushed, named, folder flushed, database flushed, and only then the answer.</summary>
[TestClass]
public partial class TraceTests
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
        var calls = Completed(await File.ReadAllLinesAsync(trace));
        int After(int from, Func<string, bool> what) => from < 0 ? -1 : calls.FindIndex(from, line => line.EndsWith("= 0", StringComparison.Ordinal) && what(line));
        var flushed = After(0, static line => IsFlush(line) && line.Contains("/.receiving/", StringComparison.Ordinal));
        var named = After(flushed, static line => Name().IsMatch(line));
        var place = named < 0 ? "" : Path.GetDirectoryName(Name().Match(calls[named]).Groups["to"].Value)!;
        var committed = After(named, static line => IsFlush(line) && line.Contains(".index.db-wal", StringComparison.Ordinal));
        var answered = named < 0 ? -1 : calls.FindIndex(named, static line => line.Contains("sendto(", StringComparison.Ordinal) || line.Contains("sendmsg(", StringComparison.Ordinal));
        var order = string.Join('\n', calls.Where(static l => IsFlush(l) || l.Contains("rename", StringComparison.Ordinal) || l.Contains("link", StringComparison.Ordinal) || l.Contains("send", StringComparison.Ordinal)));
        Assert.IsTrue(flushed >= 0 && named > flushed && committed > named && answered > committed, order);

        // The names of the file, of its series' folder and of its study's.
        foreach (var folderOf in (string[])[place, Path.GetDirectoryName(place)!, folder["archive"]])
        {
            var at = After(named, line => IsFlush(line) && line.Contains($"<{folderOf}>", StringComparison.Ordinal));
            Assert.IsTrue(at > named && at < committed, $"{folderOf}\n{order}");
        }
    }

    private static bool IsFlush(string line) => line.Contains("fsync(", StringComparison.Ordinal) || line.Contains("fdatasync(", StringComparison.Ordinal);

    /// <summary>The calls in the order in which they were done: one that another thread comes between is in the trace twice, when it begins and when it is done.</summary>
    private static List<string> Completed(IEnumerable<string> lines)
    {
        const string Unfinished = "<unfinished ...>", Resumed = " resumed>";
        var begun = new Dictionary<string, string>(StringComparer.Ordinal);
        var calls = new List<string>();
        foreach (var line in lines)
        {
            var thread = line.Split(' ')[0];
            if (line.EndsWith(Unfinished, StringComparison.Ordinal))
            {
                begun[thread] = line[..^Unfinished.Length].TrimEnd();
            }
            else
            {
                var resumed = line.IndexOf(Resumed, StringComparison.Ordinal);
                calls.Add(resumed >= 0 && begun.Remove(thread, out var beginning) ? beginning + line[(resumed + Resumed.Length)..] : line);
            }
        }
        return calls;
    }

    /// <summary>What was received gets its name outside of there.</summary>
    [GeneratedRegex("(?:rename|renameat2|link|linkat)\\(.*\"[^\"]*/\\.receiving/[^\"]*\", (?:AT_FDCWD[^,]*, )?\"(?<to>(?!.*/\\.receiving/)[^\"]*\\.dcm)\".*= 0$")]
    private static partial Regex Name();

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
