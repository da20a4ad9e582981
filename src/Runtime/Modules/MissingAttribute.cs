using FellowOakDicom;

namespace Specgen;

/// <summary>A required attribute that is absent, or that has no value although it must have one.</summary>
/// <param name="Tag">The attribute.</param>
/// <param name="Path">Where it is missing: <c>(0040,0270)[1] &gt; (0020,000d)</c>, items counted from 1.</param>
/// <param name="IsEmpty">It is present, but without the value that type 1 requires.</param>
public readonly record struct MissingAttribute(DicomTag Tag, string Path, bool IsEmpty)
{
    /// <summary>The type or usage that requires it (PS3.5 §7.4): <c>1</c>, it must have a value, or <c>2</c>, it may be empty.</summary>
    public string Type { get; init; } = "";

    /// <summary>The path and the attribute's name.</summary>
    public override string ToString() => $"{Path} {Tag.DictionaryEntry.Name}{(IsEmpty ? " without value" : "")}";
}
