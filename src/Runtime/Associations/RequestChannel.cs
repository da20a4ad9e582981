using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using FellowOakDicom;
using Specgen.Telemetry;
using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>
/// Requests of our own over an association, whoever opened it: as many at a time as the asynchronous operations window allows, which is one where none was negotiated (PS3.7 D.3.3.3), and independent
/// of the peer's requests: responses to those go out while one of ours is under way. The turn of a request ends with its last response, whoever still waits for that.
/// </summary>
/// <param name="who">The peer, for messages.</param>
/// <param name="sender">The way to the peer.</param>
/// <param name="timeout">How long the peer may take for a response, counted from when the request was sent whole, or from the response before.</param>
/// <param name="time">The clock of the time-out.</param>
internal sealed class RequestChannel(Func<string> who, IMessageSender sender, TimeSpan timeout, TimeProvider time)
{
    /// <summary>Bytes of data sets that have come and nobody has asked for yet.</summary>
    private const long MaxBacklog = 16 * 1024 * 1024;

    private readonly SemaphoreSlim _turns = new(1);
    private readonly SemaphoreSlim _entrance = new(1, 1);
    private readonly object _lock = new();
    private readonly List<PendingRequest> _pending = [];
    private AssociationException? _end;
    private TaskCompletionSource? _room;
    private bool _isOpen;
    private int _window = 1;
    private int _waiting;
    private ushort _lastMessageId;

    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _isOpen;
            }
        }
    }

    /// <summary>A request of ours waits for its answer.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_lock)
            {
                return _pending.Count > 0;
            }
        }
    }

    /// <summary>
    /// So much has come that nobody has asked for yet, that reading has to wait: for somebody who takes matches slowly, unless other requests wait for the end of that one, or for answers behind the matches.
    /// </summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                return _pending is [var only] && _waiting == 0 && _end is null && only.Backlog > MaxBacklog;
            }
        }
    }

    /// <summary>Completes when there is room again.</summary>
    public Task WhenRoomAsync()
    {
        TaskCompletionSource room;
        lock (_lock)
        {
            room = _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        // It may have come about in between.
        TellRoom();
        return room.Task;
    }

    /// <param name="window">How many requests may be under way at a time.</param>
    public void Open(int window = 1)
    {
        lock (_lock)
        {
            _isOpen = _end is null;
            _window = window;
        }

        if (window > 1)
        {
            _turns.Release(window - 1);
        }
    }

    /// <summary>Waits until the requests that were made before are through, and keeps others out until it is disposed.</summary>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _entrance.WaitAsync(cancellationToken).ConfigureAwait(false);
        var taken = 0;
        try
        {
            for (; taken < _window; taken++)
            {
                await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            Leave(taken);
            throw;
        }

        return new AllTurns(this);
    }

    /// <summary>A request with one response.</summary>
    /// <exception cref="AssociationException">The association ended, or the peer did not answer in time.</exception>
    public async ValueTask<DimseResponse> SendAsync(OutgoingRequest request, CancellationToken cancellationToken)
    {
        var pending = await BeginAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            while (true)
            {
                var response = await NextAsync(request, pending, cancellationToken).ConfigureAwait(false);
                // A peer that says "pending" where there is one answer will have to say more.
                if (!response.IsPending)
                {
                    return Read(request, response);
                }

                response.Drop();
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for its answer any more: without a time of its own its turn would end never, and a release would wait for that.
            _ = EndLateAsync(pending);
            throw;
        }
    }

    /// <summary>Sends a request when its turn has come; <see cref="NextAsync"/> gives its responses.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the waiting for its turn, and the sending of a data set that is read on its way.</param>
    /// <param name="atTurn">Called before it is sent.</param>
    /// <exception cref="AssociationException">The association is over.</exception>
    public async ValueTask<PendingRequest> BeginAsync(OutgoingRequest request, CancellationToken cancellationToken, Action? atTurn = null)
    {
        await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        PendingRequest pending;
        try
        {
            pending = Add();
        }
        catch
        {
            _turns.Release();
            throw;
        }

        _ = EndTurnAsync(pending);
        try
        {
            atTurn?.Invoke();
            var command = request.Command(pending.MessageId);
            await (request.Source is { } source
                ? sender.SendAsync(request.Context, command, source, cancellationToken)
                : sender.SendAsync(request.Context, command, request.DataSet)).ConfigureAwait(false);
            return pending;
        }
        catch (IOException e)
        {
            pending.End(null);
            throw Ended(e);
        }
        catch (UnreadableDataSetException e)
        {
            pending.End(null);
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
        catch
        {
            pending.End(null);
            throw;
        }
    }

    /// <summary>The next response to a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="pending">What <see cref="BeginAsync"/> gave for it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="progress">Counts what else the peer does for the request: while that grows, it has not gone silent.</param>
    /// <exception cref="AssociationException">The association ended, or the peer did not answer in time.</exception>
    public async ValueTask<ReceivedResponse> NextAsync(OutgoingRequest request, PendingRequest pending, CancellationToken cancellationToken, Func<long>? progress = null)
    {
        var before = progress?.Invoke();
        try
        {
            var response = await pending.NextAsync(timeout, time, cancellationToken).ConfigureAwait(false);
            TellRoom();
            return response;
        }
        catch (TimeoutException) when (progress?.Invoke() != before)
        {
            return await NextAsync(request, pending, cancellationToken, progress).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            pending.End(null);
            throw new AssociationTimeoutException($"{who()} did not answer {SpecgenTelemetry.OperationName(request.Operation)} within {timeout}.");
        }
        catch (ChannelClosedException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException ?? e);
            throw;
        }
    }

    /// <summary>What a response says.</summary>
    /// <exception cref="AssociationException">Its data set cannot be decoded.</exception>
    public DimseResponse Read(OutgoingRequest request, ReceivedResponse response)
    {
        try
        {
            return response.Read();
        }
        catch (Exception e) when (e is DicomDataException or IOException)
        {
            throw new AssociationException($"{who()} answered {SpecgenTelemetry.OperationName(request.Operation)} with a data set that cannot be decoded: {e.Message}", e);
        }
    }

    /// <summary>Sends a C-CANCEL-RQ for a request of ours (PS3.7 §9.3.2.3); nothing where it is over.</summary>
    public async ValueTask CancelAsync(OutgoingRequest request, PendingRequest pending)
    {
        if (pending.Over.IsCompleted)
        {
            return;
        }

        var command = new CommandWriter()
            .UInt16(CommandElement.CommandField, CommandSet.CancelRequest)
            .UInt16(CommandElement.MessageIdBeingRespondedTo, pending.MessageId)
            .UInt16(CommandElement.DataSetType, CommandSet.NoDataSet)
            .ToArray();
        try
        {
            await sender.SendAsync(request.Context, command, null).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // Over: whoever waits is told why.
        }
    }

    /// <summary>A response came; what answers nothing is thrown away.</summary>
    public void Receive(ReceivedResponse response)
    {
        PendingRequest? pending;
        lock (_lock)
        {
            pending = Find(response.Command.MessageIdBeingRespondedTo);
        }

        if (pending is null)
        {
            response.Drop();
            return;
        }

        pending.Add(response);
    }

    /// <summary>The peer wants the release, or the association is over: it answers nothing any more. The first reason counts.</summary>
    public void End(AssociationException why)
    {
        PendingRequest[] pending;
        lock (_lock)
        {
            _isOpen = false;
            _end ??= why;
            pending = [.. _pending];
        }

        foreach (var request in pending)
        {
            request.End(why);
        }

        TellRoom();
    }

    private async ValueTask TakeTurnAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        TellRoom();
        try
        {
            await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private AssociationException Ended(IOException e)
    {
        lock (_lock)
        {
            return _end ?? new AssociationClosedException($"The association with {who()} ended before a request was sent: {e.Message}", e);
        }
    }

    private PendingRequest Add()
    {
        lock (_lock)
        {
            if (!_isOpen)
            {
                // A new one: the first was thrown at somebody else, with his stack.
                throw new AssociationClosedException(_end is null ? $"The association with {who()} is over." : $"The association with {who()} is over: {_end.Message}", _end);
            }

            do
            {
                _lastMessageId++;
            }
            while (_lastMessageId == 0 || Find(_lastMessageId) is not null);

            var pending = new PendingRequest(_lastMessageId);
            _pending.Add(pending);
            return pending;
        }
    }

    private PendingRequest? Find(ushort messageId) => _pending.Find(request => request.MessageId == messageId);

    private async Task EndTurnAsync(PendingRequest pending)
    {
        await pending.Over.ConfigureAwait(false);
        lock (_lock)
        {
            _pending.Remove(pending);
        }

        _turns.Release();
        TellRoom();
    }

    private async Task EndLateAsync(PendingRequest pending)
    {
        pending.Abandon();
        try
        {
            await pending.Over.WaitAsync(timeout, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            pending.End(null);
        }
    }

    private void TellRoom()
    {
        if (Volatile.Read(ref _room) is { } room && !IsFull)
        {
            Interlocked.CompareExchange(ref _room, null, room);
            room.TrySetResult();
        }
    }

    private void Leave(int turns)
    {
        if (turns > 0)
        {
            _turns.Release(turns);
        }

        _entrance.Release();
    }

    private sealed class AllTurns(RequestChannel channel) : IDisposable
    {
        private RequestChannel? _channel = channel;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _channel, null) is { } left)
            {
                left.Leave(left._window);
            }
        }
    }
}
