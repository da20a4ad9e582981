using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using FellowOakDicom;
using FellowOakDicom.Imaging.Codec;
using FellowOakDicom.Network;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Specgen;

/// <summary>An association that we opened: keeps the order of requests, the time-outs, and the reason why it ended.</summary>
internal sealed partial class ScuConnection : IScuServiceEvents, IPeerChannel
{
    /// <summary>How long a peer may take to read our A-ABORT before the connection is cut.</summary>
    private static readonly TimeSpan s_abortTimeout = TimeSpan.FromSeconds(1);

    private readonly ScuOptions _options;
    private readonly ScuNetworkStream _network;
    private readonly ScuService _service;
    private readonly ScuNotifications _notifications;
    private readonly ILogger _logger;

    // One request at a time (PS3.7 D.3.3.3).
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly TaskCompletionSource<DicomAssociation> _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object _lock = new();
    private DicomAssociation? _association;
    private AssociationException? _failure;
    private PendingRequest? _pending;
    private bool _ended;
    private Task _run = Task.CompletedTask;

    private ScuConnection(IDimseHandlers? user, ScuOptions options, ScuNetworkStream network, ILoggerFactory loggerFactory)
    {
        _options = options;
        _network = network;
        _logger = loggerFactory.CreateLogger("Specgen.Scu");
        Info = new AssociationInfo(AssociationInfo.NextId(), options.CallingAE, options.CalledAE, network.RemoteHost, network.RemotePort);
        _service = new ScuService(network, loggerFactory.CreateLogger("FellowOakDicom.Network"), Dependencies, this) { Options = new DicomServiceOptions { MaxPDULength = options.MaxPduLength } };
        _notifications = new ScuNotifications(user, this, _service, loggerFactory, _logger);
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

    bool IPeerChannel.IsConnected => IsOpen;

    private static DicomServiceDependencies Dependencies => DicomScpStartup.OwnServices.GetRequiredService<DicomServiceDependencies>();

    public static async ValueTask<ScuConnection> OpenAsync(IDimseHandlers? user, ScuOptions options, CancellationToken cancellationToken)
    {
        options.Check();
        var association = new DicomAssociation(options.CallingAE, options.CalledAE);
        ScuContexts.AddTo(association.PresentationContexts, ScuContexts.For(user, options));

        var network = await ScuNetworkStream.ConnectAsync(options, cancellationToken).ConfigureAwait(false);
        var connection = new ScuConnection(user, options, network, options.LoggerFactory ?? NullLoggerFactory.Instance);
        await connection.AssociateAsync(association, cancellationToken).ConfigureAwait(false);
        return connection;
    }

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

            AcceptedContexts = [.. accepted.PresentationContexts
                .Where(static c => c.Result == DicomPresentationContextResult.Accept)
                .Select(static c => new AcceptedContext(c.ID, c.AbstractSyntax.UID, c.AcceptedTransferSyntax.UID.UID))];
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
            _notifications.End();
            _service.Dispose();
            _network.Dispose();
        }
    }

    public ValueTask<DimseResponse> CEchoAsync(CancellationToken cancellationToken)
    {
        _ = Context(VerificationProvider.SopClass);
        return SendAsync(DimseOperation.CEcho, VerificationProvider.SopClass, static () => new DicomCEchoRequest(), null, cancellationToken);
    }

    public ValueTask<DimseResponse> CStoreAsync(DicomFile file, CancellationToken cancellationToken)
    {
        if (!file.Dataset.TryGetString(DicomTag.SOPClassUID, out var uid) || string.IsNullOrEmpty(uid) || !file.Dataset.Contains(DicomTag.SOPInstanceUID))
        {
            throw new InvalidDataException("The data set has no SOP Class UID or no SOP Instance UID (PS3.3 C.12.1): it cannot be sent.");
        }

        var sopClass = SopClass.Unknown(uid);
        var own = file.Dataset.InternalTransferSyntax;
        // What fo-dicom 5.1.3 sends deflated has a fragment after the last one.
        var contexts = Contexts(sopClass).Where(static c => !DicomTransferSyntax.Parse(c.TransferSyntaxUid).IsDeflate).ToList();
        var manager = Dependencies.TranscoderManager;
        var context = contexts.FirstOrDefault(c => c.TransferSyntaxUid == own.UID.UID);
        if (context.Id == 0)
        {
            // fo-dicom would send a file that it cannot convert without its pixels, and say nothing.
            context = contexts.FirstOrDefault(c => manager.CanTranscode(own, DicomTransferSyntax.Parse(c.TransferSyntaxUid)) || !file.Dataset.Contains(DicomTag.PixelData));
            if (context.Id == 0)
            {
                throw NotAccepted(sopClass, $"accepted {sopClass.Uid} only in transfer syntaxes that {own.UID.Name} cannot be converted to: {string.Join(", ", contexts.Select(static c => c.TransferSyntaxUid))}");
            }
        }

        var target = DicomTransferSyntax.Parse(context.TransferSyntaxUid);
        var sent = target == own ? file : new DicomFile(file.Dataset.Clone(target));
        sent.FileMetaInfo.TransferSyntax = target;
        return SendAsync(DimseOperation.CStore, sopClass, () => new DicomCStoreRequest(sent), null, cancellationToken);
    }

    public async ValueTask<DimseResponse> CStoreAsync(string path, CancellationToken cancellationToken)
    {
        var header = DicomFileHeader.Read(path);
        var sopClass = SopClass.Unknown(header.SopClassUid);
        var context = Contexts(sopClass).FirstOrDefault(c => c.TransferSyntaxUid == header.TransferSyntaxUid);
        var syntax = DicomTransferSyntax.Parse(header.TransferSyntaxUid);
        if (context.Id == 0)
        {
            return await CStoreAsync(await DicomFile.OpenAsync(path, FileReadOption.ReadLargeOnDemand).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }

        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using (file.ConfigureAwait(false))
        {
            file.Position = header.DataSetOffset;
            // Only a deflated data set may be odd in a file; it is padded on its way (PS3.5 A.5).
            if (((file.Length - header.DataSetOffset) & 1) != 0 && !syntax.IsDeflate)
            {
                throw new InvalidDataException($"'{path}' has a data set of odd length: it is cut short, or not DICOM (PS3.5 §7.1).");
            }

            var source = new DataSetSource(file, context.Id, _association!.MaximumPDULength, cancellationToken);
            return await SendAsync(DimseOperation.CStore, sopClass, () => StoreRequest(header, syntax), source, cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask<DimseResponse> NActionAsync(SopClass sopClass, string sopInstanceUid, ushort actionTypeId, DicomDataset? dataset, CancellationToken cancellationToken)
    {
        _ = Context(sopClass);
        return SendAsync(
            DimseOperation.NAction,
            sopClass,
            () => new DicomNActionRequest(sopClass.ToDicomUID(), DicomUID.Parse(sopInstanceUid), actionTypeId) { Dataset = dataset },
            null,
            cancellationToken);
    }

    public ValueTask<DimseResponse> NEventReportAsync(SopClass sopClass, string sopInstanceUid, ushort eventTypeId, DicomDataset? dataset, CancellationToken cancellationToken)
    {
        _ = Context(sopClass);
        return SendAsync(
            DimseOperation.NEventReport,
            sopClass,
            () => new DicomNEventReportRequest(sopClass.ToDicomUID(), DicomUID.Parse(sopInstanceUid), eventTypeId) { Dataset = dataset },
            null,
            cancellationToken);
    }

    bool IPeerChannel.CanSend(SopClass sopClass) => IsOpen && AcceptedContexts.Any(c => c.SopClassUid == sopClass.Uid);

    ValueTask<DimseResponse> IPeerChannel.SendNEventReportAsync(SopClass sopClass, string sopInstanceUid, ushort eventTypeId, DicomDataset? dataset, CancellationToken cancellationToken) =>
        NEventReportAsync(sopClass, sopInstanceUid, eventTypeId, dataset, cancellationToken);

    public async ValueTask ReleaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await AbortAsync().ConfigureAwait(false);
            throw;
        }

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
            _turn.Release();
        }
    }

    public async ValueTask AbortAsync() =>
        await EndAsync(new AssociationClosedException($"The association with {_options.Peer} was aborted on this side."), abort: true).ConfigureAwait(false);

    private async ValueTask<DimseResponse> SendAsync(
        DimseOperation operation, SopClass sopClass, Func<DicomRequest> create, DataSetSource? source, CancellationToken cancellationToken)
    {
        using var activity = SpecgenTelemetry.StartClientRequest(operation, sopClass, Info);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        PendingRequest pending;
        try
        {
            pending = new PendingRequest(create());
            lock (_lock)
            {
                ThrowIfOver();
                _pending = pending;
            }
        }
        catch
        {
            _turn.Release();
            throw;
        }

        // From here on the turn ends with the answer, whoever still waits for it.
        _ = EndTurnAsync(pending);
        try
        {
            await SendAsync(() => SendAsync(pending, source)).ConfigureAwait(false);
            var response = await pending.Answer.WaitAsync(_options.RequestTimeout, cancellationToken).ConfigureAwait(false);
            activity?.SetTag("specgen.status", response.Status.ToString("X4", CultureInfo.InvariantCulture));
            return response;
        }
        catch (TimeoutException)
        {
            // Nobody knows what the peer will still do with the request: there is no way back to a common state.
            var failure = new AssociationTimeoutException($"{_options.Peer} did not answer {SpecgenTelemetry.OperationName(operation)} within {_options.RequestTimeout}; the association was aborted.");
            activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
            await EndAsync(failure, abort: true).ConfigureAwait(false);
            throw failure;
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            if (source?.Failure is { } failure)
            {
                // The file, or the caller, ended it; what the connection has to say about that is a consequence.
                ExceptionDispatchInfo.Throw(failure);
            }

            throw;
        }
    }

    private async Task SendAsync(PendingRequest pending, DataSetSource? source)
    {
        if (source is null)
        {
            // On a thread of the pool: fo-dicom encodes and writes without waiting asynchronously, and a caller may be somebody's user interface.
            await Task.Run(() => _service.SendRequestAsync(pending.Request)).ConfigureAwait(false);
            return;
        }

        pending.Source = source;
        _network.Stream.SendNext(source);
        try
        {
            await _service.SendRequestAsync(pending.Request).ConfigureAwait(false);
            if (await Task.WhenAny(source.CommandSent, pending.Answer).ConfigureAwait(false) == source.CommandSent)
            {
                await _network.Stream.SendFileAsync(source).ConfigureAwait(false);
            }
        }
        finally
        {
            _network.Stream.SendNothing();
        }
    }

    private async Task EndTurnAsync(PendingRequest pending)
    {
        await ((Task)pending.Answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            if (_pending == pending)
            {
                _pending = null;
            }
        }

        _turn.Release();
    }

    /// <summary>Sends, and says in our words why it did not succeed.</summary>
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

    private static DicomCStoreRequest StoreRequest(DicomFileHeader header, DicomTransferSyntax syntax)
    {
        // fo-dicom sends the command, and this small data set, which only stands in for the file's. It cannot be empty: fo-dicom does not get to its end then.
        var identity = new DicomDataset(syntax).NotValidated();
        identity.AddOrUpdate(DicomTag.SOPClassUID, header.SopClassUid);
        identity.AddOrUpdate(DicomTag.SOPInstanceUID, header.SopInstanceUid);
        var file = new DicomFile(identity);
        file.FileMetaInfo.TransferSyntax = syntax;
        return new DicomCStoreRequest(file);
    }

    private AcceptedContext Context(SopClass sopClass) => Contexts(sopClass)[0];

    private IReadOnlyList<AcceptedContext> Contexts(SopClass sopClass)
    {
        lock (_lock)
        {
            ThrowIfOver();
        }

        List<AcceptedContext> contexts = [.. AcceptedContexts.Where(c => c.SopClassUid == sopClass.Uid)];
        return contexts.Count > 0 ? contexts : throw NotAccepted(sopClass, $"did not accept {sopClass.Uid}{Why(sopClass)}");
    }

    private ContextNotAcceptedException NotAccepted(SopClass sopClass, string what) => new($"{_options.Peer} {what}.", sopClass);

    private string Why(SopClass sopClass)
    {
        var proposed = _association!.PresentationContexts.FirstOrDefault(c => c.AbstractSyntax.UID == sopClass.Uid);
        return proposed is null ? ": it was not proposed" : $": {proposed.Result}";
    }

    private void ThrowIfOver()
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
        PendingRequest? pending;
        lock (_lock)
        {
            if (!_ended)
            {
                _ended = true;
                _failure = failure;
            }

            failure = _failure ?? failure;
            pending = _pending;
        }

        pending?.Fail(failure);
        _accepted.TrySetException(failure);
        return failure;
    }

    private async Task EndAsync(AssociationException? failure, bool abort)
    {
        var wasOpen = IsOpen;
        var source = _pending?.Source;
        Fail(failure ?? new AssociationClosedException($"The association with {_options.Peer} was ended on this side."));
        if (abort && !_service.Listener.IsCompleted)
        {
            try
            {
                // A file that is being sent has its own way to end with an A-ABORT, between two of its PDUs.
                source?.Stop();
                await Task.Run(_service.AbortAsync).WaitAsync(s_abortTimeout).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                LogAbortFailed(Info, e.Message);
            }
        }

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

    void IScuServiceEvents.Answered(DicomRequest request, DicomResponse response)
    {
        PendingRequest? pending;
        lock (_lock)
        {
            pending = _pending;
        }

        if (pending?.Request == request)
        {
            Info.Count(0);
            pending.Succeed(DimseMessages.Read(response));
        }
    }

    void IScuServiceEvents.Notified(DicomNEventReportRequest request) => _notifications.Receive(request);

    [LoggerMessage(1100, LogLevel.Information, "Association {Association} opened")]
    private partial void LogOpened(AssociationInfo association);

    [LoggerMessage(1101, LogLevel.Information, "Association {Association} ended; aborted: {Aborted}")]
    private partial void LogClosed(AssociationInfo association, bool aborted);

    [LoggerMessage(1102, LogLevel.Debug, "Association {Association}: the abort could not be sent: {Reason}")]
    private partial void LogAbortFailed(AssociationInfo association, string reason);

    private sealed class PendingRequest(DicomRequest request)
    {
        private readonly TaskCompletionSource<DimseResponse> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public DicomRequest Request { get; } = request;

        public DataSetSource? Source { get; set; }

        public Task<DimseResponse> Answer => _answer.Task;

        public void Succeed(DimseResponse response) => _answer.TrySetResult(response);

        public void Fail(AssociationException failure) => _answer.TrySetException(failure);
    }
}
