namespace Specgen;

/// <summary>The outcome of a request, for a filter: its last answer, and what was sent before it.</summary>
/// <param name="Answer">The (last) answer, with its status as a number. A filter may change or replace it.</param>
public readonly record struct RequestOutcome(DimseResponse Answer)
{
    /// <summary>The status of the (last) answer.</summary>
    public ushort Status => Answer.Status;

    /// <summary>Matches of a C-FIND that were sent.</summary>
    public int Matches { get; init; }

    /// <summary>Sub-operations of a C-MOVE or C-GET that succeeded, without a warning.</summary>
    public int Completed { get; init; }

    /// <summary>Sub-operations of a C-MOVE or C-GET that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Sub-operations of a C-MOVE or C-GET that succeeded with a warning.</summary>
    public int Warning { get; init; }

    /// <summary>An answer, and nothing before it.</summary>
    /// <param name="answer">The answer.</param>
    public static implicit operator RequestOutcome(DimseResponse answer) => new(answer);
}
