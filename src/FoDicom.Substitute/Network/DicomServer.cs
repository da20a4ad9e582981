using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FellowOakDicom.Network.Tls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FellowOakDicom.Network;

public interface IDicomServer : IDisposable
{
    Exception Exception { get; }
}

/// <summary>Accepts connections and makes a service for each.</summary>
internal sealed class DicomServer<T> : IDicomServer
    where T : DicomService, IDicomServiceProvider
{
    private readonly ConcurrentDictionary<T, byte> _services = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly IServiceScope _scope;
    private readonly ILogger _logger;
    private readonly ITlsAcceptor _tlsAcceptor;
    private readonly Encoding _fallbackEncoding;
    private readonly object _userState;
    private int _disposed;

    public DicomServer(IServiceScope scope, ILogger logger, ITlsAcceptor tlsAcceptor, Encoding fallbackEncoding, object userState) =>
        (_scope, _logger, _tlsAcceptor, _fallbackEncoding, _userState) = (scope, logger, tlsAcceptor, fallbackEncoding, userState);

    public Exception Exception { get; private set; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _stop.Cancel();
        _scope.Dispose();
        foreach (var service in _services.Keys)
        {
            service.Dispose();
        }
    }

    /// <summary>Listens before it waits for anything: what goes wrong with that is in <see cref="Exception"/> when this returns.</summary>
    public void Start(string ipAddress, int port) =>
        _ = ListenAsync(string.IsNullOrWhiteSpace(ipAddress) ? IPAddress.Any : IPAddress.Parse(ipAddress), port);

    private T CreateScp(INetworkStream stream)
    {
        var create = ActivatorUtilities.CreateFactory(typeof(T), [typeof(INetworkStream), typeof(Encoding), typeof(ILogger)]);
        var service = (T)create(_scope.ServiceProvider, [stream, _fallbackEncoding, _logger]);
        service.UserState = _userState;
        return service;
    }

    private async Task ListenAsync(IPAddress address, int port)
    {
        var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            while (!_stop.IsCancellationRequested)
            {
                var client = await listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false);
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            _logger.LogDebug("DICOM server was stopped");
        }
        catch (Exception e)
        {
            _logger.LogError(e, "Exception listening for DICOM services");
            Exception = e;
        }
        finally
        {
            listener.Stop();
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            client.NoDelay = true;
            using var service = CreateScp(new DesktopNetworkStream(client, _tlsAcceptor));
            _services.TryAdd(service, 0);
            try
            {
                await service.RunAsync().ConfigureAwait(false);
            }
            finally
            {
                _services.TryRemove(service, out _);
            }
        }
        catch (Exception e)
        {
            client.Dispose();
            _logger.LogError(e, "An exception occurred while accepting an incoming client connection");
        }
    }
}
