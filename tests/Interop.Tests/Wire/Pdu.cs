using System.Buffers.Binary;
using System.Text;

namespace Specgen.Interop.Tests.Wire;

internal sealed record Context(byte Id, string AbstractSyntax, params string[] TransferSyntaxes)
{
    /// <summary>The requestor takes instances: SCP/SCU role selection (PS3.7 §D.3.3.4).</summary>
    public bool IsScp { get; init; }
}

/// <summary>A PDU as it was read: its type and what follows the length (PS3.8 §9.3).</summary>
internal sealed record Pdu(PduType Type, byte[] Body)
{
    public const string ApplicationContext = "1.2.840.10008.3.1.1.1";

    /// <summary>Result by presentation context of an A-ASSOCIATE-AC (PS3.8 §9.3.3.2).</summary>
    public IReadOnlyDictionary<byte, byte> Results()
    {
        Assert.AreEqual(PduType.AssociateAccept, Type);
        var results = new Dictionary<byte, byte>();
        for (var at = 68; at + 4 <= Body.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(Body.AsSpan(at + 2));
            if (Body[at] == 0x21)
            {
                results[Body[at + 4]] = Body[at + 6];
            }
            at += 4 + length;
        }
        return results;
    }

    public static byte[] Encode(PduType type, ReadOnlySpan<byte> body) => Encode((byte)type, (uint)body.Length, body);

    /// <summary>A PDU whose type or length may be a lie.</summary>
    public static byte[] Encode(byte type, uint length, ReadOnlySpan<byte> body)
    {
        var bytes = new byte[6 + body.Length];
        bytes[0] = type;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(2), length);
        body.CopyTo(bytes.AsSpan(6));
        return bytes;
    }

    public static byte[] AssociateRequest(string called, string calling, params IEnumerable<Context> contexts)
    {
        using var body = new MemoryStream();
        body.Write([0, 1, 0, 0]);
        body.Write(Encoding.ASCII.GetBytes(called.PadRight(16)));
        body.Write(Encoding.ASCII.GetBytes(calling.PadRight(16)));
        body.Write(new byte[32]);
        body.Write(Item(0x10, Encoding.ASCII.GetBytes(ApplicationContext)));
        foreach (var context in contexts)
        {
            byte[] head = [context.Id, 0, 0, 0];
            byte[][] items = [head, Item(0x30, Encoding.ASCII.GetBytes(context.AbstractSyntax)), .. context.TransferSyntaxes.Select(static t => Item(0x40, Encoding.ASCII.GetBytes(t)))];
            body.Write(Item(0x20, [.. items.SelectMany(static i => i)]));
        }
        var roles = contexts.Where(static c => c.IsScp).SelectMany(static c => Item(0x54, [0, (byte)c.AbstractSyntax.Length, .. Encoding.ASCII.GetBytes(c.AbstractSyntax), 0, 1]));
        byte[] user = [.. Item(0x51, [0, 0, 0x40, 0]), .. Item(0x52, "1.2.826.0.1.3680043.10.1467.7"u8), .. roles];
        body.Write(Item(0x50, user));
        return Encode(PduType.AssociateRequest, body.ToArray());
    }

    /// <summary>Accepts one presentation context of the request, and the requestor as SCP of a SOP class (PS3.7 D.3.3.4).</summary>
    public static byte[] AssociateAccept(ReadOnlySpan<byte> request, byte context, string transferSyntax, string scpOf)
    {
        var uid = Encoding.ASCII.GetBytes(scpOf);
        byte[] role = [0, (byte)uid.Length, .. uid, 0, 1];
        byte[] user = [.. Item(0x51, [0, 0, 0x40, 0]), .. Item(0x52, "1.2.826.0.1.3680043.10.1467.7"u8), .. Item(0x54, role)];
        byte[] accepted = [context, 0, 0, 0, .. Item(0x40, Encoding.ASCII.GetBytes(transferSyntax))];
        // Version, reserved, titles and 32 more bytes are sent back as they came (PS3.8 Table 9-17).
        return Encode(PduType.AssociateAccept, [.. request[..68], .. Item(0x10, Encoding.ASCII.GetBytes(ApplicationContext)), .. Item(0x21, accepted), .. Item(0x50, user)]);
    }

    public static byte[] ReleaseResponse() => Encode(PduType.ReleaseResponse, new byte[4]);

    public static byte[] ReleaseRequest() => Encode(PduType.ReleaseRequest, new byte[4]);

    public static byte[] Abort() => Encode(PduType.Abort, new byte[4]);

    /// <summary>A P-DATA-TF PDU with one fragment (PS3.8 §9.3.5, Annex E).</summary>
    public static byte[] Data(byte context, bool isCommand, bool isLast, ReadOnlySpan<byte> fragment)
    {
        var body = new byte[6 + fragment.Length];
        BinaryPrimitives.WriteInt32BigEndian(body, 2 + fragment.Length);
        body[4] = context;
        body[5] = (byte)((isCommand ? 1 : 0) | (isLast ? 2 : 0));
        fragment.CopyTo(body.AsSpan(6));
        return Encode(PduType.Data, body);
    }

    private static byte[] Item(byte type, ReadOnlySpan<byte> value)
    {
        var bytes = new byte[4 + value.Length];
        bytes[0] = type;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)value.Length);
        value.CopyTo(bytes.AsSpan(4));
        return bytes;
    }
}
