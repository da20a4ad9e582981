namespace Specgen.Instances;

/// <summary>Value representations as the two bytes of an explicit VR header (PS3.5 §6.2, §7.1.2).</summary>
internal static class ValueRepresentation
{
    public const ushort OB = ('O' << 8) | 'B';
    public const ushort OW = ('O' << 8) | 'W';
    public const ushort SQ = ('S' << 8) | 'Q';
    public const ushort SV = ('S' << 8) | 'V';
    public const ushort UN = ('U' << 8) | 'N';
    public const ushort UV = ('U' << 8) | 'V';

    private static readonly byte[] s_known = Known();

    public static bool IsKnown(ushort vr) => Of(vr) != 0;

    /// <summary>Whether it has two reserved bytes and then a length of 32 bits.</summary>
    public static bool HasLongLength(ushort vr) => Of(vr) == 2;

    private static byte Of(ushort vr)
    {
        var (first, second) = ((vr >> 8) - 'A', (vr & 0xFF) - 'A');
        return first is >= 0 and < 26 && second is >= 0 and < 26 ? s_known[(first * 26) + second] : (byte)0;
    }

    private static byte[] Known()
    {
        var known = new byte[26 * 26];
        Set("AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US", 1);
        Set("OB OD OF OL OV OW SQ SV UC UN UR UT UV", 2);
        return known;

        void Set(string codes, byte value)
        {
            foreach (var code in codes.Split(' '))
            {
                known[((code[0] - 'A') * 26) + code[1] - 'A'] = value;
            }
        }
    }
}
