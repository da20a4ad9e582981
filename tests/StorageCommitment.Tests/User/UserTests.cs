using FellowOakDicom;
using Specgen.Standard;
using Specgen.StorageCommitment.Tests.Provider;
using Specgen.StorageCommitment.Tests.Stores;

namespace Specgen.StorageCommitment.Tests.User;

/// <summary>Reports as providers send them: early, twice, late, never, to the wrong one, here and there.</summary>
[TestClass]
public sealed class UserTests
{
    private static readonly SopReference[] s_instances = [new(SopClassUids.CTImageStorage, "1.2.03.4"), new(SopClassUids.CTImageStorage, "1.2.5")];
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);
    private TestDatabase _database = null!;
    private ICommitmentStore _store = null!;

    [TestInitialize]
    public void Begin()
    {
        _database = new TestDatabase.Sqlite();
        _store = _database.Open();
    }

    [TestCleanup]
    public async Task End()
    {
        await _store.DisposeAsync();
        await _database.DisposeAsync();
    }

    [TestMethod]
    public async Task ReportOverTheSameAssociation()
    {
        await using var scp = await ArchiveAsync(new ScriptedArchive { After = static (a, c) => c.AfterResponse(t => a.ReportAsync(c, c.Peer, t)) });
        await using var user = User(scp);

        var request = await user.RequestAsync(s_instances);
        Assert.IsTrue(request.State >= RequestState.Accepted);
        var result = await user.ResultAsync(request.TransactionUid, s_patience);

        Assert.IsTrue(result.IsCommitted);
        CollectionAssert.AreEqual(s_instances, result.References.ToArray());
    }

    [TestMethod]
    public async Task ReportBeforeTheAnswer()
    {
        var archive = new ScriptedArchive { Before = static (a, c) => a.ReportAsync(c, c.Peer, default) };
        await using var scp = await ArchiveAsync(archive);
        await using var user = User(scp);

        var request = await user.RequestAsync(s_instances);

        Assert.AreEqual(RequestState.Reported, request.State, "What the answer says does not undo what the report has said.");
        CollectionAssert.AreEqual(new ushort[] { 0 }, archive.Answers.ToArray());
    }

    [TestMethod]
    public async Task ReportTwice()
    {
        var archive = new ScriptedArchive
        {
            Before = static async (a, c) =>
            {
                await a.ReportAsync(c, c.Peer, default);
                await a.ReportAsync(c, c.Peer, default, fails: true);
            },
        };
        await using var scp = await ArchiveAsync(archive);
        await using var user = User(scp);

        var request = await user.RequestAsync(s_instances);

        CollectionAssert.AreEqual(new ushort[] { 0, 0 }, archive.Answers.ToArray());
        Assert.IsTrue((await user.FindAsync(request.TransactionUid))!.IsCommitted, "The first counts.");
    }

    [TestMethod]
    public async Task ReportOverAnAssociationOfTheProviders()
    {
        await using var user = new StorageCommitmentUser(_store, new ScuOptions("127.0.0.1", 1) { CallingAE = "MODALITY", CalledAE = "ARCHIVE" });
        await using var home = await DicomScp.StartAsync(new DicomScpOptions { Address = "127.0.0.1", Port = 0, AETitle = "MODALITY" }, user.Reports);
        var archive = new ScriptedArchive { After = static (a, c) => a.Owed = c };
        await using var scp = await ArchiveAsync(archive, o => o.Peers["MODALITY"] = new DicomPeer("127.0.0.1",
            home.Port)
        { NotifyOnNewAssociation = true });
        await using var asking = User(scp, static o => o.ReportTime = TimeSpan.Zero);

        var request = await asking.RequestAsync(s_instances);
        await archive.ReportAsync(archive.Owed!, archive.Owed!.Peer, default, fails: true);
        var result = await user.ResultAsync(request.TransactionUid, s_patience);

        Assert.AreEqual(RequestState.Reported, result.State);
        Assert.IsFalse(result.IsCommitted);
        CollectionAssert.AreEqual(s_instances.Select(static r => new FailedReference(r, FailureReason.ResourceLimitation)).ToArray(),
            result.Failures.ToArray());
    }

    [TestMethod]
    public async Task ReportThatComesDaysLaterToAnotherProcess()
    {
        var archive = new ScriptedArchive { After = static (a, c) => a.Owed = c };
        await using var scp = await ArchiveAsync(archive);
        string transaction;
        await using (var user = User(scp, static o => o.ReportTime = TimeSpan.Zero))
        {
            transaction = (await user.RequestAsync(s_instances)).TransactionUid;
        }

        await _store.DisposeAsync();
        _store = _database.Open();
        await using var next = new StorageCommitmentUser(_store, new ScuOptions("127.0.0.1", 1) { CalledAE = "ARCHIVE" });
        Assert.AreEqual(transaction, (await next.OpenRequestsAsync()).Single().TransactionUid);
        Assert.AreEqual(RequestState.Accepted, (await next.ResultAsync(transaction, TimeSpan.FromMilliseconds(50))).State);
        await using var home = await DicomScp.StartAsync(new DicomScpOptions { Address = "127.0.0.1", Port = 0, AETitle = "MODALITY" }, next.Reports);
        await using var laterScp = await ArchiveAsync(archive, o => o.Peers["MODALITY"] = new DicomPeer("127.0.0.1", home.Port));
        await archive.ReportAsync(archive.Owed!, laterScp.LinkTo("MODALITY"), default);

        Assert.IsTrue((await next.ResultAsync(transaction, s_patience)).IsCommitted);
        Assert.IsEmpty(await next.OpenRequestsAsync());
    }

    [TestMethod]
    public async Task ReportWhileTheAssociationIsReleased()
    {
        var archive = new ScriptedArchive { After = static (a, c) => c.AfterResponse(t => a.ReportAsync(c, c.Peer, t)) };
        await using var scp = await ArchiveAsync(archive);
        for (var i = 0; i < 20; i++)
        {
            await using var user = User(scp, static o => o.ReportTime = TimeSpan.Zero);
            var request = await user.RequestAsync(s_instances);
            await archive.WaitForAnswersAsync(i + 1);
            var answered = archive.Answers.ElementAt(i) == 0;

            // What the provider was told was taken is kept. What it was not told of it sends again.
            Assert.IsTrue(!answered || (await user.FindAsync(request.TransactionUid))!.IsCommitted, $"Attempt {i}");
        }
    }

    [TestMethod]
    [DataRow(true, DisplayName = "of a transaction that was never asked for")]
    [DataRow(false, DisplayName = "of a transaction that somebody else was asked for")]
    public async Task ReportThatIsNotOurs(bool isUnknown)
    {
        var archive = new ScriptedArchive { Before = (a, c) => a.ReportAsync(c, c.Peer, default, transaction: isUnknown ? "1.2.3.4" : "1.2.3.5") };
        await _store.AddRequestAsync(new RequestedCommitment("1.2.3.5", "OTHER", s_instances), default);
        await using var scp = await ArchiveAsync(archive);
        await using var user = User(scp, static o => o.ReportTime = TimeSpan.Zero);

        var request = await user.RequestAsync(s_instances);

        CollectionAssert.AreEqual(new ushort[] { 0x0115 }, archive.Answers.ToArray());
        Assert.AreEqual(RequestState.Accepted, request.State);
        Assert.AreEqual(RequestState.Requested, (await user.FindAsync("1.2.3.5"))!.State);
    }

    [TestMethod]
    public async Task ReportThatDoesNotMentionAnInstance()
    {
        await using var scp = await ArchiveAsync(new ScriptedArchive { Before = static (a, c) => a.ReportAsync(c, c.Peer, default, mentions: 1) });
        await using var user = User(scp);

        var request = await user.RequestAsync(s_instances);

        Assert.AreEqual(RequestState.Reported, request.State);
        Assert.AreEqual(s_instances[1], request.Failures.Single().Reference);
    }

    [TestMethod]
    public async Task RefusedAndNotReached()
    {
        await using var scp = await ArchiveAsync(new ScriptedArchive { Status = StorageCommitmentNActionStatus.ProcessingFailure });
        await using var user = User(scp);
        var refused = await user.RequestAsync(s_instances);
        Assert.AreEqual((RequestState.Refused, (ushort?)0x0110), (refused.State, refused.Status));
        Assert.AreEqual(RequestState.Refused, (await user.ResultAsync(refused.TransactionUid, s_patience)).State, "Nothing is waited for.");

        await using var nobody = new StorageCommitmentUser(_store, new ScuOptions("127.0.0.1", 1) { CalledAE = "ARCHIVE" });
        await Assert.ThrowsAsync<AssociationException>(async () => await nobody.RequestAsync(s_instances));
        Assert.IsEmpty(await user.OpenRequestsAsync());
        await Assert.ThrowsExactlyAsync<ArgumentException>(async () => await user.RequestAsync([]));
        await Assert.ThrowsExactlyAsync<KeyNotFoundException>(async () => await user.ResultAsync("1.2", s_patience));
    }

    [TestMethod]
    public async Task WhatWasAskedForLongAgoIsForgotten()
    {
        await using var scp = await ArchiveAsync(new ScriptedArchive());
        await using var user = User(scp, static options => options.ReportTime = TimeSpan.Zero);
        var old = await user.RequestAsync(s_instances);
        await _database.AdvanceAsync(TimeSpan.FromDays(91));
        Assert.IsNotNull(await user.FindAsync(old.TransactionUid), "Within the hour nothing is looked through.");

        await using var next = User(scp, static options => options.ReportTime = TimeSpan.Zero);
        var recent = await next.RequestAsync(s_instances);

        Assert.IsNull(await next.FindAsync(old.TransactionUid));
        Assert.IsNotNull(await next.FindAsync(recent.TransactionUid));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => User(scp, static options => options.KeepRequests = TimeSpan.Zero));
    }

    private static async Task<DicomScp> ArchiveAsync(ScriptedArchive archive, Action<DicomScpOptions>? configure = null)
    {
        var options = new DicomScpOptions { Address = "127.0.0.1", Port = 0, AETitle = "ARCHIVE" };
        configure?.Invoke(options);
        return await DicomScp.StartAsync(options, archive);
    }

    private StorageCommitmentUser User(DicomScp scp, Action<StorageCommitmentUserOptions>? configure = null)
    {
        var options = new StorageCommitmentUserOptions();
        configure?.Invoke(options);
        return new StorageCommitmentUser(_store, new ScuOptions("127.0.0.1", scp.Port) { CallingAE = "MODALITY", CalledAE = "ARCHIVE" }, options);
    }
}
