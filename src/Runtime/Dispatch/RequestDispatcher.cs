using System.Diagnostics;
using System.Text;
using FellowOakDicom;
using Microsoft.Extensions.Logging;
using Specgen.Network;

namespace Specgen.Dispatch;

/// <summary>
/// The requests of one association: taken in while the network is being read, handled one after the other on another thread, answered in their order. No operations run at the same time, because
/// none are negotiated to (PS3.7 D.3.3.3); a peer that does not wait for answers is put up with as far as the queue goes.
/// </summary>
internal sealed partial class RequestDispatcher : IThreadPoolWorkItem, IAsyncDisposable
{
    /// <summary>Requests that may wait for their turn. A peer that waits for its answers never has one waiting.</summary>
    public const int MaxQueue = 16;

    private readonly ScpConfiguration _configuration;
    private readonly AssociationInfo _association;
    private readonly PeerLink _peer;
    private readonly IMessageSender _sender;
    private readonly ILogger _logger;
    private readonly AssociationScope _scope;
    private readonly CancellationToken _stopping;
    private readonly CancellationTokenSource _ended = new();
    private readonly Queue<ReceivedRequest> _queue = new();
    private readonly object _lock = new();
    private readonly List<TaskCompletionSource> _waiting = [];
    private ReceivedRequest? _current;
    private CancellationTokenSource? _currentToken;
    private long _handlingSince;
    private int _afterwards;
    private bool _isRunning;
    private bool _isOver;

    public RequestDispatcher(ScpConfiguration configuration, AssociationInfo association, PeerLink peer, IMessageSender sender, CancellationToken stopping)
    {
        _configuration = configuration;
        _association = association;
        _peer = peer;
        _sender = sender;
        _stopping = stopping;
        _logger = configuration.Events.Logger;
        _scope = configuration.CreateScope();
    }

    /// <summary>A request is being handled, or waits for its turn, or work after one is under way.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_lock)
            {
                return _isRunning || _afterwards > 0;
            }
        }
    }

    /// <summary>How long the current handler has been running.</summary>
    public TimeSpan Handling => Volatile.Read(ref _handlingSince) is > 0 and var since ? Stopwatch.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Takes a request; false when too many wait.</summary>
    public bool TryEnqueue(ReceivedRequest request)
    {
        lock (_lock)
        {
            if (_isOver)
            {
                request.DataSet?.Dispose();
                return true;
            }

            if (_queue.Count >= MaxQueue)
            {
                return false;
            }

            _queue.Enqueue(request);
            if (_isRunning)
            {
                return true;
            }

            _isRunning = true;
        }

        // To this thread's own queue: it is about to wait for the network, and then comes here with warm caches. Another one that is idle may be faster.
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        return true;
    }

    /// <summary>C-CANCEL-RQ: cancels the token of the request, if it is one that can be cancelled and not over yet (PS3.7 §9.3.2.3).</summary>
    public void Cancel(ushort messageId)
    {
        CancellationTokenSource? token;
        lock (_lock)
        {
            token = _current is { } current && current.Command.MessageId == messageId
                && DimseFields.OperationOf(current.Command.Field) is DimseOperation.CFind or DimseOperation.CGet or DimseOperation.CMove ? _currentToken : null;
        }

        Cancel(token);
    }

    /// <summary>Completes when all requests that have come are answered.</summary>
    public Task WhenAnsweredAsync()
    {
        lock (_lock)
        {
            if (!_isRunning)
            {
                return Task.CompletedTask;
            }

            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add(waiting);
            return waiting.Task;
        }
    }

    /// <summary>The association is over: what waits is dropped, and the handler that runs is told by its token.</summary>
    public void End()
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
            while (_queue.TryDequeue(out var request))
            {
                request.DataSet?.Dispose();
            }
        }

        Cancel(_ended);
    }

    /// <summary>Ends the scope of the association, when the last handler has returned.</summary>
    public async ValueTask DisposeAsync()
    {
        End();
        await WhenAnsweredAsync().ConfigureAwait(false);
        try
        {
            await _scope.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LogScopeFailed(e, _association);
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    private void Cancel(CancellationTokenSource? source)
    {
        try
        {
            source?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Over just now.
        }
        catch (AggregateException e)
        {
            LogCancellationFailed(e, _association);
        }
    }

    private async Task RunAsync()
    {
        while (true)
        {
            ReceivedRequest? request;
            lock (_lock)
            {
                _current = null;
                if (!_queue.TryDequeue(out request))
                {
                    _isRunning = false;
                    _waiting.ForEach(static w => w.TrySetResult());
                    _waiting.Clear();
                    return;
                }

                _current = request;
            }

            try
            {
                await AnswerAsync(request).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // Nothing of a handler's comes here. Without an answer the peer would wait for ever.
                LogAnswerFailed(e, _association);
                await _sender.AbortAsync(Violation.Unspecified("an answer that could not be made or sent")).ConfigureAwait(false);
            }
            finally
            {
                request.DataSet?.Dispose();
            }
        }
    }

    private async ValueTask AnswerAsync(ReceivedRequest request)
    {
        var (context, command) = (request.Context, request.Command);
        var handled = await HandleAsync(request).ConfigureAwait(false);
        if (_ended.IsCancellationRequested)
        {
            return;
        }

        byte[] response;
        var answer = handled.Answer;
        try
        {
            response = DimseFields.Respond(command, answer);
            await _sender.SendAsync(context, response, answer.Dataset).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            LogNotSent(_association, e.Message);
            return;
        }

        if (handled.SopClass is not { } sopClass || handled.Operation is not { } operation)
        {
            return;
        }

        var category = handled.Binding?.FindStatus(operation, answer.Status)?.Category ?? StatusCategories.Of(answer.Status);
        _configuration.Events.RequestCompleted(
            _association, new CompletedRequest(operation, sopClass, handled.SopInstanceUid, answer.Status, category, request.DataSet?.Length ?? 0, Stopwatch.GetElapsedTime(request.ReceivedAt)));
        if (handled.Context?.TakeAfterResponse() is { } work)
        {
            RunAfterwards(work);
        }
    }

    private async ValueTask<Handled> HandleAsync(ReceivedRequest request)
    {
        var (context, command) = (request.Context, request.Command);
        if (DimseFields.OperationOf(command.Field) is not { } operation)
        {
            return new Handled(null, null, null, new DimseResponse(StatusPolicy.UnrecognizedOperation) { ErrorComment = $"Command field {command.Field:X4}H is unknown" });
        }

        var role = DimseFields.PerformerOf(operation);
        var isNegotiated = role == DicomRole.Scp ? context.IsScp : context.IsScu;
        if (!isNegotiated || !_configuration.Providers.TryFind(context.AbstractSyntax, role, out var sopClass, out var bindings))
        {
            return new Handled(operation, null, null, StatusPolicy.NotServed(operation, "Not in this presentation context and role"));
        }

        var named = command.SopClassUid;
        var instance = Encoding.Latin1.GetString(command.SopInstanceUid);
        if (!Matches(named, context.AbstractSyntax) && !(named.IsEmpty && operation == DimseOperation.CEcho))
        {
            return new Handled(operation, sopClass, bindings[0], StatusPolicy.NotServed(operation, "Another SOP class than the presentation context's")) { SopInstanceUid = instance };
        }

        if (_configuration.Providers.Find(context.AbstractSyntax, role, operation) is not { } service)
        {
            return new Handled(operation, sopClass, bindings[0], new DimseResponse(StatusPolicy.UnrecognizedOperation)) { SopInstanceUid = instance };
        }

        var binding = service.Binding;
        var handled = new Handled(operation, service.SopClass, binding, default) { SopInstanceUid = instance };
        if (UnknownType(operation, binding, command) is { } unknown)
        {
            return handled with { Answer = unknown };
        }

        using var activity = SpecgenTelemetry.StartRequest(operation, service.SopClass, _association);
        using var token = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        var timeout = _configuration.Options.RequestTimeout;
        token.CancelAfter(timeout);
        lock (_lock)
        {
            _currentToken = token;
        }

        Volatile.Write(ref _handlingSince, Stopwatch.GetTimestamp());
        try
        {
            var info = new RequestInfo
            {
                Association = _association,
                SopClass = service.SopClass,
                SopInstanceUid = instance,
                MessageId = command.MessageId,
                TransferSyntax = context.TransferSyntax,
                Peer = _peer,
            };
            var made = Invocation.Make(operation, info, request);
            handled = handled with { Context = made };
            return handled with { Answer = await Invocation.CallAsync(binding, _scope.Get(service.Source), made, token.Token).ConfigureAwait(false) };
        }
        catch (OperationCanceledException e) when (token.IsCancellationRequested)
        {
            LogCancelled(_association, operation, service.SopClass, timeout);
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            return handled with
            {
                Answer = _stopping.IsCancellationRequested
                    ? StatusPolicy.OutOfResources(binding, operation, "The server is being stopped")
                    : StatusPolicy.Failure(binding, operation, "It took longer than the server allows"),
            };
        }
        catch (Exception e)
        {
            LogHandlerFailed(e, _association, operation, service.SopClass);
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            return handled with { Answer = StatusPolicy.ForException(binding, operation, e) };
        }
        finally
        {
            Volatile.Write(ref _handlingSince, 0);
            lock (_lock)
            {
                _currentToken = null;
            }
        }
    }

    /// <summary>PS3.7 C.5.24, C.5.18.</summary>
    private static DimseResponse? UnknownType(DimseOperation operation, ServiceBinding binding, CommandSet command)
    {
        var (types, element, status, name) = operation switch
        {
            DimseOperation.NAction => (binding.ActionTypes, CommandElement.ActionTypeId, StatusPolicy.NoSuchActionType, "Action"),
            DimseOperation.NEventReport => (binding.EventTypes, CommandElement.EventTypeId, StatusPolicy.NoSuchEventType, "Event"),
            _ => (null, (ushort)0, (ushort)0, ""),
        };
        return types is null || types.Contains(command.GetUInt16(element) ?? 0) ? null : new DimseResponse(status) { ErrorComment = $"{name} type {command.GetUInt16(element)} is unknown" };
    }

    private static bool Matches(ReadOnlySpan<byte> uid, string text)
    {
        if (uid.Length != text.Length)
        {
            return false;
        }

        for (var i = 0; i < uid.Length; i++)
        {
            if (uid[i] != text[i])
            {
                return false;
            }
        }

        return true;
    }

    private void RunAfterwards(IReadOnlyList<Func<CancellationToken, Task>> work)
    {
        lock (_lock)
        {
            _afterwards++;
        }

        _ = Task.Run(async () =>
        {
            foreach (var next in work)
            {
                try
                {
                    await next(_stopping).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
                {
                    LogAfterwardsStopped(_association);
                }
                catch (Exception e)
                {
                    LogAfterwardsFailed(e, _association);
                }
            }

            lock (_lock)
            {
                _afterwards--;
            }
        });
    }

    [LoggerMessage(1020, LogLevel.Error, "{Association}: the handler of {Operation} {SopClass} threw")]
    private partial void LogHandlerFailed(Exception exception, AssociationInfo association, DimseOperation operation, SopClass sopClass);

    [LoggerMessage(1021, LogLevel.Warning, "{Association}: {Operation} {SopClass} was cancelled: the association is over, the server stops, or {Timeout} have passed")]
    private partial void LogCancelled(AssociationInfo association, DimseOperation operation, SopClass sopClass, TimeSpan timeout);

    [LoggerMessage(1022, LogLevel.Error, "{Association}: an answer could not be made")]
    private partial void LogAnswerFailed(Exception exception, AssociationInfo association);

    [LoggerMessage(1023, LogLevel.Information, "{Association}: an answer could not be sent: {Reason}")]
    private partial void LogNotSent(AssociationInfo association, string reason);

    [LoggerMessage(1024, LogLevel.Error, "{Association}: work after a response threw")]
    private partial void LogAfterwardsFailed(Exception exception, AssociationInfo association);

    [LoggerMessage(1025, LogLevel.Information, "{Association}: work after a response was cancelled because the server stops")]
    private partial void LogAfterwardsStopped(AssociationInfo association);

    [LoggerMessage(1026, LogLevel.Error, "{Association}: the providers of the association could not be disposed")]
    private partial void LogScopeFailed(Exception exception, AssociationInfo association);

    [LoggerMessage(1027, LogLevel.Error, "{Association}: what a handler registered for its cancellation threw")]
    private partial void LogCancellationFailed(Exception exception, AssociationInfo association);

    /// <summary>What became of a request.</summary>
    private readonly record struct Handled(DimseOperation? Operation, SopClass? SopClass, ServiceBinding? Binding, DimseResponse Answer)
    {
        public string SopInstanceUid { get; init; } = "";

        public DimseContext? Context { get; init; }
    }
}
