using Microsoft.Extensions.Logging;

namespace Archive.Storage;

/// <summary>Makes the store that the settings ask for: bytes in a folder or in a bucket, the database in an SQLite file or in PostgreSQL.</summary>
internal sealed class StoreSetup : IAsyncDisposable
{
    private readonly FolderLock _lock;

    private StoreSetup(InstanceStore store, FolderLock held) => (Store, _lock) = (store, held);

    public InstanceStore Store { get; }

    /// <exception cref="IOException">Another archive is at work here, or the folder cannot be used.</exception>
    public static async Task<StoreSetup> OpenAsync(ArchiveSettings settings, ILogger log, CancellationToken cancellationToken)
    {
        var folder = settings.FolderPath;
        // With PostgreSQL several nodes may share what they keep.
        var isShared = !string.IsNullOrWhiteSpace(settings.Database);
        var held = FolderLock.Take(folder, isShared);
        InstanceStore? store = null;
        try
        {
            IInstanceBytes bytes = settings.Bucket is { Name.Length: > 0 } bucket
                ? new InstanceBucket(bucket, Path.Combine(folder, ".receiving"))
                : new InstanceFolder(folder, settings.SyncsAtStore, new Disk());
            var file = Path.Combine(folder, ".index.db");
            store = isShared
                ? new InstanceStore(bytes, () => SqlConnections.PostgreSql(settings.Database!), null, settings.SyncsAtStore, log)
                : new InstanceStore(bytes, () => SqlConnections.Sqlite(file), file, settings.SyncsAtStore, log);
            await store.OpenAsync(cancellationToken);
            if (held.KilledSince is { } since)
            {
                store.Upkeep.Tidy(since - TimeSpan.FromMinutes(1), held.Now(), held.Forget);
            }
            return new StoreSetup(store, held);
        }
        catch
        {
            if (store is not null)
            {
                await store.DisposeAsync();
            }
            held.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _lock.Dispose();
    }
}
