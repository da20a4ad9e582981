using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Specgen.Instances;
using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>
/// The requests of one association: taken in while the network is being read, begun in their order on other threads, and as many handled at a time as the asynchronous operations window allows, which is
/// one where none was negotiated (PS3.7 D.3.3.3). A peer that does not keep to its window is put up with as far as the queue goes.
/// </summary>
internal sealed partial class RequestDispatcher : IThreadPoolWorkItem, IAsyncDisposable
{
    /// <summary>Requests beyond the window that may wait for their turn. Those within it may have come before a thread was there for them.</summary>
    public const int MaxQueue = 16;

    private static readonly AsyncLocal<RequestDispatcher?> s_within = new();

    private readonly AssociationServices _services;
    private readonly AssociationInfo _association;
    private readonly IMessageSender _sender;
    private readonly ILogger _logger;
    private readonly AssociationScope _scope;
    private readonly RequestHandler _handler;
    private readonly Queue<ReceivedRequest> _queue = new();
    private readonly object _lock = new();
    private readonly List<TaskCompletionSource> _waiting = [];
    private readonly List<ReceivedRequest> _current = [];
    private readonly List<RunningRequest> _running = [];
    private int _afterwards;
    private int _workers;
    private bool _isDue;
    private bool _isOver;

    /// <param name="services">Who handles them.</param>
    /// <param name="association">Who sends them.</param>
    /// <param name="peer">The way back, for handlers.</param>
    /// <param name="sender">The way of the answers.</param>
    /// <param name="retrieval">What C-MOVE and C-GET ask for.</param>
    public RequestDispatcher(AssociationServices services, AssociationInfo association, PeerLink peer, IMessageSender sender, Retrieval retrieval)
    {
        _services = services;
        _association = association;
        _sender = sender;
        _logger = services.Logger;
        _scope = new AssociationScope(services.ScopeFactory);
        _handler = new RequestHandler(services, association, peer, sender, _scope, retrieval);
    }

    /// <summary>How many requests are handled at a time.</summary>
    public int Window { get; init; } = 1;

    /// <summary>Whoever asks is a handler of this association, or was called by one.</summary>
    public bool IsWithin => s_within.Value == this;

    /// <summary>A request is being handled, or waits for its turn, or work after one is under way.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_lock)
            {
                return _workers > 0 || _afterwards > 0;
            }
        }
    }

    /// <summary>How long the current handler has been running; of several, the one that takes longest.</summary>
    public TimeSpan Handling
    {
        get
        {
            lock (_lock)
            {
                var longest = TimeSpan.Zero;
                foreach (var running in _running)
                {
                    longest = running.Handling > longest ? running.Handling : longest;
                }

                return longest;
            }
        }
    }

    private bool IsOver
    {
        get
        {
            lock (_lock)
            {
                return _isOver;
            }
        }
    }

    /// <summary>Takes a request, to be handled from <see cref="Start"/> on; false when too many wait.</summary>
    public bool TryEnqueue(ReceivedRequest request)
    {
        lock (_lock)
        {
            if (_isOver)
            {
                request.DataSet?.Dispose();
                return true;
            }

            if (_queue.Count + _current.Count >= Window + MaxQueue)
            {
                return false;
            }

            _queue.Enqueue(request);
            if (_workers >= Window)
            {
                return true;
            }

            _workers++;
            if (!_isDue)
            {
                _isDue = true;
                return true;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    /// <summary>Begins to handle what has come, on another thread.</summary>
    public void Start()
    {
        lock (_lock)
        {
            if (!_isDue)
            {
                return;
            }

            _isDue = false;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>C-CANCEL-RQ: cancels the token of the request, if it is one that can be cancelled and not over yet (PS3.7 §9.3.2.3).</summary>
    public void Cancel(ushort messageId)
    {
        RunningRequest? running;
        lock (_lock)
        {
            var request = _current.Concat(_queue).FirstOrDefault(next => CanCancel(next, messageId));
            if (request is null)
            {
                return;
            }

            request.IsCancelled = true;
            running = _running.Find(next => next.Request == request);
        }

        running?.Cancel(_logger);
    }

    /// <summary>Completes when all requests that have come are answered.</summary>
    public Task WhenAnsweredAsync()
    {
        lock (_lock)
        {
            if (_workers == 0)
            {
                return Task.CompletedTask;
            }

            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add(waiting);
            return waiting.Task;
        }
    }

    /// <summary>The association is over: what waits is dropped, and the handlers that run are told by their tokens, which say so when this returns.</summary>
    public void End()
    {
        RunningRequest[] running;
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
            running = [.. _running];
            while (_queue.TryDequeue(out var request))
            {
                request.DataSet?.Dispose();
            }
        }

        foreach (var request in running)
        {
            request.Cancel(_logger);
        }
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

    private static bool CanCancel(ReceivedRequest request, ushort messageId) =>
        request.Command.MessageId == messageId && DimseFields.OperationOf(request.Command.Field) is DimseOperation.CFind or DimseOperation.CGet or DimseOperation.CMove;

    private async Task RunAsync()
    {
        s_within.Value = this;
        while (true)
        {
            ReceivedRequest? request;
            lock (_lock)
            {
                if (!_queue.TryDequeue(out request))
                {
                    if (--_workers == 0)
                    {
                        _waiting.ForEach(static w => w.TrySetResult());
                        _waiting.Clear();
                    }

                    return;
                }

                _current.Add(request);
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
                lock (_lock)
                {
                    _current.Remove(request);
                }
            }
        }
    }

    private async ValueTask AnswerAsync(ReceivedRequest request)
    {
        var handled = await HandleAsync(request).ConfigureAwait(false);
        if (IsOver)
        {
            return;
        }

        var (answer, category) = (handled.Answer, handled.Category);
        var assignedUid = handled.IsUidAssigned && category is StatusCategory.Success or StatusCategory.Warning ? answer.AffectedSopInstanceUid ?? handled.SopInstanceUid : null;
        try
        {
            var dataSet = answer.Dataset is { } dataset ? DataSetCodec.Encode(dataset, request.Context.TransferSyntax) : default(ReadOnlyMemory<byte>?);
            await _sender.SendAsync(request.Context, DimseFields.Respond(request.Command, answer, assignedUid, handled.Suboperations), dataSet).ConfigureAwait(false);
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

        _services.Events.RequestCompleted(
            _association, new CompletedRequest(operation, sopClass, handled.SopInstanceUid, answer.Status, category, request.DataSet?.Length ?? 0, Stopwatch.GetElapsedTime(request.ReceivedAt)));
        if (handled.Context?.TakeAfterResponse() is { } work)
        {
            RunAfterwards(work);
        }
    }

    private async ValueTask<HandledRequest> HandleAsync(ReceivedRequest request)
    {
        using var running = new RunningRequest(request, _services.RequestTimeout, _services.Time);
        bool isOver;
        lock (_lock)
        {
            _running.Add(running);
            isOver = _isOver;
        }

        if (isOver || request.IsCancelled)
        {
            running.Cancel(_logger);
        }

        try
        {
            if (request.DataSet is QueuedSink sink)
            {
                // Its turn has come, but its data set may still be on its way to the disk.
                await sink.CompleteAsync().ConfigureAwait(false);
            }

            return await _handler.HandleAsync(running).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _running.Remove(running);
            }
        }
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
                    await next(_services.Stopping).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (_services.Stopping.IsCancellationRequested)
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
}
