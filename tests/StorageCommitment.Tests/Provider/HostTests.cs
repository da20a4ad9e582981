using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Specgen.Outbox;
using Specgen.StorageCommitment.Tests.Stores;

namespace Specgen.StorageCommitment.Tests.Provider;

/// <summary>In a host, as most will have it.</summary>
[TestClass]
public sealed class HostTests
{
    [TestMethod]
    public async Task TheFirstLineOfUse()
    {
        var database = new TestDatabase.Sqlite();
        await using var _ = database;
        using var host = Build(server => server.AddStorageCommitment<TestCatalogue>(static o => o.UnknownPeers = UnknownPeerPolicy.Wait).UseSqlite(database.Path));

        await host.StartAsync();
        var outbox = host.Services.GetRequiredService<StorageCommitmentProvider>().Outbox;

        Assert.IsTrue(outbox.Health.IsHealthy, outbox.Health.Problem);
        Assert.AreEqual(new OutboxCounts(0, 0, 0, TimeSpan.Zero), await outbox.CountAsync());
        await host.StopAsync();
        Assert.IsFalse(outbox.Health.IsHealthy);
    }

    [TestMethod]
    public async Task WithoutAStoreTheStartSaysSo()
    {
        using var host = Build(static server => server.AddStorageCommitment<TestCatalogue>());

        var e = await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => host.StartAsync());

        StringAssert.Contains(e.Message, "UseSqlite");
    }

    [TestMethod]
    public async Task ADatabaseOfANewerProgramStopsTheStart()
    {
        var database = new TestDatabase.Sqlite();
        await using var _ = database;
        await using (var store = database.Open())
        {
            await store.InitializeAsync(default);
        }

        await database.ExecuteAsync("UPDATE specgen_commitment_schema SET version = 99");
        using var host = Build(server => server.AddStorageCommitment<TestCatalogue>().UseSqlite(database.Path));

        await Assert.ThrowsExactlyAsync<StoreSchemaException>(() => host.StartAsync());
    }

    [TestMethod]
    public async Task AStoreThatIsNotThereIsWaitedFor()
    {
        var folder = Directory.CreateTempSubdirectory("specgen-later-");
        var later = Path.Combine(folder.FullName, "later");
        using var host = Build(server => server
            .AddStorageCommitment<TestCatalogue>(static o => (o.UnknownPeers, o.Outbox.PollInterval) = (UnknownPeerPolicy.Wait, TimeSpan.FromMilliseconds(200)))
            .UseSqlite(Path.Combine(later, "commitments.db")));

        await host.StartAsync();
        var outbox = host.Services.GetRequiredService<StorageCommitmentProvider>().Outbox;
        for (var i = 0; outbox.Health.IsHealthy; i++)
        {
            Assert.IsLessThan(200, i);
            await Task.Delay(50);
        }

        Directory.CreateDirectory(later);
        for (var i = 0; !outbox.Health.IsHealthy; i++)
        {
            Assert.IsLessThan(400, i, outbox.Health.Problem);
            await Task.Delay(50);
        }

        Assert.AreEqual(0, (await outbox.CountAsync()).Waiting);
        await host.StopAsync();
        folder.Delete(recursive: true);
    }

    private static IHost Build(Action<IDicomScpBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        configure(builder.Services.AddDicomScp(static scp => (scp.Address, scp.Port) = ("127.0.0.1", 0)));
        return builder.Build();
    }
}
