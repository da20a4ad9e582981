using FellowOakDicom;
using FellowOakDicom.Imaging.Codec;
using Microsoft.Extensions.Logging;
using Specgen.Associations;
using Specgen.Instances;
using Specgen.Telemetry;
using Specgen.Wire;

namespace Specgen.Scu;

/// <summary>An association that we opened: what is proposed, and what was accepted of it. What is asked over it, the other part has.</summary>
internal sealed partial class ScuConnection : IAssociationUser, IDestination
{
    /// <summary>What can be converted where a user sends.</summary>
    public static readonly ITranscoderManager Transcoders = new DefaultTranscoderManager();

    private readonly ScuOptions _options;
    private readonly IReadOnlyList<ProposedContext> _proposed;
    private readonly Association _association;
    private readonly ArrivingInstances _arriving;
    private readonly Lazy<Dictionary<string, SopClass>> _sopClasses;
    private readonly ProviderRegistry _providers;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _getting = new(1, 1);
    private readonly TaskCompletionSource _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _watch;
    private AssociationException? _why;
    private AssociateAccept? _answer;
    private ReceiveFolder? _folder;
    private HashSet<string> _relational = [];
    private Dictionary<string, StorageSupport> _storage = [];
    private Task _run = Task.CompletedTask;

    private ScuConnection(IDimseHandlers? user, ScuOptions options, IReadOnlyList<ProposedContext> proposed, Transport transport)
    {
        var loggerFactory = options.LoggerFactory ?? StandardErrorLog.Instance;
        _options = options;
        _proposed = proposed;
        _sopClasses = new(() => user?.Bindings.SelectMany(static b => b.SopClasses).DistinctBy(static s => s.Uid).ToDictionary(static s => s.Uid, StringComparer.Ordinal) ?? []);
        _logger = loggerFactory.CreateLogger("Specgen.Scu");
        Info = new AssociationInfo(AssociationInfo.NextId(), options.CallingAE, options.CalledAE, transport.RemoteHost, transport.RemotePort);

        var own = user?.Bindings.Where(static b => b.Role == DicomRole.Scp && b.CStore is not null).SelectMany(static b => b.SopClasses).Select(static s => s.Uid).ToHashSet(StringComparer.Ordinal) ?? [];
        _arriving = new ArrivingInstances(proposed.Where(c => c.Role == DicomRole.Scp && !own.Contains(c.SopClassUid)).Select(static c => c.SopClassUid).Distinct(StringComparer.Ordinal));
        var limits = new AssociationLimits(options.MaxPduLength, options.AssociationTimeout, Timeout.InfiniteTimeSpan, options.RequestTimeout)
        {
            LeastData = (options.MinDataRate, options.MinDataRateGracePeriod),
        };
        _providers = new ProviderRegistry((user is null ? [_arriving] : new[] { user, _arriving }).Select(static p => new ProviderSource(p)));
        var services = new AssociationServices
        {
            Providers = _providers,
            Events = new AssociationEvents(_logger),
            Peers = NoPeers.Instance,
            RequestTimeout = options.RequestTimeout,
            DataSetLimits = options.DataSetLimits,
            UidCheck = options.UidCheck,
            Memory = options.Memory ?? MemoryBudget.OfOne(options.MaxMemory, options.TimeProvider),
            Time = options.TimeProvider,
            ReceiveFolder = OpenFolder,
            Transcoders = Transcoders,
        };
        _association = new Association(transport, isRequestor: true, limits, services, this);
        _watch = options.TimeProvider.CreateTimer(static self => ((Association)self!).Watch(), _association, limits.WatchInterval, limits.WatchInterval);
    }

    public AssociationInfo Info { get; }

    public string Peer => _options.Peer;

    public bool IsOpen => _association.IsOpen;

    public IReadOnlyList<AcceptedContext> AcceptedContexts { get; private set; } = [];

    public int MaxAsyncOperations { get; private set; } = 1;

    public ReadOnlyMemory<byte>? UserIdentityResponse => _answer?.User.IdentityResponse;

    public static async ValueTask<ScuConnection> OpenAsync(IDimseHandlers? user, ScuOptions options, CancellationToken cancellationToken)
    {
        options.Check();
        if (user is not null)
        {
            GeneratedFormat.Check(user.GetType());
        }

        var proposed = ScuContexts.For(user, options);
        var request = Request(user, options, proposed);
        var connection = new ScuConnection(user, options, proposed, await Connector.ConnectAsync(options, cancellationToken).ConfigureAwait(false));
        await connection.AssociateAsync(request, cancellationToken).ConfigureAwait(false);
        return connection;
    }

    public bool IsRelational(string sopClassUid) => _relational.Contains(sopClassUid);

    public StorageSupport? StorageSupportOf(string sopClassUid) => _storage.GetValueOrDefault(sopClassUid);

    /// <summary>Asks for the release when requests of both sides are through. Where the association is over already, that is all.</summary>
    public async ValueTask ReleaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _association.ReleaseAsync(_options.ReleaseTimeout, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await CloseAsync().ConfigureAwait(false);
        }
    }

    public Task AbortAsync() => AbortAsync(new AssociationClosedException($"The association with {_options.Peer} was aborted on this side."));

    Rejection? IAssociationUser.Check(AssociateRequest request) => null;

    void IAssociationUser.Requested(AssociateRequest request) => throw new InvalidOperationException("A user is not asked for an association.");

    NegotiatedAssociation? IAssociationUser.Accepted(AssociateAccept accept, out Violation? problem)
    {
        problem = null;
        _answer = accept;
        var (contexts, accepted) = (new List<NegotiatedContext>(), new List<AcceptedContext>());
        for (var i = 0; i < _proposed.Count; i++)
        {
            var (id, uid) = (ScuContexts.IdOf(i), _proposed[i].SopClassUid);
            var answer = accept.Contexts.Find(c => c.Id == id);
            if (answer.Id != id || answer.Result != ContextResult.Accept || !_proposed[i].TransferSyntaxUids.Contains(answer.TransferSyntax))
            {
                continue;
            }

            // A role is a SOP class's, in all of its contexts. Peers that accept one without saying so are taken at their deeds (PS3.7 D.3.3.4.2 would have them say it).
            var isScp = Proposes(uid, DicomRole.Scp) && accept.User.FindRole(uid) is null or { Scp: true };
            contexts.Add(new NegotiatedContext(id, uid, DicomTransferSyntax.Parse(answer.TransferSyntax), isScp, IsScu: Proposes(uid, DicomRole.Scu)));
            accepted.Add(new AcceptedContext(id, uid, answer.TransferSyntax));
        }

        _relational = RelationalQueries.Accepted(accept);
        _storage = StorageNegotiation.Accepted(accept, _providers);
        AcceptedContexts = accepted;
        MaxAsyncOperations = accept.User.OperationsInvoked == 0 ? _options.MaxAsyncOperations : Math.Min(accept.User.OperationsInvoked, _options.MaxAsyncOperations);
        return new NegotiatedAssociation(Info, contexts, accept.User.MaxDataLength) { OwnWindow = MaxAsyncOperations };
    }

    void IAssociationUser.Opened() => _accepted.TrySetResult();

    void IAssociationUser.Ended(AssociationEnd end, AssociationException why)
    {
        if (end == AssociationEnd.ConnectionLost && !_accepted.Task.IsCompleted)
        {
            var hint = _options.Tls is null ? "; a server that expects TLS ends it so" : "";
            why = new AssociationClosedException($"The connection to {_options.Peer} was lost before it answered the association request of {_options.CallingAE}{hint}.", why);
        }

        Volatile.Write(ref _why, why);
        if (!_accepted.TrySetException(why))
        {
            LogClosed(Info, end);
        }
    }

    private static AssociateRequest Request(IDimseHandlers? user, ScuOptions options, IReadOnlyList<ProposedContext> proposed)
    {
        var request = new AssociateRequest { CalledAE = options.CalledAE, CallingAE = options.CallingAE, ApplicationContext = DicomUID.DICOMApplicationContext.UID };
        ScuContexts.AddTo(request, proposed);
        var information = request.User;
        information.MaxDataLength = options.MaxPduLength;
        information.ImplementationClassUid = Part10Header.ImplementationClassUid;
        information.ImplementationVersionName = Part10Header.ImplementationVersionName;
        information.AsyncOperations = options.MaxAsyncOperations == 1 ? null : ((ushort)options.MaxAsyncOperations, (ushort)1);
        if (options.ProposeRelationalQueries)
        {
            RelationalQueries.Propose(user, proposed, information);
        }

        if (options.AskStorageSupport)
        {
            StorageNegotiation.Propose(user, proposed, information);
        }

        information.Identity = options.UserIdentity is { } identity ? new IdentityItem((byte)identity.Type, identity.IsResponseRequested, identity.Primary, identity.Secondary) : null;
        return request;
    }

    private async Task AssociateAsync(AssociateRequest request, CancellationToken cancellationToken)
    {
        _run = RunAsync();
        try
        {
            await _association.RequestAsync(request).ConfigureAwait(false);
            await _accepted.Task.WaitAsync(_options.AssociationTimeout, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
            LogOpened(Info);
        }
        catch (TimeoutException)
        {
            var failure = new AssociationTimeoutException($"{_options.Peer} did not answer the association request of {_options.CallingAE} within {_options.AssociationTimeout}.");
            await AbortAsync(failure).ConfigureAwait(false);
            throw failure;
        }
        catch
        {
            await AbortAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task RunAsync()
    {
        await _association.RunAsync().ConfigureAwait(false);
        await _watch.DisposeAsync().ConfigureAwait(false);
        _ = CleanUpAsync();
    }

    /// <summary>Made when something arrives that does not stay in memory: most users get nothing.</summary>
    private ReceiveFolder OpenFolder()
    {
        lock (_getting)
        {
            return _folder ??= ReceiveFolder.Open(_options.ReceiveFolder);
        }
    }

    /// <summary>Not waited for: the last handler may be the one that ended the association.</summary>
    private async Task CleanUpAsync()
    {
        await _association.DisposeAsync().ConfigureAwait(false);
        _folder?.Dispose();
    }

    private async Task AbortAsync(AssociationException failure)
    {
        await _association.AbortAsync(Violation.ByUser("this side has had enough"), failure).ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);
    }

    private async Task CloseAsync()
    {
        _association.Close();
        await _run.ConfigureAwait(false);
    }

    private void ThrowIfOver()
    {
        if (Volatile.Read(ref _why) is { } why)
        {
            // A new one: the first was thrown at somebody else, with his stack.
            throw new AssociationClosedException($"The association with {_options.Peer} is over: {why.Message}", why);
        }
    }

    private bool Proposes(string sopClassUid, DicomRole role) => _proposed.Any(context => context.SopClassUid == sopClassUid && context.Role == role);

    [LoggerMessage(1100, LogLevel.Information, "Association {Association} opened")]
    private partial void LogOpened(AssociationInfo association);

    [LoggerMessage(1101, LogLevel.Information, "Association {Association} ended: {End}")]
    private partial void LogClosed(AssociationInfo association, AssociationEnd end);

    /// <summary>A user knows no other peers than its own.</summary>
    private sealed class NoPeers : IPeers
    {
        public static readonly NoPeers Instance = new();

        public DicomPeer? Find(string aeTitle) => null;

        public ValueTask<IDestination> OpenAsync(string aeTitle, DicomPeer peer, IList<ProposedContext> contexts, CancellationToken cancellationToken) =>
            throw new UnknownPeerException($"A user does not know where {aeTitle} is.", aeTitle);

        public async ValueTask<DimseResponse> NEventReportAsync(
            string aeTitle, Handlers.IPeerChannel? channel, SopClass sopClass, string sopInstanceUid, ushort eventTypeId, DicomDataset? dataset, CancellationToken cancellationToken) =>
            channel is not null && channel.CanSend(sopClass)
                ? await channel.SendNEventReportAsync(sopClass, sopInstanceUid, eventTypeId, dataset, cancellationToken).ConfigureAwait(false)
                : throw new UnknownPeerException($"The association with {aeTitle} is over or cannot carry the notification.", aeTitle);
    }
}
