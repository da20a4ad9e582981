namespace Specgen;

/// <summary>
/// What may be agreed on about matching in addition to PS3.4 §C.2.2.2: the parts of extended negotiation (PS3.4 §C.5.1.1.1) that concern it, and
/// what a provider does with values that it does not know.
/// </summary>
public sealed class MatchingOptions
{
    internal static MatchingOptions Default { get; } = new();

    /// <summary>
    /// Ranges of a date and of the time that belongs to it, of the same form, are one range of moments (PS3.4 §C.2.2.2.5.4): 20260705-20260707 and
    /// 1000-1800 reach from the 5th, ten o'clock, to the 7th, six in the evening. Otherwise three days from ten to six.
    /// </summary>
    public bool CombinesDateAndTime { get; init; }

    /// <summary>The key <c>""</c>, two quotation marks, matches what is absent or has no value (empty value matching).</summary>
    public bool MatchesEmptyValues { get; init; }

    /// <summary>
    /// An entity without a value for an attribute matches every key (PS3.4 §C.2.2.1.2: unknown, and so a successful match). Off by default, as with
    /// most providers: otherwise a query for one accession number would return every study without one.
    /// </summary>
    public bool UnknownMatches { get; init; }
}
