using System.Threading.Channels;

namespace Specgen.Associations;

/// <summary>A request of ours on its way to its last response.</summary>
internal sealed class PendingRequest(ushort messageId)
{
    private readonly Channel<ReceivedResponse> _responses = Channel.CreateUnbounded<ReceivedResponse>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = false });
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _backlog;

    public ushort MessageId { get; } = messageId;

    /// <summary>Completes with the last response, or the end of the association.</summary>
    public Task Over => _over.Task;

    /// <summary>Bytes of data sets that have come and have not been asked for.</summary>
    public long Backlog => Interlocked.Read(ref _backlog);

    /// <summary>A response came. Does not wait.</summary>
    public void Add(ReceivedResponse response)
    {
        Interlocked.Add(ref _backlog, response.DataSet?.Length ?? 0);
        _responses.Writer.TryWrite(response);
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
}
