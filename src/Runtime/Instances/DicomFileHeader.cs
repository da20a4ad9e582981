using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Specgen.Instances;

namespace Specgen;

/// <summary>
/// The beginning of a DICOM file, as far as it says what is in it and where its data set begins (PS3.10 §7.1). Read without the data set: what a
/// user needs to negotiate for a file and to send it as it is, and an archive to know what it holds.
/// </summary>
/// <param name="SopClassUid">Media Storage SOP Class UID (0002,0002).</param>
/// <param name="SopInstanceUid">Media Storage SOP Instance UID (0002,0003).</param>
/// <param name="TransferSyntaxUid">Transfer Syntax UID (0002,0010).</param>
/// <param name="DataSetOffset">Where the data set begins, in bytes from the file's beginning.</param>
public sealed record DicomFileHeader(string SopClassUid, string SopInstanceUid, string TransferSyntaxUid, long DataSetOffset)
{
    private const int PrefixEnd = 132;
    private const int LargestHeader = 64 * 1024;
    private const ushort SopClassElement = 0x0002;
    private const ushort SopInstanceElement = 0x0003;
    private const ushort TransferSyntaxElement = 0x0010;

    /// <summary>Reads a file's header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is not a DICOM file, or its header lacks one of the three UIDs.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static DicomFileHeader Read(string path)
    {
        using var file = NamedFile.Open(path, bufferSize: 1024);
        return file is not null && TryRead(file, out var header) ? header : throw new InvalidDataException($"'{path}' is not a DICOM file.");
    }

    /// <summary>Reads a header, if there is one.</summary>
    /// <param name="file">Positioned at the file's first byte; its position afterwards is undefined.</param>
    /// <param name="header">What was read.</param>
    /// <returns>Whether this is a DICOM file whose header has the three UIDs.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool TryRead(Stream file, [NotNullWhen(true)] out DicomFileHeader? header)
    {
        ArgumentNullException.ThrowIfNull(file);
        header = null;
        Span<byte> prefix = stackalloc byte[PrefixEnd];
        if (file.ReadAtLeast(prefix, PrefixEnd, throwOnEndOfStream: false) < PrefixEnd || !prefix[128..].SequenceEqual("DICM"u8))
        {
            return false;
        }

        // Explicit VR little endian in every file (PS3.10 §7.1), up to where another group begins. Nothing is taken here that fo-dicom could read in another way:
        // a second transfer syntax, say, so that what was looked at is not what is decoded.
        string? sopClass = null, sopInstance = null, transferSyntax = null;
        long position = PrefixEnd;
        var last = -1;
        Span<byte> element = stackalloc byte[8];
        Span<byte> longLength = stackalloc byte[4];
        var value = new byte[256];
        while (position < LargestHeader && file.ReadAtLeast(element, 8, throwOnEndOfStream: false) == 8 && BinaryPrimitives.ReadUInt16LittleEndian(element) == 0x0002)
        {
            var tag = BinaryPrimitives.ReadUInt16LittleEndian(element[2..]);
            var vr = (ushort)(element[4] << 8 | element[5]);
            if (tag <= last || !ValueRepresentation.IsKnown(vr) || vr == ValueRepresentation.SQ)
            {
                return false;
            }

            last = tag;
            long length = BinaryPrimitives.ReadUInt16LittleEndian(element[6..]);
            position += 8;
            if (ValueRepresentation.HasLongLength(vr))
            {
                if (file.ReadAtLeast(longLength, 4, throwOnEndOfStream: false) < 4)
                {
                    return false;
                }

                length = BinaryPrimitives.ReadUInt32LittleEndian(longLength);
                position += 4;
            }

            position += length;
            for (var left = length; left > 0;)
            {
                var part = value.AsSpan(0, (int)Math.Min(left, value.Length));
                if (position > LargestHeader || file.ReadAtLeast(part, part.Length, throwOnEndOfStream: false) < part.Length)
                {
                    return false;
                }

                left -= part.Length;
            }

            if (length <= value.Length && tag is SopClassElement or SopInstanceElement or TransferSyntaxElement)
            {
                var uid = Encoding.Latin1.GetString(value, 0, (int)length).TrimEnd('\0', ' ');
                (sopClass, sopInstance, transferSyntax) = tag switch
                {
                    SopClassElement => (uid, sopInstance, transferSyntax),
                    SopInstanceElement => (sopClass, uid, transferSyntax),
                    _ => (sopClass, sopInstance, uid),
                };
            }
        }

        if (sopClass is null || sopInstance is null || transferSyntax is null)
        {
            return false;
        }
        header = new DicomFileHeader(sopClass, sopInstance, transferSyntax, position);
        return true;
    }
}
