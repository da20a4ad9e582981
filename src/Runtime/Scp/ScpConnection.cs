using FellowOakDicom;
using FellowOakDicom.Network;
using Microsoft.Extensions.Logging;
using Specgen.Associations;
using Specgen.Instances;
using Specgen.Wire;

namespace Specgen.Scp;

/// <summary>A connection that was accepted: says who may have an association on it, and for what.</summary>
internal sealed partial class ScpConnection : IAssociationUser
{
    private readonly ScpConnections _connections;
    private readonly ScpConfiguration _configuration;
    private readonly Transport _transport;
    private readonly PendingConnections.Entry _pending;
    private readonly Association _association;
    private readonly ILogger _logger;
    private readonly object _lock = new();
    private AssociationInfo? _info;
    private ReadOnlyMemory<byte>? _identityResponse;
    private bool _hasSlot;
    private bool _isOpened;
    private bool _isEnded;

    public ScpConnection(ScpConnections connections, ScpConfiguration configuration, Transport transport, PendingConnections.Entry pending, AssociationLimits limits, AssociationServices services)
    {
        _connections = connections;
        _configuration = configuration;
        _transport = transport;
        _pending = pending;
        _logger = configuration.Events.Logger;
        _association = new Association(transport, isRequestor: false, limits, services, this);
    }

    public string Peer => _info is null ? _transport.ToString() : $"{_info.CallingAE} at {_transport}";

    public bool IsBusy => _association.IsBusy;

    public bool IsReceiving => _association.IsReceiving;

    private DicomScpOptions Options => _configuration.Options;

    /// <summary>A server that wants silent peers to be dropped sooner than the ARTIM timer has no more patience with those that never said a word.</summary>
    public static AssociationLimits LimitsOf(DicomScpOptions options) =>
        new(options.MaxPduLength, AssociationLimits.Shorter(options.AssociationTimeout, options.IdleTimeout), options.IdleTimeout, options.RequestTimeout)
        {
            LeastData = (options.MinDataRate, options.MinDataRateGracePeriod),
        };

    /// <summary>Runs the association to its end, and until its last handler has returned.</summary>
    public async Task RunAsync()
    {
        await _association.RunAsync().ConfigureAwait(false);
        await _association.DisposeAsync().ConfigureAwait(false);
    }

    public void Watch() => _association.Watch();

    /// <summary>Ends the association with an A-ABORT, or the connection where there is none yet.</summary>
    public Task StopAsync(string why)
    {
        if (_association.State is AssociationState.Sta2 or AssociationState.Sta13)
        {
            Close();
        }

        return _association.AbortAsync(Violation.Unspecified(why));
    }

    public void Close() => _association.Close();

    Rejection? IAssociationUser.Check(AssociateRequest request)
    {
        _pending.Heard();
        _info = new AssociationInfo(AssociationInfo.NextId(), request.CallingAE, request.CalledAE, _transport.RemoteHost, _transport.RemotePort);
        if (Rejection.OfProtocol(request) is not { } rejection)
        {
            return null;
        }

        _configuration.Events.AssociationRejected(_info, rejection.Why);
        return rejection;
    }

    void IAssociationUser.Requested(AssociateRequest request) => _ = AnswerAsync(request);

    NegotiatedAssociation? IAssociationUser.Accepted(AssociateAccept accept, out Violation? problem) => throw new InvalidOperationException("A server asks for no association.");

    void IAssociationUser.Opened()
    {
    }

    void IAssociationUser.Ended(AssociationEnd end, AssociationException why)
    {
        bool isOpened, hasSlot;
        lock (_lock)
        {
            (_isEnded, isOpened, hasSlot) = (true, _isOpened, _hasSlot);
        }

        if (hasSlot)
        {
            _connections.ReturnSlot();
        }

        if (isOpened)
        {
            // Until the peer closes it (PS3.8 §9.2, Sta13).
            _pending.Enter();
            _configuration.Events.AssociationClosed(_info!, end);
        }
    }

    private async Task AnswerAsync(AssociateRequest request)
    {
        try
        {
            if (await FindRejectionAsync(request).ConfigureAwait(false) is { } rejection)
            {
                _configuration.Events.AssociationRejected(_info!, rejection.Why);
                await _association.RejectAsync(rejection).ConfigureAwait(false);
                return;
            }

            await AcceptAsync(request).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LogNegotiationFailed(e, _transport);
            await _association.AbortAsync(Violation.Unspecified("an error of the server")).ConfigureAwait(false);
        }
    }

    /// <summary>Null where the peer is welcome.</summary>
    private async ValueTask<Rejection?> FindRejectionAsync(AssociateRequest request)
    {
        if (request.ApplicationContext != DicomUID.DICOMApplicationContext.UID)
        {
            return Rejection.User(DicomRejectReason.ApplicationContextNotSupported, $"application context {PeerText.Escape(request.ApplicationContext)} is not DICOM's");
        }

        if (!Options.AcceptAnyCalledAETitle && request.CalledAE != Options.AETitle)
        {
            return Rejection.User(DicomRejectReason.CalledAENotRecognized, $"called {PeerText.Escape(request.CalledAE)}, which is not {Options.AETitle}");
        }

        // Somebody without a name cannot be told from others, nor be called back (PS3.5 §6.2: VR AE is not of spaces only).
        if (string.IsNullOrWhiteSpace(request.CallingAE) || request.CallingAE.Any(char.IsControl))
        {
            return Rejection.User(DicomRejectReason.CallingAENotRecognized, $"\"{PeerText.Escape(request.CallingAE)}\" is not an AE title");
        }

        if (Options.CallingAETitles.Count > 0 && !Options.CallingAETitles.Contains(request.CallingAE))
        {
            return Rejection.User(DicomRejectReason.CallingAENotRecognized, $"{PeerText.Escape(request.CallingAE)} may not call");
        }

        if (_connections.TakeSlot() is { } none)
        {
            return none;
        }

        lock (_lock)
        {
            _hasSlot = !_isEnded;
        }

        if (!_hasSlot)
        {
            _connections.ReturnSlot();
        }

        return Options.CheckUserIdentity is null ? null : await CheckIdentityAsync(Options.CheckUserIdentity, request.User.Identity).ConfigureAwait(false);
    }

    private async ValueTask<Rejection?> CheckIdentityAsync(
        Func<AssociationInfo, UserIdentity?, CancellationToken, ValueTask<UserIdentityDecision>> check, IdentityItem? item)
    {
        // Not in the reading loop: a check may block, and the peer may abort meanwhile.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var time = new CancellationTokenSource(Options.AssociationTimeout, _configuration.Time);
        var identity = item is null ? null : new UserIdentity((UserIdentityType)item.Type, item.Primary, item.Secondary) { IsResponseRequested = item.IsResponseRequested };
        var decision = await check(_info!, identity, time.Token).ConfigureAwait(false);
        if (!decision.IsAccepted)
        {
            return Rejection.Unwelcome(decision.Reason ?? "its user identity");
        }

        _info!.UserIdentity = identity;
        _identityResponse = item is { IsResponseRequested: true } ? decision.ServerResponse : default(ReadOnlyMemory<byte>?);
        return null;
    }

    private async ValueTask AcceptAsync(AssociateRequest request)
    {
        var accept = new AssociateAccept { CalledAE = request.CalledAE, CallingAE = request.CallingAE, ApplicationContext = request.ApplicationContext };
        var contexts = Negotiation.Negotiate(request, accept, _configuration.Providers, _connections.PreferredTransferSyntaxes);
        if (Options.AcceptRelationalQueries)
        {
            RelationalQueries.Negotiate(contexts, request, accept, _configuration.Providers);
        }

        if (Options.StorageSupport is { } support)
        {
            StorageNegotiation.Answer(request, accept, contexts, _configuration.Providers, support);
        }

        // Notifications of ours go one at a time. One each is what counts where nothing is said.
        var window = request.User.OperationsInvoked == 0 ? Options.MaxAsyncOperations : Math.Min(request.User.OperationsInvoked, Options.MaxAsyncOperations);
        accept.User.MaxDataLength = Options.MaxPduLength;
        accept.User.ImplementationClassUid = Part10Header.ImplementationClassUid;
        accept.User.ImplementationVersionName = Part10Header.ImplementationVersionName;
        accept.User.AsyncOperations = window == 1 ? null : ((ushort)window, (ushort)1);
        accept.User.IdentityResponse = _identityResponse;
        lock (_lock)
        {
            if (_isEnded)
            {
                // Aborted, or lost, while its identity was checked.
                return;
            }

            _isOpened = true;
        }

        _pending.Leave();

        _info!.Peer = _association.LinkTo(_info);
        _configuration.Events.AssociationOpened(_info);
        await _association.AcceptAsync(accept, new NegotiatedAssociation(_info!, contexts, request.User.MaxDataLength) { PeerWindow = window }).ConfigureAwait(false);
    }

    [LoggerMessage(1014, LogLevel.Error, "{Peer}: the association request could not be answered")]
    private partial void LogNegotiationFailed(Exception exception, Transport peer);
}
