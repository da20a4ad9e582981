namespace Specgen.Testing.Wire;

/// <summary>A connection over the network whose bytes are seen by a transcript.</summary>
internal sealed class LoggedStream(Stream inner, Transcript transcript, bool isUser) : DuplexStream
{
    private readonly PduLog _sent = new(transcript, 1, isUser), _received = new(transcript, 1, !isUser);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _received.Feed(buffer.Span[..count]);
        return count;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _sent.Feed(buffer.Span);
        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override void Flush() => inner.Flush();

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }
}
