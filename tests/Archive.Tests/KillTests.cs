using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Archive.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Specgen;
using Specgen.Outbox;
using Specgen.Standard;
using Specgen.StorageCommitment;

namespace Archive.Tests;

/// <summary>
/// Killed at random points under load, also while it starts: what was acknowledged is there, whole and found, every commitment that was taken is reported, none is taken twice, and nothing else is left.
/// More points: ARCHIVE_KILLS=1000.
/// </summary>
[TestClass]
public class KillTests
{
    private readonly ConcurrentQueue<string> _acknowledged = new();
    private readonly ConcurrentDictionary<string, Asked> _asked = new(StringComparer.Ordinal);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("store", "SQLite")]
    [DataRow("commit", "SQLite")]
    [DataRow("store", "PostgreSQL")]
    public async Task WhatWasAcknowledgedIsThereAndReported(string sync, string kind)
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("ARCHIVE_KILLS") ?? "6", CultureInfo.InvariantCulture);
        using var folder = new TestRun.Folder();
        await using var server = kind == "PostgreSQL" ? await PostgreSqlServer.StartAsync() : null;
        await using var committer = await Committer.StartAsync();
        var root = folder["archive"];
        string[] options = ["--sync", sync, "--peer", committer.Address, .. server is null ? Array.Empty<string>() : ["--database", server.ConnectionString]];
        var random = new Random(kills);
        for (var i = 0; i < kills; i++)
        {
            await using var archive = ArchiveProgram.Launch(root, ArchiveProgram.FreePort(), options);
            using var over = new CancellationTokenSource();
            var users = Enumerable.Range(0, 3).Select(_ => SendAsync(archive.Port, folder["sent"], over.Token)).Append(CommitAsync(committer, archive.Port, i, over.Token)).ToList();

            // Every fourth while it starts; else after some instances, in the middle of others.
            var enough = _acknowledged.Count + random.Next(1, 60);
            for (var waited = Stopwatch.StartNew(); i % 4 != 3 && _acknowledged.Count < enough && waited.Elapsed < TimeSpan.FromSeconds(60);)
            {
                await Task.Delay(5);
            }
            await Task.Delay(random.Next(i % 4 == 3 ? 1000 : 40));
            await archive.KillAsync();
            await over.CancelAsync();
            await Task.WhenAll(users);
        }

        await using ICommitmentStore reports = server is null ? new SqliteCommitmentStore(Path.Combine(root, ".commitments.db")) : new PostgreSqlCommitmentStore(server.ConnectionString);
        await using (var last = await ArchiveProgram.StartAsync(root, options))
        {
            await AssertReportedAsync(committer, last);

            // Those as well whose asking was cut off before it was answered.
            await reports.InitializeAsync(CancellationToken.None);
            for (var waited = Stopwatch.StartNew(); (await reports.CountAsync(CancellationToken.None)).Waiting > 0; await Task.Delay(100))
            {
                Assert.IsLessThan(120, waited.Elapsed.TotalSeconds, $"{await reports.CountAsync(CancellationToken.None)}\n{last.Output}");
            }

            // A killed archive's leftovers are seen to beside serving; on a database that others may share, after half a minute.
            await Task.Delay(TimeSpan.FromSeconds(server is null ? 1 : 40));
            Assert.AreEqual(0, await last.StopAsync());
        }
        await using var store = server is null
            ? new InstanceStore(new InstanceFolder(root, false, new Disk()), () => SqlConnections.Sqlite(Path.Combine(root, ".index.db")), Path.Combine(root, ".index.db"), false, NullLogger.Instance)
            : new InstanceStore(new InstanceFolder(root, false, new Disk()), () => SqlConnections.PostgreSql(server.ConnectionString), null, false, NullLogger.Instance);
        await store.OpenAsync(CancellationToken.None);
        await AssertKeptAsync(store, root);
        Assert.AreEqual((0, 0, 0), await reports.CountAsync(CancellationToken.None) is var counts ? ((int)counts.Waiting, (int)counts.Expired, (int)counts.SetAside) : default);
        TestContext.WriteLine($"{kills} kills: {_acknowledged.Count} instances acknowledged, {_asked.Values.Count(static a => a.IsTaken)} commitments taken, {committer.Reports.Values.Sum(static r => r.Count)} reports");
        Assert.IsFalse(_acknowledged.IsEmpty);
        Assert.AreNotEqual(0, committer.Reports.Count);
    }

    /// <summary>Each report that is owed comes, says of the instances that were acknowledged before it was asked for that they are committed to, and of a transaction's second use that it is one.</summary>
    private async Task AssertReportedAsync(Committer committer, ArchiveProgram archive)
    {
        // Those whose answer was cut off may have been taken.
        var taken = _asked.Where(static a => a.Value.IsTaken).Select(static a => a.Key).ToList();
        bool IsReported(string uid) => committer.Reports.TryGetValue(uid, out var reports) && reports.Any(static r => r.ReferencedSopSequence.Count > 0);
        for (var waited = Stopwatch.StartNew(); !taken.TrueForAll(IsReported); await Task.Delay(100))
        {
            Assert.IsLessThan(120, waited.Elapsed.TotalSeconds, $"{taken.Count(uid => !IsReported(uid))} of {taken.Count} are not reported\n{archive.Output}");
        }
        foreach (var (uid, reports) in committer.Reports)
        {
            var asked = _asked[uid];
            foreach (var report in reports)
            {
                var committed = report.ReferencedSopSequence.Select(static r => r.ReferencedSopInstanceUid).ToList();
                var failed = report.FailedSopSequence.Select(static r => (r.ReferencedSopInstanceUid, r.FailureReason)).ToList();
                Assert.IsTrue(
                    (failed.Count == 0 && committed.SequenceEqual(asked.Instances)) || (committed.Count == 0 && failed.TrueForAll(static f => f.FailureReason == FailureReason.DuplicateTransactionUid)),
                    $"{string.Join(", ", committed)} committed to, {string.Join(", ", failed)} not; {string.Join(", ", asked.Instances)} were asked for first");
            }
        }
    }

    private async Task AssertKeptAsync(InstanceStore store, string root)
    {
        var uids = _acknowledged.Distinct().ToList();
        var found = await store.Index.FindAsync(uids, CancellationToken.None);
        Assert.HasCount(uids.Count, found);
        foreach (var instance in found.Values)
        {
            Assert.IsTrue(await store.IsWholeAsync(instance, VerificationDepth.Checksum, CancellationToken.None), instance.Location);
        }
        var files = Directory.EnumerateFiles(root, "*.dcm", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file)).ToList();
        Assert.AreEqual(await store.Index.CountAsync(CancellationToken.None), files.Count(static f => !f.StartsWith('.')), "Files without a row.");
        Assert.AreEqual(0, files.Count(static f => f.StartsWith('.')), "What was being received.");
        Assert.AreEqual(0, Directory.EnumerateFileSystemEntries(Path.Combine(root, ".receiving")).Count(), "What was being received.");
    }

    /// <summary>One instance after the other, over an association after the other, until it is over.</summary>
    private async Task SendAsync(int port, string folder, CancellationToken over)
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
                        _acknowledged.Enqueue(Path.GetFileNameWithoutExtension(file));
                    }
                    File.Delete(file);
                    file = Images.Write(folder, Images.DataSet(study: study));
                }
            }
            catch (Exception e) when (e is AssociationException or OperationCanceledException or IOException)
            {
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }

    /// <summary>Asks for what was acknowledged, now and then by a transaction that was used before, and leaves before the report or stays for it.</summary>
    private async Task CommitAsync(Committer committer, int port, int seed, CancellationToken over)
    {
        var random = new Random(seed);
        while (!over.IsCancellationRequested)
        {
            try
            {
                var instances = _acknowledged.TakeLast(random.Next(1, 20)).ToArray();
                if (instances.Length > 0)
                {
                    var again = random.Next(4) == 0 ? _asked.FirstOrDefault(static a => a.Value.IsTaken).Key : null;
                    var uid = again ?? Images.NewUid();
                    var asked = _asked.GetOrAdd(uid, new Asked(instances));
                    if (await committer.AskAsync(port, uid, instances, TimeSpan.FromMilliseconds(random.Next(2) * 30), over) == StorageCommitmentNActionStatus.Success)
                    {
                        asked.IsTaken = true;
                    }
                }
                await Task.Delay(20, CancellationToken.None);
            }
            catch (Exception e) when (e is AssociationException or OperationCanceledException)
            {
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }

    private sealed class Asked(string[] instances)
    {
        public string[] Instances { get; } = instances;

        public bool IsTaken { get; set; }
    }
}
