using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;

namespace Specgen.StorageCommitment;

/// <summary>
/// Has the schema ready with the host; stops sending before the server stops. A store that was used with a newer program ends the start; one that is not there now does not: it is tried again with
/// every use, requests are refused meanwhile, and the outbox's health says so.
/// </summary>
internal sealed class StorageCommitmentHostedService(StorageCommitmentProvider provider) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await provider.InitializeAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DbException or IOException or SocketException or TimeoutException)
        {
            provider.LogNotReady(e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => provider.StopAsync(cancellationToken);
}
