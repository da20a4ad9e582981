using System.Threading.Channels;

namespace Specgen.Associations;

/// <summary>A request of ours on its way to its last response.</summary>
internal sealed class PendingRequest(ushort messageId)
{
    private readonly Channel<ReceivedResponse> _responses = Channel.CreateUnbounded<ReceivedResponse>(new UnboundedChannelOptions { SingleReader = false, SingleWriter = false });
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _backlog;
    private bool _isAbandoned;

    public ushort MessageId { get; } = messageId;

    /// <summary>Completes with the last response, or the end of the association.</summary>
    public Task Over => _over.Task;

    /// <summary>Bytes of data sets that have come and have not been asked for.</summary>
    public long Backlog => Interlocked.Read(ref _backlog);

    /// <summary>A response came. Does not wait.</summary>
    public void Add(ReceivedResponse response)
    {
        Interlocked.Add(ref _backlog, response.DataSet?.Length ?? 0);
        if (!_responses.Writer.TryWrite(response))
        {
            response.Drop();
        }
        else if (Volatile.Read(ref _isAbandoned))
        {
            Drop();
        }

        if (!response.IsPending)
        {
            End(null);
        }
    }

    /// <summary>No more will come.</summary>
    public void End(Exception? why)
    {
        _responses.Writer.TryComplete(why);
        _over.TrySetResult();
    }

    /// <summary>Nobody asks any more for what has come or is still to come: it takes no memory.</summary>
    public void Abandon()
    {
        Volatile.Write(ref _isAbandoned, true);
        Drop();
    }

    /// <summary>The next response.</summary>
    /// <exception cref="ChannelClosedException">There is none, because the association is over: the inner exception says why.</exception>
    public async ValueTask<ReceivedResponse> NextAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        // Waiting takes nothing out: a wait that was given up (cancelled, timed out) must not swallow the response that comes after it.
        ReceivedResponse? response;
        while (!_responses.Reader.TryRead(out response))
        {
            if (!await _responses.Reader.WaitToReadAsync(cancellationToken).AsTask().WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false))
            {
                throw new ChannelClosedException();
            }
        }

        Interlocked.Add(ref _backlog, -(response.DataSet?.Length ?? 0));
        return response;
    }

    private void Drop()
    {
        while (_responses.Reader.TryRead(out var response))
        {
            Interlocked.Add(ref _backlog, -(response.DataSet?.Length ?? 0));
            response.Drop();
        }
    }
}
