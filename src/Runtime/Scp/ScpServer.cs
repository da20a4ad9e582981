using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using FellowOakDicom;
using Microsoft.Extensions.Logging;
using Specgen.Associations;
using Specgen.Instances;

namespace Specgen.Scp;

/// <summary>Listens, and runs the connections.</summary>
internal sealed partial class ScpServer : IAsyncDisposable
{
    private const int Backlog = 512;

    /// <summary>How long nothing is done when accepting has failed, and between two looks at who is still busy.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    /// <summary>For aborts to be written and handlers to see their token, once the time for ending in order is over.</summary>
    private static readonly TimeSpan s_lastTime = TimeSpan.FromSeconds(2);

    private readonly ScpConfiguration _configuration;
    private readonly ILogger _logger;
    private readonly AssociationLimits _limits;
    private readonly AssociationServices _services;
    private readonly ConcurrentDictionary<ScpConnection, Task> _connections = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly object _lock = new();
    private ReceiveFolder? _folder;
    private Task _accepting = Task.CompletedTask;
    private Task _watching = Task.CompletedTask;
    private Task? _stop;
    private int _associations;

    public ScpServer(ScpConfiguration configuration)
    {
        _configuration = configuration;
        _logger = configuration.Events.Logger;
        PreferredTransferSyntaxes = Negotiation.Preferred(configuration.Options.TransferSyntaxes);
        _limits = ScpConnection.LimitsOf(configuration.Options);
        _services = new AssociationServices
        {
            Providers = configuration.Providers,
            Events = configuration.Events,
            Peers = configuration.Peers,
            RequestTimeout = configuration.Options.RequestTimeout,
            DataSetLimits = configuration.Options.DataSetLimits,
            UidCheck = configuration.Options.UidCheck,
            ReceiveFolder = () => _folder ?? throw new InvalidOperationException("The server has not been started."),
            Transcoders = configuration.Transcoders,
            ScopeFactory = configuration.ScopeFactory,
            Stopping = _stopping.Token,
        };
    }

    public int Port { get; private set; }

    /// <summary>UIDs, best first; null for no preference.</summary>
    public IReadOnlyList<string>? PreferredTransferSyntaxes { get; }

    public int AssociationCount => Volatile.Read(ref _associations);

    private DicomScpOptions Options => _configuration.Options;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // The first association would pay for it.
        _ = DicomDictionary.Default;
        try
        {
            _folder = ReceiveFolder.Open(Options.ReceiveFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DicomScpConfigurationException($"ReceiveFolder '{Options.ReceiveFolder}' cannot be used: {e.Message}");
        }

        Socket listener;
        try
        {
            listener = Listen();
        }
        catch (SocketException e)
        {
            throw NotListening(e);
        }

        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync(listener);
        _watching = WatchAsync();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _stop ??= StopOnceAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        _folder?.Dispose();
    }

    /// <summary>One more association, or why not.</summary>
    public Rejection? TakeSlot()
    {
        if (_closing.IsCancellationRequested)
        {
            return Rejection.Stopping;
        }

        if (Interlocked.Increment(ref _associations) is var count && Options.MaxAssociations > 0 && count > Options.MaxAssociations)
        {
            ReturnSlot();
            return Rejection.LimitExceeded(Options.MaxAssociations);
        }

        return null;
    }

    public void ReturnSlot() => Interlocked.Decrement(ref _associations);

    /// <summary>Where nothing else is said, on IPv6 and IPv4; where the machine has no IPv6, on IPv4.</summary>
    private Socket Listen()
    {
        var address = Options.Address is { } text ? IPAddress.Parse(text) : Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;
        try
        {
            return Listen(address);
        }
        catch (SocketException e) when (Options.Address is null && e.SocketErrorCode is SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable or SocketError.ProtocolNotSupported)
        {
            return Listen(IPAddress.Any);
        }
    }

    private Socket Listen(IPAddress address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            // ReuseAddress stays off: on Unix it would let a second server listen on the same port. That a port is free again whose last
            // connections still wait out their time, .NET sees to itself.
            socket.Bind(new IPEndPoint(address, Options.Port));
            socket.Listen(Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private DicomScpConfigurationException NotListening(SocketException e) => new(
        e.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => $"Port {Options.Port} is in use by another program.",
            SocketError.AddressNotAvailable => $"Address {Options.Address} is not one of this machine's.",
            SocketError.AccessDenied => $"There is no right to listen on port {Options.Port}.",
            _ => $"Port {Options.Port} cannot be listened on: {e.Message}",
        },
        innerException: e);

    /// <summary>Whatever goes wrong with one connection, the next is accepted.</summary>
    private async Task AcceptAsync(Socket listener)
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptAsync(_closing.Token).ConfigureAwait(false);

                // Not here, where it would keep the others waiting: checks of the host and observers may block. To this thread's own queue, since it has nothing else to do next.
                ThreadPool.UnsafeQueueUserWorkItem(static work => _ = work.Server.ServeAsync(work.Socket), (Server: this, Socket: socket), preferLocal: true);
            }
            catch (Exception e)
            {
                if (_closing.IsCancellationRequested)
                {
                    break;
                }

                // Out of descriptors, or a client that is gone already: the others are still there, and a moment later there may be room.
                LogAcceptFailed(e);
                await Task.Delay(s_pause, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        listener.Dispose();
    }

    private async Task ServeAsync(Socket socket)
    {
        Stream? stream = null;
        ScpConnection connection;
        try
        {
            stream = SocketTransport.Open(socket);
            if (Options.TlsCertificate is { } certificate)
            {
                var secured = new SslStream(stream);
                stream = secured;
                await SecureAsync(secured, certificate).ConfigureAwait(false);
            }

            connection = new ScpConnection(this, _configuration, SocketTransport.Create(socket, stream), _limits, _services);
        }
        catch (Exception e)
        {
            // A peer that is no DICOM application, or is gone: with or without TLS.
            LogConnectFailed(e.Message);
            stream?.Dispose();
            socket.Dispose();
            return;
        }

        var run = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = run.Task;
        try
        {
            if (_closing.IsCancellationRequested)
            {
                connection.Close();
            }

            await connection.RunAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LogConnectionFailed(e);
        }
        finally
        {
            connection.Close();
            _connections.TryRemove(connection, out _);
            run.SetResult();
        }
    }

    private async ValueTask SecureAsync(SslStream secured, X509Certificate2 certificate)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        time.CancelAfter(Options.AssociationTimeout);
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificate = certificate,
            ClientCertificateRequired = Options.TlsRequireClientCertificate,
            CertificateChainPolicy = ChainPolicy(),
        };
        await secured.AuthenticateAsServerAsync(options, time.Token).ConfigureAwait(false);
    }

    /// <summary>For one connection: what checks a certificate adds to it.</summary>
    private X509ChainPolicy? ChainPolicy()
    {
        if (Options.TlsAuthorities.Count == 0)
        {
            return null;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(Options.TlsAuthorities);
        return policy;
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(_limits.WatchInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false))
            {
                foreach (var connection in _connections.Keys)
                {
                    try
                    {
                        connection.Watch();
                    }
                    catch (Exception e)
                    {
                        LogConnectionFailed(e);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server is stopped: all connections are.
        }
    }

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        await EndInOrderAsync(cancellationToken).ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_connections.Keys.Select(static c => c.StopAsync("the server is being stopped"))).ConfigureAwait(false);
        foreach (var connection in _connections.Keys)
        {
            connection.Close();
        }

        try
        {
            await Task.WhenAll(_connections.Values).WaitAsync(s_lastTime, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            LogHandlersLeft(_connections.Count);
        }

        await _watching.ConfigureAwait(false);
    }

    /// <summary>Who has nothing under way is aborted at once, the others when they are through: there is no way for an acceptor to ask for a release (PS3.8 §7.2).</summary>
    private async Task EndInOrderAsync(CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(Options.StopTimeout);
        try
        {
            while (!_connections.IsEmpty)
            {
                var busy = false;
                foreach (var connection in _connections.Keys)
                {
                    if (connection.IsBusy || connection.IsReceiving)
                    {
                        busy = true;
                    }
                    else
                    {
                        await connection.StopAsync("the server is being stopped").ConfigureAwait(false);
                    }
                }

                if (!busy)
                {
                    return;
                }

                await Task.Delay(s_pause, time.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Time is up.
        }
    }

    [LoggerMessage(1030, LogLevel.Warning, "A connection could not be accepted")]
    private partial void LogAcceptFailed(Exception exception);

    [LoggerMessage(1031, LogLevel.Information, "A connection did not come about: {Reason}")]
    private partial void LogConnectFailed(string reason);

    [LoggerMessage(1032, LogLevel.Error, "A connection ended in an error of the server")]
    private partial void LogConnectionFailed(Exception exception);

    [LoggerMessage(1033, LogLevel.Warning, "{Count} handlers were still running when the server stopped")]
    private partial void LogHandlersLeft(int count);
}
