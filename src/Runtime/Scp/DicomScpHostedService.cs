using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Specgen.Associations;

namespace Specgen.Scp;

/// <summary>A server that lives as long as its host.</summary>
internal sealed class DicomScpHostedService(IReadOnlyList<ProviderSource> providers, Action<DicomScpOptions, IServiceProvider> configure, IServiceProvider services)
    : IHostedService, IAsyncDisposable, IDisposable
{
    private DicomScp? _scp;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var options = new DicomScpOptions();
        configure(options, services);
        foreach (var observer in services.GetServices<IDicomScpObserver>())
        {
            options.Observers.Add(observer);
        }

        var configuration = DicomScpStartup.Configure(
            options, providers, services, options.LoggerFactory ?? services.GetRequiredService<ILoggerFactory>(), services.GetRequiredService<IServiceScopeFactory>());
        _scp = await DicomScp.StartAsync(configuration, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The host's own shutdown time-out cancels the token: then what is still under way is aborted.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _scp?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _scp?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A container that is disposed of synchronously refuses services that can only be disposed of asynchronously.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
