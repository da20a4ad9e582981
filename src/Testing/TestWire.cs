namespace Specgen.Testing;

/// <summary>What a connection in memory does to what is sent over it. As it stands (<see langword="new"/>) it is a good one.</summary>
public sealed record TestWire
{
    /// <summary>How many bytes arrive at a time: 1 has every PDU come byte by byte. 0 (the default): as many as there are.</summary>
    public int ReadSize { get; init; }

    /// <summary>How long what the provider sends is on its way, by the clock of the server's <see cref="DicomScpOptions.TimeProvider"/>: answers come late. Zero by default.</summary>
    public TimeSpan AnswerDelay { get; init; }

    /// <summary>The connection breaks when this many bytes have come from the user to the provider; <see langword="null"/> (the default) for never.</summary>
    public long? CutToProvider { get; init; }

    /// <summary>The connection breaks when this many bytes have come from the provider to the user; <see langword="null"/> (the default) for never.</summary>
    public long? CutToUser { get; init; }

    /// <summary>Where it breaks, the reader sees an end as if the other side had closed the connection in order, and not an error.</summary>
    public bool CutsQuietly { get; init; }
}
