namespace Specgen.Outbox;

/// <summary>The outcome of an attempt.</summary>
public readonly record struct OutboxOutcome
{
    private OutboxOutcome(OutboxResult result) => Result = result;

    /// <summary>The peer has taken it.</summary>
    public static OutboxOutcome Done { get; } = new(OutboxResult.Done);

    /// <summary>The outcome.</summary>
    public OutboxResult Result { get; private init; }

    /// <summary>Why it was not taken.</summary>
    public string? Problem { get; private init; }

    /// <summary>The status of the peer's response, where it gave one.</summary>
    public ushort? Status { get; private init; }

    /// <summary>With <see cref="OutboxResult.NotYet"/>: when it will be.</summary>
    public TimeSpan Delay { get; private init; }

    /// <summary>To be tried again, with pauses that grow.</summary>
    /// <param name="problem">Why it was not taken.</param>
    /// <param name="status">The status of the peer's response, where it gave one.</param>
    public static OutboxOutcome Again(string problem, ushort? status = null) => new(OutboxResult.Again) { Problem = problem, Status = status };

    /// <summary>To be tried again with the longest pause: the same message is unlikely to be taken until something has been changed.</summary>
    /// <param name="problem">Why it was not taken.</param>
    /// <param name="status">The status of the peer's response, where it gave one.</param>
    public static OutboxOutcome Slowly(string problem, ushort? status = null) => new(OutboxResult.Slowly) { Problem = problem, Status = status };

    /// <summary>It is too early for it. Nothing was sent, and it does not count as an attempt.</summary>
    /// <param name="delay">When it will be.</param>
    public static OutboxOutcome NotYet(TimeSpan delay) => new(OutboxResult.NotYet) { Delay = delay };

    /// <summary>
    /// What a response means (PS3.7 Annex C): taken with Success or a Warning; to be tried again where the peer could not do it now (0110
    /// Processing failure, 0213 Resource limitation) or had another
    /// message of the same ID under way (0210 Duplicate invocation); to be tried slowly where it refuses what it was sent, which will be the same
    /// the next time.
    /// </summary>
    /// <param name="response">The response.</param>
    public static OutboxOutcome Of(DimseResponse response) => StatusMeaning.Of(response);
}
