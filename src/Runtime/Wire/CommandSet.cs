using System.Buffers.Binary;
using System.Text;

namespace Specgen.Wire;

/// <summary>
/// A received command set (PS3.7 §6.3.1): elements of group 0000 in implicit VR little endian, whatever the transfer syntax. It keeps the bytes, and finds in them what it is asked for;
/// nothing has been checked but that its elements are whole. fo-dicom's own classes throw while they read or answer what a sloppy peer sends.
/// </summary>
internal sealed class CommandSet
{
    /// <summary>C-CANCEL-RQ (PS3.7 §9.3.2.3).</summary>
    public const ushort CancelRequest = 0x0FFF;

    /// <summary>In a Command Field (0000,0100), what makes a response out of its request (PS3.7 E.1).</summary>
    public const ushort Response = 0x8000;

    /// <summary>Command Data Set Type (0000,0800) of a message without data set (PS3.7 E.1).</summary>
    public const ushort NoDataSet = 0x0101;

    private const int ElementHeader = 8;

    private readonly byte[] _bytes;

    private CommandSet(byte[] bytes)
    {
        _bytes = bytes;
        Field = GetUInt16(CommandElement.CommandField) ?? 0;
        HasDataSet = GetUInt16(CommandElement.DataSetType) is { } type && type != NoDataSet;
    }

    /// <summary>Command Field (0000,0100).</summary>
    public ushort Field { get; }

    public bool IsResponse => (Field & Response) != 0;

    public bool HasDataSet { get; }

    /// <summary>Message ID (0000,0110); 0 where it is missing.</summary>
    public ushort MessageId => GetUInt16(CommandElement.MessageId) ?? 0;

    /// <summary>Message ID Being Responded To (0000,0120); 0 where it is missing.</summary>
    public ushort MessageIdBeingRespondedTo => GetUInt16(CommandElement.MessageIdBeingRespondedTo) ?? 0;

    /// <summary>The SOP class that a request names, affected or requested one (PS3.7 E.1), without padding; empty where it is missing.</summary>
    public ReadOnlySpan<byte> SopClassUid
    {
        get
        {
            var affected = GetUid(CommandElement.AffectedSopClassUid);
            return affected.IsEmpty ? GetUid(CommandElement.RequestedSopClassUid) : affected;
        }
    }

    /// <summary>The SOP instance that a request names, affected or requested one, without padding; empty where it is missing.</summary>
    public ReadOnlySpan<byte> SopInstanceUid
    {
        get
        {
            var affected = GetUid(CommandElement.AffectedSopInstanceUid);
            return affected.IsEmpty ? GetUid(CommandElement.RequestedSopInstanceUid) : affected;
        }
    }

    /// <summary>
    /// Null when the bytes are no command set: an element of group 0000 that is longer than what is there, or no Command Field. What comes behind the group, from peers that add elements of others, is left
    /// out, whatever it is: PS3.7 §6.3.1 knows no other group in a command set.
    /// </summary>
    public static CommandSet? Read(ReadOnlySpan<byte> bytes)
    {
        var left = bytes;
        while (!left.IsEmpty && (left.Length < sizeof(ushort) || BinaryPrimitives.ReadUInt16LittleEndian(left) == 0))
        {
            if (left.Length < ElementHeader || BinaryPrimitives.ReadUInt32LittleEndian(left[4..]) > left.Length - ElementHeader)
            {
                return null;
            }

            left = left[(ElementHeader + (int)BinaryPrimitives.ReadUInt32LittleEndian(left[4..]))..];
        }

        var command = new CommandSet(bytes[..^left.Length].ToArray());
        return command.Field == 0 ? null : command;
    }

    public ushort? GetUInt16(ushort element) => Get(element) is { Length: >= 2 } value ? BinaryPrimitives.ReadUInt16LittleEndian(value) : null;

    /// <summary>Text of the default repertoire without padding, fit to be shown; null where it is missing or empty.</summary>
    public string? GetText(ushort element) => Encoding.Latin1.GetString(Get(element)).Trim('\0', ' ') is { Length: > 0 } text ? PeerText.Escape(text) : null;

    /// <summary>Tags of VR AT (PS3.5 §6.2); empty where it is missing.</summary>
    public FellowOakDicom.DicomTag[] GetTags(ushort element)
    {
        var value = Get(element);
        var tags = new FellowOakDicom.DicomTag[value.Length / 4];
        for (var i = 0; i < tags.Length; i++)
        {
            tags[i] = new FellowOakDicom.DicomTag(BinaryPrimitives.ReadUInt16LittleEndian(value[(i * 4)..]), BinaryPrimitives.ReadUInt16LittleEndian(value[((i * 4) + 2)..]));
        }

        return tags;
    }

    /// <summary>A UID without its padding, as it came; empty where it is missing.</summary>
    public ReadOnlySpan<byte> GetUid(ushort element) => Get(element).TrimEnd("\0 "u8);

    /// <summary>A value as it came; empty where it is missing.</summary>
    public ReadOnlySpan<byte> Get(ushort element)
    {
        for (ReadOnlySpan<byte> left = _bytes; !left.IsEmpty;)
        {
            var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(left[4..]);
            if (BinaryPrimitives.ReadUInt16LittleEndian(left[2..]) == element)
            {
                return left.Slice(ElementHeader, length);
            }

            left = left[(ElementHeader + length)..];
        }

        return [];
    }
}
