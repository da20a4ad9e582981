using System.Buffers.Binary;
using System.Text;

namespace Specgen.Instances;

/// <summary>Writes the beginning of a DICOM file: preamble and file meta information (PS3.10 §7.1), explicit VR little endian.</summary>
internal static class Part10Header
{
    /// <summary>Of this implementation (PS3.7 D.3.3.2): derived from a UUID (PS3.5 B.2).</summary>
    public const string ImplementationClassUid = "2.25.201310645054669052853009339590437646220";

    /// <summary>VR SH: at most 16 characters.</summary>
    public const string ImplementationVersionName = "SPECGEN";

    private const int Preamble = 128;
    private const int GroupLengthValue = Preamble + 4 + 8;

    /// <summary>A header with these values. UIDs are written as they came.</summary>
    public static byte[] Create(ReadOnlySpan<byte> sopClassUid, ReadOnlySpan<byte> sopInstanceUid, string transferSyntaxUid, string sourceAE)
    {
        // Elements of at most 8 + value + 1 bytes, and what is fixed.
        var bytes = new byte[Preamble + 256 + sopClassUid.Length + sopInstanceUid.Length + transferSyntaxUid.Length + sourceAE.Length];
        "DICM"u8.CopyTo(bytes.AsSpan(Preamble));
        var position = Preamble + 4;
        Write(bytes, ref position, 0x0000, "UL"u8, [0, 0, 0, 0], 0);
        WriteVersion(bytes, ref position);
        Write(bytes, ref position, 0x0002, "UI"u8, sopClassUid, 0);
        Write(bytes, ref position, 0x0003, "UI"u8, sopInstanceUid, 0);
        Write(bytes, ref position, 0x0010, "UI"u8, Encoding.Latin1.GetBytes(transferSyntaxUid), 0);
        Write(bytes, ref position, 0x0012, "UI"u8, Encoding.Latin1.GetBytes(ImplementationClassUid), 0);
        Write(bytes, ref position, 0x0013, "SH"u8, Encoding.Latin1.GetBytes(ImplementationVersionName), (byte)' ');
        if (sourceAE.Length > 0)
        {
            Write(bytes, ref position, 0x0016, "AE"u8, Encoding.Latin1.GetBytes(sourceAE), (byte)' ');
        }

        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(GroupLengthValue), position - GroupLengthValue - sizeof(uint));
        Array.Resize(ref bytes, position);
        return bytes;
    }

    private static void Write(byte[] bytes, ref int position, ushort element, ReadOnlySpan<byte> vr, ReadOnlySpan<byte> value, byte padding)
    {
        WriteTag(bytes, ref position, element, vr);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(position), (ushort)(value.Length + (value.Length & 1)));
        value.CopyTo(bytes.AsSpan(position + 2));
        position += 2 + value.Length;
        if ((value.Length & 1) != 0)
        {
            bytes[position++] = padding;
        }
    }

    /// <summary>File Meta Information Version (0002,0001), 00H 01H. VR OB has a length of four bytes (PS3.5 §7.1.2).</summary>
    private static void WriteVersion(byte[] bytes, ref int position)
    {
        WriteTag(bytes, ref position, 0x0001, "OB"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(position + 2), 2);
        bytes[position + 7] = 1;
        position += 8;
    }

    private static void WriteTag(byte[] bytes, ref int position, ushort element, ReadOnlySpan<byte> vr)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(position), 0x0002);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(position + 2), element);
        vr.CopyTo(bytes.AsSpan(position + 4));
        position += 6;
    }
}
