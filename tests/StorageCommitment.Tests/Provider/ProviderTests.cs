using FellowOakDicom;
using Specgen.Outbox;
using Specgen.Standard;
using Specgen.StorageCommitment.Tests.Stores;

namespace Specgen.StorageCommitment.Tests.Provider;

/// <summary>What peers get to see, over real associations.</summary>
[TestClass]
public sealed class ProviderTests
{
    private const string CT = SopClassUids.CTImageStorage;
    private TestDatabase.Sqlite _files = null!;

    [TestInitialize]
    public void Begin() => _files = new TestDatabase.Sqlite();

    [TestCleanup]
    public async Task End() => await _files.DisposeAsync();

    [TestMethod]
    public async Task TheReportFollowsOverTheSameAssociation()
    {
        await using var node = await StartAsync(static o => o.Depth = VerificationDepth.Checksum);
        node.Catalogue.Missing.Add("1.2.5");
        var modality = new Modality("MODALITY");
        await using var association = await modality.AssociateAsync(node);

        var good = Modality.NewTransaction();
        Assert.AreEqual(StorageCommitmentNActionStatus.Success, (await Modality.AskAsync(association, good, (CT, "1.2.03.4"))).Status);
        var report = await modality.ReportAsync();
        Assert.AreEqual((StorageCommitmentEvent.StorageCommitmentRequestSuccessful, good, association.Info.Id),
            (report.Type, report.TransactionUid, report.Association));
        CollectionAssert.AreEqual(new[] { "1.2.03.4" }, report.Committed.ToArray(), "A UID that the standard forbids and the archive stores.");

        await Modality.AskAsync(association, Modality.NewTransaction(), (CT, "1.2.4"), (CT, "1.2.5"));
        report = await modality.ReportAsync();
        Assert.AreEqual(StorageCommitmentEvent.StorageCommitmentRequestCompleteFailuresExist, report.Type);
        CollectionAssert.AreEqual(new[] { "1.2.4" }, report.Committed.ToArray());
        CollectionAssert.AreEqual(new[] { ("1.2.5", FailureReason.NoSuchObjectInstance) },
            report.Failed.Select(static f => (f.Item1!, f.Item2!.Value)).ToArray());
        Assert.AreEqual(VerificationDepth.Checksum, node.Catalogue.Depth);
        await node.SettleAsync();
    }

    [TestMethod]
    public async Task OfOneUidAtOnceExactlyOneIsCommittedTo()
    {
        const int Requests = 60;
        await using var node = await StartAsync();
        var modality = new Modality("MODALITY");
        var transaction = Modality.NewTransaction();
        var associations = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => modality.AssociateAsync(node)));

        var answers = await Task.WhenAll(Enumerable.Range(0, Requests).Select(i => Modality.AskAsync(associations[i % 6], transaction,
            (CT, "1.2.3"))));

        Assert.IsTrue(answers.All(static a => a.Status == StorageCommitmentNActionStatus.Success));
        var reports = new List<Report>();
        while (reports.Count < Requests)
        {
            reports.Add(await modality.ReportAsync());
        }

        Assert.AreEqual(1, reports.Count(static r => r.Type == StorageCommitmentEvent.StorageCommitmentRequestSuccessful));
        Assert.IsTrue(reports.Where(static r => r.Type != StorageCommitmentEvent.StorageCommitmentRequestSuccessful).All(static r => r.Failed.Single().Item2 == FailureReason.DuplicateTransactionUid));
        await node.SettleAsync();
        await Task.WhenAll(associations.Select(static a => a.DisposeAsync().AsTask()));
    }

    [TestMethod]
    public async Task TheReportComesOverANewAssociationWhenTheFirstIsGone()
    {
        await using var node = await StartAsync();
        var modality = new Modality("MODALITY");
        await using var home = await modality.ListenAsync();
        node.Knows(modality, home.Port);
        // Over the first association it may come, and is not answered: told twice is better than not at all.
        modality.BeforeAnswer = report => report.CallingAE == modality.AETitle ? Task.Delay(Timeout.Infinite) : Task.CompletedTask;
        var transaction = Modality.NewTransaction();

        Assert.AreEqual(StorageCommitmentNActionStatus.Success, (await modality.AskAndLeaveAsync(node, transaction, (CT, "1.2.3"))).Status);
        var report = await modality.ReportAsync();

        Assert.AreEqual((transaction, Node.AETitle), (report.TransactionUid, report.CallingAE));
        await node.SettleAsync();
    }

    [TestMethod]
    public async Task APeerThatListensElsewhereIsToldThereAtOnce()
    {
        await using var node = await StartAsync();
        var modality = new Modality("MODALITY");
        await using var home = await modality.ListenAsync();
        node.Knows(modality, home.Port, onNewAssociation: true);
        await using var association = await modality.AssociateAsync(node);

        await Modality.AskAsync(association, Modality.NewTransaction(), (CT, "1.2.3"));
        var report = await modality.ReportAsync();

        Assert.AreNotEqual(association.Info.Id, report.Association);
        Assert.AreEqual(Node.AETitle, report.CallingAE);
        await node.SettleAsync();
    }

    [TestMethod]
    public async Task AllThatIsDueForAPeerGoesOverOneAssociation()
    {
        var modality = new Modality("MODALITY");
        await using (var node = await StartAsync(static o => o.UnknownPeers = UnknownPeerPolicy.Wait))
        {
            // Nothing can be reported while the catalogue does not answer.
            node.Catalogue.Failure = new IOException("Not now.");
            for (var i = 0; i < 20; i++)
            {
                await modality.AskAndLeaveAsync(node, Modality.NewTransaction(), (CT, $"1.2.{i}"));
            }
        }

        await using var home = await modality.ListenAsync();
        await _files.AdvanceAsync(TimeSpan.FromMinutes(5));
        await using var next = await StartAsync(peers: new() { [modality.AETitle] = new DicomPeer("127.0.0.1", home.Port) });
        await next.SettleAsync();

        Assert.HasCount(20, modality.All);
        Assert.HasCount(1, modality.All.Select(static r => r.Association).Distinct().ToList(), string.Join('\n', next.Log.Lines));
    }

    [TestMethod]
    public async Task WhatIsOwedOutlivesTheProcess()
    {
        var modality = new Modality("MODALITY");
        var transaction = Modality.NewTransaction();
        await using (var home = await modality.ListenAsync())
        {
            await using var node = await StartAsync();
            modality.BeforeAnswer = static _ => Task.Delay(Timeout.Infinite);
            node.Knows(modality, home.Port);
            await modality.AskAndLeaveAsync(node, transaction, (CT, "1.2.3"));
        }

        modality.BeforeAnswer = static _ => Task.CompletedTask;
        await using var later = await modality.ListenAsync();
        await _files.AdvanceAsync(TimeSpan.FromMinutes(2));
        await using var next = await StartAsync(peers: new() { [modality.AETitle] = new DicomPeer("127.0.0.1", later.Port) });

        Assert.AreEqual(transaction, (await modality.ReportAsync()).TransactionUid);
        await next.SettleAsync();
    }

    [TestMethod]
    [DataRow(StorageCommitmentNEventReportStatus.ProcessingFailure, "1311")]
    [DataRow(StorageCommitmentNEventReportStatus.ResourceLimitation, "1311")]
    [DataRow(StorageCommitmentNEventReportStatus.InvalidArgumentValue, "1312")]
    [DataRow(StorageCommitmentNEventReportStatus.NoSuchSopClass, "1312")]
    public async Task AReportThatIsNotTakenIsSentAgain(StorageCommitmentNEventReportStatus answer, string logged)
    {
        await using var node = await StartAsync();
        var modality = new Modality("MODALITY") { Answer = count => count == 0 ? answer : StorageCommitmentNEventReportStatus.Success };
        await using var home = await modality.ListenAsync();
        node.Knows(modality, home.Port);
        await using var association = await modality.AssociateAsync(node);

        await Modality.AskAsync(association, Modality.NewTransaction(), (CT, "1.2.3"));
        var first = await modality.ReportAsync();
        Assert.IsTrue(await modality.HearsNothingAsync(TimeSpan.FromMilliseconds(500)), "Not before its time.");
        await _files.AdvanceAsync(TimeSpan.FromSeconds(10));
        var second = await modality.ReportAsync();

        Assert.AreEqual(first.TransactionUid, second.TransactionUid);
        Assert.IsTrue(node.Log.Lines.Any(l => l.Contains(logged, StringComparison.Ordinal)), string.Join('\n', node.Log.Lines));
        await node.SettleAsync();
        Assert.HasCount(2, modality.All);
    }

    [TestMethod]
    public async Task AReportThatIsNeverAnsweredHoldsUpNothingElse()
    {
        await using var node = await StartAsync(static o => o.Outbox.SendTimeout = TimeSpan.FromSeconds(2));
        var silent = new Modality("SILENT") { BeforeAnswer = static _ => Task.Delay(Timeout.Infinite) };
        var modality = new Modality("MODALITY");
        await using var silentHome = await silent.ListenAsync();
        await using var home = await modality.ListenAsync();
        node.Knows(silent, silentHome.Port, onNewAssociation: true);
        node.Knows(modality, home.Port, onNewAssociation: true);

        await silent.AskAndLeaveAsync(node, Modality.NewTransaction(), (CT, "1.2.3"));
        await modality.AskAndLeaveAsync(node, Modality.NewTransaction(), (CT, "1.2.3"));

        await modality.ReportAsync(10);
        await WaitForAsync(node, "not sent and answered within");
        silent.BeforeAnswer = static _ => Task.CompletedTask;
        await _files.AdvanceAsync(TimeSpan.FromSeconds(10));
        await silent.ReportAsync();
        await node.SettleAsync();
    }

    [TestMethod]
    public async Task StoppingWaitsForTheAnswerAndLeavesTheRestToOthers()
    {
        var modality = new Modality("MODALITY") { BeforeAnswer = static _ => Task.Delay(1000) };
        await using var home = await modality.ListenAsync();
        await using (var store = _files.Open())
        {
            for (var i = 0; i < 5; i++)
            {
                await store.EnqueueAsync(
                    new OutboxEntry(CommitmentReports.KindOfReports, modality.AETitle, SopReferences.Write([new("1.2", "1.3")]))
                    {
                        Key = $"1.{i}",
                        LocalAE = Node.AETitle
                    }, default);
            }
        }

        await using (var node = await StartAsync(peers: new() { [modality.AETitle] = new DicomPeer("127.0.0.1", home.Port) }))
        {
            while (modality.All.IsEmpty)
            {
                await Task.Delay(20);
            }

            await node.Provider.StopAsync();
        }

        // No time goes by: what was not begun is held by nobody.
        modality.BeforeAnswer = static _ => Task.CompletedTask;
        await using var next = await StartAsync(peers: new() { [modality.AETitle] = new DicomPeer("127.0.0.1", home.Port) });
        await next.SettleAsync();

        CollectionAssert.AreEqual(new[] { "1.0", "1.1", "1.2", "1.3", "1.4" }, modality.All.Select(static r => r.TransactionUid).ToArray(),
            "Each once.");
    }

    [TestMethod]
    public async Task ADamagedRecordHoldsUpNothingElse()
    {
        var modality = new Modality("MODALITY");
        await using var home = await modality.ListenAsync();
        await using (var store = _files.Open())
        {
            foreach (var (key, payload) in new[] { ("1.1", ""), ("1.2", "{\"half\":"), ("1.3", "[[\"1.2\",\"1.3\"]]") })
            {
                await store.EnqueueAsync(new OutboxEntry(CommitmentReports.KindOfReports, modality.AETitle,
                    System.Text.Encoding.UTF8.GetBytes(payload))
                { Key = key, LocalAE = Node.AETitle }, default);
            }
        }

        await using var node = await StartAsync(peers: new() { [modality.AETitle] = new DicomPeer("127.0.0.1", home.Port) });

        Assert.AreEqual("1.3", (await modality.ReportAsync()).TransactionUid);
        await node.SettleAsync();
        Assert.AreEqual(2, (await node.Provider.Outbox.CountAsync()).SetAside);
        CollectionAssert.AreEqual(new[] { "1.1", "1.2" }, (await node.Provider.Outbox.ListAsync(OutboxState.SetAside)).Select(static s => s.Key).ToArray());
    }

    [TestMethod]
    public async Task ACatalogueThatFailsIsAskedAgain()
    {
        await using var node = await StartAsync();
        node.Catalogue.Failure = new IOException("The disk is gone.");
        var modality = new Modality("MODALITY");
        await using var association = await modality.AssociateAsync(node);

        await Modality.AskAsync(association, Modality.NewTransaction(), (CT, "1.2.3"));
        await WaitForAsync(node, "The disk is gone.");
        Assert.IsEmpty(modality.All, "What is not known is not said.");
        node.Catalogue.Failure = null;
        await _files.AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.AreEqual(StorageCommitmentEvent.StorageCommitmentRequestSuccessful, (await modality.ReportAsync()).Type);
    }

    [TestMethod]
    public async Task InstancesThatArriveAreWaitedFor()
    {
        await using var node = await StartAsync(static o => o.Grace = TimeSpan.FromSeconds(20));
        node.Catalogue.Missing.Add("1.2.3");
        var modality = new Modality("MODALITY");
        await using var association = await modality.AssociateAsync(node);

        await Modality.AskAsync(association, Modality.NewTransaction(), (CT, "1.2.3"));
        Assert.IsTrue(await modality.HearsNothingAsync(TimeSpan.FromSeconds(1)));
        lock (node.Catalogue.Missing)
        {
            node.Catalogue.Missing.Clear();
        }

        Assert.AreEqual(StorageCommitmentEvent.StorageCommitmentRequestSuccessful, (await modality.ReportAsync()).Type);
        await node.SettleAsync();
    }

    [TestMethod]
    public async Task InstancesThatDoNotArriveAreReportedWhenTheTimeIsOver()
    {
        await using var node = await StartAsync(static o => o.Grace = TimeSpan.FromSeconds(20));
        node.Catalogue.Missing.Add("1.2.3");
        var modality = new Modality("MODALITY");
        await using var home = await modality.ListenAsync();
        node.Knows(modality, home.Port, onNewAssociation: true);
        await modality.AskAndLeaveAsync(node, Modality.NewTransaction(), (CT, "1.2.3"));
        Assert.IsTrue(await modality.HearsNothingAsync(TimeSpan.FromSeconds(1)));

        await _files.AdvanceAsync(TimeSpan.FromSeconds(21));

        Assert.AreEqual(StorageCommitmentEvent.StorageCommitmentRequestCompleteFailuresExist, (await modality.ReportAsync()).Type);
        await node.SettleAsync();
        Assert.AreEqual(0, (await node.Provider.Outbox.ListAsync(OutboxState.Done)).Single().Attempts, "Waiting is no attempt.");
    }

    [TestMethod]
    public async Task WhatNobodyTakesExpiresIsSeenAndRevived()
    {
        await using var node = await StartAsync(static o => o.Outbox.ExpiresAfter = TimeSpan.FromDays(7));
        var modality = new Modality("MODALITY");
        node.Knows(modality, 1, onNewAssociation: true);
        await modality.AskAndLeaveAsync(node, Modality.NewTransaction(), (CT, "1.2.3"));
        await WaitForAsync(node, " 1311 ");
        await node.Provider.StopAsync();

        await _files.AdvanceAsync(TimeSpan.FromDays(7));
        await using var home = await modality.ListenAsync();
        await using var next = await StartAsync(peers: new() { [modality.AETitle] = new DicomPeer("127.0.0.1", home.Port) });
        await WaitForAsync(next, " 1301 ");
        Assert.AreEqual(new OutboxCounts(0, 1, 0, TimeSpan.Zero), await next.Provider.Outbox.CountAsync());
        Assert.IsNotNull((await next.Provider.Outbox.ListAsync(OutboxState.Expired)).Single().Problem);
        Assert.IsEmpty(modality.All);

        Assert.AreEqual(1, await next.Provider.Outbox.ReviveAsync());
        await modality.ReportAsync();
        await next.SettleAsync();
    }

    [TestMethod]
    [DataRow(UnknownPeerPolicy.Refuse, 0x0110)]
    [DataRow(UnknownPeerPolicy.RefuseUnlessConnected, 0)]
    [DataRow(UnknownPeerPolicy.Wait, 0)]
    public async Task APeerWithoutAnAddress(UnknownPeerPolicy policy, int status)
    {
        await using var node = await StartAsync(o => o.UnknownPeers = policy);
        var modality = new Modality("MODALITY");
        await using var association = await modality.AssociateAsync(node);

        var answer = await Modality.AskAsync(association, Modality.NewTransaction(), (CT, "1.2.3"));

        Assert.AreEqual(status, answer.Code);
        Assert.AreEqual(status != 0, answer.ErrorComment is not null);
        if (status == 0)
        {
            await modality.ReportAsync();
            await node.SettleAsync();
        }
        else
        {
            Assert.AreEqual(0, (await node.Provider.Outbox.CountAsync()).Waiting);
        }
    }

    [TestMethod]
    public async Task APeerWithoutAnAddressIsToldOverItsNextAssociation()
    {
        await using var node = await StartAsync(static o => o.UnknownPeers = UnknownPeerPolicy.Wait);
        node.Catalogue.Failure = new IOException("Not now.");
        var modality = new Modality("MODALITY");
        var transaction = Modality.NewTransaction();
        await modality.AskAndLeaveAsync(node, transaction, (CT, "1.2.3"));
        await WaitForAsync(node, "Not now.");
        node.Catalogue.Failure = null;

        await using var association = await modality.AssociateAsync(node);

        var report = await modality.ReportAsync();
        Assert.AreEqual((transaction, association.Info.Id), (report.TransactionUid, report.Association));
        await node.SettleAsync();
    }

    [TestMethod]
    public async Task AnAddressThatBecomesKnownIsUsed()
    {
        await using var node = await StartAsync(static o => o.UnknownPeers = UnknownPeerPolicy.Wait);
        var modality = new Modality("MODALITY") { BeforeAnswer = static _ => Task.Delay(Timeout.Infinite) };
        await modality.AskAndLeaveAsync(node, Modality.NewTransaction(), (CT, "1.2.3"));
        await WaitForAsync(node, "there is no address");
        modality.BeforeAnswer = static _ => Task.CompletedTask;

        await using var home = await modality.ListenAsync();
        node.Knows(modality, home.Port);
        await _files.AdvanceAsync(TimeSpan.FromSeconds(10));

        await modality.ReportAsync();
        await node.SettleAsync();
    }

    [TestMethod]
    public async Task ARequestThatCannotBeKeptIsRefused()
    {
        var store = _files.Open();
        await using var node = await Node.StartAsync(store);
        await store.InitializeAsync(default);
        await _files.ExecuteAsync("DROP TABLE specgen_outbox_payload");
        var modality = new Modality("MODALITY");
        await using var association = await modality.AssociateAsync(node);

        var answer = await Modality.AskAsync(association, Modality.NewTransaction(), (CT, "1.2.3"));

        Assert.AreEqual(StorageCommitmentNActionStatus.ProcessingFailure, answer.Status);
        Assert.AreEqual("The request cannot be kept now", answer.ErrorComment);
        Assert.AreEqual(0, (await node.Provider.Outbox.CountAsync()).Waiting, "All of it or nothing.");
    }

    [TestMethod]
    public async Task ARequestThatIsTooLargeIsAnswered()
    {
        await using var node = await StartAsync(static o => o.MaxReferences = 100);
        var modality = new Modality("MODALITY");
        await using var association = await modality.AssociateAsync(node);

        var answer = await Modality.AskAsync(association, Modality.NewTransaction(), Enumerable.Range(0, 101).Select(static i => (CT, $"1.2.{i}")));

        Assert.AreEqual(StorageCommitmentNActionStatus.ResourceLimitation, answer.Status);
        Assert.IsTrue(association.IsOpen);
    }

    [TestMethod]
    [DataRow(10_000)]
    [DataRow(100_000)]
    public async Task ManyReferences(int count)
    {
        await using var node = await StartAsync();
        node.Catalogue.Missing.Add("1.2.826.0.1.3680043.10.1467.7.5");
        var modality = new Modality("MODALITY");
        await using var association = await modality.AssociateAsync(node);

        var answer = await Modality.AskAsync(association, Modality.NewTransaction(),
            Enumerable.Range(0, count).Select(static i => (CT, $"1.2.826.0.1.3680043.10.1467.7.{i}")));

        Assert.AreEqual(StorageCommitmentNActionStatus.Success, answer.Status, $"{answer}");
        var report = await modality.ReportAsync(60);
        Assert.HasCount(count - 1, report.Committed);
        Assert.HasCount(1, report.Failed);
        await node.SettleAsync();
    }

    [TestMethod]
    public async Task HealthSaysWhenTheStoreIsGone()
    {
        var store = _files.Open();
        await using var node = await Node.StartAsync(store);
        await node.SettleAsync();
        Assert.IsTrue(node.Provider.Outbox.Health.IsHealthy);
        await _files.ExecuteAsync("ALTER TABLE specgen_outbox RENAME TO gone");

        for (var i = 0; node.Provider.Outbox.Health.IsHealthy; i++)
        {
            Assert.IsLessThan(100, i);
            await Task.Delay(100);
        }

        StringAssert.Contains(node.Provider.Outbox.Health.Problem, "specgen_outbox");
        await _files.ExecuteAsync("ALTER TABLE gone RENAME TO specgen_outbox");
        for (var i = 0; !node.Provider.Outbox.Health.IsHealthy; i++)
        {
            Assert.IsLessThan(100, i);
            await Task.Delay(100);
        }
    }

    private async Task<Node> StartAsync(
        Action<StorageCommitmentOptions>? configure = null, System.Collections.Concurrent.ConcurrentDictionary<string, DicomPeer>? peers = null) =>
        await Node.StartAsync(_files.Open(), configure, peers);

    private static async Task WaitForAsync(Node node, string logged)
    {
        for (var i = 0; !node.Log.Lines.Any(l => l.Contains(logged, StringComparison.Ordinal)); i++)
        {
            Assert.IsLessThan(200, i, string.Join('\n', node.Log.Lines));
            await Task.Delay(100);
        }
    }
}
