namespace Specgen.Associations;

/// <summary>Which SOP classes C-STORE is for. The runtime has no pages; it has to know this to take the SCU role for what a C-GET sends.</summary>
internal static class StorageClasses
{
    private const string Standard = "1.2.840.10008.";

    /// <summary>The arc of nearly all of them (PS3.4 Table B.5-1).</summary>
    private const string Images = "1.2.840.10008.5.1.4.1.1.";

    /// <summary>The others of PS3.4 Table B.5-1 and Table GG.3-1: RT beams delivery instructions, and what belongs to no patient.</summary>
    private static readonly HashSet<string> s_others = new(StringComparer.Ordinal)
    {
        "1.2.840.10008.5.1.4.34.1", "1.2.840.10008.5.1.4.34.7", "1.2.840.10008.5.1.4.34.10", "1.2.840.10008.5.1.4.38.1", "1.2.840.10008.5.1.4.39.1",
        "1.2.840.10008.5.1.4.43.1", "1.2.840.10008.5.1.4.44.1", "1.2.840.10008.5.1.4.45.1",
    };

    /// <summary>Whether it is one of them, or of nobody's knowledge: a private one.</summary>
    public static bool Contains(string uid) => uid.StartsWith(Images, StringComparison.Ordinal) || s_others.Contains(uid) || !uid.StartsWith(Standard, StringComparison.Ordinal);
}
