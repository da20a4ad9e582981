namespace Specgen.Outbox;

/// <summary>The outcome of an attempt.</summary>
public enum OutboxResult
{
    /// <summary>The peer has taken it.</summary>
    Done,

    /// <summary>To be tried again, with pauses that grow.</summary>
    Again,

    /// <summary>To be tried again with the longest pause.</summary>
    Slowly,

    /// <summary>It is not time for it.</summary>
    NotYet,
}
