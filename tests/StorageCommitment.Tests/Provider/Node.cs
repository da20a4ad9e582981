using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Specgen.StorageCommitment.Tests.Provider;

/// <summary>A node that provides storage commitment over a store, with pauses that suit a test.</summary>
internal sealed class Node : IAsyncDisposable
{
    public const string AETitle = "ARCHIVE";
    private readonly DicomScp _scp;

    private Node(
        DicomScp scp, StorageCommitmentProvider provider, TestCatalogue catalogue, ConcurrentDictionary<string, DicomPeer> peers, TestLog log) =>
        (_scp, Provider, Catalogue, Peers, Log) = (scp, provider, catalogue, peers, log);

    public int Port => _scp.Port;

    public StorageCommitmentProvider Provider { get; }

    public TestCatalogue Catalogue { get; }

    public ConcurrentDictionary<string, DicomPeer> Peers { get; }

    public TestLog Log { get; }

    public static async Task<Node> StartAsync(
        ICommitmentStore store, Action<StorageCommitmentOptions>? configure = null, ConcurrentDictionary<string, DicomPeer>? peers = null)
    {
        var log = new TestLog();
        var options = new StorageCommitmentOptions { LoggerFactory = LoggerFactory.Create(b => b.AddProvider(log).SetMinimumLevel(LogLevel.Information)) };
        (options.Outbox.FirstRetry, options.Outbox.LongestRetry, options.Outbox.PollInterval) = (TimeSpan.FromMilliseconds(200),
            TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));
        configure?.Invoke(options);
        var catalogue = new TestCatalogue();
        var provider = new StorageCommitmentProvider(catalogue, store, options);
        peers ??= new ConcurrentDictionary<string, DicomPeer>(StringComparer.Ordinal);
        var scp = await DicomScp.StartAsync(
            new DicomScpOptions
            {
                Address = "127.0.0.1",
                Port = 0,
                AETitle = AETitle,
                Peers = peers,
                Observers = { provider },
                RequestTimeout = TimeSpan.FromSeconds(20),
                StopTimeout = TimeSpan.FromSeconds(1)
            }, provider);
        return new Node(scp, provider, catalogue, peers, log);
    }

    public void Knows(Modality peer, int port, bool onNewAssociation = false) =>
        Peers[peer.AETitle] = new DicomPeer("127.0.0.1", port) { NotifyOnNewAssociation = onNewAssociation };

    /// <summary>Waits until nothing is owed.</summary>
    public async Task SettleAsync()
    {
        for (var i = 0; (await Provider.Outbox.CountAsync()).Waiting > 0; i++)
        {
            Assert.IsLessThan(200, i, string.Join('\n', Log.Lines));
            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Provider.StopAsync();
        await _scp.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
