using System.Text;

namespace Archive.Storage;

/// <summary>
/// Encoded texts as characters (PS3.3 §C.12.1.1.2, PS3.5 §6.1): single-byte sets, UTF-8, GB18030 and GBK, and code extensions, in which escape sequences change the set within a value
/// (PS3.5 §6.1.2.5). So what is searched is what was meant, whichever set an instance came in and whichever a query is asked in.
/// </summary>
internal static class DicomText
{
    private const byte Escape = 0x1B;

    static DicomText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>A text, without the padding around each of its values.</summary>
    /// <param name="value">The encoded value.</param>
    /// <param name="characterSets">The value of Specific Character Set (0008,0005).</param>
    public static string Decode(ReadOnlySpan<byte> value, ReadOnlySpan<byte> characterSets)
    {
        var text = Ascii.IsValid(value) && value.IndexOf(Escape) < 0 ? Encoding.ASCII.GetString(value) : DecodeWith(value, Encoding.ASCII.GetString(characterSets).Split('\\'));
        return text.Contains('\\', StringComparison.Ordinal) ? string.Join('\\', text.Split('\\').Select(Trimmed)) : Trimmed(text);
    }

    private static string Trimmed(string text) => text.Trim('\0', ' ');

    private static string DecodeWith(ReadOnlySpan<byte> value, string[] characterSets)
    {
        var initial = Of(characterSets[0].Trim());
        if (value.IndexOf(Escape) < 0)
        {
            return initial.GetString(value);
        }
        var text = new StringBuilder();
        var current = initial;
        while (!value.IsEmpty)
        {
            var end = value[1..].IndexOf(Escape) + 1;
            var part = end == 0 ? value : value[..end];
            value = value[part.Length..];
            if (part[0] == Escape && Designated(part) is var (encoding, length, lead, trail))
            {
                current = encoding ?? initial;
                part = part[length..];
                if (lead != 0)
                {
                    // A set of two bytes in G0: seven bits on the wire, eight in the encodings of .NET.
                    var eight = part.ToArray();
                    for (var i = 0; i < eight.Length; i++)
                    {
                        eight[i] |= i % 2 == 0 ? lead : trail;
                    }
                    text.Append(current.GetString(eight));
                    continue;
                }
            }
            text.Append(current.GetString(part));
        }
        return text.ToString();
    }

    /// <summary>The set that an escape sequence designates (PS3.3 Tables C.12-3 and C.12-4), the sequence's length, and what its bytes lack. No encoding for ASCII: the initial set of the value has it.</summary>
    private static (Encoding? Encoding, int Length, byte Lead, byte Trail)? Designated(ReadOnlySpan<byte> bytes) => bytes[1..] switch
    {
        [0x28, 0x42, ..] => (null, 3, 0, 0),
        [0x28, 0x4A, ..] or [0x29, 0x49, ..] => (Encoding.GetEncoding("shift_jis"), 3, 0, 0),
        [0x24, 0x42, ..] or [0x24, 0x40, ..] => (Encoding.GetEncoding(20932), 3, 0x80, 0x80),
        [0x24, 0x28, 0x44, ..] => (Encoding.GetEncoding(20932), 4, 0x80, 0),
        [0x24, 0x29, 0x43, ..] => (Encoding.GetEncoding("euc-kr"), 4, 0, 0),
        [0x24, 0x29, 0x41, ..] => (Encoding.GetEncoding(936), 4, 0, 0),
        [0x2D, 0x41, ..] => (Encoding.Latin1, 3, 0, 0),
        [0x2D, 0x42, ..] => (Encoding.GetEncoding("iso-8859-2"), 3, 0, 0),
        [0x2D, 0x43, ..] => (Encoding.GetEncoding("iso-8859-3"), 3, 0, 0),
        [0x2D, 0x44, ..] => (Encoding.GetEncoding("iso-8859-4"), 3, 0, 0),
        [0x2D, 0x4C, ..] => (Encoding.GetEncoding("iso-8859-5"), 3, 0, 0),
        [0x2D, 0x47, ..] => (Encoding.GetEncoding("iso-8859-6"), 3, 0, 0),
        [0x2D, 0x46, ..] => (Encoding.GetEncoding("iso-8859-7"), 3, 0, 0),
        [0x2D, 0x48, ..] => (Encoding.GetEncoding("iso-8859-8"), 3, 0, 0),
        [0x2D, 0x4D, ..] => (Encoding.GetEncoding("iso-8859-9"), 3, 0, 0),
        [0x2D, 0x62, ..] => (Encoding.GetEncoding("iso-8859-15"), 3, 0, 0),
        [0x2D, 0x54, ..] => (Encoding.GetEncoding(874), 3, 0, 0),
        _ => null,
    };

    /// <summary>A defined term of Specific Character Set, with code extensions or without (PS3.3 Tables C.12-2 to C.12-5). What is unknown is read byte by byte, so that nothing is lost.</summary>
    private static Encoding Of(string term) => term.Replace("ISO 2022 IR", "ISO_IR", StringComparison.Ordinal) switch
    {
        "ISO_IR 192" => Encoding.UTF8,
        "GB18030" or "GBK" => Encoding.GetEncoding("gb18030"),
        "ISO_IR 101" => Encoding.GetEncoding("iso-8859-2"),
        "ISO_IR 109" => Encoding.GetEncoding("iso-8859-3"),
        "ISO_IR 110" => Encoding.GetEncoding("iso-8859-4"),
        "ISO_IR 144" => Encoding.GetEncoding("iso-8859-5"),
        "ISO_IR 127" => Encoding.GetEncoding("iso-8859-6"),
        "ISO_IR 126" => Encoding.GetEncoding("iso-8859-7"),
        "ISO_IR 138" => Encoding.GetEncoding("iso-8859-8"),
        "ISO_IR 148" => Encoding.GetEncoding("iso-8859-9"),
        "ISO_IR 203" => Encoding.GetEncoding("iso-8859-15"),
        "ISO_IR 166" => Encoding.GetEncoding(874),
        "ISO_IR 13" => Encoding.GetEncoding("shift_jis"),
        _ => Encoding.Latin1,
    };
}
