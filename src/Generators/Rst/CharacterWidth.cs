using System.Globalization;

namespace Specgen.Generators.Rst;

/// <summary>How many columns a character takes where every other takes one.</summary>
internal static class CharacterWidth
{
    /// <summary>The East Asian wide and fullwidth blocks (Unicode Standard Annex #11), by first and last character.</summary>
    private static readonly int[] Wide =
    [
        0x1100, 0x115F, 0x231A, 0x231B, 0x2329, 0x232A, 0x23E9, 0x23EC, 0x25FD, 0x25FE, 0x2E80, 0x303E, 0x3041, 0x4DBF, 0x4E00, 0xA4CF,
        0xA960, 0xA97C, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE10, 0xFE19, 0xFE30, 0xFE6F, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6,
        0x1F300, 0x1F64F, 0x1F680, 0x1F6FF, 0x1F900, 0x1F9FF, 0x20000, 0x3FFFD,
    ];

    /// <summary>2 for a double-width character, 0 for one that combines with the one before, else 1.</summary>
    public static int Of(string text, int at)
    {
        if (text[at] < 0x300)
        {
            return 1;
        }

        if (CharUnicodeInfo.GetUnicodeCategory(text, at) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
        {
            return 0;
        }

        int code = text[at];
        if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        {
            code = char.ConvertToUtf32(text[at], text[at + 1]);
        }

        var index = Array.BinarySearch(Wide, code);
        return index >= 0 || (~index & 1) == 1 ? 2 : 1;
    }

    /// <summary>Columns of a piece of text.</summary>
    public static int Of(string text, int start, int end)
    {
        var width = 0;
        for (var i = start; i < end; i++)
        {
            width += Of(text, i);
            i += char.IsHighSurrogate(text[i]) && i + 1 < end && char.IsLowSurrogate(text[i + 1]) ? 1 : 0;
        }

        return width;
    }
}
