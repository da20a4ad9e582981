using FellowOakDicom;
using FellowOakDicom.Network;
using Specgen.Network;

namespace Specgen.Dispatch;

/// <summary>
/// Requests of our own over an association that a peer opened: notifications. One at a time (PS3.7 D.3.3.3: no asynchronous operations are negotiated), and independent of the peer's requests:
/// responses to those go out while one of ours is under way.
/// </summary>
internal sealed class PeerChannel(AssociationInfo info, IMessageSender sender, TimeSpan timeout) : IPeerChannel, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly object _lock = new();
    private IReadOnlyList<NegotiatedContext> _contexts = [];
    private Pending? _pending;
    private AssociationException? _end;
    private bool _isOpen;
    private ushort _lastMessageId;

    public bool IsConnected
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
                return _pending is not null;
            }
        }
    }

    public void Open(IReadOnlyList<NegotiatedContext> contexts)
    {
        lock (_lock)
        {
            _contexts = contexts;
            _isOpen = true;
        }
    }

    public bool CanSend(SopClass sopClass) => IsConnected && Find(sopClass) is not null;

    public async ValueTask<DimseResponse> SendNEventReportAsync(SopClass sopClass, string sopInstanceUid, ushort eventTypeId, DicomDataset? dataset, CancellationToken cancellationToken)
    {
        var context = Find(sopClass) ?? throw new AssociationClosedException($"The association {info} has no presentation context for {sopClass}.");
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var encoded = dataset is null ? default(ReadOnlyMemory<byte>?) : DataSetCodec.Encode(dataset, context.TransferSyntax);
            var pending = Begin();
            var command = new CommandWriter()
                .Uid(CommandElement.AffectedSopClassUid, sopClass.Uid)
                .UInt16(CommandElement.CommandField, DimseFields.NEventReportRequest)
                .UInt16(CommandElement.MessageId, pending.MessageId)
                .UInt16(CommandElement.DataSetType, dataset is null ? CommandSet.NoDataSet : (ushort)0x0000)
                .Uid(CommandElement.AffectedSopInstanceUid, sopInstanceUid)
                .UInt16(CommandElement.EventTypeId, eventTypeId)
                .ToArray();
            using var activity = SpecgenTelemetry.StartClientRequest(DimseOperation.NEventReport, sopClass, info);
            try
            {
                await sender.SendAsync(context, command, encoded).ConfigureAwait(false);
                return await pending.Answer.Task.WaitAsync(timeout, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException e)
            {
                throw new AssociationClosedException($"The association {info} ended before the notification was sent.", e);
            }
            catch (TimeoutException)
            {
                throw new AssociationTimeoutException($"{info} did not answer a notification within {timeout}.");
            }
            finally
            {
                lock (_lock)
                {
                    _pending = null;
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A response came; what answers nothing is thrown away.</summary>
    public void Receive(CommandSet command, Func<DicomDataset?> dataset)
    {
        Pending? pending;
        lock (_lock)
        {
            pending = _pending?.MessageId == command.MessageIdBeingRespondedTo ? _pending : null;
        }

        if (pending is null)
        {
            return;
        }

        try
        {
            pending.Answer.TrySetResult(new DimseResponse(command.GetUInt16(CommandElement.Status) ?? 0x0110)
            {
                ErrorComment = command.GetText(CommandElement.ErrorComment),
                ErrorId = command.GetUInt16(CommandElement.ErrorId),
                OffendingElements = command.GetTags(CommandElement.OffendingElement),
                AttributeIdentifiers = command.GetTags(CommandElement.AttributeIdentifierList),
                Dataset = dataset(),
            });
        }
        catch (DicomDataException e)
        {
            pending.Answer.TrySetException(new AssociationException($"{info} answered a notification with a data set that cannot be decoded.", e));
        }
    }

    /// <summary>The peer wants the release, or the association is over: it answers nothing any more.</summary>
    public void End(AssociationException why)
    {
        Pending? pending;
        lock (_lock)
        {
            _isOpen = false;
            _end ??= why;
            pending = _pending;
        }

        pending?.Answer.TrySetException(why);
    }

    public void Dispose() => End(new AssociationClosedException($"The association {info} is over."));

    private NegotiatedContext? Find(SopClass sopClass)
    {
        foreach (var context in _contexts)
        {
            if (context.IsScp && context.AbstractSyntax == sopClass.Uid)
            {
                return context;
            }
        }

        return null;
    }

    private Pending Begin()
    {
        lock (_lock)
        {
            if (!_isOpen)
            {
                throw new AssociationClosedException(_end?.Message ?? $"The association {info} is over.", _end);
            }

            return _pending = new Pending(++_lastMessageId == 0 ? ++_lastMessageId : _lastMessageId);
        }
    }

    private sealed class Pending(ushort messageId)
    {
        public ushort MessageId { get; } = messageId;

        public TaskCompletionSource<DimseResponse> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
