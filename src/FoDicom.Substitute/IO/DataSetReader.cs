using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using FellowOakDicom.IO.Buffer;

namespace FellowOakDicom.IO;

/// <summary>
/// Bytes → data set (PS3.5 §7). Every length is checked against what is there, but as in fo-dicom sequences are read by recursion however deep they are, and a deflated data set is inflated however long it
/// becomes: what protects a server from that is not here.
/// </summary>
internal sealed class DataSetReader
{
    private const uint Undefined = 0xFFFFFFFF;

    private readonly ReadOnlyMemory<byte> _bytes;
    private bool _isBigEndian;
    private int _position;

    private DataSetReader(ReadOnlyMemory<byte> bytes, bool isBigEndian)
    {
        _bytes = bytes;
        _isBigEndian = isBigEndian;
    }

    /// <exception cref="DicomDataException">The bytes are no data set of the transfer syntax, or end early.</exception>
    public static void Read(ReadOnlyMemory<byte> bytes, DicomTransferSyntax syntax, DicomDataset into)
    {
        if (syntax.IsDeflate)
        {
            using var inflated = new MemoryStream();
            using (var deflate = new DeflateStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress))
            {
                try
                {
                    deflate.CopyTo(inflated);
                }
                catch (InvalidDataException e)
                {
                    throw new DicomDataException("The deflated data set cannot be inflated", e);
                }
            }

            bytes = inflated.ToArray();
        }

        var reader = new DataSetReader(bytes, syntax.Endian == Endian.Big);
        reader.ReadItems(into, bytes.Length, syntax.IsExplicitVR, untilDelimiter: false);
    }

    /// <summary>The file meta information at the beginning of the bytes (PS3.10 §7.1); gives where it ends.</summary>
    public static int ReadGroup2(ReadOnlyMemory<byte> bytes, DicomDataset into)
    {
        var reader = new DataSetReader(bytes, isBigEndian: false);
        while (bytes.Length - reader._position >= 8 && reader.PeekGroup() == 2)
        {
            reader.ReadElement(into, bytes.Length, isExplicit: true);
        }

        return reader._position;
    }

    private ushort PeekGroup() => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.Span[_position..]);

    private void ReadItems(DicomDataset into, int end, bool isExplicit, bool untilDelimiter)
    {
        while (_position < end)
        {
            if (!ReadElement(into, end, isExplicit))
            {
                return;
            }
        }

        if (untilDelimiter)
        {
            throw Early("an item without its delimiter");
        }
    }

    /// <summary>False at an item delimitation item.</summary>
    private bool ReadElement(DicomDataset into, int end, bool isExplicit)
    {
        var tag = ReadTag(end);
        if (tag.Group == 0xFFFE)
        {
            var length = ReadUInt32(end);
            return tag.Element == 0xE00D ? false : throw new DicomDataException($"{tag} with length {length} where a data element was due");
        }

        DicomVR vr;
        uint size;
        if (isExplicit)
        {
            var code = Encoding.ASCII.GetString(Take(2, end).Span);
            if (!DicomVR.TryParse(code, out vr))
            {
                throw new DicomDataException($"{tag} has the VR '{code}', which is none");
            }

            if (vr.Is16bitLength)
            {
                size = ReadUInt16(end);
            }
            else
            {
                Take(2, end);
                size = ReadUInt32(end);
            }
        }
        else
        {
            vr = VrOf(tag);
            size = ReadUInt32(end);
        }

        if (vr == DicomVR.SQ || (size == Undefined && vr == DicomVR.UN))
        {
            // As in fo-dicom: what is in UN is little endian (PS3.5 §6.2.2), but for private elements.
            var isBigEndian = _isBigEndian;
            _isBigEndian &= vr != DicomVR.UN || tag.IsPrivate;
            into.SetUnchecked(ReadSequence(tag, size, end, isExplicit && vr != DicomVR.UN, into));
            _isBigEndian = isBigEndian;
        }
        else if (size == Undefined)
        {
            into.SetUnchecked(ReadFragments(tag, end));
        }
        else
        {
            var value = Take(size, end).ToArray();
            if (tag is { IsPrivate: true, Element: >= 0x10 and <= 0xFF })
            {
                DicomDictionary.Default.Keep(Encoding.ASCII.GetString(value));
            }

            Swap(value, vr);
            into.SetUnchecked(DicomElement.Of(tag, vr, value, vr == DicomVR.UI ? Encoding.ASCII : into.TextEncoding()));
        }

        return true;
    }

    private static DicomVR VrOf(DicomTag tag)
    {
        var vrs = tag.DictionaryEntry.ValueRepresentations;

        // Of OB or OW it is OW (PS3.5 §A.1).
        return vrs.Contains(DicomVR.OW) ? DicomVR.OW : vrs[0];
    }

    private DicomSequence ReadSequence(DicomTag tag, uint size, int end, bool isExplicit, DicomDataset parent)
    {
        var sequence = new DicomSequence(tag);
        var sequenceEnd = size == Undefined ? end : End(size, end);
        while (_position < sequenceEnd)
        {
            var itemTag = ReadTag(sequenceEnd);
            var length = ReadUInt32(sequenceEnd);
            if (itemTag is { Group: 0xFFFE, Element: 0xE0DD })
            {
                return sequence;
            }

            if (itemTag is not { Group: 0xFFFE, Element: 0xE000 })
            {
                throw new DicomDataException($"{itemTag} where an item of the sequence {tag} was due");
            }

            var item = new DicomDataset(parent.InternalTransferSyntax) { Validates = parent.Validates, InheritedEncoding = parent.TextEncoding() };
            ReadItems(item, length == Undefined ? sequenceEnd : End(length, sequenceEnd), isExplicit, untilDelimiter: length == Undefined);
            sequence.Items.Add(item);
        }

        return size == Undefined ? throw Early($"the sequence {tag} without its delimiter") : sequence;
    }

    private DicomOtherByteFragment ReadFragments(DicomTag tag, int end)
    {
        var fragments = new DicomOtherByteFragment(tag);
        for (var first = true; ; first = false)
        {
            var itemTag = ReadTag(end);
            var length = ReadUInt32(end);
            if (itemTag is { Group: 0xFFFE, Element: 0xE0DD })
            {
                return fragments;
            }

            if (itemTag is not { Group: 0xFFFE, Element: 0xE000 })
            {
                throw new DicomDataException($"{itemTag} where a fragment of {tag} was due");
            }

            var bytes = Take(length, end).ToArray();
            if (!first)
            {
                fragments.Add(new MemoryByteBuffer(bytes));
                continue;
            }

            for (var i = 0; i + 4 <= bytes.Length; i += 4)
            {
                fragments.OffsetTable.Add(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i)));
            }
        }
    }

    private void Swap(byte[] value, DicomVR vr)
    {
        if (_isBigEndian)
        {
            ByteOrder.Swap(value, vr);
        }
    }

    private DicomTag ReadTag(int end) => new(ReadUInt16(end), ReadUInt16(end));

    private ushort ReadUInt16(int end)
    {
        var bytes = Take(2, end).Span;
        return _isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    private uint ReadUInt32(int end)
    {
        var bytes = Take(4, end).Span;
        return _isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    private int End(uint length, int end) => length <= end - _position ? _position + (int)length : throw Early($"a length of {length} where {end - _position} are left");

    private ReadOnlyMemory<byte> Take(uint count, int end)
    {
        if (count > end - _position)
        {
            throw Early($"a length of {count} where {end - _position} are left");
        }

        var taken = _bytes.Slice(_position, (int)count);
        _position += (int)count;
        return taken;
    }

    private DicomDataException Early(string what) => new($"The data set ends early at byte {_position}: {what}");
}

/// <summary>Turns the bytes of each number of a value round.</summary>
internal static class ByteOrder
{
    public static void Swap(byte[] value, DicomVR vr)
    {
        var unit = vr == DicomVR.AT ? 2 : vr.IsString ? 1 : vr.UnitSize;
        for (var i = 0; unit > 1 && i + unit <= value.Length; i += unit)
        {
            Array.Reverse(value, i, unit);
        }
    }
}
