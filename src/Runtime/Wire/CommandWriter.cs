using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Specgen.Wire;

/// <summary>Builds a command set (PS3.7 §6.3.1): implicit VR little endian, elements in ascending order, the group length in front.</summary>
internal sealed class CommandWriter
{
    private const int GroupLengthElement = 12;

    private readonly ArrayBufferWriter<byte> _bytes = new(256);

    public CommandWriter()
    {
        WriteHeader(CommandElement.GroupLength, sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.GetSpan(sizeof(uint)), 0);
        _bytes.Advance(sizeof(uint));
    }

    public CommandWriter UInt16(ushort element, ushort value)
    {
        WriteHeader(element, sizeof(ushort));
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.GetSpan(sizeof(ushort)), value);
        _bytes.Advance(sizeof(ushort));
        return this;
    }

    /// <summary>Leaves an empty one out. A UID is padded with NUL (PS3.5 §9.1); what a peer sent is given back as it came, were it a UID or not.</summary>
    public CommandWriter Uid(ushort element, ReadOnlySpan<byte> value) => value.IsEmpty ? this : Padded(element, value, 0);

    public CommandWriter Uid(ushort element, string value) => Uid(element, Encoding.Latin1.GetBytes(value));

    /// <summary>VR LO of the default repertoire, padded with a space (PS3.5 §6.2).</summary>
    public CommandWriter Text(ushort element, string? value) => string.IsNullOrEmpty(value) ? this : Padded(element, Encoding.ASCII.GetBytes(value), (byte)' ');

    /// <summary>VR AT: group and element of each tag.</summary>
    public CommandWriter Tags(ushort element, IReadOnlyList<FellowOakDicom.DicomTag> tags)
    {
        if (tags.Count == 0)
        {
            return this;
        }

        WriteHeader(element, tags.Count * 4);
        foreach (var tag in tags)
        {
            var span = _bytes.GetSpan(4);
            BinaryPrimitives.WriteUInt16LittleEndian(span, tag.Group);
            BinaryPrimitives.WriteUInt16LittleEndian(span[2..], tag.Element);
            _bytes.Advance(4);
        }

        return this;
    }

    public byte[] ToArray()
    {
        var bytes = _bytes.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), bytes.Length - GroupLengthElement);
        return bytes;
    }

    private CommandWriter Padded(ushort element, ReadOnlySpan<byte> value, byte padding)
    {
        WriteHeader(element, value.Length + (value.Length & 1));
        _bytes.Write(value);
        if ((value.Length & 1) != 0)
        {
            _bytes.Write([padding]);
        }

        return this;
    }

    private void WriteHeader(ushort element, int length)
    {
        var span = _bytes.GetSpan(8);
        BinaryPrimitives.WriteUInt16LittleEndian(span, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(span[2..], element);
        BinaryPrimitives.WriteInt32LittleEndian(span[4..], length);
        _bytes.Advance(8);
    }
}
