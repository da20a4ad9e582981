using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Specgen.Instances;

/// <summary>
/// Goes through an encoded data set from its first element to its last and looks at nothing but tags, lengths and four UIDs (PS3.5 §7.1, §7.5, A.4).
/// Values are stepped over, so that an image costs what its headers cost; yet a data set that ends early is noticed.
/// </summary>
internal sealed class InstanceScanner
{
    private const uint UndefinedLength = 0xFFFFFFFF;
    private const uint Item = 0xFFFEE000;
    private const uint ItemDelimitation = 0xFFFEE00D;
    private const uint SequenceDelimitation = 0xFFFEE0DD;
    private const uint SopClassUid = 0x00080016;
    private const uint SopInstanceUid = 0x00080018;
    private const uint StudyInstanceUid = 0x0020000D;
    private const uint SeriesInstanceUid = 0x0020000E;
    private const uint PixelData = 0x7FE00010;
    /// <summary>What is longer is no UID of an instance. In an identifier it is a list of UIDs (PS3.4 §C.2.2.2.2), as long as it likes.</summary>
    private const int LongestUid = 256;
    private const int DeepestNesting = 100;

    private readonly Stream _stream;
    private readonly bool _isBigEndian;
    private string _sopClassUid = "";
    private string _sopInstanceUid = "";
    private string _studyUid = "";
    private string _seriesUid = "";

    private InstanceScanner(Stream stream, bool isBigEndian) => (_stream, _isBigEndian) = (stream, isBigEndian);

    /// <param name="dataSet">Stands at the data set's first byte; read to its end.</param>
    /// <param name="transferSyntaxUid">How it is encoded.</param>
    /// <exception cref="InvalidDataException">It is no data set of that transfer syntax, or it ends early.</exception>
    public static InstanceIdentity Scan(Stream dataSet, string transferSyntaxUid)
    {
        // Every transfer syntax but these is explicit VR little endian, whatever its pixels are (PS3.5 §10, Annex A).
        var isImplicit = transferSyntaxUid is "1.2.840.10008.1.2" or "1.2.840.113619.5.2";
        var isBigEndian = transferSyntaxUid is "1.2.840.10008.1.2.2";
        var isDeflated = transferSyntaxUid is "1.2.840.10008.1.2.1.99" or "1.2.840.10008.1.2.4.95" or "1.2.840.10008.1.2.4.205";
        using var inflated = isDeflated ? new DeflateStream(dataSet, CompressionMode.Decompress, leaveOpen: true) : null;
        var scanner = new InstanceScanner(inflated ?? dataSet, isBigEndian);
        scanner.Elements(isExplicit: !isImplicit, depth: 0);
        return new InstanceIdentity(scanner._sopClassUid, scanner._sopInstanceUid, scanner._studyUid, scanner._seriesUid);
    }

    private void Elements(bool isExplicit, int depth)
    {
        while (TryReadTag(canEnd: depth == 0) is { } tag)
        {
            if (tag == ItemDelimitation && depth > 0)
            {
                ReadUInt32();
                return;
            }
            if (tag >> 16 is 0x0000 or 0xFFFE or 0xFFFF)
            {
                throw Malformed($"({tag >> 16:X4},{tag & 0xFFFF:X4}) where an element of a data set was expected");
            }
            var (vr, length) = isExplicit ? ReadVRAndLength(tag) : (default, ReadUInt32());
            if (length == UndefinedLength)
            {
                SkipUndefined(tag, vr, isExplicit, depth);
            }
            else if (depth == 0 && length <= LongestUid && tag is SopClassUid or SopInstanceUid or StudyInstanceUid or SeriesInstanceUid)
            {
                Keep(tag, ReadText(length));
            }
            else
            {
                Skip(length);
            }
        }
    }

    private void SkipUndefined(uint tag, ushort vr, bool isExplicit, int depth)
    {
        if (depth == DeepestNesting)
        {
            throw Malformed($"sequences nested more than {DeepestNesting} deep");
        }
        // Fragments of pixel data (PS3.5 A.4), or a sequence; in UN a sequence in implicit VR (PS3.5 §6.2.2, note).
        var isFragments = vr is VR.OB or VR.OW || (vr == default && tag == PixelData);
        if (!isFragments && vr is not (default(ushort) or VR.SQ or VR.UN))
        {
            throw Malformed($"({tag >> 16:X4},{tag & 0xFFFF:X4}) has an undefined length, which its VR does not allow");
        }
        while (TryReadTag(canEnd: false) is { } item)
        {
            var length = ReadUInt32();
            if (item == SequenceDelimitation)
            {
                return;
            }
            if (item != Item || (isFragments && length == UndefinedLength))
            {
                throw Malformed($"({item >> 16:X4},{item & 0xFFFF:X4}) where an item was expected");
            }
            if (length == UndefinedLength)
            {
                Elements(isExplicit && vr != VR.UN, depth + 1);
            }
            else
            {
                Skip(length);
            }
        }
    }

    private void Keep(uint tag, string uid)
    {
        switch (tag)
        {
            case SopClassUid: _sopClassUid = uid; break;
            case SopInstanceUid: _sopInstanceUid = uid; break;
            case StudyInstanceUid: _studyUid = uid; break;
            default: _seriesUid = uid; break;
        }
    }

    private (ushort VR, uint Length) ReadVRAndLength(uint tag)
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(bytes);
        if (!char.IsAsciiLetterUpper((char)bytes[0]) || !char.IsAsciiLetterUpper((char)bytes[1]))
        {
            throw Malformed($"({tag >> 16:X4},{tag & 0xFFFF:X4}) has no value representation");
        }
        var vr = (ushort)((bytes[0] << 8) | bytes[1]);
        // PS3.5 §7.1.2: these have two reserved bytes and a length of 32 bits.
        return vr is VR.OB or VR.OD or VR.OF or VR.OL or VR.OV or VR.OW or VR.SQ or VR.SV or VR.UC or VR.UN or VR.UR or VR.UT or VR.UV
            ? (vr, ReadUInt32())
            : (vr, _isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) : BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]));
    }

    private uint? TryReadTag(bool canEnd)
    {
        Span<byte> bytes = stackalloc byte[4];
        var read = _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read == 0 && canEnd)
        {
            return null;
        }
        if (read < bytes.Length)
        {
            throw EndsEarly();
        }
        return _isBigEndian
            ? ((uint)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 16) | BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])
            : ((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16) | BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
    }

    private uint ReadUInt32()
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(bytes);
        return _isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    private string ReadText(uint length)
    {
        Span<byte> bytes = stackalloc byte[(int)length];
        Fill(bytes);
        // Padded with NUL (PS3.5 §9.1), with spaces by some.
        return Encoding.Latin1.GetString(bytes).TrimEnd('\0', ' ');
    }

    private void Fill(Span<byte> bytes)
    {
        if (_stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw EndsEarly();
        }
    }

    private void Skip(uint length)
    {
        if (_stream.CanSeek)
        {
            if (length > _stream.Length - _stream.Position)
            {
                throw EndsEarly();
            }
            _stream.Seek(length, SeekOrigin.Current);
            return;
        }
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            for (long left = length; left > 0;)
            {
                var read = _stream.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
                if (read == 0)
                {
                    throw EndsEarly();
                }
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static InvalidDataException EndsEarly() => new("The data set ends early.");

    private static InvalidDataException Malformed(string what) => new($"The data set is malformed: {what}.");

    private static class VR
    {
        public const ushort OB = ('O' << 8) | 'B';
        public const ushort OD = ('O' << 8) | 'D';
        public const ushort OF = ('O' << 8) | 'F';
        public const ushort OL = ('O' << 8) | 'L';
        public const ushort OV = ('O' << 8) | 'V';
        public const ushort OW = ('O' << 8) | 'W';
        public const ushort SQ = ('S' << 8) | 'Q';
        public const ushort SV = ('S' << 8) | 'V';
        public const ushort UC = ('U' << 8) | 'C';
        public const ushort UN = ('U' << 8) | 'N';
        public const ushort UR = ('U' << 8) | 'R';
        public const ushort UT = ('U' << 8) | 'T';
        public const ushort UV = ('U' << 8) | 'V';
    }
}
