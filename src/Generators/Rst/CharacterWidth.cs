namespace Specgen.Generators.Rst;

/// <summary>How many columns a character takes where every other takes one; as docutils counts them.</summary>
internal static class CharacterWidth
{
    /// <summary>2 for a double-width character, 0 for one that combines with the one before, else 1.</summary>
    public static int Of(string text, int at)
    {
        if (text[at] < 0x300)
        {
            return 1;
        }

        int code = text[at];
        if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        {
            code = char.ConvertToUtf32(text[at], text[at + 1]);
        }

        return IsIn(CharacterRanges.Combining, code) ? 0 : IsIn(CharacterRanges.Wide, code) ? 2 : 1;
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

    private static bool IsIn(int[] ranges, int code)
    {
        var index = Array.BinarySearch(ranges, code);
        return index >= 0 || (~index & 1) == 1;
    }
}
