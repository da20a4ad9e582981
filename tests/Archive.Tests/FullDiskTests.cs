using System.Diagnostics;
using FellowOakDicom;
using Specgen;
using Specgen.Standard;

namespace Archive.Tests;

/// <summary>A disk of three megabytes, full: what does not go on it is refused, nothing of that is seen, and it goes on when there is room.</summary>
[TestClass]
public sealed class FullDiskTests
{
    [TestMethod]
    [DataRow("store")]
    [DataRow("commit")]
    public async Task WhatDoesNotFitIsRefused_AndThenItGoesOn(string sync)
    {
        using var folder = new TestRun.Folder();
        var root = Directory.CreateDirectory(folder["archive"]).FullName;
        await MountAsync("-t", "tmpfs", "-o", "size=3M", "tmpfs", root);
        try
        {
            await using (var archive = await ArchiveProgram.StartAsync(root, "--sync", sync))
            {
                var (stored, refused) = await FillAsync(archive.Port, folder["sent"]);
                Assert.AreEqual(StorageCStoreStatus.OutOfResources, refused.Status.Definition());
                Assert.IsFalse(string.IsNullOrEmpty(refused.ErrorComment), "It says why.");
                Assert.AreNotEqual(0, stored);

                // Small ones may still go; whatever is seen was acknowledged, and nothing else is there.
                await UntilAsync(() => Files(root).Count == stored && !Directory.EnumerateFiles(Path.Combine(root, ".receiving"), "*.dcm").Any(), archive);

                await MountAsync("-o", "remount,size=30M", root);
                (int More, DimseResult<StorageCStoreStatus> Answer) after = default;
                await UntilAsync(() => (after = FillAsync(archive.Port, folder["sent"], most: 5).GetAwaiter().GetResult()).More == 5, archive);
                Assert.AreEqual(0, await archive.StopAsync());
            }
            var (code, output) = await ArchiveProgram.RunAsync("check", "--folder", root);
            Assert.AreEqual(0, code, output);
            StringAssert.Contains(output, $"{Files(root).Count} instances checked");
        }
        finally
        {
            using var umount = Process.Start("umount", ["-l", root]);
            await umount.WaitForExitAsync();
        }
    }

    private static List<string> Files(string root) =>
        [.. Directory.EnumerateFiles(root, "*.dcm", SearchOption.AllDirectories).Where(file => !Path.GetRelativePath(root, file).StartsWith('.'))];

    /// <summary>Until one is refused.</summary>
    private static async Task<(int Stored, DimseResult<StorageCStoreStatus> Last)> FillAsync(int port, string folder, int most = 500)
    {
        await using var user = new StorageClient();
        for (var stored = 0; ; stored++)
        {
            var file = Images.Write(folder, Images.DataSet().Add(DicomTag.ImageComments, new string('x', 50_000)));
            if (stored == 0)
            {
                var options = new ScuOptions("127.0.0.1", port) { CalledAE = "ARCHIVE", CallingAE = "FULL" };
                options.ProposeFor([file]);
                await user.ConnectAsync(options);
            }
            var answer = await user.CStoreAsync(file);
            File.Delete(file);
            if (answer.Status != StorageCStoreStatus.Success || stored + 1 == most)
            {
                return (stored + (answer.Status == StorageCStoreStatus.Success ? 1 : 0), answer);
            }
        }
    }

    private static async Task UntilAsync(Func<bool> condition, ArchiveProgram archive)
    {
        for (var waited = Stopwatch.StartNew(); !condition(); await Task.Delay(200))
        {
            Assert.IsLessThan(60, waited.Elapsed.TotalSeconds, archive.Output);
        }
    }

    private static async Task MountAsync(params string[] arguments)
    {
        if (Environment.UserName != "root" || !OperatingSystem.IsLinux())
        {
            throw TestRun.Missing("only root can mount a disk that is full soon");
        }
        using var mount = Process.Start("mount", arguments);
        await mount.WaitForExitAsync();
        Assert.AreEqual(0, mount.ExitCode);
    }
}
