using System.Buffers.Binary;
using System.Text;
using Specgen.Interop.Tests.Peers;

namespace Specgen.Interop.Tests.Data;

/// <summary>A DICOM file as bytes (PS3.10 §7.1): preamble, file meta information, and the data set, which nothing here decodes.</summary>
internal sealed class Part10
{
    private const int HeaderLength = 132;
    private readonly byte[] _bytes;
    private readonly int _dataSetStart;
    private readonly Dictionary<ushort, string> _meta = [];

    private Part10(byte[] bytes)
    {
        _bytes = bytes;
        if (bytes.Length < HeaderLength || !bytes.AsSpan(128, 4).SequenceEqual("DICM"u8))
        {
            throw new AssertFailedException("Not a DICOM file: no DICM prefix.");
        }
        var at = HeaderLength;
        while (at + 8 <= bytes.Length && BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at)) == 0x0002)
        {
            var element = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at + 2));
            var vr = Encoding.ASCII.GetString(bytes, at + 4, 2);
            var isLong = vr is "OB" or "UN" or "OW" or "SQ" or "UT";
            var length = isLong ? BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 8)) : BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at + 6));
            var value = at + (isLong ? 12 : 8);
            _meta[element] = Encoding.ASCII.GetString(bytes, value, length).TrimEnd('\0', ' ');
            at = value + length;
        }
        _dataSetStart = at;
    }

    public ReadOnlySpan<byte> DataSet => _bytes.AsSpan(_dataSetStart);

    public string SopClassUid => _meta[0x0002];

    public string SopInstanceUid => _meta[0x0003];

    public string TransferSyntaxUid => _meta[0x0010];

    public static Part10 Read(string path) => new(File.ReadAllBytes(path));

    /// <summary>The value of Pixel Data, where it is the last element; of encapsulated pixels, all fragments in one (PS3.5 §A.4).</summary>
    public byte[] Pixels()
    {
        var at = DataSet.LastIndexOf((ReadOnlySpan<byte>)[0xE0, 0x7F, 0x10, 0x00]);
        var header = TransferSyntaxUid == "1.2.840.10008.1.2" ? 8 : 12;
        var value = DataSet[(at + header)..];
        if (BinaryPrimitives.ReadUInt32LittleEndian(DataSet[(at + header - 4)..]) != uint.MaxValue)
        {
            return value.ToArray();
        }

        var fragments = new List<byte>();
        // The first item is the table of offsets; the delimiter is an item without length.
        for (var item = NextItem(value, 0); value[item..] is [0xFE, 0xFF, 0x00, 0xE0, ..]; item = NextItem(value, item))
        {
            fragments.AddRange(value[(item + 8)..NextItem(value, item)]);
        }

        return [.. fragments];
    }

    /// <summary>That two files hold the same data set, byte for byte, in the same transfer syntax.</summary>
    public static void AssertSameDataSet(string expectedPath, string actualPath)
    {
        var expected = Read(expectedPath);
        var actual = Read(actualPath);
        Assert.AreEqual(expected.TransferSyntaxUid, actual.TransferSyntaxUid, $"{actualPath} is in another transfer syntax.");
        Assert.AreEqual(expected.SopClassUid, actual.SopClassUid);
        Assert.AreEqual(expected.SopInstanceUid, actual.SopInstanceUid);
        var at = expected.DataSet.CommonPrefixLength(actual.DataSet);
        // DCMTK writes deflated files of odd length, which must be padded with one NUL on their way (PS3.5 A.5).
        var isPadded = expected.TransferSyntaxUid == "1.2.840.10008.1.2.1.99" && at % 2 == 1 && actual.DataSet.Length == at + 1 && actual.DataSet[at] == 0;
        Assert.IsTrue(
            at == expected.DataSet.Length && (at == actual.DataSet.Length || isPadded),
            $"{actualPath}: the data set differs from byte {at} on ({expected.DataSet.Length} bytes expected, {actual.DataSet.Length} found).");
    }

    /// <summary>A file's attributes and values as dcmdump shows them, without the file meta information, which is its writer's own, and without comments.</summary>
    public static async Task<string> DumpAsync(string path) => string.Join('\n', (await Tool.OutputAsync("dcmdump", "-M", "+L", path)).Split('\n')
        .Where(static line => line.TrimStart().StartsWith('(') && !line.StartsWith("(0002,", StringComparison.Ordinal))
        .Select(static line => line[..line.LastIndexOf('#')]));

    /// <summary>Where the item after this one begins.</summary>
    private static int NextItem(ReadOnlySpan<byte> items, int item) => item + 8 + BinaryPrimitives.ReadInt32LittleEndian(items[(item + 4)..]);
}
