using System.Buffers;
using System.Globalization;
using System.Text;

namespace Specgen;

/// <summary>
/// Makes text from a peer safe to show in a log, on a console or in a message: an AE title, a UID, a name, a comment. Escaped text can neither end nor forge a log line nor control a console,
/// and its length is bounded. The runtime escapes everything that it shows of a peer.
/// </summary>
public static class PeerText
{
    private static readonly SearchValues<char> s_plain = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>
    /// The text with every character that is invisible replaced by its number, as in <c>\u001B</c>: controls, line ends, marks of direction, characters of no width, halves of pairs; and the backslash as <c>\\</c>,
    /// so that such a number cannot be forged.
    /// </summary>
    /// <param name="text">Any text; nothing is the empty text.</param>
    /// <param name="maxLength">What is longer ends in <c>...</c>. At least 4.</param>
    public static string Escape(string? text, int maxLength = 256)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 4);
        if (string.IsNullOrEmpty(text) || (text.Length <= maxLength && text.AsSpan().IndexOfAnyExcept(s_plain) < 0))
        {
            return text ?? "";
        }

        var shown = new StringBuilder(Math.Min(text.Length, maxLength) + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            var before = shown.Length;
            Append(shown, rune);
            if (shown.Length > maxLength)
            {
                shown.Length = before;
                while (shown.Length > maxLength - 3)
                {
                    shown.Length--;
                }

                return shown.Append("...").ToString();
            }
        }

        return shown.ToString();
    }

    private static void Append(StringBuilder shown, Rune rune)
    {
        if (rune.Value == '\\')
        {
            shown.Append(@"\\");
        }
        else if (IsSeen(rune))
        {
            shown.Append(rune.ToString());
        }
        else
        {
            shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
        }
    }

    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.SpaceSeparator => rune.Value == ' ',
        _ => true,
    };
}
