namespace Specgen.Generators.Project;

/// <summary>Where generated types are, and for whom.</summary>
/// <param name="Namespace">As it stands in code, keywords escaped: "Specgen.Standard"; empty for the global one.</param>
/// <param name="IsPublic">Generated types are public; else internal.</param>
internal sealed record EmissionSettings(string Namespace, bool IsPublic)
{
    /// <summary>Where the standard's types are, unless a project generates them elsewhere.</summary>
    public const string StandardNamespace = "Specgen.Standard";

    public string Accessibility => IsPublic ? "public" : "internal";

    /// <summary>A reference to a generated type that no name of the user's can catch.</summary>
    public string Global(string type) => "global::" + (Namespace.Length == 0 ? "" : Namespace + ".") + type;
}
