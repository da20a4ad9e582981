using System.Diagnostics;
using Archive.Storage;
using Specgen;
using Specgen.Standard;
using Specgen.StorageCommitment;

namespace Archive.Tests;

/// <summary>Three nodes over one PostgreSQL and one folder, and what befalls one of them: it hangs, it dies, its clock is off, or it has the database no more.</summary>
[TestClass]
public sealed class UnsteadyNodesTests
{
    private readonly TestRun.Folder _folder = new();
    private PostgreSqlServer _database = null!;
    private Committer _committer = null!;

    [TestInitialize]
    public async Task BeginAsync()
    {
        _database = await PostgreSqlServer.StartAsync();
        _committer = await Committer.StartAsync();
    }

    [TestCleanup]
    public async Task EndAsync()
    {
        await _committer.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [TestMethod]
    public async Task ANodeThatHangsPastItsLease_TheOthersReport_AndItComesBack()
    {
        await using var one = await StartAsync();
        var (transaction, before, answered) = await ReportWithoutAnswerAsync(one);

        // It hangs between sending a report and noting what became of it.
        await one.SignalAsync("STOP");
        await using var two = await StartAsync();
        await using var three = await StartAsync();
        _committer.BeforeAnswer = static () => Task.CompletedTask;
        answered.SetResult();
        await UntilAsync(() => _committer.Reports[transaction].Count == before + 1, 150);
        Assert.IsNotNull(await StoreAsync(two.Port));

        await one.SignalAsync("CONT");
        Assert.IsNotNull(await StoreAsync(one.Port));
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.HasCount(before + 1, _committer.Reports[transaction], "The peer gets it once more at most.");
        await UntilNothingIsOwedAsync(30);
    }

    [TestMethod]
    public async Task ANodeThatDiesBetweenSendingAReportAndNotingIt_ThePeerGetsItOnceMore()
    {
        await using var one = await StartAsync();
        var (transaction, before, answered) = await ReportWithoutAnswerAsync(one);

        // The answer is under way to it, and it does not see it any more.
        await one.SignalAsync("STOP");
        _committer.BeforeAnswer = static () => Task.CompletedTask;
        answered.SetResult();
        await Task.Delay(500);
        await one.KillAsync();

        await using var two = await StartAsync();
        await using var three = await StartAsync();
        await UntilNothingIsOwedAsync(150);
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.HasCount(before + 1, _committer.Reports[transaction]);
    }

    /// <summary>What is due and who holds it is said by the database's clock, what is old by the folder's: the nodes' own say nothing.</summary>
    [TestMethod]
    public async Task NodesWhoseClocksAreTenMinutesOff_DoAsTheOthers()
    {
        await using var right = await StartAsync();
        await using var ahead = await StartAtAsync(10);
        await using var behind = await StartAtAsync(-10);
        ArchiveProgram[] nodes = [right, ahead, behind];

        // While a report is not answered, nobody else takes it for his; and no report is ten minutes late.
        _committer.BeforeAnswer = static () => Task.Delay(TimeSpan.FromSeconds(5));
        var transactions = new List<string>();
        foreach (var node in nodes)
        {
            var uids = new[] { await StoreAsync(node.Port), await StoreAsync(node.Port) };
            transactions.Add(Images.NewUid());
            Assert.AreEqual(StorageCommitmentNActionStatus.Success, await _committer.AskAsync(node.Port, transactions[^1], uids!, TimeSpan.FromSeconds(6), CancellationToken.None));
            transactions.Add(Images.NewUid());
            Assert.AreEqual(StorageCommitmentNActionStatus.Success, await _committer.AskAsync(node.Port, transactions[^1], uids!, TimeSpan.Zero, CancellationToken.None));
        }
        await UntilNothingIsOwedAsync(120);
        Assert.HasCount(6, _committer.Reports);
        foreach (var (i, transaction) in transactions.Index())
        {
            var reports = _committer.Reports[transaction];
            Assert.IsTrue(reports.All(static r => r.ReferencedSopSequence.Count == 2 && r.FailedSopSequence.Count == 0));

            // One that was cut off with its association is sent again.
            Assert.IsLessThanOrEqualTo(i % 2 == 0 ? 1 : 2, reports.Count);
        }
    }

    /// <summary>Of a killed node's leftovers, what is old is seen to, and what others are about to receive is left alone, whatever the clock of the node that sees to it.</summary>
    [TestMethod]
    [DataRow(10)]
    [DataRow(-10)]
    public async Task ANodeWhoseClockIsOff_SeesToWhatAKilledOneLeft(int minutes)
    {
        var first = await StartAtAsync(minutes);
        var stored = await StoreAsync(first.Port) ?? throw new AssertFailedException(first.Output);
        var study = Images.NewUid();
        var series = Directory.CreateDirectory(_folder[$"archive/{study}/{study}.1"]).FullName;
        var whole = Images.Write(_folder["sent"], Images.DataSet(study: study));
        File.Move(whole, Path.Combine(series, Path.GetFileName(whole)));
        var receiving = _folder["archive/.receiving"];
        var left = Images.Write(receiving, Images.DataSet());
        await first.KillAsync();
        await first.DisposeAsync();

        await using var second = await StartAtAsync(minutes);
        var arriving = Images.Write(receiving, Images.DataSet());
        await second.SaysAsync("1 whole instances taken in");
        Assert.IsFalse(File.Exists(left));
        Assert.IsTrue(File.Exists(arriving));
        Assert.IsNotNull(await StoreAsync(second.Port));
        await using var connections = SqlConnections.PostgreSql(_database.ConnectionString);
        await using var index = new InstanceIndex(connections, isDurable: false);
        Assert.HasCount(2, await index.FindAsync([stored, Path.GetFileNameWithoutExtension(whole)], CancellationToken.None));
    }

    [TestMethod]
    public async Task ANodeThatTheDatabaseIsLostTo_RefusesAndIsNotReady_TheOthersGoOn_AndReportWhatItTook()
    {
        using var way = new Proxy(_database.Port);
        var http = ArchiveProgram.FreePort();
        await using var one = await StartAsync("--http", $"{http}", "--database", _database.ConnectionString.Replace($"Port={_database.Port}", $"Port={way.Port}", StringComparison.Ordinal));
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
        Assert.IsTrue((await client.GetAsync("/health/ready")).IsSuccessStatusCode);
        var uid = await StoreAsync(one.Port) ?? throw new AssertFailedException(one.Output);
        var isTold = new TaskCompletionSource();
        _committer.BeforeAnswer = () => isTold.Task;
        var transaction = Images.NewUid();
        Assert.AreEqual(StorageCommitmentNActionStatus.Success, await _committer.AskAsync(one.Port, transaction, [uid], TimeSpan.Zero, CancellationToken.None));

        way.Cut();
        isTold.SetResult();
        await using var two = await StartAsync("--database", _database.ConnectionString);
        await using var three = await StartAsync("--database", _database.ConnectionString);
        Assert.IsNull(await StoreAsync(one.Port));
        Assert.AreEqual(StorageCommitmentNActionStatus.ProcessingFailure, await _committer.AskAsync(one.Port, Images.NewUid(), [uid], TimeSpan.Zero, CancellationToken.None));
        Assert.IsFalse((await client.GetAsync("/health/ready")).IsSuccessStatusCode);
        Assert.IsTrue((await client.GetAsync("/health/live")).IsSuccessStatusCode);
        Assert.IsNotNull(await StoreAsync(two.Port));
        Assert.IsNotNull(await StoreAsync(three.Port));
        await UntilAsync(() => _committer.Reports.ContainsKey(transaction), 150);

        way.Mend();
        string? stored = null;
        await UntilAsync(() => (stored = StoreAsync(one.Port).GetAwaiter().GetResult()) is not null, 60);

        // The outbox looks again after a pause of up to half a minute.
        await UntilAsync(() => client.GetAsync("/health/ready").GetAwaiter().GetResult().IsSuccessStatusCode, 60);
        await UntilNothingIsOwedAsync(150);
        Assert.IsTrue(_committer.Reports[transaction].All(r => r.ReferencedSopSequence.Single().ReferencedSopInstanceUid == uid));
    }

    /// <summary>Has a node report to a peer that does not answer for now; how many reports the peer has then, and what lets it answer.</summary>
    private async Task<(string Transaction, int Reports, TaskCompletionSource Answered)> ReportWithoutAnswerAsync(ArchiveProgram node)
    {
        var uid = await StoreAsync(node.Port) ?? throw new AssertFailedException(node.Output);
        var answered = new TaskCompletionSource();
        _committer.BeforeAnswer = () => answered.Task;
        var transaction = Images.NewUid();
        Assert.AreEqual(StorageCommitmentNActionStatus.Success, await _committer.AskAsync(node.Port, transaction, [uid], TimeSpan.Zero, CancellationToken.None));
        await UntilAsync(() => _committer.Reports.ContainsKey(transaction), 60);

        // The first may have come over the association of the request, which was over before it was answered; then a second came at once.
        await Task.Delay(TimeSpan.FromSeconds(2));
        return (transaction, _committer.Reports[transaction].Count, answered);
    }

    private async Task UntilNothingIsOwedAsync(int seconds)
    {
        await using var store = new PostgreSqlCommitmentStore(_database.ConnectionString);
        await UntilAsync(() => store.CountAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult().Waiting == 0, seconds);
    }

    private static async Task UntilAsync(Func<bool> condition, int seconds)
    {
        for (var waited = Stopwatch.StartNew(); !condition(); await Task.Delay(200))
        {
            Assert.IsLessThan(seconds, waited.Elapsed.TotalSeconds);
        }
    }

    private Task<ArchiveProgram> StartAsync(params string[] options) => ArchiveProgram.StartAsync(
        _folder["archive"], ["--peer", _committer.Address, .. options, .. options.Contains("--database") ? Array.Empty<string>() : ["--database", _database.ConnectionString]]);

    /// <summary>A node whose clock is off.</summary>
    private async Task<ArchiveProgram> StartAtAsync(int minutes)
    {
        var library = Directory.GetDirectories("/usr/lib").Select(static folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
            ?? throw TestRun.Missing("faketime is not installed; run eng/install-peers.sh");
        var (port, http) = (ArchiveProgram.FreePort(), ArchiveProgram.FreePort());
        var node = ArchiveProgram.Launch(
            [
                "--folder", _folder["archive"], "--address", "127.0.0.1", "--port", $"{port}", "--http", $"{http}", "--peer", _committer.Address, "--database", _database.ConnectionString,
            ],
            port,
            before: ["env", $"LD_PRELOAD={library}", $"FAKETIME={minutes:+0;-0}m", "DONT_FAKE_MONOTONIC=1", "FAKETIME_DONT_FAKE_MONOTONIC=1", "NO_FAKE_STAT=1"]);
        await node.SaysAsync("Ready");
        using var client = new HttpClient();
        using var answer = await client.GetAsync($"http://127.0.0.1:{http}/health/live");
        Assert.AreEqual(minutes, (answer.Headers.Date!.Value - DateTimeOffset.UtcNow).TotalMinutes, delta: 1);
        return node;
    }

    /// <summary>The UID of an instance that was stored; null where it was refused with Out of Resources.</summary>
    private async Task<string?> StoreAsync(int port)
    {
        var file = Images.Write(_folder["sent"], Images.DataSet());
        await using var user = new StorageClient();
        var options = new ScuOptions("127.0.0.1", port) { CalledAE = "ARCHIVE", CallingAE = "NODES" };
        options.ProposeFor([file]);
        await user.ConnectAsync(options);
        var status = (await user.CStoreAsync(file)).Status;
        Assert.IsTrue(status == StorageCStoreStatus.Success || status.Definition() == StorageCStoreStatus.OutOfResources, $"{status}");
        return status == StorageCStoreStatus.Success ? Path.GetFileNameWithoutExtension(file) : null;
    }
}
