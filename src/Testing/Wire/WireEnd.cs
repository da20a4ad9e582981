namespace Specgen.Testing.Wire;

/// <summary>One end of a connection in memory.</summary>
/// <param name="incoming">What the other side sends.</param>
/// <param name="outgoing">What this side sends.</param>
/// <param name="ended">Told when this side sends no more.</param>
internal sealed class WireEnd(OneWay incoming, OneWay outgoing, Action ended) : DuplexStream
{
    private int _isEnded;

    /// <summary>Both ends of a new connection, whose bytes are seen by the transcript.</summary>
    public static (WireEnd User, WireEnd Provider) Connect(TestWire wire, TimeProvider time, Transcript transcript)
    {
        var number = transcript.Open();
        var (asked, answered) = (new PduLog(transcript, number, isUser: true), new PduLog(transcript, number, isUser: false));
        var toProvider = new OneWay(wire.ReadSize, wire.CutToProvider, wire.CutsQuietly, TimeSpan.Zero, time) { Sent = bytes => asked.Feed(bytes.Span) };
        var toUser = new OneWay(wire.ReadSize, wire.CutToUser, wire.CutsQuietly, wire.AnswerDelay, time) { Sent = bytes => answered.Feed(bytes.Span) };
        toProvider.Broke = () =>
        {
            transcript.Add(number, isUser: true, "the connection is cut");
            toUser.Cut();
        };
        toUser.Broke = () =>
        {
            transcript.Add(number, isUser: false, "the connection is cut");
            toProvider.Cut();
        };
        return (
            new WireEnd(toUser, toProvider, () => transcript.Add(number, isUser: true, "closes the connection")),
            new WireEnd(toProvider, toUser, () => transcript.Add(number, isUser: false, "closes the connection")));
    }

    /// <summary>Half-closes: the other side reads what was sent, and then an end.</summary>
    public void EndSending()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) == 0)
        {
            ended();
            outgoing.End();
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => buffer.IsEmpty ? default : incoming.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => outgoing.WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        EndSending();
        incoming.Abandon();
        base.Dispose(disposing);
    }
}
