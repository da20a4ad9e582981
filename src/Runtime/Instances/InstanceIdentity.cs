namespace Specgen;

/// <summary>
/// The UIDs by which a composite instance is stored and found (PS3.3 C.7.2.1, C.7.3.1, C.12.1). A UID that the data set does not have, or has without a value, is the empty string.
/// </summary>
/// <param name="SopClassUid">(0008,0016).</param>
/// <param name="SopInstanceUid">(0008,0018).</param>
/// <param name="StudyInstanceUid">(0020,000D).</param>
/// <param name="SeriesInstanceUid">(0020,000E).</param>
public sealed record InstanceIdentity(string SopClassUid, string SopInstanceUid, string StudyInstanceUid, string SeriesInstanceUid)
{
    private const int MaximumLength = 64;

    /// <summary>
    /// Whether a value is a UID as far as a file's name is concerned: at most 64 characters, digits in components that dots separate (PS3.5 §9.1).
    /// Leading zeros, which the standard forbids but which do occur, are accepted: they do no harm here.
    /// </summary>
    /// <param name="value">Any text, from a peer perhaps.</param>
    public static bool IsUid(string? value) => IsUid(value, UidCheck.Characters);

    /// <summary>Whether a value is a UID by this check.</summary>
    /// <param name="value">Any text, from a peer perhaps.</param>
    /// <param name="check">What is asked.</param>
    public static bool IsUid(string? value, UidCheck check)
    {
        if (check == UidCheck.None)
        {
            return !string.IsNullOrEmpty(value);
        }

        if (string.IsNullOrEmpty(value) || value.Length > MaximumLength || value[^1] == '.')
        {
            return false;
        }

        var (previous, beforeThat) = ('.', '.');
        foreach (var c in value)
        {
            if (!char.IsAsciiDigit(c) && (c != '.' || previous == '.'))
            {
                return false;
            }

            if (check == UidCheck.Full && previous == '0' && beforeThat == '.' && c != '.')
            {
                return false;
            }

            (previous, beforeThat) = (c, previous);
        }

        return true;
    }
}
