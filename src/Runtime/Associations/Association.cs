using Microsoft.Extensions.Logging;
using Specgen.Instances;
using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>
/// One association over a connection, whichever side asked for it: the owner of its state (PS3.8 §9.2), of what is read and written, of the requests in both directions, and of its end. This part has the
/// state and what ends it.
/// </summary>
internal sealed partial class Association
{
    private readonly Transport _transport;
    private readonly AssociationLimits _limits;
    private readonly AssociationServices _services;
    private readonly IAssociationUser _user;
    private readonly AssociationWriter _writer;
    private readonly PduReader _reader;
    private readonly MessageReader _messages;
    private readonly RequestChannel _requests;
    private readonly LeastDataRate _rate;
    private readonly MemoryShare _memory;
    private readonly MemoryLease _buffers;
    private readonly MemoryLease _collected;
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object _lock = new();
    private readonly ILogger _logger;
    private readonly bool _isRequestor;
    private AssociationState _state;
    private long _stateSince;
    private TaskCompletionSource? _abortSent;
    private AssociationException? _why;
    private NegotiatedAssociation? _negotiated;
    private RequestDispatcher? _dispatcher;

    /// <param name="transport">The connection, which is there already.</param>
    /// <param name="isRequestor">We ask for the association.</param>
    /// <param name="limits">What it allows.</param>
    /// <param name="services">Who handles what arrives.</param>
    /// <param name="user">Who has it.</param>
    public Association(Transport transport, bool isRequestor, AssociationLimits limits, AssociationServices services, IAssociationUser user)
    {
        (_transport, _isRequestor, _limits, _services, _user) = (transport, isRequestor, limits, services, user);
        _logger = services.Logger;
        _stateSince = _lastRead = Time.GetTimestamp();
        _writer = new AssociationWriter(transport, Time);
        _reader = new PduReader(limits.MaxPduLength, this);
        _messages = new MessageReader(this);
        _requests = new RequestChannel(() => user.Peer, this, limits.RequestTimeout, Time);
        _rate = new LeastDataRate(limits.LeastData.Rate, limits.LeastData.Grace, Time);
        _memory = new MemoryShare(services.Memory);
        (_buffers, _collected) = (_memory.Lease(), _memory.Lease());
        _buffers.Take(2 * SmallBuffer);

        // Whoever connects has been asked to (AE-1), and the connection of an acceptor is there.
        _state = isRequestor ? AssociationState.Sta4 : AssociationState.Sta1;
        Fire(isRequestor ? AssociationEvent.TransportConfirmed : AssociationEvent.TransportIndicated);
    }

    public AssociationState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>Data may be transferred, and no release or abort is under way.</summary>
    public bool IsOpen => State == AssociationState.Sta6;

    /// <summary>Completes when the association is over, whatever becomes of the connection.</summary>
    public Task WhenOver => _over.Task;

    /// <summary>Requests of ours.</summary>
    public RequestChannel Requests => _requests;

    public MemoryShare Memory => _memory;

    public IReadOnlyList<NegotiatedContext> Contexts => _negotiated?.Contexts ?? [];

    /// <summary>A request is being handled, work after one is under way, or a message of ours waits for its answer.</summary>
    public bool IsBusy => _dispatcher is { IsBusy: true } || _requests.IsBusy;

    /// <summary>A message is just coming in.</summary>
    public bool IsReceiving => IsInMidst && Silence < TimeSpan.FromSeconds(1);

    /// <summary>How many requests of the peer's have arrived.</summary>
    public long Arrived => Interlocked.Read(ref _arrived);

    private TimeProvider Time => _services.Time;

    private bool IsOver => _over.Task.IsCompleted;

    /// <summary>A PDU or a message has begun, and has not ended.</summary>
    private bool IsInMidst => _reader.IsInMidst || _messages.IsInMidst;

    private string Name => _negotiated?.Info.ToString() ?? _transport.ToString();

    /// <summary>Closes the connection without a word. The reading ends by it.</summary>
    public void Close() => _transport.Dispose();

    /// <summary>Ends the association with an A-ABORT; where there is none, nothing is done. What the peer still sends is read and ignored until it closes its side, or somebody closes ours.</summary>
    /// <param name="why">What the peer is told.</param>
    /// <param name="failure">What is told to those who wait on this side.</param>
    public async Task AbortAsync(Violation why, AssociationException? failure = null)
    {
        switch (Fire(AssociationEvent.AbortRequest))
        {
            case AssociationAction.AA1:
                await SendAbortAsync(why, failure).ConfigureAwait(false);
                break;
            case AssociationAction.AA2:
                End(AssociationEnd.Aborted, failure ?? AbortedHere(why));
                Close();
                break;
            default:
                await (Volatile.Read(ref _abortSent)?.Task ?? Task.CompletedTask).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Asks for the release when requests of both sides are through, and waits for its end.</summary>
    /// <exception cref="AssociationTimeoutException">The peer does not answer: the association has been aborted.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled: the association has been aborted.</exception>
    public async ValueTask ReleaseAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            using var turns = await _requests.EnterAsync(cancellationToken).ConfigureAwait(false);
            await AnswerAllAsync(timeout, cancellationToken).ConfigureAwait(false);
            await _writer.SendAsync(ShortPdu(PduType.ReleaseRequest), () => Fire(AssociationEvent.ReleaseRequest) == AssociationAction.AR1).ConfigureAwait(false);

            // Where the peer was first, its release is being answered.
            await WhenOver.WaitAsync(timeout, Time, cancellationToken).ConfigureAwait(false);
            await _writer.WhenIdleAsync(timeout).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            var failure = new AssociationTimeoutException($"{_user.Peer} did not answer the release request within {timeout}.");
            await AbortAsync(Violation.ByUser("a release that is not answered"), failure).ConfigureAwait(false);
            throw failure;
        }
        catch (OperationCanceledException)
        {
            await AbortAsync(Violation.ByUser("a release that was cancelled")).ConfigureAwait(false);
            throw;
        }
        catch (IOException e)
        {
            await LoseAsync(e).ConfigureAwait(false);
        }
    }

    /// <summary>Looks at the time-outs. Called every now and then by who has the association.</summary>
    public void Watch()
    {
        WatchDisk();
        AssociationState state;
        TimeSpan inState;
        lock (_lock)
        {
            (state, inState) = (_state, Time.GetElapsedTime(_stateSince));
        }

        if (AssociationLimits.IsLonger(_writer.Delay, _limits.RequestTimeout))
        {
            LogCut(_transport, "it takes no data");
            End(AssociationEnd.ConnectionLost, new AssociationTimeoutException($"The connection to {_user.Peer} was ended: it has taken no data for {_limits.RequestTimeout}."));
            Close();
        }
        else if (state is AssociationState.Sta2 or AssociationState.Sta13 && AssociationLimits.IsLonger(inState, _limits.ArtimTimeout))
        {
            if (Fire(AssociationEvent.ArtimExpired) == AssociationAction.AA2)
            {
                LogCut(_transport, state == AssociationState.Sta2 ? "it does not ask for an association" : "it does not close the connection");
                Close();
            }
        }
        else if (state is >= AssociationState.Sta6 and <= AssociationState.Sta12 && Overdue() is { } why)
        {
            _ = AbortAsync(Violation.Unspecified(why));
        }
    }

    /// <summary>Ends what belongs to the association, when the last handler has returned.</summary>
    public async ValueTask DisposeAsync()
    {
        await (_dispatcher?.DisposeAsync() ?? ValueTask.CompletedTask).ConfigureAwait(false);
        _memory.Budget.Close(_memory);
    }

    /// <summary>The presentation context for a request of ours; null where there is none.</summary>
    public NegotiatedContext? FindContext(SopClass sopClass, DimseOperation operation)
    {
        var isScp = operation == DimseOperation.NEventReport;
        var found = sopClass.ChooseContext([.. Contexts.Where(c => isScp ? c.IsScp : c.IsScu)], static c => c.AbstractSyntax, operation);

        // Of one in our role, or of any: not all peers that act upon a role selection answer it.
        return found is null && _isRequestor ? sopClass.ChooseContext(Contexts, static c => c.AbstractSyntax, operation) : found;
    }

    /// <summary>What takes too long, in words; null while nothing does.</summary>
    private string? Overdue()
    {
        var silence = Silence;
        return AssociationLimits.IsLonger(KeepingTime, _limits.RequestTimeout) ? $"a data set that could not be kept for {KeepingTime}"
            : State <= AssociationState.Sta7 && IsInMidst && AssociationLimits.IsLonger(silence, AssociationLimits.Shorter(_limits.RequestTimeout, _limits.IdleTimeout)) ? $"silence for {silence} in the middle of a message"
            : _rate.TooSlowFor() is { } slow ? $"less than {_limits.LeastData.Rate} bytes a second for {slow} in the middle of a message"
            : IsOpen && !IsBusy && AssociationLimits.IsLonger(silence, _limits.IdleTimeout) ? $"silence for {silence}"
            : _dispatcher is { } dispatcher && _limits.RequestTimeout != Timeout.InfiniteTimeSpan && dispatcher.Handling > _limits.RequestTimeout + RunningRequest.Patience
                ? $"a handler that has been running for {dispatcher.Handling}, and does not look at its cancellation token"
            : null;
    }

    /// <summary>The only place where the state changes.</summary>
    private AssociationAction Fire(AssociationEvent what, bool isRejected = false)
    {
        lock (_lock)
        {
            var action = StateTable.Find(what, _state);
            var next = StateTable.After(action, _state, _isRequestor, isRejected);
            if (action is AssociationAction.AA1 or AssociationAction.AA8)
            {
                _abortSent ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            if (next != _state)
            {
                (_state, _stateSince) = (next, Time.GetTimestamp());
            }

            return action;
        }
    }

    /// <summary>The only place where it is over. The first reason counts: those who wait get it, and handlers are told by their tokens, before anybody else hears of it.</summary>
    private AssociationException End(AssociationEnd end, AssociationException why)
    {
        lock (_lock)
        {
            if (_why is not null)
            {
                return _why;
            }

            _why = why;
        }

        _requests.End(Explained(why));
        _dispatcher?.End();
        _user.Ended(end, why);
        _over.TrySetResult();
        return why;
    }

    /// <summary>Says of a reason what is known about the connection beside it.</summary>
    private AssociationException Explained(AssociationException why)
    {
        why.Details ??= _transport.Details?.Invoke();
        return why;
    }

    private AssociationClosedException AbortedHere(Violation why) => new($"The association with {_user.Peer} was aborted on this side because of {why.Why}.");

    private async Task SendAbortAsync(Violation why, AssociationException? failure)
    {
        LogAborting(Name, why.Why);
        End(AssociationEnd.Aborted, failure ?? AbortedHere(why));
        await _writer.AbortAsync(AbortPdu(why)).ConfigureAwait(false);
        _abortSent?.TrySetResult();
    }

    /// <summary>A write has failed. Why, the reading may know: what the peer said last is still to be read.</summary>
    private async ValueTask LoseAsync(Exception e)
    {
        await Task.WhenAny(WhenOver, Task.Delay(s_lastWords)).ConfigureAwait(false);
        End(AssociationEnd.ConnectionLost, Lost(e));
        Close();
    }

    private AssociationClosedException Lost(Exception? e) =>
        new(e is null ? $"The connection to {_user.Peer} was lost." : $"The connection to {_user.Peer} was lost: {e.Message}", e);

    private static byte[] ShortPdu(byte type) => [type, 0, 0, 0, 0, 4, 0, 0, 0, 0];

    private static byte[] AbortPdu(Violation why) => [PduType.Abort, 0, 0, 0, 0, 4, 0, 0, (byte)why.Source, (byte)why.Reason];

    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(1);

    [LoggerMessage(1010, LogLevel.Warning, "{Association}: aborted because of {Why}")]
    private partial void LogAborting(string association, string why);

    [LoggerMessage(1011, LogLevel.Information, "{Peer} is disconnected: {Why}")]
    private partial void LogCut(Transport peer, string why);

    [LoggerMessage(1012, LogLevel.Debug, "{Peer}: reading ended")]
    private partial void LogReadingFailed(Exception exception, Transport peer);

    [LoggerMessage(1013, LogLevel.Debug, "{Association}: the answer to a release could not be sent: {Reason}")]
    private partial void LogNotReleased(string association, string reason);

    [LoggerMessage(1015, LogLevel.Debug, "{Association}: a request came when the release was asked for, and can no longer be answered")]
    private partial void LogTooLate(string association);
}
