namespace Specgen.Associations;

/// <summary>What a handler came to.</summary>
/// <param name="Answer">The last answer.</param>
/// <param name="Counts">Of a C-MOVE or C-GET that got that far.</param>
/// <param name="Matches">Of a C-FIND.</param>
internal readonly record struct Invoked(DimseResponse Answer, Suboperations? Counts = null, int Matches = 0)
{
    /// <summary>As filters see it.</summary>
    public RequestOutcome ToOutcome() => new(Answer)
    {
        Matches = Matches,
        Completed = Counts?.Completed ?? 0,
        Failed = Counts?.Failed ?? 0,
        Warning = Counts?.Warning ?? 0,
    };
}
