using System.Diagnostics;
using System.Globalization;
using Specgen.Outbox;
using Specgen.Standard;
using Specgen.StorageCommitment.Tests.Stores;

namespace Specgen.StorageCommitment.Tests.Provider;

/// <summary>A day's commitments that are owed to a peer that was away. docs/benchmarks.md has the figures; the limit here is that of a machine that
/// does much else.</summary>
[TestClass]
public sealed class ThroughputTests
{
    private const int Commitments = 1_000, Instances = 100;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(false, DisplayName = "SQLite")]
    [DataRow(true, DisplayName = "PostgreSQL")]
    public async Task AThousandOwedToOnePeer(bool isPostgreSql)
    {
        await using var database = await TestDatabase.CreateAsync(isPostgreSql);
        var modality = new Modality("MODALITY");
        await using var home = await modality.ListenAsync();
        var references = Enumerable.Range(0, Instances).Select(static i => new SopReference(SopClassUids.CTImageStorage,
            $"1.2.826.0.1.3680043.10.1467.7.{i}")).ToList();
        var store = database.Open();
        for (var i = 0; i < Commitments; i++)
        {
            await store.EnqueueAsync(
                new OutboxEntry(CommitmentReports.KindOfReports, "MODALITY", SopReferences.Write(references))
                {
                    Key = Modality.NewTransaction(),
                    LocalAE = Node.AETitle
                }, default);
        }

        var clock = Stopwatch.StartNew();
        await using var node = await Node.StartAsync(store, peers: new(StringComparer.Ordinal)
        {
            ["MODALITY"] = new DicomPeer("127.0.0.1",
            home.Port)
        });
        while (modality.All.Count < Commitments)
        {
            Assert.IsLessThan(60, clock.Elapsed.TotalSeconds, $"{modality.All.Count} of {Commitments}");
            await Task.Delay(20);
        }

        await node.SettleAsync();
        TestContext.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Commitments} commitments of {Instances} instances: {clock.Elapsed.TotalSeconds:0.0} s"));
        Assert.HasCount(Commitments, modality.All.Select(static r => r.TransactionUid).Distinct().ToList());
        Assert.HasCount(1, modality.All.Select(static r => r.Association).Distinct().ToList());
    }
}
