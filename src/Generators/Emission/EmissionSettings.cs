namespace Specgen.Generators.Emission;

/// <summary>What the consumer's options say about generated code.</summary>
/// <param name="Namespace">As it stands in code, keywords escaped: "Specgen.Standard".</param>
/// <param name="IsPublic">Generated types are public; else internal.</param>
internal sealed record EmissionSettings(string Namespace, bool IsPublic)
{
    public static EmissionSettings Default { get; } = new("Specgen.Standard", IsPublic: false);

    public string Accessibility => IsPublic ? "public" : "internal";

    /// <summary>A reference to a generated type that no name of the user's can catch.</summary>
    public string Global(string type) => "global::" + Namespace + "." + type;
}
