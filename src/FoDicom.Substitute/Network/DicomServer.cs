using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FellowOakDicom.Network.Tls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FellowOakDicom.Network;

public interface IDicomServer : IDisposable
{
    string IPAddress { get; }

    int Port { get; }

    bool IsListening { get; }

    Exception Exception { get; }

    DicomServiceOptions Options { get; }

    ILogger Logger { get; set; }

    IServiceScope ServiceScope { get; set; }

    Task StartAsync(
        string ipAddress, int port, ITlsAcceptor tlsAcceptor, Encoding fallbackEncoding, DicomServiceOptions serviceOptions, object userState, DicomServerOptions serverOptions);

    void Stop();
}

public interface IDicomServer<T> : IDicomServer
    where T : DicomService, IDicomServiceProvider
{
}

/// <summary>Accepts connections and makes a service for each.</summary>
public class DicomServer<T> : IDicomServer<T>
    where T : DicomService, IDicomServiceProvider
{
    private readonly ConcurrentDictionary<T, byte> _services = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ILoggerFactory _loggerFactory;
    private ILogger _logger;
    private ITlsAcceptor _tlsAcceptor;
    private Encoding _fallbackEncoding;
    private object _userState;
    private int _disposed;

    public DicomServer(DicomServerDependencies dependencies) => _loggerFactory = dependencies.LoggerFactory;

    public virtual string IPAddress { get; protected set; }

    public virtual int Port { get; protected set; }

    public bool IsListening { get; protected set; }

    public Exception Exception { get; protected set; }

    public DicomServiceOptions Options { get; private set; }

    public ILogger Logger
    {
        get => _logger ??= _loggerFactory.CreateLogger("FellowOakDicom.Network");
        set => _logger = value;
    }

    public IServiceScope ServiceScope { get; set; }

    public virtual Task StartAsync(
        string ipAddress, int port, ITlsAcceptor tlsAcceptor, Encoding fallbackEncoding, DicomServiceOptions serviceOptions, object userState, DicomServerOptions serverOptions)
    {
        IPAddress = string.IsNullOrWhiteSpace(ipAddress) ? "0.0.0.0" : ipAddress;
        Port = port;
        Options = serviceOptions;
        (_tlsAcceptor, _fallbackEncoding, _userState) = (tlsAcceptor, fallbackEncoding, userState);
        return ListenAsync(serverOptions?.MaxClientsAllowed ?? 0);
    }

    public virtual void Stop()
    {
        if (!_stop.IsCancellationRequested)
        {
            _stop.Cancel();
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        Stop();
        ServiceScope?.Dispose();
        foreach (var service in _services.Keys)
        {
            service.Dispose();
        }
    }

    protected virtual T CreateScp(INetworkStream stream)
    {
        var create = ActivatorUtilities.CreateFactory(typeof(T), [typeof(INetworkStream), typeof(Encoding), typeof(ILogger)]);
        var service = (T)create(ServiceScope.ServiceProvider, [stream, _fallbackEncoding, Logger]);
        service.UserState = _userState;
        return service;
    }

    private async Task ListenAsync(int maxClients)
    {
        var listener = new TcpListener(System.Net.IPAddress.Parse(IPAddress), Port);
        using var places = maxClients > 0 ? new SemaphoreSlim(maxClients) : null;
        try
        {
            listener.Start();
            IsListening = true;
            while (!_stop.IsCancellationRequested)
            {
                if (places is not null)
                {
                    await places.WaitAsync(_stop.Token).ConfigureAwait(false);
                }

                var client = await listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false);
                _ = Task.Run(() => ServeAsync(client, places));
            }
        }
        catch (OperationCanceledException)
        {
            Logger.LogDebug("DICOM server was stopped");
        }
        catch (Exception e)
        {
            Logger.LogError(e, "Exception listening for DICOM services");
            Stop();
            Exception = e;
        }
        finally
        {
            listener.Stop();
            IsListening = false;
        }
    }

    private async Task ServeAsync(TcpClient client, SemaphoreSlim places)
    {
        try
        {
            client.NoDelay = Options.TcpNoDelay;
            client.ReceiveBufferSize = Options.TcpReceiveBufferSize ?? client.ReceiveBufferSize;
            client.SendBufferSize = Options.TcpSendBufferSize ?? client.SendBufferSize;
            using var service = CreateScp(new DesktopNetworkStream(client, _tlsAcceptor, null));
            service.Options = Options;
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
            Logger.LogError(e, "An exception occurred while accepting an incoming client connection");
        }
        finally
        {
            try
            {
                places?.Release();
            }
            catch (ObjectDisposedException)
            {
                // The server was stopped meanwhile.
            }
        }
    }
}

public interface IDicomServerFactory
{
    IDicomServer Create<T>(
        int port,
        ITlsAcceptor tlsAcceptor = null,
        Encoding fallbackEncoding = null,
        ILogger logger = null,
        object userState = null,
        Action<DicomServerOptions> configure = null)
        where T : DicomService, IDicomServiceProvider;

    IDicomServer Create<T>(
        string ipAddress,
        int port,
        ITlsAcceptor tlsAcceptor = null,
        Encoding fallbackEncoding = null,
        ILogger logger = null,
        object userState = null,
        Action<DicomServerOptions> configure = null)
        where T : DicomService, IDicomServiceProvider;

    IDicomServer Create<T, TServer>(
        string ipAddress,
        int port,
        object userState = null,
        ITlsAcceptor tlsAcceptor = null,
        Encoding fallbackEncoding = null,
        ILogger logger = null,
        Action<DicomServerOptions> configure = null)
        where T : DicomService, IDicomServiceProvider
        where TServer : IDicomServer<T>;
}

internal sealed class DefaultDicomServerFactory : IDicomServerFactory
{
    private readonly IServiceScopeFactory _scopeFactory;
    private readonly IOptions<DicomServiceOptions> _serviceOptions;

    public DefaultDicomServerFactory(IServiceScopeFactory serviceScopeFactory, IOptions<DicomServiceOptions> defaultServiceOptions)
    {
        _scopeFactory = serviceScopeFactory;
        _serviceOptions = defaultServiceOptions;
    }

    public IDicomServer Create<T>(
        int port, ITlsAcceptor tlsAcceptor = null, Encoding fallbackEncoding = null, ILogger logger = null, object userState = null, Action<DicomServerOptions> configure = null)
        where T : DicomService, IDicomServiceProvider => Create<T, DicomServer<T>>(null, port, userState, tlsAcceptor, fallbackEncoding, logger, configure);

    public IDicomServer Create<T>(
        string ipAddress,
        int port,
        ITlsAcceptor tlsAcceptor = null,
        Encoding fallbackEncoding = null,
        ILogger logger = null,
        object userState = null,
        Action<DicomServerOptions> configure = null)
        where T : DicomService, IDicomServiceProvider => Create<T, DicomServer<T>>(ipAddress, port, userState, tlsAcceptor, fallbackEncoding, logger, configure);

    public IDicomServer Create<T, TServer>(
        string ipAddress,
        int port,
        object userState = null,
        ITlsAcceptor tlsAcceptor = null,
        Encoding fallbackEncoding = null,
        ILogger logger = null,
        Action<DicomServerOptions> configure = null)
        where T : DicomService, IDicomServiceProvider
        where TServer : IDicomServer<T>
    {
        var scope = _scopeFactory.CreateScope();
        var server = (IDicomServer)ActivatorUtilities.CreateInstance(scope.ServiceProvider, typeof(TServer));
        server.ServiceScope = scope;
        if (logger is not null)
        {
            server.Logger = logger;
        }

        var options = new DicomServerOptions();
        configure?.Invoke(options);
        var run = server.StartAsync(ipAddress, port, tlsAcceptor, fallbackEncoding, _serviceOptions.Value.Clone(), userState, options);
        if (run.IsCompleted && server.Exception is not null)
        {
            throw new DicomNetworkException("Failed to start DICOM server", server.Exception);
        }

        return server;
    }
}
