namespace Specgen.Conformance;

/// <summary>A row of a status table (PS3.2 §N.7.3.2).</summary>
/// <param name="First">The code, or the first of its range; <see langword="null"/> for the row "Other Status Codes".</param>
/// <param name="Last">The last code of its range.</param>
/// <param name="Category">The class; <see langword="null"/> for the row "Other Status Codes".</param>
/// <param name="Meaning">The page's own words.</param>
/// <param name="Text">As SCP, the condition under which it is sent; as SCU, what is done about it. Empty if that is not documented.</param>
/// <param name="RelatedFields">Attributes of the response that have more information.</param>
/// <param name="Misprint">What Annex N prints in its place, where that is wrong; else <see langword="null"/>.</param>
public sealed record ConformanceStatusRow(ushort? First, ushort? Last, StatusCategory? Category, string Meaning, string Text, string RelatedFields, string? Misprint)
{
    /// <summary>"A700-A7FF", "0000", or "any other".</summary>
    public string Codes => First is null ? "any other" : First == Last ? $"{First:X4}" : $"{First:X4}-{Last:X4}";
}
