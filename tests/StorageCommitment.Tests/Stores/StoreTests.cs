using System.Text;
using Specgen.Outbox;
using Specgen.Standard;

namespace Specgen.StorageCommitment.Tests.Stores;

/// <summary>What every store has to do; the same for each.</summary>
public abstract class StoreTests
{
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_hold = TimeSpan.FromSeconds(30);
    private TestDatabase _database = null!;
    private ICommitmentStore _store = null!;

    protected abstract bool IsPostgreSql { get; }

    [TestInitialize]
    public async Task OpenAsync()
    {
        _database = await TestDatabase.CreateAsync(IsPostgreSql);
        _store = _database.Open();
    }

    [TestCleanup]
    public async Task CloseAsync()
    {
        if (_database is not null)
        {
            await _store.DisposeAsync();
            await _database.DisposeAsync();
        }
    }

    [TestMethod]
    public async Task WhatIsPutInComesOutWithItsPayload()
    {
        await _store.EnqueueAsync(new OutboxEntry("report", "PACS", "hello"u8.ToArray()) { LocalAE = "ME", Key = "1.2.3" }, default);
        await _database.AdvanceAsync(TimeSpan.FromSeconds(7));

        var message = (await ClaimAsync()).Single();

        Assert.AreEqual(("report", "PACS", "ME", "1.2.3", false, 0),
            (message.Kind, message.Peer, message.LocalAE, message.Key, message.IsRepeat, message.Attempts));
        Assert.AreEqual(TimeSpan.FromSeconds(7), message.Age);
        Assert.AreEqual("hello", Encoding.UTF8.GetString((await _store.LoadAsync(message, default))!));
    }

    [TestMethod]
    public async Task WhatIsHeldIsItsHoldersUntilTheTimeIsOver()
    {
        var held = await PutAsync("PACS", "1", s_hold);

        Assert.IsEmpty(await ClaimAsync());
        Assert.AreEqual(s_hold, await _store.NextDueAsync(default));
        await _database.AdvanceAsync(s_hold);

        var claimed = (await ClaimAsync()).Single();
        Assert.AreEqual(held.Id, claimed.Id);
        Assert.AreNotEqual(held.Lease, claimed.Lease);
    }

    [TestMethod]
    public async Task AHolderMayProlong()
    {
        var held = await PutAsync("PACS", "1", s_hold);
        await _database.AdvanceAsync(s_hold / 2);

        Assert.AreEqual(1, await _store.RenewAsync(held.Lease, s_hold, default));
        await _database.AdvanceAsync(s_hold * 0.75);

        Assert.IsEmpty(await ClaimAsync());
        await _database.AdvanceAsync(s_hold / 2);
        Assert.AreEqual(0, await _store.RenewAsync(held.Lease, s_hold, default), "What is lost is not taken back.");
        Assert.HasCount(1, await ClaimAsync());
    }

    [TestMethod]
    public async Task OfThreeHundredWithOneKeyAtOnceExactlyOneIsTheFirst()
    {
        var nodes = Enumerable.Range(0, 3).Select(_ => _database.Open()).ToList();

        var messages = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Task.Run(async () => await nodes[i % 3].EnqueueAsync(Entry("PACS",
            "1.2.3"), default))));

        Assert.AreEqual(1, messages.Count(static m => !m.IsRepeat));
        Assert.AreEqual(300, messages.Select(static m => m.Id).Distinct().Count());
        Assert.IsFalse((await PutAsync("OTHER", "1.2.3")).IsRepeat, "The key is the peer's.");
        await Task.WhenAll(nodes.Select(static n => n.DisposeAsync().AsTask()));
    }

    [TestMethod]
    public async Task AKeyStaysTakenWhenItIsDone()
    {
        await PutAsync("PACS", "1.2.3");
        await _store.CompleteAsync((await ClaimAsync()).Single(), default);

        Assert.IsTrue((await PutAsync("PACS", "1.2.3")).IsRepeat);
    }

    [TestMethod]
    public async Task OnePeerIsSentToByOneAtATime()
    {
        await PutAsync("A", "1");
        await PutAsync("A", "2");
        await PutAsync("B", "3");
        await using var other = _database.Open();

        var first = await ClaimAsync(limit: 1);
        var second = await ClaimAsync(other);
        var third = await ClaimAsync(other);

        Assert.AreEqual("A", first.Single().Peer);
        Assert.AreEqual("B", second.Single().Peer);
        Assert.IsEmpty(third, "The other message of A waits for who sends to A.");
        var next = await _store.ClaimAsync(new OutboxClaim(["report"], 10, s_lease) { Peer = "A", Continues = first[0].Lease }, default);
        Assert.AreEqual("2", next.Single().Key);
        Assert.AreEqual(first[0].Lease, next[0].Lease);
    }

    [TestMethod]
    public async Task ConcurrentClaimsNeverShareAMessageOrAPeer()
    {
        for (var i = 0; i < 60; i++)
        {
            await PutAsync($"PEER{i % 12}", $"{i}");
        }

        var nodes = Enumerable.Range(0, 3).Select(_ => _database.Open()).ToList();
        var claims = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Task.Run(async () => await ClaimAsync(nodes[i % 3], limit: 3))));

        var claimed = claims.Where(static c => c.Count > 0).ToList();
        Assert.HasCount(12, claimed);
        Assert.HasCount(12, claimed.Select(static c => c[0].Peer).Distinct().ToList());
        Assert.AreEqual(36, claimed.SelectMany(static c => c).Select(static m => m.Id).Distinct().Count());
        await Task.WhenAll(nodes.Select(static n => n.DisposeAsync().AsTask()));
    }

    [TestMethod]
    public async Task ALeaseThatEndsLeavesTheMessageToOthers()
    {
        await PutAsync("PACS", "1");
        var lost = (await ClaimAsync()).Single();
        await _database.AdvanceAsync(s_lease);
        await using var other = _database.Open();
        var taken = (await ClaimAsync(other)).Single();

        await _store.RetryAsync([new OutboxRetry(lost, TimeSpan.FromDays(1), "too late")], default);
        await _store.SetAsideAsync(lost, "too late", default);

        Assert.AreEqual(1, await other.RenewAsync(taken.Lease, s_lease, default), "Who lost the lease changes nothing any more.");
        await _store.CompleteAsync(lost, default);
        Assert.AreEqual(0, (await _store.CountAsync(default)).Waiting, "But what was sent was sent.");
        Assert.IsNull(await _store.LoadAsync(taken, default));
    }

    [TestMethod]
    public async Task ARetryIsDueLaterAndCounts()
    {
        await PutAsync("PACS", "1");
        await PutAsync("PACS", "2");
        var messages = await ClaimAsync();

        await _store.RetryAsync([new OutboxRetry(messages[0], TimeSpan.FromSeconds(30), "no answer", 0x0110),
            new OutboxRetry(messages[1], TimeSpan.FromSeconds(10), Counts: false)], default);

        Assert.IsEmpty(await ClaimAsync());
        Assert.AreEqual(TimeSpan.FromSeconds(10), await _store.NextDueAsync(default));
        var summary = (await _store.ListAsync(OutboxState.Waiting, 10, default))[0];
        Assert.AreEqual(("no answer", (ushort?)0x0110, 1), (summary.Problem, summary.Status, summary.Attempts));
        await _database.AdvanceAsync(TimeSpan.FromSeconds(30));
        CollectionAssert.AreEqual(new[] { "2", "1" }, (await ClaimAsync()).Select(static m => m.Key).ToArray(),
            "Those that were tried less often come first.");
    }

    [TestMethod]
    public async Task WhatWaitsTooLongExpiresAndIsRevived()
    {
        await _store.EnqueueAsync(Entry("PACS", "1") with { ExpiresAfter = TimeSpan.FromDays(7) }, default);
        await _store.EnqueueAsync(Entry("PACS", "2") with { ExpiresAfter = TimeSpan.FromDays(8) }, default);
        Assert.IsEmpty(await _store.ExpireAsync(default));

        await _database.AdvanceAsync(TimeSpan.FromDays(7));
        var expired = (await _store.ExpireAsync(default)).Single();

        Assert.AreEqual(("1", OutboxState.Expired), (expired.Key, expired.State));
        Assert.AreEqual(new OutboxCounts(1, 1, 0, TimeSpan.FromDays(7)), await _store.CountAsync(default));
        Assert.AreEqual("1", (await _store.ListAsync(OutboxState.Expired, 10, default)).Single().Key);
        Assert.AreEqual("2", (await ClaimAsync()).Single().Key);
        Assert.AreEqual(1, await _store.ReviveAsync(null, TimeSpan.FromDays(7), default));
        Assert.IsEmpty(await _store.ExpireAsync(default));
        await _database.AdvanceAsync(s_lease);
        CollectionAssert.AreEquivalent(new[] { "1", "2" }, (await ClaimAsync()).Select(static m => m.Key).ToArray());
    }

    [TestMethod]
    public async Task WhatIsSetAsideIsSeenAndRevivedByItsNumber()
    {
        await PutAsync("PACS", "1");
        await PutAsync("PACS", "2");
        var messages = await ClaimAsync();
        foreach (var message in messages)
        {
            await _store.SetAsideAsync(message, "it's \"bad\"; DROP TABLE", default);
        }

        Assert.AreEqual(2, (await _store.CountAsync(default)).SetAside);
        Assert.AreEqual("it's \"bad\"; DROP TABLE", (await _store.ListAsync(OutboxState.SetAside, 1, default)).Single().Problem);
        Assert.AreEqual(1, await _store.ReviveAsync(messages[1].Id, TimeSpan.FromDays(7), default));
        Assert.AreEqual("2", (await ClaimAsync()).Single().Key);
    }

    [TestMethod]
    public async Task WhatWasDoneLongAgoIsForgotten()
    {
        await PutAsync("PACS", "1");
        await PutAsync("PACS", "2");
        var messages = await ClaimAsync(limit: 1);
        await _store.CompleteAsync(messages[0], default);

        Assert.AreEqual(0, await _store.PruneAsync(TimeSpan.FromDays(90), default));
        await _database.AdvanceAsync(TimeSpan.FromDays(90));
        Assert.AreEqual(1, await _store.PruneAsync(TimeSpan.FromDays(90), default));

        Assert.AreEqual(1, (await _store.CountAsync(default)).Waiting, "What is owed is never forgotten.");
        Assert.IsFalse((await PutAsync("PACS", "1")).IsRepeat);
    }

    [TestMethod]
    public async Task APeerThatIsThereIsSentToAtOnce()
    {
        await PutAsync("PACS", "1");
        await PutAsync("PACS", "2");
        await PutAsync("OTHER", "3");
        await _store.RetryAsync([.. (await ClaimAsync()).Concat(await ClaimAsync()).Select(static m => new OutboxRetry(m, TimeSpan.FromHours(1)))],
            default);
        Assert.IsEmpty(await ClaimAsync());

        Assert.AreEqual(2, await _store.HastenAsync("PACS", default));

        CollectionAssert.AreEqual(new[] { "1", "2" }, (await ClaimAsync()).Select(static m => m.Key).ToArray());
    }

    [TestMethod]
    public async Task WhetherSomethingWaitsForAPeer()
    {
        Assert.IsFalse(await _store.IsWaitedForAsync("PACS", default));
        await _store.EnqueueAsync(Entry("PACS", "1") with { HeldFor = s_lease }, default);
        Assert.IsFalse(await _store.IsWaitedForAsync("PACS", default), "It is its holder's.");
        await PutAsync("PACS", "2");
        Assert.IsTrue(await _store.IsWaitedForAsync("PACS", default));
        Assert.IsFalse(await _store.IsWaitedForAsync("OTHER", default));

        var claimed = await ClaimAsync();
        Assert.IsTrue(await _store.IsWaitedForAsync("PACS", default), "Who sends it may not have the way.");
        foreach (var message in claimed)
        {
            await _store.CompleteAsync(message, default);
        }
        Assert.IsFalse(await _store.IsWaitedForAsync("PACS", default));
    }

    [TestMethod]
    public async Task OnlyKindsThatCanBeSentAreClaimed()
    {
        await _store.EnqueueAsync(Entry("PACS", "1") with { Kind = "other" }, default);

        Assert.IsEmpty(await ClaimAsync());
        Assert.HasCount(1, await _store.ClaimAsync(new OutboxClaim(["report", "other"], 10, s_lease), default));
    }

    [TestMethod]
    [DataRow(10_000)]
    [DataRow(100_000)]
    public async Task ManyReferencesAreOneParameter(int count)
    {
        var references = Enumerable.Range(0, count).Select(static i => new SopReference("1.2.840.10008.5.1.4.1.1.2",
            $"1.2.826.0.1.3680043.10.1467.7.99.{i}")).ToList();
        await _store.EnqueueAsync(new OutboxEntry("report", "PACS", SopReferences.Write(references)), default);

        var message = (await ClaimAsync()).Single();

        CollectionAssert.AreEqual(references, SopReferences.Read(await _store.LoadAsync(message, default)).ToList());
    }

    [TestMethod]
    public async Task ANewerSchemaIsRefusedInWords()
    {
        await _store.InitializeAsync(default);
        await _database.ExecuteAsync("UPDATE specgen_commitment_schema SET version = 99");
        await using var next = _database.Open();

        var e = await Assert.ThrowsExactlyAsync<StoreSchemaException>(async () => await next.InitializeAsync(default));

        StringAssert.Contains(e.Message, "version 99");
        await _database.ExecuteAsync("UPDATE specgen_commitment_schema SET version = 1");
        await next.InitializeAsync(default);
    }

    [TestMethod]
    public async Task ManyNodesMakeTheSchemaAtOnce()
    {
        var nodes = Enumerable.Range(0, 8).Select(_ => _database.Open()).ToList();

        await Task.WhenAll(nodes.Select(n => Task.Run(async () => await n.InitializeAsync(default))));

        await PutAsync("PACS", "1");
        await Task.WhenAll(nodes.Select(static n => n.DisposeAsync().AsTask()));
    }

    [TestMethod]
    public async Task WhoWaitsHearsOfWhatIsDue()
    {
        await _store.InitializeAsync(default);
        await using var other = _database.Open();
        // PostgreSQL tells other nodes; SQLite's store tells who shares it.
        var listener = IsPostgreSql ? other : _store;
        await listener.WaitAsync(TimeSpan.FromSeconds(2), TimeProvider.System, default);

        var waiting = listener.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, default).AsTask();
        await PutAsync("PACS", "1");

        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [TestMethod]
    public async Task ARequestOfOursIsKeptWithItsReport()
    {
        var a = new SopReference("1.2", "1.2.03.4");
        var b = new SopReference("1.2", "1.2.5");
        await _store.AddRequestAsync(new RequestedCommitment("1.9.1", "PACS", [a, b]), default);
        Assert.AreEqual("1.9.1", (await _store.OpenRequestsAsync(10, default)).Single().TransactionUid);

        Assert.IsTrue(await _store.UpdateRequestAsync("1.9.1", RequestState.Reported, null,
            [new FailedReference(b, FailureReason.NoSuchObjectInstance)], default));
        Assert.IsFalse(await _store.UpdateRequestAsync("1.9.1", RequestState.Accepted, 0, null, default),
            "An answer that comes after the report changes nothing.");
        Assert.IsFalse(await _store.UpdateRequestAsync("1.9.1", RequestState.Reported, null, [], default), "The first report counts.");

        await using var next = _database.Open();
        var request = (await next.FindRequestAsync("1.9.1", default))!;
        Assert.AreEqual(RequestState.Reported, request.State);
        CollectionAssert.AreEqual(new[] { a, b }, request.References.ToArray());
        Assert.AreEqual(new FailedReference(b, FailureReason.NoSuchObjectInstance), request.Failures.Single());
        Assert.IsEmpty(await _store.OpenRequestsAsync(10, default));
        Assert.IsNull(await _store.FindRequestAsync("1.9.2", default));
    }

    [TestMethod]
    public async Task RequestsOfOursInWhichNothingChangesAreForgotten()
    {
        await _store.AddRequestAsync(new RequestedCommitment("1.9.1", "PACS", [new SopReference("1.2", "1.2.3")]), default);
        await _store.AddRequestAsync(new RequestedCommitment("1.9.2", "PACS", [new SopReference("1.2", "1.2.3")]), default);
        await _database.AdvanceAsync(TimeSpan.FromDays(60));
        await _store.UpdateRequestAsync("1.9.2", RequestState.Reported, null, [], default);
        Assert.AreEqual(0, await _store.PruneRequestsAsync(TimeSpan.FromDays(90), default));
        await _database.AdvanceAsync(TimeSpan.FromDays(30));

        Assert.AreEqual(1, await _store.PruneRequestsAsync(TimeSpan.FromDays(90), default));

        Assert.IsNull(await _store.FindRequestAsync("1.9.1", default));
        Assert.IsNotNull(await _store.FindRequestAsync("1.9.2", default));
    }

    private static OutboxEntry Entry(string peer, string key) => new("report", peer, "[]"u8.ToArray()) { Key = key };

    private async Task<OutboxMessage> PutAsync(string peer, string key, TimeSpan heldFor = default) =>
        await _store.EnqueueAsync(Entry(peer, key) with { HeldFor = heldFor }, default);

    private async Task<IReadOnlyList<OutboxMessage>> ClaimAsync(ICommitmentStore? store = null, int limit = 100) =>
        await (store ?? _store).ClaimAsync(new OutboxClaim(["report"], limit, s_lease), default);
}

[TestClass]
public sealed class SqliteStoreTests : StoreTests
{
    protected override bool IsPostgreSql => false;

    /// <summary>Until it is closed, all would seem well.</summary>
    [TestMethod]
    public async Task AFileThatIsTakenAwayIsMissed_AndTheNextBeginsAnew()
    {
        using var folder = new TestFolder();
        await using var store = new SqliteCommitmentStore(Path.Combine(folder.Path, "commitments.db"));
        await store.EnqueueAsync(new OutboxEntry("report", "PACS", "[]"u8.ToArray()) { Key = "1" }, default);
        foreach (var file in Directory.GetFiles(folder.Path))
        {
            File.Delete(file);
        }

        await Assert.ThrowsExactlyAsync<IOException>(async () => await store.EnqueueAsync(new OutboxEntry("report", "PACS", "[]"u8.ToArray()) { Key = "2" }, default));

        await store.EnqueueAsync(new OutboxEntry("report", "PACS", "[]"u8.ToArray()) { Key = "3" }, default);
        Assert.AreEqual("3", (await store.ClaimAsync(new OutboxClaim(["report"], 100, TimeSpan.FromSeconds(60)), default)).Single().Key);
    }

    private sealed class TestFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("specgen-commitment").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}

[TestClass]
public sealed class PostgreSqlStoreTests : StoreTests
{
    protected override bool IsPostgreSql => true;
}
