using System.Buffers.Binary;

namespace Specgen.Fuzz;

/// <summary>Makes inputs out of seeds: each is a number's own, so that one that fails can be made again.</summary>
internal sealed class Mutator(IReadOnlyList<byte[]> seeds)
{
    private const int Longest = 64 * 1024;

    private static readonly uint[] s_numbers = [0, 1, 2, 7, 8, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFE, 0xFFFFFFFF];

    /// <summary>What means something somewhere: items, delimiters, VRs, types of PDUs and their items.</summary>
    private static readonly byte[][] s_words =
    [
        [0xFE, 0xFF, 0x00, 0xE0], [0xFE, 0xFF, 0x0D, 0xE0], [0xFE, 0xFF, 0xDD, 0xE0], [0xFF, 0xFE, 0xE0, 0x00], [0x08, 0x00, 0x15, 0x11], [0xE0, 0x7F, 0x10, 0x00],
        [.. "SQ\0\0"u8], [.. "UN\0\0"u8], [.. "OB\0\0"u8], [.. "UI"u8], [.. "SV\0\0"u8], [.. "ZZ"u8], [1, 0], [2, 0], [4, 0], [0x20, 0], [0x50, 0], [0x54, 0], [.. "+---+"u8], [.. "=== ==="u8], [.. "\n| "u8], [.. "::\n\n"u8], [.. "`<_"u8],
    ];

    public byte[] Make(ulong number)
    {
        var random = new Random((int)(number * 0x9E3779B97F4A7C15 >> 33));
        var bytes = new List<byte>(seeds[random.Next(seeds.Count)]);
        for (var changes = random.Next(1, 9); changes > 0; changes--)
        {
            Change(bytes, random);
        }

        if (bytes.Count > Longest)
        {
            bytes.RemoveRange(Longest, bytes.Count - Longest);
        }

        return [.. bytes];
    }

    private void Change(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(bytes.Count - at, random.Next(2) == 0 ? random.Next(1, 9) : random.Next(1, 200));
        switch (random.Next(9))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                PutNumber(bytes, at, random);
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 5:
                bytes.InsertRange(at, s_words[random.Next(s_words.Length)]);
                break;
            case 6:
                // The beginning of one with the end of another.
                var other = seeds[random.Next(seeds.Count)];
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other.AsSpan(random.Next(other.Length + 1)));
                break;
            case 7 when length > 0:
                // The same again and again.
                var piece = bytes.GetRange(at, length);
                for (var times = random.Next(2, 100); times > 0 && bytes.Count < Longest; times--)
                {
                    bytes.InsertRange(at, piece);
                }

                break;
            case 8 when random.Next(4) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
        }
    }

    private static void PutNumber(List<byte> bytes, int at, Random random)
    {
        Span<byte> number = stackalloc byte[4];
        var value = random.Next(3) == 0 ? (uint)random.Next(bytes.Count + 20) : s_numbers[random.Next(s_numbers.Length)];
        if (random.Next(2) == 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(number, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(number, value);
        }

        for (var i = 0; i < (random.Next(2) == 0 ? 4 : 2) && at + i < bytes.Count; i++)
        {
            bytes[at + i] = number[i];
        }
    }
}
