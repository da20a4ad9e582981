using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using FellowOakDicom;
using Specgen.Network;

namespace Specgen.Dispatch;

/// <summary>
/// Requests of our own over an association, whoever opened it: one at a time, because no asynchronous operations are negotiated (PS3.7 D.3.3.3), and independent of the peer's requests: responses
/// to those go out while one of ours is under way. The turn of a request ends with its last response, whoever still waits for that.
/// </summary>
/// <param name="who">The association, for messages.</param>
/// <param name="sender">The way to the peer.</param>
/// <param name="timeout">How long the peer may take for a response, counted from when the request was sent whole, or from the response before.</param>
internal sealed class RequestChannel(string who, IMessageSender sender, TimeSpan timeout)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly object _lock = new();
    private PendingRequest? _pending;
    private AssociationException? _end;
    private bool _isOpen;
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
    public bool IsBusy => Volatile.Read(ref _pending) is not null;

    /// <summary>More data sets have come than are kept for somebody who takes them slowly.</summary>
    public long Backlog => Volatile.Read(ref _pending)?.Backlog ?? 0;

    /// <summary>Another request waits for its turn.</summary>
    public bool HasWaiting => Volatile.Read(ref _waiting) > 0;

    public void Open()
    {
        lock (_lock)
        {
            _isOpen = _end is null;
        }
    }

    /// <summary>Waits until the requests that were made before are through, and keeps others out until it is disposed.</summary>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(_turn);
    }

    /// <summary>A request with one response.</summary>
    /// <exception cref="AssociationException">The association ended, or the peer did not answer in time.</exception>
    public async ValueTask<DimseResponse> SendAsync(OutgoingRequest request, CancellationToken cancellationToken)
    {
        var pending = await BeginAsync(request, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var response = await NextAsync(request, pending, cancellationToken).ConfigureAwait(false);
            // A peer that says "pending" where there is one answer will have to say more.
            if (!response.IsPending)
            {
                return Read(request, response);
            }
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
            _turn.Release();
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
            return await pending.NextAsync(timeout, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (progress?.Invoke() != before)
        {
            return await NextAsync(request, pending, cancellationToken, progress).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            pending.End(null);
            throw new AssociationTimeoutException($"{who} did not answer {SpecgenTelemetry.OperationName(request.Operation)} within {timeout}.");
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
            throw new AssociationException($"{who} answered {SpecgenTelemetry.OperationName(request.Operation)} with a data set that cannot be decoded: {e.Message}", e);
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
            pending = _pending?.MessageId == response.Command.MessageIdBeingRespondedTo ? _pending : null;
        }

        pending?.Add(response);
    }

    /// <summary>The peer wants the release, or the association is over: it answers nothing any more. The first reason counts.</summary>
    public void End(AssociationException why)
    {
        PendingRequest? pending;
        lock (_lock)
        {
            _isOpen = false;
            _end ??= why;
            pending = _pending;
        }

        pending?.End(why);
    }

    private async ValueTask TakeTurnAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
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
            return _end ?? new AssociationClosedException($"The association {who} ended before a request was sent: {e.Message}", e);
        }
    }

    private PendingRequest Add()
    {
        lock (_lock)
        {
            if (!_isOpen)
            {
                // A new one: the first was thrown at somebody else, with his stack.
                throw new AssociationClosedException(_end is null ? $"The association {who} is over." : $"The association {who} is over: {_end.Message}", _end);
            }

            return _pending = new PendingRequest(++_lastMessageId == 0 ? ++_lastMessageId : _lastMessageId);
        }
    }

    private async Task EndTurnAsync(PendingRequest pending)
    {
        await pending.Over.ConfigureAwait(false);
        lock (_lock)
        {
            if (_pending == pending)
            {
                _pending = null;
            }
        }

        _turn.Release();
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        private SemaphoreSlim? _turn = turn;

        public void Dispose() => Interlocked.Exchange(ref _turn, null)?.Release();
    }
}
