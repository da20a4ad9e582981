namespace Archive.Storage;

/// <summary>The store of an archive that serves; not there before it is opened.</summary>
internal sealed class OpenedStore : IAsyncDisposable
{
    public StoreSetup? Setup { get; set; }

    public InstanceStore Store => (Setup ?? throw new InvalidOperationException("The store is not open.")).Store;

    public ValueTask DisposeAsync() => Setup?.DisposeAsync() ?? ValueTask.CompletedTask;
}
