using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using Specgen.Associations;
using Specgen.Instances;

namespace Specgen.Scp;

/// <summary>Listens, secures what it accepts, and hands it on.</summary>
internal sealed partial class ScpServer : IAsyncDisposable
{
    private const int Backlog = 512;

    /// <summary>How long nothing is done when accepting has failed.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    private readonly ScpConfiguration _configuration;
    private readonly ILogger _logger;
    private ServerTls? _tls;
    private readonly RepeatedEvents _acceptFailures;
    private readonly RepeatedEvents _connectFailures;
    private ScpConnections? _connections;
    private Task _accepting = Task.CompletedTask;

    public ScpServer(ScpConfiguration configuration)
    {
        _configuration = configuration;
        _logger = configuration.Events.Logger;
        (_acceptFailures, _connectFailures) = (new RepeatedEvents(configuration.Time, said: 1), new RepeatedEvents(configuration.Time, said: 5));
    }

    public int Port { get; private set; }

    /// <summary>Whether new connections are accepted.</summary>
    public bool IsListening => _connections is not null && !_accepting.IsCompleted;

    /// <summary>The next connection of a listener.</summary>
    public Func<Socket, CancellationToken, ValueTask<Socket>> Accept { get; init; } = static (listener, cancellationToken) => listener.AcceptAsync(cancellationToken);

    public int AssociationCount => _connections?.AssociationCount ?? 0;

    private DicomScpOptions Options => _configuration.Options;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _tls = ServerTls.Of(Options);
        _connections = new ScpConnections(_configuration);
        await _connections.RehearseAsync().ConfigureAwait(false);
        Socket listener;
        try
        {
            listener = Listen();
            if (!Descriptors.HaveRoomFor(listener))
            {
                listener.Dispose();
                throw new DicomConfigurationException($"The process may have {Descriptors.Limit} file descriptors, and the program itself needs most of them: allow it more (ulimit -n).");
            }
        }
        catch (SocketException e)
        {
            throw NotListening(e);
        }

        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync(listener, _connections);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await (_connections?.StopAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        await (_connections?.DisposeAsync() ?? ValueTask.CompletedTask).ConfigureAwait(false);
    }

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

    private DicomConfigurationException NotListening(SocketException e) => new(
        e.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => $"Port {Options.Port} is in use already.",
            SocketError.AddressNotAvailable => $"Address {Options.Address} is not one of this machine's.",
            SocketError.AccessDenied => $"There is no right to listen on port {Options.Port}.",
            _ => $"Port {Options.Port} cannot be listened on: {e.Message}",
        },
        innerException: e);

    /// <summary>Whatever goes wrong with one connection, the next is accepted.</summary>
    private async Task AcceptAsync(Socket listener, ScpConnections connections)
    {
        var closing = connections.Closing;
        var failures = 0;
        Socket? accepted = null;
        while (!closing.IsCancellationRequested)
        {
            try
            {
                accepted ??= await Accept(listener, closing).ConfigureAwait(false);
                if (!Descriptors.HaveRoomFor(accepted))
                {
                    throw new SocketException((int)SocketError.TooManyOpenSockets);
                }

                var socket = accepted;
                accepted = null;
                if (failures > 0)
                {
                    LogAcceptingAgain(failures);
                    failures = 0;
                }

                // Here, so that those who come stand in the order in which they came, whoever is served first: the pool takes the last first.
                var pending = connections.Pending.Add(socket.Dispose);

                // Not here, where it would keep the others waiting: checks of the host and observers may block. To this thread's own queue, since it has nothing else to do next.
                ThreadPool.UnsafeQueueUserWorkItem(
                    static work => _ = work.Server.ServeAsync(work.Socket, work.Pending, work.Connections), (Server: this, Socket: socket, Pending: pending, Connections: connections), preferLocal: true);
            }
            catch (Exception e)
            {
                if (closing.IsCancellationRequested)
                {
                    break;
                }

                // Out of descriptors, or a client that is gone already: the others are still there, and a moment later there may be room; sooner, if one goes that has said nothing.
                failures++;
                if (_acceptFailures.Happened(out var unsaid))
                {
                    LogAcceptFailed(e, unsaid);
                }

                if (e is SocketException { SocketErrorCode: SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable })
                {
                    connections.Pending.TryCloseSilent();
                }

                await Task.Delay(s_pause, closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        accepted?.Dispose();
        listener.Dispose();
    }

    private async Task ServeAsync(Socket socket, PendingConnections.Entry pending, ScpConnections connections)
    {
        using var entry = pending;
        Stream? stream = null;
        Transport transport;
        try
        {
            stream = SocketTransport.Open(socket);
            if (_tls is not null)
            {
                var secured = new SslStream(stream);
                stream = secured;
                await SecureAsync(secured, _tls, connections.Closing).ConfigureAwait(false);
            }

            transport = SocketTransport.Create(socket, stream);
        }
        catch (Exception e)
        {
            // A peer that is no DICOM application, or is gone: with or without TLS.
            if (_connectFailures.Happened(out var unsaid))
            {
                if (e is AuthenticationException)
                {
                    LogNotSecured(PeerText.Escape(e.Message), unsaid);
                }
                else
                {
                    LogConnectFailed(PeerText.Escape(e.Message), unsaid);
                }
            }

            stream?.Dispose();
            socket.Dispose();
            return;
        }

        await connections.RunAsync(transport, pending).ConfigureAwait(false);
    }

    private async ValueTask SecureAsync(SslStream stream, ServerTls tls, CancellationToken closing)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(closing);
        time.CancelAfter(Options.AssociationTimeout);
        await tls.SecureAsync(stream, time.Token).ConfigureAwait(false);
    }

    [LoggerMessage(1030, LogLevel.Warning, "A connection could not be accepted, and {Unsaid} before it of which nothing was said; what waits is tried again")]
    private partial void LogAcceptFailed(Exception exception, int unsaid);

    [LoggerMessage(1034, LogLevel.Information, "Connections are accepted again, after {Count} failures")]
    private partial void LogAcceptingAgain(int count);

    [LoggerMessage(1031, LogLevel.Information, "A connection did not come about, and {Unsaid} before it of which nothing was said: {Reason}")]
    private partial void LogConnectFailed(string reason, int unsaid);

    [LoggerMessage(1037, LogLevel.Warning, "A connection could not be secured, and {Unsaid} before it of which nothing was said: {Reason}")]
    private partial void LogNotSecured(string reason, int unsaid);
}
