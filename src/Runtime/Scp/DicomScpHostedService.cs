using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Specgen.Scp;

/// <summary>A server that lives as long as its host.</summary>
internal sealed partial class DicomScpHostedService(ScpRegistration registration, HostedServers servers) : IHostedLifecycleService, IAsyncDisposable, IDisposable
{
    private DicomScp? _scp;

    /// <summary>Before any service of the host starts: what is wrong with one of the servers keeps all of it from starting.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken) => await servers.ConfigureAsync(registration, cancellationToken).ConfigureAwait(false);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var configuration = await servers.ConfigureAsync(registration, cancellationToken).ConfigureAwait(false);
        _scp = await DicomScp.StartAsync(configuration, cancellationToken).ConfigureAwait(false);
        servers.Started[registration.Name] = _scp;
        var options = configuration.Options;
        LogListening(servers.Logger, _scp.AETitle, options.Address ?? "all addresses", _scp.Port, ServerTls.IsSecured(options) ? "with TLS" : "without TLS");
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The host's own shutdown time-out cancels the token: then what is still under way is aborted.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _scp?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => _scp?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A container that is disposed of synchronously refuses services that can only be disposed of asynchronously.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    [LoggerMessage(1038, LogLevel.Information, "{AETitle} listens on {Address}, port {Port}, {Tls}")]
    private static partial void LogListening(ILogger logger, string aeTitle, string address, int port, string tls);
}
