namespace Specgen.Tool.Profiles;

/// <summary>spec/errata.json: what `update` applies, and what else docs/errata.md says.</summary>
internal sealed record ErrataFile
{
    public required IReadOnlyList<Erratum> Overrides { get; init; }
}
