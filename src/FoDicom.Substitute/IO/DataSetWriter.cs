using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace FellowOakDicom.IO;

/// <summary>Data set → bytes (PS3.5 §7). Sequences and items have undefined lengths, values are padded to even ones.</summary>
internal sealed class DataSetWriter
{
    private readonly Stream _stream;
    private readonly bool _isBigEndian;
    private readonly bool _isExplicit;
    private readonly byte[] _number = new byte[4];

    private DataSetWriter(Stream stream, DicomTransferSyntax syntax)
    {
        _stream = stream;
        _isBigEndian = syntax.Endian == Endian.Big;
        _isExplicit = syntax.IsExplicitVR;
    }

    public static void Write(DicomDataset dataset, DicomTransferSyntax syntax, Stream stream)
    {
        if (!syntax.IsDeflate)
        {
            WriteElements(dataset, syntax, stream);
            return;
        }

        using var deflated = new MemoryStream();
        using (var deflate = new DeflateStream(deflated, CompressionLevel.Optimal, leaveOpen: true))
        {
            WriteElements(dataset, syntax, deflate);
        }

        deflated.WriteTo(stream);
        if ((deflated.Length & 1) != 0)
        {
            stream.WriteByte(0);
        }
    }

    /// <summary>Without deflating.</summary>
    public static void WriteElements(DicomDataset dataset, DicomTransferSyntax syntax, Stream stream) => new DataSetWriter(stream, syntax).Write(dataset, null);

    /// <param name="dataset">A data set, or an item of a sequence.</param>
    /// <param name="inherited">The character set of what the item is in, which is its own where it names none; null for none.</param>
    private void Write(DicomDataset dataset, Encoding inherited)
    {
        var encoding = dataset.Contains(DicomTag.SpecificCharacterSet) ? dataset.TextEncoding() : inherited;
        foreach (var item in dataset)
        {
            // Group lengths are retired outside of groups 0 and 2 (PS3.5 §7.2).
            if (item.Tag.Element == 0 && item.Tag.Group is not 0 and not 2)
            {
                continue;
            }

            switch (item)
            {
                case DicomSequence sequence:
                    Write(sequence, encoding);
                    break;
                case DicomFragmentSequence fragments:
                    Write(fragments);
                    break;
                case DicomElement element:
                    if (encoding is not null)
                    {
                        element.UseEncoding(encoding);
                    }

                    Write(element);
                    break;
            }
        }
    }

    private void Write(DicomElement element)
    {
        var vr = element.ValueRepresentation;
        var value = element.Buffer.Data;
        if (_isBigEndian && !vr.IsString && vr.UnitSize > 1)
        {
            value = (byte[])value.Clone();
            ByteOrder.Swap(value, vr);
        }

        WriteHeader(element.Tag, vr, (uint)(value.Length + (value.Length & 1)));
        _stream.Write(value);
        if ((value.Length & 1) != 0)
        {
            _stream.WriteByte(vr.Padding);
        }
    }

    private void Write(DicomSequence sequence, Encoding encoding)
    {
        WriteHeader(sequence.Tag, DicomVR.SQ, 0xFFFFFFFF);
        foreach (var item in sequence.Items)
        {
            WriteItem(0xE000, 0xFFFFFFFF);
            Write(item, encoding);
            WriteItem(0xE00D, 0);
        }

        WriteItem(0xE0DD, 0);
    }

    private void Write(DicomFragmentSequence fragments)
    {
        WriteHeader(fragments.Tag, fragments.ValueRepresentation, 0xFFFFFFFF);
        WriteItem(0xE000, (uint)(4 * fragments.OffsetTable.Count));
        foreach (var offset in fragments.OffsetTable)
        {
            WriteUInt32(offset);
        }

        foreach (var fragment in fragments.Fragments)
        {
            WriteItem(0xE000, (uint)(fragment.Data.Length + (fragment.Data.Length & 1)));
            _stream.Write(fragment.Data);
            if ((fragment.Data.Length & 1) != 0)
            {
                _stream.WriteByte(0);
            }
        }

        WriteItem(0xE0DD, 0);
    }

    private void WriteItem(ushort element, uint length)
    {
        WriteUInt16(0xFFFE);
        WriteUInt16(element);
        WriteUInt32(length);
    }

    private void WriteHeader(DicomTag tag, DicomVR vr, uint length)
    {
        WriteUInt16(tag.Group);
        WriteUInt16(tag.Element);
        if (!_isExplicit)
        {
            WriteUInt32(length);
            return;
        }

        // A value that is too long for a 16 bit length is written as UN (PS3.5 §6.2.2).
        if (vr.Is16bitLength && length > ushort.MaxValue)
        {
            vr = DicomVR.UN;
        }

        _stream.Write(Encoding.ASCII.GetBytes(vr.Code));
        if (vr.Is16bitLength)
        {
            WriteUInt16((ushort)length);
        }
        else
        {
            WriteUInt16(0);
            WriteUInt32(length);
        }
    }

    private void WriteUInt16(ushort value)
    {
        if (_isBigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_number, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(_number, value);
        }

        _stream.Write(_number, 0, 2);
    }

    private void WriteUInt32(uint value)
    {
        if (_isBigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(_number, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_number, value);
        }

        _stream.Write(_number, 0, 4);
    }
}
