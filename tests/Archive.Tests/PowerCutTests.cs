using Archive.Storage;

namespace Archive.Tests;

/// <summary>What is acknowledged is on the disk: everything that was not flushed is taken away, and the archive is started again.</summary>
[TestClass]
public class PowerCutTests
{
    [TestMethod]
    public async Task WhatWasStoredSurvivesAPowerCut()
    {
        using var folder = new TestRun.Folder();
        var disk = new ForgetfulDisk();
        var uids = new List<string>();
        await using (var store = await StoreFixture.OpenAsync(folder, isDurable: true, disk))
        {
            for (var i = 0; i < 30; i++)
            {
                var uid = $"1.2.3.{i}";
                Assert.AreEqual(Keeping.Stored, await store.StoreAsync(Images.DataSet(uid, $"1.2.{i % 3}", $"1.2.{i % 3}.{i % 2}")));
                uids.Add(uid);
            }
        }
        disk.CutPower();

        await using var next = await StoreFixture.OpenAsync(folder, isDurable: true);
        await AssertWholeAsync(next, uids);
    }

    [TestMethod]
    public async Task AFolderThatWasTakenAwayAndMadeAgain_IsFlushedAgain()
    {
        using var folder = new TestRun.Folder();
        var disk = new ForgetfulDisk();
        await using (var store = await StoreFixture.OpenAsync(folder, isDurable: true, disk))
        {
            await store.StoreAsync(Images.DataSet("1.2.3.1", "1.2.1", "1.2.1.1"));
            Directory.Delete(Path.Combine(store.Folder, "1.2.1"), recursive: true);
            Assert.AreEqual(Keeping.Stored, await store.StoreAsync(Images.DataSet("1.2.3.2", "1.2.1", "1.2.1.1")));
        }
        disk.CutPower();

        await using var next = await StoreFixture.OpenAsync(folder, isDurable: true);
        await AssertWholeAsync(next, ["1.2.3.2"]);
    }

    [TestMethod]
    public async Task WithSyncAtCommitment_WhatWasCommittedToSurvives()
    {
        using var folder = new TestRun.Folder();
        var disk = new ForgetfulDisk();
        var uids = Enumerable.Range(0, 20).Select(static i => $"1.2.3.{i}").ToList();
        await using (var store = await StoreFixture.OpenAsync(folder, isDurable: false, disk))
        {
            foreach (var uid in uids)
            {
                await store.StoreAsync(Images.DataSet(uid));
            }
            var found = await store.Store.Index.FindAsync(uids[..10], CancellationToken.None);
            await store.Store.FlushAsync(found.Values, CancellationToken.None);
        }
        disk.CutPower();

        await using var next = await StoreFixture.OpenAsync(folder, isDurable: false);
        await AssertWholeAsync(next, uids[..10]);
        var lost = (await next.FindAsync(uids[^1]))!;
        Assert.IsFalse(await next.Store.IsWholeAsync(lost, Specgen.StorageCommitment.VerificationDepth.Size, CancellationToken.None), "The test's disk forgets what was not flushed.");
    }

    private static async Task AssertWholeAsync(StoreFixture store, List<string> uids)
    {
        var found = await store.Store.Index.FindAsync(uids, CancellationToken.None);
        Assert.HasCount(uids.Count, found);
        foreach (var instance in found.Values)
        {
            Assert.IsTrue(await store.Store.IsWholeAsync(instance, Specgen.StorageCommitment.VerificationDepth.Checksum, CancellationToken.None), instance.Location);
        }
    }

    /// <summary>A disk that loses what was not flushed: a file's content, a file's name, a new folder's name.</summary>
    private sealed class ForgetfulDisk : Disk
    {
        private readonly HashSet<string> _unflushed = new(StringComparer.Ordinal);
        private readonly HashSet<string> _unnamed = new(StringComparer.Ordinal);
        private readonly HashSet<string> _named = new(StringComparer.Ordinal);

        public override bool TryMove(string source, string target)
        {
            try
            {
                if (!base.TryMove(source, target))
                {
                    return false;
                }
            }
            catch (DirectoryNotFoundException)
            {
                _named.RemoveWhere(static folder => !Directory.Exists(folder));
                throw;
            }
            if (!_unflushed.Remove(source + "!"))
            {
                _unflushed.Add(target);
            }
            // The name of the file, and of the folders that were made for it.
            for (var path = target; path.Contains("archive", StringComparison.Ordinal) && !path.EndsWith("archive", StringComparison.Ordinal); path = Path.GetDirectoryName(path)!)
            {
                if (path == target || _named.Add(path))
                {
                    _unnamed.Add(path);
                }
            }
            return true;
        }

        public override void Flush(string file)
        {
            base.Flush(file);
            if (!_unflushed.Remove(file))
            {
                _unflushed.Add(file + "!");
            }
        }

        public override void FlushFolder(string folder)
        {
            base.FlushFolder(folder);
            _unnamed.RemoveWhere(path => Path.GetDirectoryName(path) == folder);
        }

        public void CutPower()
        {
            foreach (var path in _unnamed)
            {
                if (Directory.Exists(path))
                {
                    Directory.Delete(path, recursive: true);
                }
                else
                {
                    File.Delete(path);
                }
            }
            foreach (var path in _unflushed.Where(File.Exists))
            {
                File.WriteAllBytes(path, []);
            }
        }
    }
}
