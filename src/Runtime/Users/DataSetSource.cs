namespace Specgen;

/// <summary>A data set on its way from a file to the network, as it is.</summary>
/// <param name="file">Stands at the data set's first byte.</param>
/// <param name="contextId">The presentation context that it goes over.</param>
/// <param name="maxPduLength">The peer's maximum (PS3.8 D.1); 0 for none.</param>
/// <param name="cancellationToken">Ends the sending, and with it the association.</param>
internal sealed class DataSetSource(Stream file, byte contextId, uint maxPduLength, CancellationToken cancellationToken)
{
    /// <summary>More than this in a PDU gains nothing.</summary>
    private const int MostPerPdu = 256 * 1024;

    /// <summary>PDV item length, presentation context ID, message control header (PS3.8 §9.3.5.1, E.2).</summary>
    private const int PdvHeader = 6;

    private readonly TaskCompletionSource _commandSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopped;

    public byte ContextId { get; } = contextId;

    /// <summary>Bytes of a fragment: even (PS3.8 §9.3.5.1), and together with its header no more than the peer takes.</summary>
    public int FragmentSize { get; } = (int)(Math.Min(maxPduLength == 0 ? MostPerPdu : maxPduLength, MostPerPdu) - PdvHeader) & ~1;

    /// <summary>Why it was not sent whole, where that is the file's or the caller's doing.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Completes when it is this data set's turn on the wire.</summary>
    public Task CommandSent => _commandSent.Task;

    public void OnCommandSent() => _commandSent.TrySetResult();

    /// <summary>Ends the sending after the fragment that is under way.</summary>
    public void Stop() => _stopped = true;

    /// <summary>Fills the buffer, or as much of it as there is.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_stopped)
            {
                throw new IOException("The association was aborted on this side.");
            }

            return await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Failure ??= _stopped ? null : e;
            throw;
        }
    }
}
