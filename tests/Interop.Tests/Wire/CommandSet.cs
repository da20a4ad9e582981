using System.Buffers.Binary;
using System.Text;

namespace Specgen.Interop.Tests.Wire;

/// <summary>A command set (PS3.7 §6.3.1): implicit VR little endian, group 0000. Built by hand, so that it can be wrong.</summary>
internal sealed class CommandSet
{
    public const ushort CStoreRequest = 0x0001;
    public const ushort CEchoRequest = 0x0030;
    public const ushort NEventReportRequest = 0x0100;
    public const ushort NActionRequest = 0x0130;
    private const ushort ResponseBit = 0x8000;
    private const ushort NoDataSet = 0x0101;
    private const ushort WithDataSet = 0x0001;

    private readonly SortedDictionary<ushort, byte[]> _elements = [];

    public ushort CommandField => UInt16(0x0100);

    public ushort Status => UInt16(0x0900);

    public ushort MessageId => UInt16(0x0110);

    public ushort RespondedTo => UInt16(0x0120);

    public ushort EventTypeId => UInt16(0x1002);

    public bool HasDataSet => UInt16(0x0800) != NoDataSet;

    public string? ErrorComment => Text(0x0902);

    public static CommandSet Echo(ushort messageId) => new CommandSet()
        .Set(0x0002, "1.2.840.10008.1.1").Set(0x0100, CEchoRequest).Set(0x0110, messageId).Set(0x0800, NoDataSet);

    public static CommandSet Store(ushort messageId, string sopClassUid, string sopInstanceUid) => new CommandSet()
        .Set(0x0002, sopClassUid).Set(0x0100, CStoreRequest).Set(0x0110, messageId).Set(0x0700, 0).Set(0x0800, WithDataSet).Set(0x1000, sopInstanceUid);

    public static CommandSet Action(ushort messageId, string sopClassUid, string sopInstanceUid, ushort actionType) => new CommandSet()
        .Set(0x0003, sopClassUid).Set(0x0100, NActionRequest).Set(0x0110, messageId).Set(0x0800, WithDataSet).Set(0x1001, sopInstanceUid).Set(0x1008, actionType);

    /// <summary>Any request: DIMSE-N names its SOP class and instance as requested ones, but for N-CREATE and N-EVENT-REPORT (PS3.7 §10.3).</summary>
    public static CommandSet Request(ushort field, ushort messageId, string sopClassUid, string? sopInstanceUid, bool hasDataSet, ushort? type = null, string? destination = null)
    {
        var isRequested = field is 0x0110 or 0x0120 or NActionRequest or 0x0150;
        var command = new CommandSet().Set(isRequested ? (ushort)0x0003 : (ushort)0x0002, sopClassUid).Set(0x0100, field).Set(0x0110, messageId).Set(0x0800, hasDataSet ? WithDataSet : NoDataSet);
        _ = sopInstanceUid is null ? command : command.Set(isRequested ? (ushort)0x1001 : (ushort)0x1000, sopInstanceUid);
        _ = field is CStoreRequest or 0x0010 or 0x0020 or 0x0021 ? command.Set(0x0700, 0) : command;
        _ = type is { } id ? command.Set(field == NActionRequest ? (ushort)0x1008 : (ushort)0x1002, id) : command;
        return destination is null ? command : command.Set(0x0600, destination);
    }

    /// <summary>A C-CANCEL-RQ for a request.</summary>
    public static CommandSet Cancel(ushort messageId) => new CommandSet().Set(0x0100, 0x0FFF).Set(0x0120, messageId).Set(0x0800, NoDataSet);

    /// <summary>The response to an N-EVENT-REPORT request.</summary>
    public static CommandSet ResponseTo(CommandSet request, ushort status) => new CommandSet()
        .Set(0x0100, (ushort)(request.CommandField | ResponseBit)).Set(0x0120, request.MessageId).Set(0x0800, NoDataSet).Set(0x0900, status);

    public static CommandSet Decode(ReadOnlySpan<byte> bytes)
    {
        var set = new CommandSet();
        while (bytes.Length >= 8)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
            set._elements[BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..])] = bytes.Slice(8, length).ToArray();
            bytes = bytes[(8 + length)..];
        }
        return set;
    }

    public byte[] Encode()
    {
        using var group = new MemoryStream();
        foreach (var (element, value) in _elements.Where(static e => e.Key != 0))
        {
            Write(group, element, value);
        }
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, (int)group.Length);
        using var all = new MemoryStream();
        Write(all, 0x0000, length);
        all.Write(group.ToArray());
        return all.ToArray();
    }

    public string? Text(ushort element) =>
        _elements.TryGetValue(element, out var value) ? Encoding.ASCII.GetString(value).TrimEnd('\0', ' ') : null;

    private ushort UInt16(ushort element) =>
        _elements.TryGetValue(element, out var value) ? BinaryPrimitives.ReadUInt16LittleEndian(value) : throw new AssertFailedException($"The command set has no (0000,{element:X4}).");

    private CommandSet Set(ushort element, ushort value)
    {
        _elements[element] = [(byte)value, (byte)(value >> 8)];
        return this;
    }

    private CommandSet Set(ushort element, string uid)
    {
        var bytes = Encoding.ASCII.GetBytes(uid);
        _elements[element] = bytes.Length % 2 == 0 ? bytes : [.. bytes, 0];
        return this;
    }

    private static void Write(Stream to, ushort element, byte[] value)
    {
        Span<byte> header = stackalloc byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(header, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], element);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], value.Length);
        to.Write(header);
        to.Write(value);
    }
}
