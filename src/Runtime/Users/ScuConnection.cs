using System.Net.Sockets;
using FellowOakDicom;
using FellowOakDicom.Network;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Specgen.Dispatch;
using Specgen.Network;
using Specgen.Instances;

namespace Specgen;

/// <summary>An association that we opened, from its request to its end: keeps the time-outs, and the reason why it ended.</summary>
internal sealed partial class ScuConnection : IScuServiceEvents, IMessageSender
{
    private readonly ScuOptions _options;
    private readonly IReadOnlyList<ProposedContext> _proposed;
    private readonly AssociationNetworkStream _network;
    private readonly ScuService _service;
    private readonly RequestChannel _requests;
    private readonly RequestDispatcher _dispatcher;
    private readonly ProviderRegistry _providers;
    private readonly ArrivingInstances _arriving;
    private readonly ILogger _logger;
    private readonly NegotiatedContext?[] _contexts = new NegotiatedContext?[256];
    private readonly TaskCompletionSource<DicomAssociation> _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _getting = new(1, 1);
    private readonly object _lock = new();
    private DicomAssociation? _association;
    private AssociationException? _failure;
    private ReceiveFolder? _folder;
    private HashSet<string> _relational = [];
    private Dictionary<string, StorageSupport> _storage = [];
    private long _arrived;
    private bool _ended;
    private Task _run = Task.CompletedTask;

    private ScuConnection(IDimseHandlers? user, ScuOptions options, IReadOnlyList<ProposedContext> proposed, Socket socket, Stream stream, ILoggerFactory loggerFactory)
    {
        _options = options;
        _proposed = proposed;
        _logger = loggerFactory.CreateLogger("Specgen.Scu");
        _network = new AssociationNetworkStream(
            socket, new AssociationStream(stream, () => socket.Shutdown(SocketShutdown.Send), options.MaxPduLength, this, isRequestor: true, options.RequestTimeout));
        Info = new AssociationInfo(AssociationInfo.NextId(), options.CallingAE, options.CalledAE, _network.RemoteHost, _network.RemotePort);
        _service = new ScuService(_network, loggerFactory.CreateLogger("FellowOakDicom.Network"), Dependencies, this) { Options = new DicomServiceOptions { MaxPDULength = options.MaxPduLength } };
        _requests = new RequestChannel(options.Peer, this, options.RequestTimeout);

        var own = user?.Bindings.Where(static b => b.Role == DicomRole.Scp && b.CStore is not null).SelectMany(static b => b.SopClasses).Select(static s => s.Uid).ToHashSet(StringComparer.Ordinal) ?? [];
        _arriving = new ArrivingInstances(proposed.Where(c => c.Role == DicomRole.Scp && !own.Contains(c.SopClassUid)).Select(static c => c.SopClassUid).Distinct(StringComparer.Ordinal));
        _providers = new ProviderRegistry((user is null ? [_arriving] : new[] { user, _arriving }).Select(static p => new ProviderSource(p)));
        var server = new DicomScpOptions { AETitle = options.CallingAE, RequestTimeout = options.RequestTimeout, DataSetLimits = options.DataSetLimits, UidCheck = options.UidCheck };
        var configuration = new ScpConfiguration
        {
            Options = server,
            Providers = _providers,
            Services = DicomScpStartup.OwnServices,
            LoggerFactory = loggerFactory,
            Peers = new PeerDirectory(server, loggerFactory),
            Events = new ScpEvents(server, loggerFactory),
        };
        var retrieval = new Retrieval(configuration, Info, this, _requests, () => [.. _contexts.OfType<NegotiatedContext>()]);
        _dispatcher = new RequestDispatcher(configuration, Info, new PeerLink(options.CalledAE, Info.RemoteHost, this, configuration.Peers), this, retrieval, CancellationToken.None);
    }

    public AssociationInfo Info { get; }

    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _association is not null && !_ended;
            }
        }
    }

    public IReadOnlyList<AcceptedContext> AcceptedContexts { get; private set; } = [];

    public int MaxAsyncOperations { get; private set; } = 1;

    public byte[]? UserIdentityResponse { get; private set; }

    private static DicomServiceDependencies Dependencies => DicomScpStartup.OwnServices.GetRequiredService<DicomServiceDependencies>();

    private AssociationStream Stream => _network.Stream;

    public static async ValueTask<ScuConnection> OpenAsync(IDimseHandlers? user, ScuOptions options, CancellationToken cancellationToken)
    {
        options.Check();
        var association = new DicomAssociation(options.CallingAE, options.CalledAE);
        var proposed = ScuContexts.For(user, options);
        association.MaxAsyncOpsInvoked = options.MaxAsyncOperations;
        ScuContexts.AddTo(association.PresentationContexts, proposed);

        var (socket, stream) = await Connector.ConnectAsync(options, cancellationToken).ConfigureAwait(false);
        ScuConnection connection;
        try
        {
            connection = new ScuConnection(user, options, proposed, socket, stream, options.LoggerFactory ?? NullLoggerFactory.Instance);
        }
        catch (SocketException e)
        {
            // Gone already: by TLS 1.3 a peer looks at our certificate when for us the connection is there.
            await stream.DisposeAsync().ConfigureAwait(false);
            throw new AssociationException($"{options.Peer} closed the connection at once: {e.Message}", e);
        }

        await connection.AssociateAsync(association, cancellationToken).ConfigureAwait(false);
        return connection;
    }

    public bool IsRelational(string sopClassUid) => _relational.Contains(sopClassUid);

    public StorageSupport? StorageSupportOf(string sopClassUid) => _storage.GetValueOrDefault(sopClassUid);

    private async Task AssociateAsync(DicomAssociation association, CancellationToken cancellationToken)
    {
        _run = RunAsync();
        try
        {
            await SendAsync(() => _service.RequestAssociationAsync(association)).ConfigureAwait(false);
            var accepted = await _accepted.Task.WaitAsync(_options.AssociationTimeout, cancellationToken).ConfigureAwait(false);
            lock (_lock)
            {
                _association = accepted;
            }

            LogOpened(Info);
        }
        catch (TimeoutException)
        {
            var failure = new AssociationTimeoutException($"{_options.Peer} did not answer the association request of {_options.CallingAE} within {_options.AssociationTimeout}.");
            await EndAsync(failure, abort: true).ConfigureAwait(false);
            throw failure;
        }
        catch
        {
            await EndAsync(null, abort: true).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>fo-dicom's read loop, from beginning to end, and what must follow whatever ended it.</summary>
    private async Task RunAsync()
    {
        try
        {
            _service.StartListener();
            await _service.Listener.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Fail(Lost(e));
        }
        finally
        {
            Fail(Lost(null));
            _released.TrySetResult();
            _service.Dispose();
            _network.Dispose();
            _ = CleanUpAsync();
        }
    }

    /// <summary>Not waited for: the last handler may be the one that ended the association.</summary>
    private async Task CleanUpAsync()
    {
        await _dispatcher.DisposeAsync().ConfigureAwait(false);
        _folder?.Dispose();
    }

    public async ValueTask ReleaseAsync(CancellationToken cancellationToken)
    {
        IDisposable turn;
        try
        {
            turn = await _requests.EnterAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await AbortAsync().ConfigureAwait(false);
            throw;
        }

        using (turn)
        {
            await ReleaseInTurnAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask ReleaseInTurnAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!IsOpen)
            {
                return;
            }

            await SendAsync(_service.RequestReleaseAsync).ConfigureAwait(false);
            await _released.Task.WaitAsync(_options.ReleaseTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            var failure = new AssociationTimeoutException($"{_options.Peer} did not answer the release request within {_options.ReleaseTimeout}.");
            await EndAsync(failure, abort: true).ConfigureAwait(false);
            throw failure;
        }
        catch (OperationCanceledException)
        {
            await EndAsync(null, abort: true).ConfigureAwait(false);
            throw;
        }
        catch (AssociationClosedException)
        {
            // Over either way.
        }
        finally
        {
            await EndAsync(null, abort: false).ConfigureAwait(false);
        }
    }

    public async ValueTask AbortAsync() =>
        await EndAsync(new AssociationClosedException($"The association with {_options.Peer} was aborted on this side."), abort: true).ConfigureAwait(false);

    async ValueTask IMessageSender.SendAsync(NegotiatedContext context, byte[] command, ReadOnlyMemory<byte>? dataSet)
    {
        try
        {
            await Stream.SendMessageAsync(context.Id, command, dataSet).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            await EndAsync(Lost(e), abort: true).ConfigureAwait(false);
            throw;
        }
    }

    async ValueTask IMessageSender.SendAsync(NegotiatedContext context, byte[] command, Stream dataSet, CancellationToken cancellationToken)
    {
        try
        {
            await Stream.SendMessageAsync(context.Id, command, dataSet, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            await EndAsync(Lost(e), abort: true).ConfigureAwait(false);
            throw;
        }
    }

    Task IMessageSender.AbortAsync(Violation why) => Stream.AbortAsync(why);

    /// <summary>Sends a PDU of the association, and says in our words why it did not succeed.</summary>
    private async Task SendAsync(Func<Task> send)
    {
        try
        {
            await send().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not AssociationException)
        {
            // A PDU that was not sent whole leaves nothing to go on with.
            var failure = Fail(Lost(e));
            await EndAsync(failure, abort: true).ConfigureAwait(false);
            throw failure;
        }
    }

    private void ThrowIfOver()
    {
        lock (_lock)
        {
            if (_failure is not null)
            {
                // A new one: the first was thrown at somebody else, with his stack.
                throw new AssociationClosedException($"The association with {_options.Peer} is over: {_failure.Message}", _failure);
            }

            if (_ended || _association is null)
            {
                throw new AssociationClosedException($"The association with {_options.Peer} was released.");
            }
        }
    }

    private AssociationException Lost(Exception? e)
    {
        while (e is DicomNetworkException && e.InnerException is { } inner)
        {
            e = inner;
        }

        return e switch
        {
            null => new AssociationClosedException($"The connection to {_options.Peer} was lost."),
            IOException { InnerException: TimeoutException } => new AssociationTimeoutException($"The connection to {_options.Peer} was ended: {e.Message}"),
            _ => new AssociationClosedException($"The connection to {_options.Peer} was lost: {e.Message}", e),
        };
    }

    /// <summary>The first reason is the one that counts. Whoever waits gets it.</summary>
    private AssociationException Fail(AssociationException failure)
    {
        lock (_lock)
        {
            if (!_ended)
            {
                _ended = true;
                _failure = failure;
            }

            failure = _failure ?? failure;
        }

        _requests.End(failure);
        _dispatcher.End();
        _accepted.TrySetException(failure);
        return failure;
    }

    private async Task EndAsync(AssociationException? failure, bool abort)
    {
        var wasOpen = IsOpen;
        Fail(failure ?? new AssociationClosedException($"The association with {_options.Peer} was ended on this side."));
        if (abort && !_service.Listener.IsCompleted)
        {
            await Stream.AbortAsync(new Violation(DicomAbortSource.ServiceUser, DicomAbortReason.NotSpecified, "this side has had enough")).ConfigureAwait(false);
        }

        await Stream.WhenAborted.ConfigureAwait(false);
        if (wasOpen)
        {
            LogClosed(Info, abort);
        }

        _network.Dispose();
        await _run.ConfigureAwait(false);
    }

    void IScuServiceEvents.Accepted(DicomAssociation association) => _accepted.TrySetResult(association);

    void IScuServiceEvents.Rejected(DicomRejectResult result, DicomRejectSource source, DicomRejectReason reason) => Fail(new AssociationRejectedException(
        $"{_options.Peer} rejected the association of {_options.CallingAE}: {reason} ({result}, by {source}; PS3.8 §9.3.4).", result, source, reason));

    void IScuServiceEvents.Released(bool byPeer)
    {
        if (byPeer)
        {
            Fail(new AssociationClosedException($"{_options.Peer} released the association."));
        }

        _released.TrySetResult();
    }

    void IScuServiceEvents.Aborted(DicomAbortSource source, DicomAbortReason reason) =>
        Fail(new AssociationAbortedException($"{_options.Peer} aborted the association: {reason} (by {source}; PS3.8 §9.3.8).", source, reason));

    void IScuServiceEvents.Closed(Exception? exception) => Fail(Lost(exception));

    [LoggerMessage(1100, LogLevel.Information, "Association {Association} opened")]
    private partial void LogOpened(AssociationInfo association);

    [LoggerMessage(1101, LogLevel.Information, "Association {Association} ended; aborted: {Aborted}")]
    private partial void LogClosed(AssociationInfo association, bool aborted);
}
