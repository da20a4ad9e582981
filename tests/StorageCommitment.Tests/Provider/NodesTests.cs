using System.Collections.Concurrent;
using Specgen.Outbox;
using Specgen.Standard;
using Specgen.StorageCommitment.Tests.Stores;

namespace Specgen.StorageCommitment.Tests.Provider;

/// <summary>Several nodes on one database, and what befalls one of them.</summary>
[TestClass]
public sealed class NodesTests
{
    private static readonly (string, string)[] s_instance = [(SopClassUids.CTImageStorage, "1.2.3")];
    private readonly ConcurrentDictionary<string, DicomPeer> _peers = new(StringComparer.Ordinal);
    private TestDatabase _database = null!;

    [TestInitialize]
    public async Task Begin() => _database = await TestDatabase.CreateAsync(isPostgreSql: true);

    [TestCleanup]
    public async Task End()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    [TestMethod]
    public async Task AnyNodeSendsWhatAnotherHasTaken()
    {
        await using var first = await StartAsync();
        var modality = new Modality("MODALITY");
        await using var home = await modality.ListenAsync();
        first.Catalogue.Failure = new IOException("This node cannot look.");
        await using var second = await StartAsync();
        first.Knows(modality, home.Port, onNewAssociation: true);
        var transactions = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            transactions.Add(Modality.NewTransaction());
            await modality.AskAndLeaveAsync(first, transactions[i], s_instance);
        }

        for (var i = 0; modality.All.Select(static r => r.TransactionUid).Distinct().Count() < 30; i++)
        {
            Assert.IsLessThan(200, i, $"{modality.All.Count} of 30\n{string.Join('\n', second.Log.Lines)}");
            await Task.Delay(50);
            await _database.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        CollectionAssert.AreEquivalent(transactions, modality.All.Select(static r => r.TransactionUid).Distinct().ToList());
    }

    [TestMethod]
    public async Task APeerWithoutAnAddressIsToldByTheNodeThatItIsConnectedTo()
    {
        var modality = new Modality("MODALITY");
        var transaction = Modality.NewTransaction();
        await using var first = await StartAsync();
        first.Catalogue.Failure = new IOException("Not now.");
        var association = await modality.AssociateAsync(first);
        await Modality.AskAsync(association, transaction, s_instance);
        for (var i = 0; first.Catalogue.Asked == 0; i++)
        {
            Assert.IsLessThan(200, i);
            await Task.Delay(50);
        }

        await association.DisposeAsync();
        first.Catalogue.Failure = null;
        await using var second = await StartAsync();
        await using var third = await StartAsync();

        await using var next = await modality.AssociateAsync(second);

        var report = await modality.ReportAsync();
        Assert.AreEqual((transaction, next.Info.Id), (report.TransactionUid, report.Association));
        await second.SettleAsync();
    }

    [TestMethod]
    public async Task ThreeNodesTakeAUidOnce()
    {
        var nodes = new[] { await StartAsync(), await StartAsync(), await StartAsync() };
        var modality = new Modality("MODALITY");
        var transaction = Modality.NewTransaction();
        var associations = await Task.WhenAll(nodes.Select(modality.AssociateAsync));

        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Modality.AskAsync(associations[i % 3], transaction, s_instance)));

        Assert.IsTrue(answers.All(static a => a.Code == 0));
        for (var i = 0; i < 300; i++)
        {
            await modality.ReportAsync(30);
        }

        Assert.AreEqual(1, modality.All.Count(static r => r.Type == StorageCommitmentEvent.StorageCommitmentRequestSuccessful));
        await nodes[0].SettleAsync();
        await Task.WhenAll(associations.Select(static a => a.DisposeAsync().AsTask()));
        await Task.WhenAll(nodes.Select(static n => n.DisposeAsync().AsTask()));
    }

    [TestMethod]
    public async Task ANodeThatDiesBetweenSendingAndNotingHasItSentOnceMore()
    {
        var modality = new Modality("MODALITY");
        await using var home = await modality.ListenAsync();
        _peers["MODALITY"] = new DicomPeer("127.0.0.1", home.Port) { NotifyOnNewAssociation = true };
        var dying = new UnsteadyStore(_database.Open());
        await using (var first = await Node.StartAsync(dying, peers: _peers))
        {
            dying.Dies = UnsteadyStore.Moment.BeforeNoting;
            await modality.AskAndLeaveAsync(first, Modality.NewTransaction(), s_instance);
            await modality.ReportAsync();
        }

        await using var second = await StartAsync();
        Assert.IsTrue(await modality.HearsNothingAsync(TimeSpan.FromSeconds(2)), "Its lease has not ended.");
        await _database.AdvanceAsync(TimeSpan.FromMinutes(1));
        await modality.ReportAsync();
        await second.SettleAsync();

        Assert.HasCount(2, modality.All);
    }

    [TestMethod]
    public async Task ANodeThatHangsPastItsLeaseLeavesTheRestToOthers()
    {
        var modality = new Modality("MODALITY");
        await using var home = await modality.ListenAsync();
        var transactions = Enumerable.Range(0, 5).Select(static _ => Modality.NewTransaction()).ToList();
        await using (var store = _database.Open())
        {
            foreach (var transaction in transactions)
            {
                await store.EnqueueAsync(new OutboxEntry(CommitmentReports.KindOfReports, "MODALITY",
                    SopReferences.Write([new("1.2", "1.3")]))
                { Key = transaction, LocalAE = Node.AETitle }, default);
            }
        }

        _peers["MODALITY"] = new DicomPeer("127.0.0.1", home.Port);
        var hanging = new TaskCompletionSource();
        var store1 = new UnsteadyStore(_database.Open()) { Hangs = hanging.Task };
        await using var first = await Node.StartAsync(store1, static o => o.Outbox.Lease = TimeSpan.FromSeconds(3), _peers);
        while (store1.Loads == 0)
        {
            await Task.Delay(20);
        }

        // Everything of this node stands still, its renewing as well; the database's time goes on.
        await Task.Delay(TimeSpan.FromSeconds(3.5));
        await _database.AdvanceAsync(TimeSpan.FromSeconds(4));
        await using var second = await StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await modality.ReportAsync();
        }

        await second.SettleAsync();
        hanging.SetResult();
        await Task.Delay(1500);

        Assert.IsLessThanOrEqualTo(6, modality.All.Count, "The one that it was about to send, at most, comes twice.");
        CollectionAssert.AreEquivalent(transactions, modality.All.Select(static r => r.TransactionUid).Distinct().ToList());
        Assert.AreEqual(0, (await second.Provider.Outbox.CountAsync()).Waiting);
    }

    [TestMethod]
    [DataRow(10)]
    [DataRow(-10)]
    public async Task ANodeWhoseClockIsOffDoesAsTheOthers(int minutes)
    {
        var modality = new Modality("MODALITY")
        {
            Answer = static count => count == 0 ? StorageCommitmentNEventReportStatus.ProcessingFailure
            : StorageCommitmentNEventReportStatus.Success
        };
        await using var home = await modality.ListenAsync();
        _peers["MODALITY"] = new DicomPeer("127.0.0.1", home.Port) { NotifyOnNewAssociation = true };
        await using var node = await Node.StartAsync(_database.Open(),
            o => (o.TimeProvider, o.Outbox.FirstRetry, o.Outbox.LongestRetry) = (new ClockOff(TimeSpan.FromMinutes(minutes)),
            TimeSpan.FromSeconds(30), TimeSpan.FromHours(1)), _peers);
        await modality.AskAndLeaveAsync(node, Modality.NewTransaction(), s_instance);
        await modality.ReportAsync();

        Assert.IsTrue(await modality.HearsNothingAsync(TimeSpan.FromSeconds(1)), "Not before 30 s by the database's clock.");
        var due = (await node.Provider.Outbox.ListAsync(OutboxState.Waiting)).Single();
        Assert.IsTrue(due.Due - due.Created < TimeSpan.FromSeconds(40), $"{due}");
        await _database.AdvanceAsync(TimeSpan.FromSeconds(40));
        await modality.ReportAsync();
        await node.SettleAsync();
    }

    [TestMethod]
    public async Task ANodeThatTheDatabaseIsLostToRefusesAndIsUnhealthyAndGoesOn()
    {
        var store = new UnsteadyStore(_database.Open());
        await using var node = await Node.StartAsync(store, peers: _peers);
        await using var other = await StartAsync();
        var modality = new Modality("MODALITY");
        await using var home = await modality.ListenAsync();
        node.Knows(modality, home.Port);
        await using (var association = await modality.AssociateAsync(node))
        {
            store.Dies = UnsteadyStore.Moment.Always;
            Assert.AreEqual(StorageCommitmentNActionStatus.ProcessingFailure,
                (await Modality.AskAsync(association, Modality.NewTransaction(), s_instance)).Status);
        }

        for (var i = 0; node.Provider.Outbox.Health.IsHealthy; i++)
        {
            Assert.IsLessThan(200, i);
            await Task.Delay(50);
        }

        await modality.AskAndLeaveAsync(other, Modality.NewTransaction(), s_instance);
        await modality.ReportAsync();
        store.Dies = UnsteadyStore.Moment.Never;
        await using var again = await modality.AssociateAsync(node);
        Assert.AreEqual(StorageCommitmentNActionStatus.Success, (await Modality.AskAsync(again, Modality.NewTransaction(), s_instance)).Status);
        await modality.ReportAsync();
        for (var i = 0; !node.Provider.Outbox.Health.IsHealthy; i++)
        {
            Assert.IsLessThan(200, i);
            await Task.Delay(100);
        }
    }

    private async Task<Node> StartAsync() => await Node.StartAsync(_database.Open(), peers: _peers);

    private sealed class ClockOff(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
