using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using FellowOakDicom;
using FellowOakDicom.Network;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Specgen.Instances;

namespace Specgen.Network;

/// <summary>
/// Listens, and runs the connections. Not on fo-dicom's server: that compiles a factory for every connection, secures connections in its accepting loop, so that one silent client keeps all
/// others out, and can neither choose a free port nor end in order.
/// </summary>
internal sealed partial class ScpServer : IScpEngine
{
    private const int Backlog = 512;

    private static readonly TimeSpan s_shortestWatch = TimeSpan.FromMilliseconds(50), s_longestWatch = TimeSpan.FromSeconds(1);

    /// <summary>For aborts to be written and handlers to see their token, once the time for ending in order is over.</summary>
    private static readonly TimeSpan s_lastTime = TimeSpan.FromSeconds(2);

    private readonly ScpConfiguration _configuration;
    private readonly ILogger _logger;
    private readonly DicomServiceDependencies _dependencies;
    private readonly ConcurrentDictionary<ScpConnection, Task> _connections = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly object _lock = new();
    private Socket? _listener;
    private ReceiveFolder? _folder;
    private Task _accepting = Task.CompletedTask;
    private Task _watching = Task.CompletedTask;
    private Task? _stop;
    private int _associations;

    public ScpServer(ScpConfiguration configuration)
    {
        _configuration = configuration;
        _logger = configuration.Events.Logger;
        _dependencies = configuration.Services.GetRequiredService<DicomServiceDependencies>();
    }

    public int Port { get; private set; }

    public int AssociationCount => Volatile.Read(ref _associations);

    public ReceiveFolder ReceiveFolder => _folder ?? throw new InvalidOperationException("The server has not been started.");

    /// <summary>Cancelled when the time for ending in order is over.</summary>
    public CancellationToken Stopping => _stopping.Token;

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

        _listener = Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync(_listener);
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

    private Socket Listen()
    {
        var address = Options.Address is { } text ? IPAddress.Parse(text) : IPAddress.Any;
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
        catch (SocketException e)
        {
            socket.Dispose();
            throw new DicomScpConfigurationException(e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"Port {Options.Port} is in use by another program.",
                SocketError.AddressNotAvailable => $"Address {Options.Address} is not one of this machine's.",
                SocketError.AccessDenied => $"There is no right to listen on port {Options.Port}.",
                _ => $"Port {Options.Port} cannot be listened on: {e.Message}",
            });
        }
    }

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
            catch (OperationCanceledException)
            {
                break;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException && !_closing.IsCancellationRequested)
            {
                // Out of descriptors, or a client that is gone already: the others are still there, and a moment later there may be room.
                LogAcceptFailed(e);
                await Task.Delay(s_shortestWatch).ConfigureAwait(false);
            }
        }

        listener.Dispose();
    }

    private async Task ServeAsync(Socket socket)
    {
        ScpConnection connection;
        try
        {
            socket.NoDelay = true;
            var stream = await SecureAsync(socket).ConfigureAwait(false);
            connection = new ScpConnection(this, _configuration, socket, stream, _dependencies);
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException or OperationCanceledException or ObjectDisposedException)
        {
            LogConnectFailed(e.Message);
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
            _connections.TryRemove(connection, out _);
            run.SetResult();
        }
    }

    private async ValueTask<Stream> SecureAsync(Socket socket)
    {
        // The socket is closed by who has it: a stream that owned it would shut it down first, which takes the machine longer and tells the peer nothing more.
        var stream = new NetworkStream(socket, ownsSocket: false);
        if (Options.TlsCertificate is not { } certificate)
        {
            return stream;
        }

        using var time = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        time.CancelAfter(Options.AssociationTimeout);
        var secured = new SslStream(stream);
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificate = certificate,
            ClientCertificateRequired = Options.TlsRequireClientCertificate,
            CertificateChainPolicy = ChainPolicy(),
        };
        await secured.AuthenticateAsServerAsync(options, time.Token).ConfigureAwait(false);
        return secured;
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
        var shortest = new[] { Options.AssociationTimeout, Options.IdleTimeout, Options.RequestTimeout }.Where(static t => t != Timeout.InfiniteTimeSpan).DefaultIfEmpty(s_longestWatch).Min() / 5;
        using var timer = new PeriodicTimer(shortest < s_shortestWatch ? s_shortestWatch : shortest > s_longestWatch ? s_longestWatch : shortest);
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

                await Task.Delay(s_shortestWatch, time.Token).ConfigureAwait(false);
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
