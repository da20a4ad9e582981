using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Specgen.Wire;

/// <summary>Writes A-ASSOCIATE PDUs. What is too long for its length field is an <see cref="OverflowException"/>.</summary>
internal sealed class AssociateWriter
{
    private const int CalledAE = PduType.HeaderLength + 4, CallingAE = CalledAE + TitleLength, TitleLength = 16;

    private readonly ArrayBufferWriter<byte> _bytes = new(512);

    private AssociateWriter(byte type, AssociatePdu pdu)
    {
        var head = _bytes.GetSpan(PduType.HeaderLength + AssociateReader.FixedLength)[..(PduType.HeaderLength + AssociateReader.FixedLength)];
        head.Clear();
        head[0] = type;
        BinaryPrimitives.WriteUInt16BigEndian(head[PduType.HeaderLength..], pdu.ProtocolVersion);
        WriteTitle(head.Slice(CalledAE, TitleLength), pdu.CalledAE);
        WriteTitle(head.Slice(CallingAE, TitleLength), pdu.CallingAE);
        _bytes.Advance(head.Length);
        WriteText(ItemType.ApplicationContext, pdu.ApplicationContext);
    }

    public static byte[] Write(AssociateRequest request)
    {
        var writer = new AssociateWriter(PduType.AssociateRequest, request);
        foreach (var context in request.Contexts)
        {
            var length = 4 + ItemLength(context.AbstractSyntax) + context.TransferSyntaxes.Sum(ItemLength);
            writer.WriteHeader(ItemType.ProposedContext, length);
            writer._bytes.Write<byte>([context.Id, 0, 0, 0]);
            writer.WriteText(ItemType.AbstractSyntax, context.AbstractSyntax);
            foreach (var syntax in context.TransferSyntaxes)
            {
                writer.WriteText(ItemType.TransferSyntax, syntax);
            }
        }

        return writer.End(request.User);
    }

    public static byte[] Write(AssociateAccept accept)
    {
        var writer = new AssociateWriter(PduType.AssociateAccept, accept);
        foreach (var context in accept.Contexts)
        {
            writer.WriteHeader(ItemType.AnsweredContext, 4 + ItemLength(context.TransferSyntax));
            writer._bytes.Write<byte>([context.Id, 0, (byte)context.Result, 0]);
            writer.WriteText(ItemType.TransferSyntax, context.TransferSyntax);
        }

        return writer.End(accept.User);
    }

    private static int ItemLength(string text) => 4 + text.Length;

    private static void WriteTitle(Span<byte> field, string title)
    {
        field.Fill((byte)' ');
        Encoding.Latin1.GetBytes(title, field);
    }

    private byte[] End(UserInformation user)
    {
        var outer = _bytes.WrittenCount;
        WriteHeader(ItemType.UserInformation, 0);
        var begin = _bytes.WrittenCount;
        WriteUser(user);
        var bytes = _bytes.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(outer + 2), checked((ushort)(bytes.Length - begin)));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(2), bytes.Length - PduType.HeaderLength);
        return bytes;
    }

    /// <summary>In the order of their types, as PS3.7 Annex D and all others have them.</summary>
    private void WriteUser(UserInformation user)
    {
        WriteHeader(ItemType.MaximumLength, sizeof(uint));
        BinaryPrimitives.WriteUInt32BigEndian(_bytes.GetSpan(sizeof(uint)), user.MaxDataLength);
        _bytes.Advance(sizeof(uint));
        WriteText(ItemType.ImplementationClassUid, user.ImplementationClassUid);
        if (user.AsyncOperations is { } window)
        {
            WriteHeader(ItemType.AsyncOperationsWindow, 2 * sizeof(ushort));
            WriteUInt16(window.Invoked);
            WriteUInt16(window.Performed);
        }

        foreach (var role in user.Roles)
        {
            WriteHeader(ItemType.RoleSelection, sizeof(ushort) + role.SopClassUid.Length + 2);
            WriteField(role.SopClassUid);
            _bytes.Write<byte>([role.Scu ? (byte)1 : (byte)0, role.Scp ? (byte)1 : (byte)0]);
        }

        if (user.ImplementationVersionName.Length > 0)
        {
            WriteText(ItemType.ImplementationVersionName, user.ImplementationVersionName);
        }

        foreach (var extension in user.Extensions)
        {
            WriteHeader(ItemType.ExtendedNegotiation, sizeof(ushort) + extension.SopClassUid.Length + extension.Information.Length);
            WriteField(extension.SopClassUid);
            _bytes.Write(extension.Information);
        }

        if (user.Identity is { } identity)
        {
            WriteHeader(ItemType.UserIdentity, 2 + sizeof(ushort) + identity.Primary.Length + sizeof(ushort) + identity.Secondary.Length);
            _bytes.Write<byte>([identity.Type, identity.IsResponseRequested ? (byte)1 : (byte)0]);
            WriteField(identity.Primary.Span);
            WriteField(identity.Secondary.Span);
        }

        if (user.IdentityResponse is { } response)
        {
            WriteHeader(ItemType.UserIdentityResponse, sizeof(ushort) + response.Length);
            WriteField(response.Span);
        }
    }

    private void WriteHeader(byte type, int length)
    {
        var header = _bytes.GetSpan(4);
        (header[0], header[1]) = (type, 0);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], checked((ushort)length));
        _bytes.Advance(4);
    }

    private void WriteUInt16(int value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.GetSpan(sizeof(ushort)), checked((ushort)value));
        _bytes.Advance(sizeof(ushort));
    }

    private void WriteText(byte type, string text)
    {
        WriteHeader(type, text.Length);
        Encoding.Latin1.GetBytes(text, _bytes);
    }

    /// <summary>A field with its length in front.</summary>
    private void WriteField(string text)
    {
        WriteUInt16(text.Length);
        Encoding.Latin1.GetBytes(text, _bytes);
    }

    private void WriteField(ReadOnlySpan<byte> value)
    {
        WriteUInt16(value.Length);
        _bytes.Write(value);
    }
}
