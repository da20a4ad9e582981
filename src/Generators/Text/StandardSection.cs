using System.Text.RegularExpressions;

namespace Specgen.Generators.Text;

/// <summary>A place of the standard in words.</summary>
internal static class StandardSection
{
    private static readonly Regex s_target = new(@"^part0*(\d+)/(?:chapter|sect)_([\w.\-]+?)(?:\.html)?(?:#.*)?$", RegexOptions.CultureInvariant);

    /// <summary>The target of a :dcm: role, "part04/chapter_J.html" → "PS3.4 J"; another one as it is.</summary>
    public static string Of(string reference) => s_target.Match(reference) is { Success: true } match ? "PS3." + match.Groups[1].Value + " " + match.Groups[2].Value : reference;
}
