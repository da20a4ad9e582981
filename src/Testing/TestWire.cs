namespace Specgen.Testing;

/// <summary>What a connection in memory does to what is sent over it. By default (<see langword="new"/>) it does nothing.</summary>
public sealed record TestWire
{
    /// <summary>How many bytes arrive at a time: 1 makes every PDU arrive byte by byte. 0 (the default): as many as there are.</summary>
    public int ReadSize { get; init; }

    /// <summary>How long what the provider sends is on its way, by the clock of the server's <see cref="DicomScpOptions.TimeProvider"/>: answers come late. Zero by default.</summary>
    public TimeSpan AnswerDelay { get; init; }

    /// <summary>The connection breaks when this many bytes have come from the user to the provider; <see langword="null"/> (the default) for never.</summary>
    public long? CutToProvider { get; init => field = NotNegative(value); }

    /// <summary>The connection breaks when this many bytes have come from the provider to the user; <see langword="null"/> (the default) for never.</summary>
    public long? CutToUser { get; init => field = NotNegative(value); }

    /// <summary>Where it breaks, the reader sees the end of the stream, as if the other side had closed the connection in an orderly way, rather than an error.</summary>
    public bool CutsQuietly { get; init; }

    private static long? NotNegative(long? bytes) => bytes is not < 0 ? bytes : throw new ArgumentOutOfRangeException(nameof(bytes), bytes, "A connection breaks after a number of bytes.");
}
