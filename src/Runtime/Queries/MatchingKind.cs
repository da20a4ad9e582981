namespace Specgen;

/// <summary>How a key of an identifier is matched (PS3.4 §C.2.2.2).</summary>
public enum MatchingKind
{
    /// <summary>
    /// Not at all: the provider does not support the key for matching, or its VR has no matching (OB, OW, UN and the like). It is treated as one
    /// without value (PS3.4 §C.2.2.1.3).
    /// </summary>
    None,

    /// <summary>
    /// Everything matches (PS3.4 §C.2.2.2.3): no value, <c>*</c>, a range that is open at both ends; a sequence whose item has such keys only.
    /// </summary>
    Universal,

    /// <summary>What is equal (PS3.4 §C.2.2.2.1). Dates and times by their meaning: <c>10</c> is the hour from 10:00.</summary>
    SingleValue,

    /// <summary>
    /// What is equal to one of several values (PS3.4 §C.2.2.2.2); for other VRs than UI the same, as multiple value matching has it.
    /// </summary>
    ListOfValues,

    /// <summary><c>*</c> for any characters, <c>?</c> for one (PS3.4 §C.2.2.2.4).</summary>
    WildCard,

    /// <summary>Dates and times from one to another (PS3.4 §C.2.2.2.5).</summary>
    Range,

    /// <summary>One item that matches all keys of the identifier's item (PS3.4 §C.2.2.2.6).</summary>
    Sequence,

    /// <summary>
    /// What is absent or has no value: <c>""</c>, two quotation marks, where that was negotiated (<see
    /// cref="MatchingOptions.MatchesEmptyValues"/>).
    /// </summary>
    EmptyValue,
}
