using Archive.Storage;
using FellowOakDicom;
using Microsoft.Data.Sqlite;

namespace Archive.Tests;

/// <summary>What is derived is made anew, beside serving.</summary>
[TestClass]
public class RecoveryTests
{
    [TestMethod]
    [DataRow("garbage")]
    [DataRow("cut")]
    [DataRow("missing")]
    [DataRow("old")]
    [DataRow("another version")]
    public async Task ADatabaseIsMadeAnew(string damage)
    {
        using var folder = new TestRun.Folder();
        var uids = Enumerable.Range(1, 20).Select(static i => $"1.2.3.{i}").ToList();
        await using (var store = await StoreFixture.OpenAsync(folder))
        {
            foreach (var uid in uids)
            {
                await store.StoreAsync(Images.DataSet(uid));
            }
        }
        await DamageAsync(Path.Combine(folder["archive"], ".index.db"), damage);

        await using var next = await StoreFixture.OpenAsync(folder);
        Assert.AreEqual(Keeping.Stored, await next.StoreAsync(Images.DataSet("1.2.4.1")));
        await next.Store.Upkeep.FilledAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.IsNull(next.Store.Upkeep.Problem);
        Assert.HasCount(21, await next.Store.Index.FindAsync([.. uids, "1.2.4.1"], CancellationToken.None));
    }

    /// <summary>Whoever meets the damage first has it mended, also who only asks.</summary>
    [TestMethod]
    [DataRow("garbage")]
    [DataRow("missing")]
    [DataRow("old")]
    public async Task ADatabaseThatIsDamagedWhileServing_IsMadeAnew(string damage)
    {
        await using var store = await StoreFixture.OpenAsync();
        var uids = Enumerable.Range(1, 20).Select(static i => $"1.2.3.{i}").ToList();
        foreach (var uid in uids)
        {
            await store.StoreAsync(Images.DataSet(uid));
        }
        SqlConnections.OpenAnew();
        if (damage != "old")
        {
            File.Delete(store.Database + "-wal");
            File.Delete(store.Database + "-shm");
        }
        await DamageAsync(store.Database, damage);

        for (var waited = System.Diagnostics.Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            try
            {
                if ((await store.Store.Index.FindAsync(uids, CancellationToken.None)).Count == uids.Count)
                {
                    break;
                }
            }
            catch (System.Data.Common.DbException e)
            {
                Assert.IsLessThan(30, waited.Elapsed.TotalSeconds, e.Message);
            }
        }
        Assert.AreEqual(Keeping.Stored, await store.StoreAsync(Images.DataSet("1.2.4.1")));
        await store.Store.Index.PingAsync(CancellationToken.None);
        Assert.IsNull(store.Store.Upkeep.Problem);
        Assert.AreEqual(1, Directory.EnumerateFiles(store.Folder, ".index.db.damaged-*").Count(static file => !file.EndsWith("-wal", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal)));
    }

    /// <summary>What is known of a series may be so no more, when somebody else made the tables anew or restored them.</summary>
    [TestMethod]
    public async Task WhatIsStoredNextGoesIntoItsOwnSeries()
    {
        await using var store = await StoreFixture.OpenAsync();
        await store.StoreAsync(Images.DataSet("1.2.3.1", "1.2", "1.3"));
        await using (var connection = new SqliteConnection($"Data Source={store.Database};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE series SET uid = '7.3'; UPDATE study SET uid = '7.2'";
            await command.ExecuteNonQueryAsync();
        }
        Assert.AreEqual(Keeping.Stored, await store.StoreAsync(Images.DataSet("1.2.3.2", "1.2", "1.3")));
        var own = await store.Store.Index.InstancesAsync(new DicomDataset { { DicomTag.StudyInstanceUID, "1.2" }, { DicomTag.SeriesInstanceUID, "1.3" } }, CancellationToken.None);
        Assert.AreEqual("1.2.3.2", own.Single().SopInstanceUid);
    }

    /// <summary>Received, fetched from a bucket, tried whether it can be written: whatever a killed archive was at.</summary>
    [TestMethod]
    public async Task NothingOfAKilledArchiveStaysWhereItReceived()
    {
        await using var store = await StoreFixture.OpenAsync();
        var receiving = Directory.CreateDirectory(store.Store.Bytes.ReceiveFolder).FullName;
        var until = DateTimeOffset.UtcNow;
        foreach (var name in (string[])["1.dcm", "2.copy", ".4711", "specgen-1.lock", "young.dcm"])
        {
            await File.WriteAllTextAsync(Path.Combine(receiving, name), "left");
            File.SetLastWriteTimeUtc(Path.Combine(receiving, name), until.UtcDateTime.AddMinutes(name.StartsWith("young", StringComparison.Ordinal) ? 1 : -1));
        }
        var done = new TaskCompletionSource();
        store.Store.Upkeep.Tidy(until.AddMinutes(-2), until, done.SetResult);
        await done.Task.WaitAsync(TimeSpan.FromSeconds(30));
        CollectionAssert.AreEquivalent(new[] { "specgen-1.lock", "young.dcm" }, Directory.EnumerateFiles(receiving).Select(static file => Path.GetFileName(file)).ToList());
    }

    [TestMethod]
    public async Task WhileItIsFilled_WhatIsHereIsNotStoredTwice()
    {
        using var folder = new TestRun.Folder();
        var dataset = Images.DataSet("1.2.3.1", "1.2", "1.3");
        await using (var store = await StoreFixture.OpenAsync(folder))
        {
            await store.StoreAsync(dataset);
        }
        File.Delete(Path.Combine(folder["archive"], ".index.db"));
        await using var next = await StoreFixture.OpenAsync(folder);
        Assert.AreEqual(Keeping.Another, await next.StoreAsync(Images.DataSet("1.2.3.1", "1.2", "1.3", name: "SOMEBODY^ELSE")));
        Assert.AreEqual(Keeping.Again, await next.StoreAsync(dataset));
        Assert.HasCount(1, next.Files());
    }

    [TestMethod]
    public async Task WhatCannotBeTakenInIsSetAside_AndStopsNothing()
    {
        using var folder = new TestRun.Folder();
        await using (var store = await StoreFixture.OpenAsync(folder))
        {
            await store.StoreAsync(Images.DataSet("1.2.3.1", "1.2", "1.3"));
        }
        var root = folder["archive"];
        File.Delete(Path.Combine(root, ".index.db"));
        Directory.CreateDirectory(Path.Combine(root, "lost+found"));
        await File.WriteAllBytesAsync(Path.Combine(root, "1.2", "1.3", "1.2.3.2.dcm"), []);
        await File.WriteAllTextAsync(Path.Combine(root, "1.2", "1.3", "1.2.3.3.dcm"), new string('x', 500));
        await File.WriteAllTextAsync(Path.Combine(root, "1.2", "notes.txt"), "nothing to do with it");

        await using var next = await StoreFixture.OpenAsync(folder);
        await next.Store.Upkeep.FilledAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.IsNotNull(await next.FindAsync("1.2.3.1"));
        var problems = await next.Store.Index.ProblemsAsync(CancellationToken.None);
        CollectionAssert.AreEqual(new[] { "1.2/1.3/1.2.3.2.dcm", "1.2/1.3/1.2.3.3.dcm" }, problems.ConvertAll(static p => p.Location));
    }

    [TestMethod]
    public async Task OfTwoFilesOfAnInstance_TheFirstIsTakenIn()
    {
        const int Count = 20;
        using var folder = new TestRun.Folder();
        await using (var store = await StoreFixture.OpenAsync(folder))
        {
            for (var i = 0; i < Count; i++)
            {
                await store.StoreAsync(Images.DataSet($"1.2.3.{i}", "1.2", "1.3"));
            }
        }
        var series = Path.Combine(folder["archive"], "1.2", "1.3");
        for (var i = 0; i < Count; i++)
        {
            // As a kill leaves what was about to be refused.
            File.Move(Images.Write(folder["sent"], Images.DataSet($"1.2.3.{i}", "1.2", "1.3", name: "SOMEBODY^ELSE")), Path.Combine(series, $"1.2.3.{i}~00c0ffee.dcm"));
        }
        File.Delete(Path.Combine(folder["archive"], ".index.db"));

        await using var next = await StoreFixture.OpenAsync(folder);
        await next.Store.Upkeep.FilledAsync().WaitAsync(TimeSpan.FromSeconds(30));
        for (var i = 0; i < Count; i++)
        {
            Assert.AreEqual($"1.2/1.3/1.2.3.{i}.dcm", (await next.FindAsync($"1.2.3.{i}"))!.Location);
        }
    }

    /// <summary>Second files are deleted, so nothing else may be taken for one.</summary>
    [TestMethod]
    [DataRow("1.2/1.3/1.2.3.1~00c0ffee.dcm", "1.2/1.3/1.2.3.1.dcm", true)]
    [DataRow("1.2/1.3/1.2.3.1.dcm", "1.2/1.3/1.2.3.1.dcm", false)]
    [DataRow("1.2/1.3/1.2.3.1.dcm", "1.2/1.3/1.2.3.1~00c0ffee.dcm", false)]
    [DataRow("by-name/1.3/1.2.3.1~00c0ffee.dcm", "1.2/1.3/1.2.3.1~00c0ffee.dcm", false)]
    [DataRow("1.2/1.3/1.2.3.1~old.dcm", "1.2/1.3/1.2.3.1.dcm", false)]
    [DataRow("1.2/1.3/1.2.3.10~00c0ffee.dcm", "1.2/1.3/1.2.3.1.dcm", false)]
    [DataRow("1.2/1.3/1.2.3.1~00000000000000000000000000c0ffee.dcm", "1.2/1.3/1.2.3.1~11111111111111111111111111c0ffee.dcm", true)]
    public void WhatASecondFileIs(string location, string kept, bool isSecond) =>
        Assert.AreEqual(isSecond, InstanceFolder.IsSecondOf(location, new StoredInstance("1.2.3.1", "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.1.2.1", kept, 1, 1)));

    [TestMethod]
    public async Task AfterAKill_WholeInstancesAreTakenInAndSecondFilesSweptAway()
    {
        using var folder = new TestRun.Folder();
        var started = DateTimeOffset.UtcNow - TimeSpan.FromMinutes(1);
        await using (var store = await StoreFixture.OpenAsync(folder))
        {
            await store.StoreAsync(Images.DataSet("1.2.3.1", "1.2", "1.3"));
        }
        var series = Path.Combine(folder["archive"], "1.2", "1.3");
        File.Move(Images.Write(folder["sent"], Images.DataSet("1.2.3.2", "1.2", "1.3")), Path.Combine(series, "1.2.3.2.dcm"));
        File.Copy(Path.Combine(series, "1.2.3.1.dcm"), Path.Combine(series, "1.2.3.1~00c0ffee.dcm"));
        var received = Images.Write(Path.Combine(folder["archive"], ".receiving"), Images.DataSet("1.2.3.3"));

        await using var next = await StoreFixture.OpenAsync(folder);
        var done = new TaskCompletionSource();
        next.Store.Upkeep.Tidy(started, DateTimeOffset.UtcNow, done.SetResult);
        await done.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.IsNotNull(await next.FindAsync("1.2.3.2"));
        CollectionAssert.AreEqual(new[] { "1.2/1.3/1.2.3.1.dcm", "1.2/1.3/1.2.3.2.dcm" }, next.Files());
        Assert.IsFalse(File.Exists(received), "Received, and without a place.");
    }

    /// <summary>Killed between finding the first damaged and putting the second in its place: then that is the only whole one.</summary>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task AfterAKill_ASecondFileOfADamagedInstanceStays(bool isMissing)
    {
        using var folder = new TestRun.Folder();
        var started = DateTimeOffset.UtcNow - TimeSpan.FromMinutes(1);
        await using (var store = await StoreFixture.OpenAsync(folder))
        {
            await store.StoreAsync(Images.DataSet("1.2.3.1", "1.2", "1.3"));
        }
        var series = Path.Combine(folder["archive"], "1.2", "1.3");
        var (first, second) = (Path.Combine(series, "1.2.3.1.dcm"), Path.Combine(series, "1.2.3.1~00c0ffee.dcm"));
        File.Copy(first, second);
        if (isMissing)
        {
            File.Delete(first);
        }
        else
        {
            var bytes = await File.ReadAllBytesAsync(first);
            bytes[^1] ^= 1;
            await File.WriteAllBytesAsync(first, bytes);
        }

        await using (var next = await StoreFixture.OpenAsync(folder))
        {
            var done = new TaskCompletionSource();
            next.Store.Upkeep.Tidy(started, DateTimeOffset.UtcNow, done.SetResult);
            await done.Task.WaitAsync(TimeSpan.FromSeconds(30));
            Assert.IsTrue(File.Exists(second));
        }
        await ArchiveProgram.RunAsync("check", "--folder", folder["archive"], "--repair");
        await using var repaired = await StoreFixture.OpenAsync(folder);
        Assert.IsTrue(await repaired.Store.IsWholeAsync((await repaired.FindAsync("1.2.3.1"))!, Specgen.StorageCommitment.VerificationDepth.Checksum, CancellationToken.None));
    }

    [TestMethod]
    public async Task ALockOnTheDatabaseFailsWhatComesMeanwhile_AndNothingAfterIt()
    {
        await using var store = await StoreFixture.OpenAsync();

        // A new database is filled with what lies there, which would take in what is about to be refused.
        for (var i = 0; i < 100 && store.Store.Upkeep.IsFilling; i++)
        {
            await Task.Delay(100);
        }
        await using (var other = new SqliteConnection($"Data Source={store.Database};Pooling=false"))
        {
            await other.OpenAsync();
            await using var command = other.CreateCommand();
            command.CommandText = "BEGIN EXCLUSIVE";
            await command.ExecuteNonQueryAsync();
            await Assert.ThrowsExactlyAsync<SqliteException>(() => store.StoreAsync(Images.DataSet("1.2.3.1")));
        }
        Assert.AreEqual(Keeping.Stored, await store.StoreAsync(Images.DataSet("1.2.3.2")));
        Assert.IsNull(await store.FindAsync("1.2.3.1"));
        for (var i = 0; i < 100 && store.Files().Length > 1; i++)
        {
            await Task.Delay(100);
        }
        Assert.HasCount(1, store.Files(), "What was not added is swept away.");
    }

    private static async Task DamageAsync(string database, string damage)
    {
        switch (damage)
        {
            case "garbage":
                await File.WriteAllTextAsync(database, new string('x', 8192));
                break;
            case "cut":
                await using (var file = new FileStream(database, FileMode.Open))
                {
                    file.SetLength(file.Length / 2 / 4096 * 4096);
                }
                break;
            case "missing":
                File.Delete(database);
                break;
            default:
                await using (var connection = new SqliteConnection($"Data Source={database};Pooling=false"))
                {
                    await connection.OpenAsync();
                    await using var command = connection.CreateCommand();
                    command.CommandText = damage == "old"
                        ? "DROP TABLE archive_state; DROP TABLE instance; DROP TABLE person; DROP TABLE series; DROP TABLE study; DROP TABLE patient; DROP TABLE problem; CREATE TABLE IMAGE (id INTEGER PRIMARY KEY, parent INTEGER, SOPInstanceUID, Path); INSERT INTO IMAGE VALUES (1, 1, '9', '/x')"
                        : "UPDATE archive_state SET value = '1' WHERE name = 'schema'";
                    await command.ExecuteNonQueryAsync();
                }
                break;
        }
    }
}
