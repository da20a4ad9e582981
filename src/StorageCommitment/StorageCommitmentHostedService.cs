using Microsoft.Extensions.Hosting;

namespace Specgen.StorageCommitment;

/// <summary>Has the schema ready, or the start fail, with the host; stops sending before the server stops.</summary>
internal sealed class StorageCommitmentHostedService(StorageCommitmentProvider provider, ICommitmentStore store) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => store.InitializeAsync(cancellationToken).AsTask();

    public Task StopAsync(CancellationToken cancellationToken) => provider.StopAsync(cancellationToken);
}
