using System.Buffers.Binary;
using System.Text;

namespace FellowOakDicom.Network;

/// <summary>
/// A-ASSOCIATE-RQ, which a server reads, and A-ASSOCIATE-AC, which it writes (PS3.8 §9.3.2, §9.3.3; the user information items of PS3.7 §D.3.3).
/// </summary>
internal static class AssociatePdu
{
    public const byte Request = 0x01;

    private const string ApplicationContext = "1.2.840.10008.3.1.1.1";
    private const int FixedPart = 68;

    public static byte[] Write(DicomAssociation association, uint maxPduLength)
    {
        using var pdu = new MemoryStream();
        pdu.Write([2, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
        pdu.Write(Encoding.Latin1.GetBytes((association.CalledAE ?? "").PadRight(16)[..16]));
        pdu.Write(Encoding.Latin1.GetBytes((association.CallingAE ?? "").PadRight(16)[..16]));
        pdu.Write(new byte[32]);
        WriteItem(pdu, 0x10, Encoding.ASCII.GetBytes(ApplicationContext));
        foreach (var context in association.PresentationContexts)
        {
            WriteItem(pdu, 0x21, WriteContext(context));
        }

        WriteItem(pdu, 0x50, WriteUserInformation(association, maxPduLength));
        var bytes = pdu.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(2), bytes.Length - 6);
        return bytes;
    }

    /// <param name="body">Behind the six bytes of the PDU's header.</param>
    public static void Read(ReadOnlySpan<byte> body, DicomAssociation association)
    {
        if (body.Length < FixedPart)
        {
            throw new DicomNetworkException($"An A-ASSOCIATE PDU of {body.Length} bytes");
        }

        association.CalledAE = Title(body.Slice(4, 16));
        association.CallingAE = Title(body.Slice(20, 16));
        var items = body[FixedPart..];
        while (NextItem(ref items, out var item, out var value))
        {
            switch (item)
            {
                case 0x20:
                    ReadProposal(value, association);
                    break;
                case 0x50:
                    ReadUserInformation(value, association);
                    break;
            }
        }
    }

    private static byte[] WriteContext(DicomPresentationContext context)
    {
        using var item = new MemoryStream();
        item.Write([context.ID, 0, (byte)context.Result, 0]);

        // Of a rejected context the transfer syntax has no meaning, and has to be there (PS3.8 §9.3.3.2).
        var syntax = context.AcceptedTransferSyntax ?? context.GetTransferSyntaxes().FirstOrDefault() ?? DicomTransferSyntax.ImplicitVRLittleEndian;
        WriteItem(item, 0x40, Encoding.ASCII.GetBytes(syntax.UID.UID));
        return item.ToArray();
    }

    private static byte[] WriteUserInformation(DicomAssociation association, uint maxPduLength)
    {
        using var item = new MemoryStream();
        var length = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(length, maxPduLength);
        WriteItem(item, 0x51, length);
        WriteItem(item, 0x52, Encoding.ASCII.GetBytes(DicomImplementation.ClassUID.UID));
        if (association.MaxAsyncOpsInvoked != 1 || association.MaxAsyncOpsPerformed != 1)
        {
            var window = new byte[4];
            BinaryPrimitives.WriteUInt16BigEndian(window, (ushort)association.MaxAsyncOpsInvoked);
            BinaryPrimitives.WriteUInt16BigEndian(window.AsSpan(2), (ushort)association.MaxAsyncOpsPerformed);
            WriteItem(item, 0x53, window);
        }

        foreach (var context in association.PresentationContexts.Where(c => c.UserRole.HasValue || c.ProviderRole.HasValue).DistinctBy(c => c.AbstractSyntax))
        {
            var uid = Encoding.ASCII.GetBytes(context.AbstractSyntax.UID);
            WriteItem(item, 0x54, [(byte)(uid.Length >> 8), (byte)uid.Length, .. uid, context.UserRole == true ? (byte)1 : (byte)0, context.ProviderRole == true ? (byte)1 : (byte)0]);
        }

        WriteItem(item, 0x55, Encoding.ASCII.GetBytes(DicomImplementation.Version));
        return item.ToArray();
    }

    private static void WriteItem(MemoryStream to, byte type, byte[] value)
    {
        to.Write([type, 0, (byte)(value.Length >> 8), (byte)value.Length]);
        to.Write(value);
    }

    private static bool NextItem(ref ReadOnlySpan<byte> items, out byte type, out ReadOnlySpan<byte> value)
    {
        type = 0;
        value = default;
        if (items.IsEmpty)
        {
            return false;
        }

        var length = items.Length >= 4 ? BinaryPrimitives.ReadUInt16BigEndian(items[2..]) : int.MaxValue;
        if (length > items.Length - 4)
        {
            throw new DicomNetworkException("An item of an A-ASSOCIATE PDU is longer than the PDU");
        }

        type = items[0];
        value = items.Slice(4, length);
        items = items[(4 + length)..];
        return true;
    }

    private static void ReadProposal(ReadOnlySpan<byte> value, DicomAssociation association)
    {
        DicomPresentationContext context = null;
        var id = value.Length >= 4 ? value[0] : throw new DicomNetworkException("A presentation context without an ID");
        var items = value[4..];
        while (NextItem(ref items, out var type, out var text))
        {
            if (type == 0x30)
            {
                context = new DicomPresentationContext(id, DicomUID.Parse(Text(text)));
            }
            else if (type == 0x40)
            {
                context?.AddTransferSyntax(DicomTransferSyntax.Parse(Text(text)));
            }
        }

        if (context is not null)
        {
            association.PresentationContexts.Add(context);
        }
    }

    private static void ReadUserInformation(ReadOnlySpan<byte> items, DicomAssociation association)
    {
        while (NextItem(ref items, out var type, out var value))
        {
            switch (type)
            {
                case 0x51 when value.Length >= 4:
                    association.MaximumPDULength = BinaryPrimitives.ReadUInt32BigEndian(value);
                    break;
                case 0x52:
                    association.RemoteImplementationClassUID = DicomUID.Parse(Text(value));
                    break;
                case 0x53 when value.Length >= 4:
                    association.MaxAsyncOpsInvoked = BinaryPrimitives.ReadUInt16BigEndian(value);
                    association.MaxAsyncOpsPerformed = BinaryPrimitives.ReadUInt16BigEndian(value[2..]);
                    break;
                case 0x54 when value.Length >= 4:
                    ReadRole(value, association);
                    break;
                case 0x55:
                    association.RemoteImplementationVersion = Text(value);
                    break;
            }
        }
    }

    /// <summary>Only the first presentation context of the SOP class gets the roles.</summary>
    private static void ReadRole(ReadOnlySpan<byte> value, DicomAssociation association)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(value);
        if (length + 4 > value.Length)
        {
            throw new DicomNetworkException("A role selection is longer than its item");
        }

        var uid = Text(value.Slice(2, length));
        if (association.PresentationContexts.FirstOrDefault(context => context.AbstractSyntax.UID == uid) is { } found)
        {
            found.UserRole = value[2 + length] == 1;
            found.ProviderRole = value[3 + length] == 1;
        }
    }

    private static string Title(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes).Trim(' ', '\0');

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes).Trim(' ', '\0');
}
