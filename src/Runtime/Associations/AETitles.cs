namespace Specgen.Associations;

/// <summary>What an AE title may be (VR AE, PS3.5 §6.2).</summary>
internal static class AETitles
{
    /// <summary>What is wrong with it, as the rest of a sentence; null when nothing is.</summary>
    public static string? Problem(string? title)
    {
        if (string.IsNullOrWhiteSpace(title))
        {
            return "is empty";
        }

        if (title.Length > 16)
        {
            return $"has {title.Length} characters; an AE title has at most 16 (PS3.5 §6.2)";
        }

        foreach (var c in title)
        {
            if (c is '\\' or < ' ' or > '~')
            {
                return $"has the character U+{(int)c:X4}; an AE title is printable ASCII without backslash (PS3.5 §6.2)";
            }
        }

        return title.Trim() == title ? null : "has leading or trailing spaces, which are not significant (PS3.5 §6.2); leave them out";
    }
}
