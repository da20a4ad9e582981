namespace Specgen;

/// <summary>
/// From one date or time to another, both included, in the form of <see cref="ComparableValue"/>: ordinal comparison is comparison in time. An end
/// that is open is the earliest or latest that there is.
/// </summary>
/// <param name="From">The earliest that is in it.</param>
/// <param name="To">The latest.</param>
public readonly record struct ValueRange(string From, string To)
{
    internal bool Contains(string value) => string.CompareOrdinal(From, value) <= 0 && string.CompareOrdinal(value, To) <= 0;
}
