namespace Specgen.FoDicom.Substitute.Tests.Surface;

/// <param name="Text">Its name and signature.</param>
internal sealed record DeclaredMember(string Text)
{
    /// <summary>It overrides what a base type has.</summary>
    public bool IsOverride { get; init; }

    /// <summary>A member of an enumeration, or another constant: the compiler puts its value where it is used.</summary>
    public bool IsLiteral { get; init; }

    public bool IsStaticField { get; init; }
}
