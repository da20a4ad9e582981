using System.Buffers.Binary;
using System.Text;

namespace Specgen.Testing;

/// <summary>
/// A command set (PS3.7 §6.3.1): elements of group 0000 in implicit VR little endian. It is made element by element, so that it can be wrong on purpose; <see cref="Request"/> and
/// <see cref="Response"/> make correct ones.
/// </summary>
public sealed class DimseCommand
{
    private const ushort ResponseBit = 0x8000, NoDataSet = 0x0101, WithDataSet = 0x0001;
    private const ushort CStore = 0x0001, CGet = 0x0010, CFind = 0x0020, CMove = 0x0021, CEcho = 0x0030, CancelRequest = 0x0FFF, NEventReport = 0x0100, NAction = 0x0130;

    private readonly SortedDictionary<ushort, byte[]> _elements = [];

    /// <summary>The elements without the group length, by their number.</summary>
    public IReadOnlyDictionary<ushort, byte[]> Elements => _elements;

    /// <summary>Command Field (0000,0100); 0 where it is missing, as with the others.</summary>
    public ushort Field => UInt16(0x0100) ?? 0;

    /// <summary>Message ID (0000,0110).</summary>
    public ushort MessageId => UInt16(0x0110) ?? 0;

    /// <summary>Message ID Being Responded To (0000,0120).</summary>
    public ushort MessageIdBeingRespondedTo => UInt16(0x0120) ?? 0;

    /// <summary>Status (0000,0900).</summary>
    /// <exception cref="InvalidOperationException">It is missing: this is not a response.</exception>
    public ushort Status => UInt16(0x0900) ?? throw new InvalidOperationException($"There is no status in {this}.");

    /// <summary>Whether Command Data Set Type (0000,0800) says that a data set follows.</summary>
    public bool HasDataSet => UInt16(0x0800) is { } type && type != NoDataSet;

    /// <summary>A C-ECHO-RQ.</summary>
    /// <param name="messageId">Message ID (0000,0110).</param>
    public static DimseCommand Echo(ushort messageId) => Request(CEcho, messageId, "1.2.840.10008.1.1");

    /// <summary>A C-STORE-RQ.</summary>
    /// <param name="messageId">Message ID (0000,0110).</param>
    /// <param name="sopClassUid">Affected SOP Class UID.</param>
    /// <param name="sopInstanceUid">Affected SOP Instance UID.</param>
    public static DimseCommand Store(ushort messageId, string sopClassUid, string sopInstanceUid) =>
        Request(CStore, messageId, sopClassUid, hasDataSet: true).Set(0x0700, 0).Set(0x1000, sopInstanceUid);

    /// <summary>A C-FIND-RQ.</summary>
    /// <param name="messageId">Message ID (0000,0110).</param>
    /// <param name="sopClassUid">Affected SOP Class UID.</param>
    public static DimseCommand Find(ushort messageId, string sopClassUid) => Request(CFind, messageId, sopClassUid, hasDataSet: true).Set(0x0700, 0);

    /// <summary>A C-GET-RQ.</summary>
    /// <param name="messageId">Message ID (0000,0110).</param>
    /// <param name="sopClassUid">Affected SOP Class UID.</param>
    public static DimseCommand Get(ushort messageId, string sopClassUid) => Request(CGet, messageId, sopClassUid, hasDataSet: true).Set(0x0700, 0);

    /// <summary>A C-MOVE-RQ.</summary>
    /// <param name="messageId">Message ID (0000,0110).</param>
    /// <param name="sopClassUid">Affected SOP Class UID.</param>
    /// <param name="destination">Move Destination (0000,0600).</param>
    public static DimseCommand Move(ushort messageId, string sopClassUid, string destination) =>
        Request(CMove, messageId, sopClassUid, hasDataSet: true).Set(0x0600, destination, ' ').Set(0x0700, 0);

    /// <summary>An N-ACTION-RQ with Action Information.</summary>
    /// <param name="messageId">Message ID (0000,0110).</param>
    /// <param name="sopClassUid">Requested SOP Class UID.</param>
    /// <param name="sopInstanceUid">Requested SOP Instance UID.</param>
    /// <param name="actionTypeId">Action Type ID (0000,1008).</param>
    public static DimseCommand Action(ushort messageId, string sopClassUid, string sopInstanceUid, ushort actionTypeId) =>
        Request(NAction, messageId, sopClassUid, sopInstanceUid, actionTypeId, hasDataSet: true);

    /// <summary>A C-CANCEL-RQ.</summary>
    /// <param name="messageId">Of the request that is cancelled: (0000,0120).</param>
    public static DimseCommand Cancel(ushort messageId) => new DimseCommand().Set(0x0100, CancelRequest).Set(0x0120, messageId).Set(0x0800, NoDataSet);

    /// <summary>A request of any DIMSE service. Those of DIMSE-N that name a Requested SOP Class (N-GET, N-SET, N-ACTION, N-DELETE: PS3.7 §10.3) get that.</summary>
    /// <param name="field">Command Field (0000,0100): 0130H for N-ACTION-RQ (PS3.7 E.1).</param>
    /// <param name="messageId">Message ID (0000,0110).</param>
    /// <param name="sopClassUid">The SOP class.</param>
    /// <param name="sopInstanceUid">The SOP instance; <see langword="null"/> for none.</param>
    /// <param name="typeId">Event Type ID or Action Type ID; <see langword="null"/> for none.</param>
    /// <param name="hasDataSet">A data set follows.</param>
    public static DimseCommand Request(ushort field, ushort messageId, string sopClassUid, string? sopInstanceUid = null, ushort? typeId = null, bool hasDataSet = false)
    {
        const ushort NGet = 0x0110, NSet = 0x0120, NDelete = 0x0150;
        var isRequested = field is NGet or NSet or NAction or NDelete;
        var command = new DimseCommand()
            .Set((ushort)(isRequested ? 0x0003 : 0x0002), sopClassUid)
            .Set(0x0100, field)
            .Set(0x0110, messageId)
            .Set(0x0800, hasDataSet ? WithDataSet : NoDataSet);
        if (sopInstanceUid is not null)
        {
            command.Set((ushort)(isRequested ? 0x1001 : 0x1000), sopInstanceUid);
        }

        return typeId is { } type ? command.Set((ushort)(field == NEventReport ? 0x1002 : 0x1008), type) : command;
    }

    /// <summary>The response to a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="status">Status (0000,0900).</param>
    /// <param name="hasDataSet">A data set follows.</param>
    public static DimseCommand Response(DimseCommand request, ushort status, bool hasDataSet = false)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new DimseCommand()
            .Set(0x0100, (ushort)(request.Field | ResponseBit))
            .Set(0x0120, request.MessageId)
            .Set(0x0800, hasDataSet ? WithDataSet : NoDataSet)
            .Set(0x0900, status);
    }

    /// <summary>Reads a command set, as far as its elements are whole.</summary>
    /// <param name="bytes">The command set.</param>
    public static DimseCommand Decode(ReadOnlySpan<byte> bytes)
    {
        var command = new DimseCommand();
        while (bytes.Length >= 8 && BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) is var length && length <= bytes.Length - 8)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != 0)
            {
                command._elements[BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..])] = bytes.Slice(8, (int)length).ToArray();
            }

            bytes = bytes[(8 + (int)length)..];
        }

        return command;
    }

    /// <summary>Sets an element to a number (VR US).</summary>
    /// <param name="element">Its number in group 0000.</param>
    /// <param name="value">The number.</param>
    /// <returns>This command.</returns>
    public DimseCommand Set(ushort element, ushort value) => Set(element, [(byte)value, (byte)(value >> 8)]);

    /// <summary>Sets an element to a text.</summary>
    /// <param name="element">Its number in group 0000.</param>
    /// <param name="text">The text, of Latin-1.</param>
    /// <param name="padding">Makes its length even: NUL for a UID (PS3.5 §9.1), a space for others.</param>
    /// <returns>This command.</returns>
    public DimseCommand Set(ushort element, string text, char padding = '\0')
    {
        ArgumentNullException.ThrowIfNull(text);
        return Set(element, Encoding.Latin1.GetBytes(text.Length % 2 == 0 ? text : text + padding));
    }

    /// <summary>Sets an element to any bytes.</summary>
    /// <param name="element">Its number in group 0000.</param>
    /// <param name="value">Its value.</param>
    /// <returns>This command.</returns>
    public DimseCommand Set(ushort element, byte[] value)
    {
        _elements[element] = value;
        return this;
    }

    /// <summary>Leaves an element out.</summary>
    /// <param name="element">Its number in group 0000.</param>
    /// <returns>This command.</returns>
    public DimseCommand Remove(ushort element)
    {
        _elements.Remove(element);
        return this;
    }

    /// <summary>A number (VR US); <see langword="null"/> where it is missing.</summary>
    /// <param name="element">Its number in group 0000.</param>
    public ushort? UInt16(ushort element) => _elements.TryGetValue(element, out var value) && value.Length >= 2 ? BinaryPrimitives.ReadUInt16LittleEndian(value) : null;

    /// <summary>A text without its padding; <see langword="null"/> where it is missing.</summary>
    /// <param name="element">Its number in group 0000.</param>
    public string? Text(ushort element) => _elements.TryGetValue(element, out var value) ? Encoding.Latin1.GetString(value).TrimEnd('\0', ' ') : null;

    /// <summary>The bytes, with the group length in front.</summary>
    public byte[] ToArray()
    {
        using var group = new MemoryStream();
        foreach (var (element, value) in _elements)
        {
            Write(group, element, value);
        }

        using var all = new MemoryStream();
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, (int)group.Length);
        Write(all, 0, length);
        group.WriteTo(all);
        return all.ToArray();
    }

    /// <summary>Its name and its elements, as the transcript has it.</summary>
    public override string ToString() => Wire.PduText.Of(this);

    private static void Write(Stream to, ushort element, byte[] value)
    {
        Span<byte> header = stackalloc byte[8];
        header.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], element);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], value.Length);
        to.Write(header);
        to.Write(value);
    }
}
