using System.Buffers.Binary;
using System.Text;

namespace Specgen.Testing;

/// <summary>A PDU (PS3.8 §9.3): its type, and what follows the length. It is made by hand, so it may be wrong on purpose.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Body">Everything after type and length.</param>
public sealed record Pdu(byte Type, byte[] Body)
{
    /// <summary>The types of PS3.8 §9.3.1.</summary>
    public const byte AssociateRequest = 0x01, AssociateAccept = 0x02, AssociateReject = 0x03, Data = 0x04, ReleaseRequest = 0x05, ReleaseResponse = 0x06, Abort = 0x07;

    /// <summary>Bits of the message control header (PS3.8 E.2).</summary>
    public const byte CommandFragment = 1, LastFragment = 2;

    /// <summary>Of the fixed fields in front of the items of A-ASSOCIATE PDUs.</summary>
    private const int FixedLength = 68;

    private const string ApplicationContext = "1.2.840.10008.3.1.1.1";

    /// <summary>The results by presentation context of an A-ASSOCIATE-AC (PS3.8 Table 9-18): 0 is acceptance.</summary>
    public IReadOnlyDictionary<byte, byte> Results => Answers.ToDictionary(static answer => answer.Id, static answer => answer.Result);

    /// <summary>The presentation contexts of an A-ASSOCIATE-AC: number, result, transfer syntax.</summary>
    public IReadOnlyList<(byte Id, byte Result, string TransferSyntax)> Answers =>
    [
        .. AllItems(0x21).Select(static item => (item.Span[0], item.Span[2], Items(item[4..]).Where(static i => i.Type == 0x40).Select(static i => Text(i.Value)).FirstOrDefault(""))),
    ];

    /// <summary>The presentation contexts of an A-ASSOCIATE-RQ.</summary>
    public IReadOnlyList<Proposal> Proposals =>
    [
        .. AllItems(0x20).Select(static item => new Proposal(
            item.Span[0],
            Items(item[4..]).Where(static i => i.Type == 0x30).Select(static i => Text(i.Value)).FirstOrDefault(""),
            [.. Items(item[4..]).Where(static i => i.Type == 0x40).Select(static i => Text(i.Value))])),
    ];

    /// <summary>Called AE title of an A-ASSOCIATE-RQ or its answer, without padding.</summary>
    public string CalledAE => Body.Length < FixedLength ? "" : Encoding.Latin1.GetString(Body, 4, 16).Trim();

    /// <summary>Calling AE title of an A-ASSOCIATE-RQ or its answer, without padding.</summary>
    public string CallingAE => Body.Length < FixedLength ? "" : Encoding.Latin1.GetString(Body, 20, 16).Trim();

    /// <summary>Sub-items of the user information of an A-ASSOCIATE PDU (PS3.8 Annex D, PS3.7 Annex D).</summary>
    /// <param name="type">Their type, 51H for the maximum length.</param>
    public IReadOnlyList<byte[]> UserItems(byte type) =>
        [.. AllItems(0x50).SelectMany(static item => Items(item)).Where(item => item.Type == type).Select(static item => item.Value.ToArray())];

    /// <summary>An A-ASSOCIATE-RQ (PS3.8 §9.3.2).</summary>
    /// <param name="calledAE">At most 16 characters.</param>
    /// <param name="callingAE">At most 16 characters.</param>
    /// <param name="proposals">The presentation contexts.</param>
    public static Pdu RequestAssociation(string calledAE, string callingAE, params Proposal[] proposals) => RequestAssociation(calledAE, callingAE, proposals.AsEnumerable());

    /// <summary>An A-ASSOCIATE-RQ (PS3.8 §9.3.2).</summary>
    /// <param name="calledAE">At most 16 characters.</param>
    /// <param name="callingAE">At most 16 characters.</param>
    /// <param name="proposals">The presentation contexts.</param>
    /// <param name="maxLength">The longest P-DATA-TF that the sender takes (PS3.8 D.1).</param>
    /// <param name="userItems">Further sub-items of the user information: <see cref="Item"/>, <see cref="Role"/>.</param>
    public static Pdu RequestAssociation(string calledAE, string callingAE, IEnumerable<Proposal> proposals, uint maxLength = 16384, byte[]? userItems = null)
    {
        ArgumentNullException.ThrowIfNull(proposals);
        using var body = new MemoryStream();
        body.Write([0, 1, 0, 0]);
        body.Write(Encoding.Latin1.GetBytes(calledAE.PadRight(16)));
        body.Write(Encoding.Latin1.GetBytes(callingAE.PadRight(16)));
        body.Write(new byte[32]);
        body.Write(TextItem(0x10, ApplicationContext));
        foreach (var proposal in proposals)
        {
            body.Write(Item(0x20, [proposal.Id, 0, 0, 0, .. TextItem(0x30, proposal.AbstractSyntax), .. proposal.TransferSyntaxes.SelectMany(static uid => TextItem(0x40, uid))]));
        }

        body.Write(UserInformation(maxLength, userItems));
        return new Pdu(AssociateRequest, body.ToArray());
    }

    /// <summary>An A-ASSOCIATE-AC (PS3.8 §9.3.3) that accepts every presentation context of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="transferSyntax">UID of the transfer syntax of all of them; <see langword="null"/> for the first that each proposes.</param>
    /// <param name="maxLength">The longest P-DATA-TF that the sender takes (PS3.8 D.1).</param>
    /// <param name="userItems">Further sub-items of the user information: <see cref="Item"/>, <see cref="Role"/>.</param>
    public static Pdu AcceptAssociation(Pdu request, string? transferSyntax = null, uint maxLength = 16384, byte[]? userItems = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        var answers = request.Proposals.SelectMany(proposal => Item(0x21, [proposal.Id, 0, 0, 0, .. TextItem(0x40, transferSyntax ?? proposal.TransferSyntaxes.FirstOrDefault(""))]));

        // Version, reserved, titles and 32 more bytes are sent back as they came (PS3.8 Table 9-17).
        return new Pdu(AssociateAccept, [.. request.Body[..FixedLength], .. TextItem(0x10, ApplicationContext), .. answers, .. UserInformation(maxLength, userItems)]);
    }

    /// <summary>A P-DATA-TF with one fragment (PS3.8 §9.3.5, Annex E).</summary>
    /// <param name="context">The presentation context.</param>
    /// <param name="isCommand">Of a command set; else of a data set.</param>
    /// <param name="isLast">The last fragment of that.</param>
    /// <param name="bytes">What is in it.</param>
    public static Pdu Fragment(byte context, bool isCommand, bool isLast, ReadOnlySpan<byte> bytes)
    {
        var body = new byte[6 + bytes.Length];
        BinaryPrimitives.WriteInt32BigEndian(body, 2 + bytes.Length);
        (body[4], body[5]) = (context, (byte)((isCommand ? CommandFragment : 0) | (isLast ? LastFragment : 0)));
        bytes.CopyTo(body.AsSpan(6));
        return new Pdu(Data, body);
    }

    /// <summary>An A-RELEASE-RQ, an A-RELEASE-RP, an A-ABORT or an A-ASSOCIATE-RJ: four bytes, of which the last three give the reason, if there is one.</summary>
    /// <param name="type">Which.</param>
    /// <param name="result">The second byte: the result of a rejection.</param>
    /// <param name="source">The third byte: who rejected or aborted.</param>
    /// <param name="reason">The fourth byte: why.</param>
    public static Pdu Short(byte type, byte result = 0, byte source = 0, byte reason = 0) => new(type, [0, result, source, reason]);

    /// <summary>An item or sub-item of an A-ASSOCIATE PDU: type, reserved, length, value.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="value">Its value.</param>
    public static byte[] Item(byte type, ReadOnlySpan<byte> value) => [type, 0, (byte)(value.Length >> 8), (byte)value.Length, .. value];

    /// <summary>A role selection sub-item (PS3.7 D.3.3.4).</summary>
    /// <param name="sopClassUid">The SOP class.</param>
    /// <param name="scu">The requestor as SCU.</param>
    /// <param name="scp">The requestor as SCP.</param>
    public static byte[] Role(string sopClassUid, bool scu, bool scp)
    {
        ArgumentNullException.ThrowIfNull(sopClassUid);
        return Item(0x54, [(byte)(sopClassUid.Length >> 8), (byte)sopClassUid.Length, .. Encoding.Latin1.GetBytes(sopClassUid), (byte)(scu ? 1 : 0), (byte)(scp ? 1 : 0)]);
    }

    /// <summary>The bytes, with type and length in front.</summary>
    public byte[] ToArray() => ToArray(Body.Length);

    /// <summary>The bytes, preceded by a length that may be wrong.</summary>
    /// <param name="length">What is said to follow.</param>
    public byte[] ToArray(long length)
    {
        var bytes = new byte[6 + Body.Length];
        bytes[0] = Type;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(2), (uint)length);
        Body.CopyTo(bytes, 6);
        return bytes;
    }

    /// <summary>Its name and what is in it, as the transcript has it.</summary>
    public override string ToString() => Wire.PduText.Of(this);

    private static byte[] TextItem(byte type, string text) => Item(type, Encoding.Latin1.GetBytes(text));

    private static byte[] UserInformation(uint maxLength, byte[]? items)
    {
        var max = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(max, maxLength);
        return Item(0x50, [.. Item(0x51, max), .. TextItem(0x52, "1.2.826.0.1.3680043.10.1467.7"), .. items ?? []]);
    }

    private static string Text(ReadOnlyMemory<byte> value) => Encoding.Latin1.GetString(value.Span).TrimEnd('\0', ' ');

    private IEnumerable<ReadOnlyMemory<byte>> AllItems(byte type) =>
        Body.Length < FixedLength ? [] : Items(Body.AsMemory(FixedLength)).Where(item => item.Type == type && item.Value.Length >= 4).Select(static item => item.Value);

    /// <summary>As far as they are whole.</summary>
    private static IEnumerable<(byte Type, ReadOnlyMemory<byte> Value)> Items(ReadOnlyMemory<byte> left)
    {
        while (left.Length >= 4 && BinaryPrimitives.ReadUInt16BigEndian(left.Span[2..]) is var length && length <= left.Length - 4)
        {
            yield return (left.Span[0], left.Slice(4, length));
            left = left[(4 + length)..];
        }
    }
}
