using System.Diagnostics;
using System.Net.Sockets;
using FellowOakDicom;
using FellowOakDicom.Network;
using Microsoft.Extensions.Logging;
using Specgen.Dispatch;
using Specgen.Instances;

namespace Specgen.Network;

/// <summary>A connection from its acceptance to its end, and the association on it.</summary>
internal sealed partial class ScpConnection : IAssociationEvents, IAssociationStreamEvents, IMessageSender
{
    /// <summary>Of a data set that is kept in memory: what DIMSE-N messages carry.</summary>
    private const int MaxDataSetInMemory = 16 * 1024 * 1024;

    /// <summary>How much longer than allowed a handler may take that does not look at its token.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly ScpServer _server;
    private readonly ScpConfiguration _configuration;
    private readonly Socket _socket;
    private readonly AssociationNetworkStream _network;
    private readonly ScpAssociation _service;
    private readonly ILogger _logger;
    private readonly long _connectedAt = Environment.TickCount64;
    private readonly object _lock = new();
    private readonly List<byte[]> _userItems = [];
    private NegotiatedContext[] _contexts = [];
    private AssociateRequest? _request;
    private AssociationInfo? _association;
    private RequestDispatcher? _dispatcher;
    private RequestChannel? _requests;
    private AssociationEnd? _end;
    private bool _hasSlot;
    private long _overAt;

    public ScpConnection(ScpServer server, ScpConfiguration configuration, Socket socket, Stream stream, DicomServiceDependencies dependencies)
    {
        _server = server;
        _configuration = configuration;
        _socket = socket;
        _logger = configuration.Events.Logger;
        _network = new AssociationNetworkStream(socket, new AssociationStream(stream, () => socket.Shutdown(SocketShutdown.Send), configuration.Options.MaxPduLength, this, isRequestor: false, Timeout.InfiniteTimeSpan));
        _service = new ScpAssociation(_network, configuration.LoggerFactory.CreateLogger("FellowOakDicom.Network"), dependencies, this)
        {
            Options = new DicomServiceOptions { MaxPDULength = configuration.Options.MaxPduLength },
        };
    }

    private AssociationStream Stream => _network.Stream;

    private DicomScpOptions Options => _configuration.Options;

    /// <summary>The ARTIM timer (PS3.8 §9.1.5). A server that wants silent peers to be dropped sooner than that has no more patience with those that never said a word.</summary>
    private TimeSpan ArtimTime => Shorter(Options.AssociationTimeout, Options.IdleTimeout);

    /// <summary>A request is being handled, work after one is under way, or a message of ours waits for its answer.</summary>
    public bool IsBusy => _dispatcher is { IsBusy: true } || _requests is { IsBusy: true };

    /// <summary>A message is just coming in.</summary>
    public bool IsReceiving => Stream.IsInMidst && Stream.Silence < TimeSpan.FromSeconds(1);

    /// <summary>Runs fo-dicom's reading loop to its end, and cleans up.</summary>
    public async Task RunAsync()
    {
        try
        {
            await _service.RunAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LogReadingFailed(e, _network.RemoteHost, _network.RemotePort);
        }

        EndAssociation(AssociationEnd.ConnectionLost, () => new AssociationClosedException($"The connection to {_network.RemoteHost}:{_network.RemotePort} was lost."));
        _service.Dispose();
        _network.Dispose();
        if (_dispatcher is not null)
        {
            await _dispatcher.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Looks at the time-outs. Called by the server every now and then.</summary>
    public void Watch()
    {
        var silence = Stream.Silence;
        if (Longer(Stream.WriteDelay, Options.RequestTimeout))
        {
            LogCut(_network.RemoteHost, _network.RemotePort, "it takes no data");
            Close();
            return;
        }

        switch (Stream.Phase)
        {
            case AssociationPhase.AwaitingRequest:
                // AA-2: no A-ABORT.
                if (Longer(TimeSpan.FromMilliseconds(Environment.TickCount64 - _connectedAt), ArtimTime))
                {
                    LogCut(_network.RemoteHost, _network.RemotePort, "it does not ask for an association");
                    Close();
                }

                break;
            case AssociationPhase.Established when Stream.IsInMidst && Longer(silence, Shorter(Options.RequestTimeout, Options.IdleTimeout)):
                Abort(Violation.Unspecified($"silence for {silence} in the middle of a message"));
                break;
            case AssociationPhase.Established when !IsBusy && Longer(silence, Options.IdleTimeout):
                Abort(Violation.Unspecified($"silence for {silence}"));
                break;
            case AssociationPhase.Established or AssociationPhase.Releasing
                when _dispatcher is { } dispatcher && Options.RequestTimeout != Timeout.InfiniteTimeSpan && dispatcher.Handling > Options.RequestTimeout + s_patience:
                Abort(Violation.Unspecified($"a handler that has been running for {dispatcher.Handling}, and does not look at its cancellation token"));
                break;
            case AssociationPhase.Over:
                if (_overAt == 0)
                {
                    _overAt = Environment.TickCount64;
                }
                else if (Longer(TimeSpan.FromMilliseconds(Environment.TickCount64 - _overAt), ArtimTime))
                {
                    Close();
                }

                break;
        }
    }

    /// <summary>Ends the association with an A-ABORT, or the connection where there is none yet.</summary>
    public async Task StopAsync(string why)
    {
        if (Stream.Phase is AssociationPhase.AwaitingRequest or AssociationPhase.Over)
        {
            Close();
            return;
        }

        await AbortAsync(Violation.Unspecified(why)).ConfigureAwait(false);
    }

    /// <summary>Closes the connection without a word. The reading loop ends by it.</summary>
    public void Close() => _network.Dispose();

    public Task AbortAsync(Violation why) => Stream.AbortAsync(why);

    public ValueTask SendAsync(NegotiatedContext context, byte[] command, ReadOnlyMemory<byte>? dataSet) => Stream.SendMessageAsync(context.Id, command, dataSet);

    public ValueTask SendAsync(NegotiatedContext context, byte[] command, Stream dataSet, CancellationToken cancellationToken) =>
        Stream.SendMessageAsync(context.Id, command, dataSet, cancellationToken);

    Violation? IAssociationStreamEvents.AssociationRequested(ReadOnlySpan<byte> pdu)
    {
        _request = AssociateRequest.Read(pdu, out var problem);
        return problem;
    }

    Violation? IAssociationStreamEvents.AssociationAccepted(ReadOnlySpan<byte> pdu) => null;

    bool IAssociationStreamEvents.IsFull => false;

    IReadOnlyList<byte[]> IAssociationStreamEvents.UserItems => _userItems;

    void IAssociationStreamEvents.Aborting(Violation why)
    {
        LogAborting(_association?.ToString() ?? $"{_network.RemoteHost}:{_network.RemotePort}", why.Why);
        EndAssociation(AssociationEnd.Aborted, () => new AssociationAbortedException($"The association {_association} was aborted: {why.Why}.", why.Source, why.Reason));
    }

    async Task IAssociationEvents.RequestedAsync(DicomAssociation association)
    {
        try
        {
            await AnswerAsync(association).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (DicomNetworkException or IOException or ObjectDisposedException))
        {
            // fo-dicom would close the connection without a word.
            LogNegotiationFailed(e, _network.RemoteHost, _network.RemotePort);
            await AbortAsync(Violation.Unspecified("an error of the server")).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(DicomAssociation association)
    {
        var request = _request!;
        var info = new AssociationInfo(AssociationInfo.NextId(), request.CallingAE, request.CalledAE, _network.RemoteHost, _network.RemotePort);
        if (Rejection.Of(request, Options) is { } rejection || (rejection = _server.TakeSlot()) is not null)
        {
            _configuration.Events.AssociationRejected(info, rejection.Why);
            await _service.RejectAsync(rejection.Result, rejection.Source, rejection.Reason).ConfigureAwait(false);
            return;
        }

        _hasSlot = true;
        if (await CheckIdentityAsync(info, request).ConfigureAwait(false) is { } unwelcome)
        {
            _configuration.Events.AssociationRejected(info, unwelcome.Why);
            await _service.RejectAsync(unwelcome.Result, unwelcome.Source, unwelcome.Reason).ConfigureAwait(false);
            return;
        }

        var contexts = Negotiation.Negotiate(association.PresentationContexts, request, _configuration.Providers, [.. Options.TransferSyntaxes]);
        if (Options.AcceptRelationalQueries)
        {
            contexts = RelationalQueries.Negotiate(contexts, request, _configuration.Providers, _userItems);
        }

        if (Options.StorageSupport is { } support)
        {
            _userItems.AddRange(StorageNegotiation.Answer(request, contexts, _configuration.Providers, support));
        }

        _contexts = [.. contexts];

        // fo-dicom would give back what was proposed. Notifications of ours go one at a time.
        association.MaxAsyncOpsInvoked = request.OperationsInvoked == 0 ? Options.MaxAsyncOperations : Math.Min(request.OperationsInvoked, Options.MaxAsyncOperations);
        association.MaxAsyncOpsPerformed = 1;
        Stream.PeerMaxDataLength = request.MaxDataLength;
        _requests = new RequestChannel(info.ToString(), this, Options.RequestTimeout);
        _requests.Open();
        var peer = new PeerLink(info.CallingAE, info.RemoteHost, new PeerChannel(info, _requests, contexts), _configuration.Peers);
        info.Peer = peer;
        _dispatcher = new RequestDispatcher(_configuration, info, peer, this, new Retrieval(_configuration, info, this, _requests, () => contexts), _server.Stopping) { Window = association.MaxAsyncOpsInvoked };
        lock (_lock)
        {
            _association = info;
        }

        _configuration.Events.AssociationOpened(info);
        await _service.AcceptAsync(association).ConfigureAwait(false);
    }

    /// <summary>Null where the peer is welcome.</summary>
    private async ValueTask<Rejection?> CheckIdentityAsync(AssociationInfo info, AssociateRequest request)
    {
        if (Options.CheckUserIdentity is not { } check)
        {
            return null;
        }

        using var time = new CancellationTokenSource(Options.AssociationTimeout);
        var decision = await check(info, request.UserIdentity, time.Token).ConfigureAwait(false);
        if (!decision.IsAccepted)
        {
            return Rejection.Unwelcome(decision.Reason ?? "its user identity");
        }

        info.UserIdentity = request.UserIdentity;
        if (request.UserIdentity is { IsResponseRequested: true })
        {
            _userItems.Add(AssociateItems.Item(AssociateItems.UserIdentityResponse, AssociateItems.Field(decision.ServerResponse.Span)));
        }

        return null;
    }

    void IAssociationEvents.ReleaseRequested() => _ = ReleaseAsync();

    void IAssociationEvents.AbortedByPeer(DicomAbortSource source, DicomAbortReason reason) =>
        EndAssociation(AssociationEnd.AbortedByPeer, () => new AssociationAbortedException($"The association {_association} was aborted by the peer: {source}, {reason}.", source, reason));

    NegotiatedContext? IMessageEvents.FindContext(byte id)
    {
        foreach (var context in _contexts)
        {
            if (context.Id == id)
            {
                return context;
            }
        }

        return null;
    }

    IDataSetSink IMessageEvents.BeginDataSet(NegotiatedContext context, CommandSet command)
    {
        if (command.IsResponse)
        {
            return new MemorySink(MaxDataSetInMemory);
        }

        if (DimseFields.OperationOf(command.Field) is not { } operation || !_configuration.Providers.Takes(context.AbstractSyntax, command, operation))
        {
            // Read to its end, and answered with the status for it.
            return new MemorySink(0);
        }

        return operation == DimseOperation.CStore
            ? new ReceivedInstance(
                _server.ReceiveFolder, Part10Header.Create(command.SopClassUid, command.SopInstanceUid, context.TransferSyntax.UID.UID, _association!.CallingAE),
                context.TransferSyntax, Options.DataSetLimits)
            : new MemorySink(MaxDataSetInMemory);
    }

    Violation? IMessageEvents.Received(NegotiatedContext context, CommandSet command, IDataSetSink? dataSet)
    {
        if (command.IsResponse)
        {
            _requests!.Receive(new ReceivedResponse(context, command, dataSet));
            return null;
        }

        if (_dispatcher!.TryEnqueue(new ReceivedRequest(context, command, dataSet, Stopwatch.GetTimestamp())))
        {
            return null;
        }

        dataSet?.Dispose();
        return Violation.Unspecified($"more than {RequestDispatcher.MaxQueue} requests that did not wait for an answer");
    }

    void IMessageEvents.Cancelled(ushort messageId) => _dispatcher!.Cancel(messageId);

    private static bool Longer(TimeSpan time, TimeSpan limit) => limit != Timeout.InfiniteTimeSpan && time > limit;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) =>
        one == Timeout.InfiniteTimeSpan ? other : other == Timeout.InfiniteTimeSpan ? one : one < other ? one : other;

    private async Task ReleaseAsync()
    {
        // The peer answers nothing any more, but takes the answers to what it asked before (PS3.8 §9.2, Sta7 and AR-6).
        _requests?.End(new AssociationClosedException($"The association {_association} is being released by the peer."));
        try
        {
            await _dispatcher!.WhenAnsweredAsync().ConfigureAwait(false);
            EndAssociation(AssociationEnd.Released, () => new AssociationClosedException($"The association {_association} was released."));
            await _service.ReleaseAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is DicomNetworkException or IOException or ObjectDisposedException)
        {
            LogNotReleased(_association!, e.Message);
        }
    }

    private void Abort(Violation why) => _ = AbortAsync(why);

    /// <summary>The association is over, whatever becomes of the connection. The first to say so is right.</summary>
    private void EndAssociation(AssociationEnd end, Func<AssociationException> why)
    {
        lock (_lock)
        {
            if (_end is not null)
            {
                return;
            }

            _end = end;
        }

        if (_hasSlot)
        {
            _server.ReturnSlot();
        }

        _requests?.End(why());
        _dispatcher?.End();
        if (_association is not null)
        {
            _configuration.Events.AssociationClosed(_association, end);
        }
    }

    [LoggerMessage(1010, LogLevel.Warning, "{Association}: aborted because of {Why}")]
    private partial void LogAborting(string association, string why);

    [LoggerMessage(1011, LogLevel.Information, "{Host}:{Port} is disconnected: {Why}")]
    private partial void LogCut(string host, int port, string why);

    [LoggerMessage(1012, LogLevel.Debug, "{Host}:{Port}: reading ended")]
    private partial void LogReadingFailed(Exception exception, string host, int port);

    [LoggerMessage(1014, LogLevel.Error, "{Host}:{Port}: the association request could not be answered")]
    private partial void LogNegotiationFailed(Exception exception, string host, int port);

    [LoggerMessage(1013, LogLevel.Debug, "{Association}: the answer to a release could not be sent: {Reason}")]
    private partial void LogNotReleased(AssociationInfo association, string reason);
}
