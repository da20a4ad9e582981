using System.Buffers;
using System.Diagnostics;
using System.Net.Sockets;
using FellowOakDicom.Network;
using Specgen.Instances;
using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>What is received: PDUs that move the state, and messages.</summary>
internal sealed partial class Association : IPduEvents, IMessageEvents
{
    private const int SmallBuffer = 8 * 1024;
    private const int LargeBuffer = 256 * 1024;

    /// <summary>How long a write to the disk may keep the thread that reads.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(100);

    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastRead;
    private long _feedingSince;
    private long _arrived;
    private QueuedSink? _keeping;
    private Turn _turn = new();

    /// <summary>How long nothing has been read or written; nothing while we are busy with what was read.</summary>
    private TimeSpan Silence => Volatile.Read(ref _feedingSince) != 0
        ? TimeSpan.Zero
        : Time.GetElapsedTime(Math.Max(Volatile.Read(ref _lastRead), _writer.Last));

    /// <summary>How long what was read last has been on its way to its place.</summary>
    private TimeSpan KeepingTime => Volatile.Read(ref _feedingSince) is not 0 and var since ? Time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Reads to the end of the connection, and closes it.</summary>
    public Task RunAsync()
    {
        StartReading();
        return _closed.Task;
    }

    private void StartReading()
    {
        // Handlers run on the threads that read: in nobody's context.
        using var flow = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
        _ = Task.Run(ReadToEndAsync);
    }

    private async Task ReadToEndAsync()
    {
        Exception? failure = null;
        try
        {
            if (!await ReadAsync().ConfigureAwait(false))
            {
                // Another thread reads on.
                return;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
        {
            // Reset by the peer, or closed by us: an end like any other. Whether it was due, the state knows.
            failure = e is ObjectDisposedException ? null : e;
            LogReadingFailed(e, _transport);
        }
        catch (Exception e)
        {
            _closed.TrySetException(e);
        }

        // AA-4, AA-5, AR-5. Where it is over already, nobody is told again.
        Fire(AssociationEvent.TransportClosed);
        End(AssociationEnd.ConnectionLost, Lost(failure));
        _messages.Abandon();
        Close();
        _closed.TrySetResult();
    }

    Violation? IPduEvents.BeginPdu(byte type, Violation? malformed, out bool isIgnored)
    {
        var what = malformed is null ? EventOf(type) : AssociationEvent.InvalidPdu;
        var action = StateTable.Find(what, State);
        isIgnored = action is AssociationAction.AA6 or AssociationAction.None;
        return action is AssociationAction.AA1 or AssociationAction.AA7 or AssociationAction.AA8
            ? malformed ?? Violation.Unexpected($"a PDU of type {type:X2}H in {State}")
            : null;
    }

    Violation? IPduEvents.Pdu(byte type, ReadOnlySpan<byte> body)
    {
        var request = default(AssociateRequest);
        var accept = default(AssociateAccept);
        var problem = default(Violation);
        switch (type)
        {
            case PduType.AssociateRequest:
                request = AssociateRequest.Read(body, out problem);
                break;
            case PduType.AssociateAccept:
                accept = AssociateAccept.Read(body, out problem);
                break;
        }

        return problem ?? Act(type, body, request, accept);
    }

    Violation? IPduEvents.BeginFragment(byte contextId, byte control) =>
        Fire(AssociationEvent.DataPdu) is AssociationAction.DT2 or AssociationAction.AR6 ? _messages.BeginFragment(contextId, control) : Violation.Unexpected("data of an association that is over");

    Violation? IPduEvents.Fragment(ReadOnlySpan<byte> bytes) => _messages.Fragment(bytes);

    Violation? IPduEvents.EndFragment() => _messages.EndFragment();

    bool IMessageEvents.IsAccepted(byte contextId) => Find(contextId) is not null;

    IDataSetSink IMessageEvents.BeginDataSet(byte contextId, CommandSet command)
    {
        var context = Find(contextId)!;
        if (command.IsResponse)
        {
            return Keep(context);
        }

        if (DimseFields.OperationOf(command.Field) is not { } operation || !_services.Providers.Takes(context.AbstractSyntax, command, operation))
        {
            // Read to its end, and answered with the status for it.
            return new IgnoredDataSet();
        }

        if (operation != DimseOperation.CStore)
        {
            return Keep(context);
        }

        var (info, memory) = (_negotiated!.Info, _memory.Lease());
        memory.TakeOrOwe(2 * ReceivedInstance.BufferSize);
        return _keeping = new QueuedSink(
            new ReceivedInstance(
                _services.ReceiveFolder,
                Part10Header.Create(
                    command.SopClassUid, command.SopInstanceUid, context.TransferSyntax.UID.UID, _isRequestor ? info.CalledAE : info.CallingAE),
                context.TransferSyntax, _services.DataSetLimits, memory, _services.HeaderAttributes, _services.DataSetObserver?.Invoke()),
            memory);
    }

    Violation? IMessageEvents.Received(byte contextId, CommandSet command, IDataSetSink? dataSet)
    {
        var context = Find(contextId)!;
        if (command.IsResponse)
        {
            _requests.Receive(new ReceivedResponse(context, command, dataSet));
            return null;
        }

        if (State == AssociationState.Sta7)
        {
            // Its answer has no way any more (PS3.8 §9.2, Sta7): a peer that gets none knows that it was not taken.
            LogTooLate(Name);
            dataSet?.Dispose();
            return null;
        }

        // What has come of it is written by who handles it.
        _keeping = null;
        Interlocked.Increment(ref _arrived);
        if (_dispatcher!.TryEnqueue(new ReceivedRequest(context, command, dataSet, Stopwatch.GetTimestamp())))
        {
            return null;
        }

        dataSet?.Dispose();
        return Violation.Unspecified($"more than {RequestDispatcher.MaxQueue} requests that did not wait for an answer");
    }

    void IMessageEvents.Cancelled(ushort messageId) => _dispatcher!.Cancel(messageId);

    private static AssociationEvent EventOf(byte type) => type switch
    {
        PduType.AssociateRequest => AssociationEvent.AssociateRequestPdu,
        PduType.AssociateAccept => AssociationEvent.AssociateAcceptPdu,
        PduType.AssociateReject => AssociationEvent.AssociateRejectPdu,
        PduType.Data => AssociationEvent.DataPdu,
        PduType.ReleaseRequest => AssociationEvent.ReleaseRequestPdu,
        PduType.ReleaseResponse => AssociationEvent.ReleaseResponsePdu,
        PduType.Abort => AssociationEvent.AbortPdu,
        _ => AssociationEvent.InvalidPdu,
    };

    /// <summary>False where another thread reads on.</summary>
    private async Task<bool> ReadAsync()
    {
        var turn = _turn;
        var buffer = ArrayPool<byte>.Shared.Rent(SmallBuffer);
        try
        {
            while (await _transport.Stream.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count)
            {
                var now = Time.GetTimestamp();
                Volatile.Write(ref _lastRead, now);
                if (_reader.Fault is not null || Volatile.Read(ref _abortSent) is not null)
                {
                    // Nothing can be framed behind a fault, and nothing is wanted behind an abort.
                    continue;
                }

                Volatile.Write(ref _feedingSince, now);
                _reader.Feed(buffer.AsSpan(0, count));
                if (_keeping?.TakeDue() is { } writing && !turn.Write(writing, now))
                {
                    return false;
                }

                // After the writing, for which a handler would only wait; and by another thread, because one that is handling is late for what comes next.
                _dispatcher?.Start();
                if (_keeping is { IsFull: true } slow)
                {
                    // TCP passes the wait on to the peer.
                    _rate.Pause();
                    await Task.WhenAny(slow.WhenRoomAsync(), WhenOver).ConfigureAwait(false);
                }

                _collected.Cover(_reader.Collected);
                if (_memory.Owes)
                {
                    _rate.Pause();
                    await Task.WhenAny(_memory.SettleAsync(), WhenOver).ConfigureAwait(false);
                    if (_collected.IsRefused)
                    {
                        // Of an association request: nobody has been promised anything.
                        LogCut(_transport, "there is no memory for what it asks");
                        break;
                    }
                }

                Volatile.Write(ref _feedingSince, 0);
                if (_reader.Fault is { } fault)
                {
                    await RefuseAsync(fault).ConfigureAwait(false);
                    continue;
                }

                if (_requests.IsFull)
                {
                    _rate.Pause();
                    await _requests.WhenRoomAsync().ConfigureAwait(false);
                }

                _rate.Came(count, IsInMidst);
                if (buffer.Length < LargeBuffer && _reader.Expected > SmallBuffer && _memory.Budget.IsRelaxed && _buffers.TryTake(2 * LargeBuffer))
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = ArrayPool<byte>.Shared.Rent(LargeBuffer);
                }
            }

            return true;
        }
        finally
        {
            _dispatcher?.Start();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Sees to it that somebody reads while the disk keeps the thread that did.</summary>
    private void WatchDisk()
    {
        if (_turn.TryEnd(Time, s_patience))
        {
            _turn = new Turn();
            Volatile.Write(ref _feedingSince, 0);
            StartReading();
        }
    }

    /// <summary>Something came that may not come (AA-1, AA-7, AA-8).</summary>
    private async Task RefuseAsync(Violation fault)
    {
        switch (Fire(AssociationEvent.InvalidPdu))
        {
            case AssociationAction.AA1:
                // Sta2 knows one answer to everything that is not expected, in the name of the service user.
                await SendAbortAsync(fault with { Source = DicomAbortSource.ServiceUser, Reason = DicomAbortReason.NotSpecified }, null).ConfigureAwait(false);
                break;
            case AssociationAction.AA8:
                await SendAbortAsync(fault, null).ConfigureAwait(false);
                break;
            case AssociationAction.AA7:
                await _writer.AbortAsync(AbortPdu(fault)).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>A PDU of the association is there whole. What it does to the state, it does here.</summary>
    private Violation? Act(byte type, ReadOnlySpan<byte> body, AssociateRequest? request, AssociateAccept? accept)
    {
        var rejection = request is not null && State == AssociationState.Sta2 ? _user.Check(request) : null;
        var action = StateTable.Find(EventOf(type), State);
        if (action == AssociationAction.AE3)
        {
            // Messages may follow at once: all that they need is there before the state says so.
            if (_user.Accepted(accept!, out var problem) is not { } negotiated)
            {
                return problem;
            }

            Establish(negotiated);
        }

        switch (Fire(EventOf(type), rejection is not null))
        {
            case AssociationAction.AE3:
                _user.Opened();
                break;
            case AssociationAction.AE4:
                var (result, source, reason) = ((DicomRejectResult)body[1], (DicomRejectSource)body[2], Rejection.ReasonOf(body[2], body[3]));
                // The library has a NoReasonGiven_, too.
                var named = reason.ToString().TrimEnd('_');
                End(AssociationEnd.Released, new AssociationRejectedException(
                    $"{_user.Peer} rejected the association: {named} ({result}, by {source}; PS3.8 §9.3.4).", result, source, reason));
                Close();
                break;
            case AssociationAction.AE6 when rejection is not null:
                _ = RejectAsync(rejection, static () => true).AsTask();
                break;
            case AssociationAction.AE6:
                _user.Requested(request!);
                break;
            case AssociationAction.AR2 or AssociationAction.AR10:
                _ = AnswerReleaseAsync();
                break;
            case AssociationAction.AR8 when _isRequestor:
                _ = AnswerReleaseAsync();
                break;
            case AssociationAction.AR3:
                End(AssociationEnd.Released, new AssociationClosedException($"The association with {_user.Peer} was released."));
                Close();
                break;
            case AssociationAction.AA2:
                Close();
                break;
            case AssociationAction.AA3:
                var (by, why) = ((DicomAbortSource)body[2], (DicomAbortReason)body[3]);
                End(AssociationEnd.AbortedByPeer, new AssociationAbortedException($"{_user.Peer} aborted the association: {why} (by {by}; PS3.8 §9.3.8).", by, why));
                Close();
                break;
            case AssociationAction.AA1 or AssociationAction.AA8 or AssociationAction.AA7:
                return Violation.Unexpected($"a PDU of type {type:X2}H");
        }

        return null;
    }

    private KeptDataSet Keep(NegotiatedContext context) => new(context.TransferSyntax, _services.DataSetLimits, _memory.Lease());

    private NegotiatedContext? Find(byte contextId)
    {
        foreach (var context in Contexts)
        {
            if (context.Id == contextId)
            {
                return context;
            }
        }

        return null;
    }

    /// <summary>
    /// A thread's turn to read. It writes what it has read itself, because to wake another for it takes longer than a disk that is well does;
    /// when the disk keeps it, its turn is over, and another thread reads on.
    /// </summary>
    private sealed class Turn
    {
        private const long Over = -1;

        private long _writingSince;

        /// <summary>Writes; false when the turn has ended meanwhile.</summary>
        public bool Write(IThreadPoolWorkItem writing, long now)
        {
            Volatile.Write(ref _writingSince, now);
            writing.Execute();
            return Interlocked.CompareExchange(ref _writingSince, 0, now) == now;
        }

        /// <summary>Ends the turn of a thread that has been writing for too long.</summary>
        public bool TryEnd(TimeProvider time, TimeSpan patience) =>
            Volatile.Read(ref _writingSince) is > 0 and var since && time.GetElapsedTime(since) >= patience && Interlocked.CompareExchange(ref _writingSince, Over, since) == since;
    }
}
