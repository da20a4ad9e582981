using Archive.Storage;
using FellowOakDicom;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Archive.Tests;

/// <summary>A store of its own: a folder and SQLite.</summary>
internal sealed class StoreFixture : IAsyncDisposable
{
    private readonly TestRun.Folder _folder;
    private readonly bool _ownsFolder;

    private StoreFixture(TestRun.Folder folder, bool ownsFolder, InstanceStore store) => (_folder, _ownsFolder, Store) = (folder, ownsFolder, store);

    public InstanceStore Store { get; }

    public string Folder => _folder["archive"];

    public string Database => Path.Combine(Folder, ".index.db");

    public static async Task<StoreFixture> OpenAsync(TestRun.Folder? folder = null, bool isDurable = false, Disk? disk = null, ILogger? log = null)
    {
        var within = folder ?? new TestRun.Folder();
        var root = Directory.CreateDirectory(within["archive"]).FullName;
        var file = Path.Combine(root, ".index.db");
        var store = new InstanceStore(new InstanceFolder(root, isDurable, disk ?? new Disk()), () => SqlConnections.Sqlite(file), file, isDurable, log ?? NullLogger.Instance);
        await store.OpenAsync(CancellationToken.None);
        return new StoreFixture(within, folder is null, store);
    }

    /// <summary>Stores a data set as what is received is stored: put, then added.</summary>
    public Task<Keeping> StoreAsync(DicomDataset dataset) => StoreAsync(Images.Write(_folder["sent"], dataset));

    public async Task<Keeping> StoreAsync(string path)
    {
        NewInstance instance;
        await using (var file = File.OpenRead(path))
        {
            var (header, read, checksum) = Upkeep.ReadFile(file) ?? throw new AssertFailedException("no instance");
            instance = NewInstance.Of(read, new StoredInstance(read.Identity.SopInstanceUid, read.Identity.SopClassUid, header.TransferSyntaxUid, "", 0, checksum));
        }
        var (location, size) = await Store.Bytes.PutAsync(path, instance.Identity, CancellationToken.None);
        return await Store.AddAsync(instance with { Stored = instance.Stored with { Location = location, Size = size } }, CancellationToken.None);
    }

    public async Task<StoredInstance?> FindAsync(string uid) => (await Store.Index.FindAsync([uid], CancellationToken.None)).GetValueOrDefault(uid);

    public string[] Files() => [.. Directory.EnumerateFiles(Folder, "*.dcm", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        if (_ownsFolder)
        {
            _folder.Dispose();
        }
    }
}
