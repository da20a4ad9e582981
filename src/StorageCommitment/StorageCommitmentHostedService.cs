using Microsoft.Extensions.Hosting;

namespace Specgen.StorageCommitment;

/// <summary>Has the schema ready, or the start fail, with the host; stops sending before the server stops.</summary>
internal sealed class StorageCommitmentHostedService(StorageCommitmentProvider provider) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => provider.InitializeAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => provider.StopAsync(cancellationToken);
}
