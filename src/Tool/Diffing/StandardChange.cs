namespace Specgen.Tool.Diffing;

internal enum ChangeKind
{
    Added,
    Removed,
    Changed,
    Retired,
    Renamed,
}

/// <summary>What differs between two editions.</summary>
/// <param name="Fields">What has changed of what is in both: field, old, new.</param>
/// <param name="Touches">Handlers and constants of a project that the change is about.</param>
internal sealed record StandardChange(ChangeKind Change, Fact Fact, IReadOnlyList<FieldChange> Fields)
{
    public IReadOnlyList<string> Touches { get; init; } = [];
}

internal sealed record FieldChange(string Field, string Old, string New);
