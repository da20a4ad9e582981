using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Specgen;
using Specgen.Standard;
using Specgen.StorageCommitment;

namespace Archive.Tests;

/// <summary>Killed at random points under load, also while it starts: what was acknowledged is there, whole and found, and nothing else is left. More points: ARCHIVE_KILLS=1000.</summary>
[TestClass]
public class KillTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("store")]
    [DataRow("commit")]
    public async Task WhatWasAcknowledgedIsThere(string sync)
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("ARCHIVE_KILLS") ?? "6", CultureInfo.InvariantCulture);
        using var folder = new TestRun.Folder();
        var root = folder["archive"];
        var random = new Random(kills);
        var acknowledged = new ConcurrentBag<string>();
        for (var i = 0; i < kills; i++)
        {
            await using var archive = ArchiveProgram.Launch(root, ArchiveProgram.FreePort(), "--sync", sync);
            using var over = new CancellationTokenSource();
            var senders = Enumerable.Range(0, 3).Select(_ => SendAsync(archive.Port, folder["sent"], acknowledged, over.Token)).ToList();

            // Every fourth while it starts; else after some instances, in the middle of others.
            var enough = acknowledged.Count + random.Next(1, 60);
            for (var waited = Stopwatch.StartNew(); i % 4 != 3 && acknowledged.Count < enough && waited.Elapsed < TimeSpan.FromSeconds(60);)
            {
                await Task.Delay(5);
            }
            await Task.Delay(random.Next(i % 4 == 3 ? 1000 : 40));
            await archive.KillAsync();
            await over.CancelAsync();
            await Task.WhenAll(senders);
        }

        await using (var last = await ArchiveProgram.StartAsync(root))
        {
            await last.StopAsync();
        }
        await using var store = await StoreFixture.OpenAsync(folder);
        var found = await store.Store.Index.FindAsync(acknowledged.Distinct(), CancellationToken.None);
        Assert.HasCount(acknowledged.Distinct().Count(), found);
        foreach (var instance in found.Values)
        {
            Assert.IsTrue(await store.Store.IsWholeAsync(instance, VerificationDepth.Checksum, CancellationToken.None), instance.Location);
        }
        Assert.AreEqual(await store.Store.Index.CountAsync(CancellationToken.None), store.Files().Count(static f => !f.StartsWith('.')), "Files without a row.");
        TestContext.WriteLine($"{kills} kills, {found.Count} instances acknowledged");
        Assert.IsGreaterThan(0, found.Count);
    }

    /// <summary>One instance after the other, over an association after the other, until it is over.</summary>
    private static async Task SendAsync(int port, string folder, ConcurrentBag<string> acknowledged, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                await using var user = new StorageClient();
                var options = new ScuOptions("127.0.0.1", port) { CalledAE = "ARCHIVE", CallingAE = "KILLER" };
                var study = Images.NewUid();
                var file = Images.Write(folder, Images.DataSet(study: study));
                options.ProposeFor([file]);
                await user.ConnectAsync(options, over);
                while (true)
                {
                    if ((await user.CStoreAsync(file, over)).Status == StorageCStoreStatus.Success)
                    {
                        acknowledged.Add(Path.GetFileNameWithoutExtension(file));
                    }
                    file = Images.Write(folder, Images.DataSet(study: study));
                }
            }
            catch (Exception e) when (e is AssociationException or OperationCanceledException or IOException)
            {
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }
}
