using System.Buffers.Binary;
using System.Text;

namespace Specgen.Network;

/// <summary>The items of A-ASSOCIATE PDUs (PS3.8 §9.3.2, §9.3.3). What is wrong with one is an <see cref="InvalidDataException"/>.</summary>
internal static class AssociateItems
{
    public const byte ExtendedNegotiation = 0x56, CommonExtendedNegotiation = 0x57, UserIdentity = 0x58, UserIdentityResponse = 0x59;

    /// <summary>Where the items begin, in an A-ASSOCIATE-RQ and in its -AC.</summary>
    public const int VariableItems = 74;

    /// <summary>Type, reserved, length, value (PS3.8 §9.3.2.1).</summary>
    public static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> left, out byte type)
    {
        if (left.Length < 4)
        {
            throw new InvalidDataException("an A-ASSOCIATE PDU that ends within the header of an item");
        }

        type = left[0];
        var length = BinaryPrimitives.ReadUInt16BigEndian(left[2..]);
        if (length > left.Length - 4)
        {
            throw new InvalidDataException($"an item {type:X2}H of {length} bytes in an A-ASSOCIATE PDU that has {left.Length - 4} left");
        }

        var value = left.Slice(4, length);
        left = left[(4 + length)..];
        return value;
    }

    /// <summary>A field with its length in front.</summary>
    public static ReadOnlySpan<byte> Prefixed(ref ReadOnlySpan<byte> left, byte item)
    {
        var length = left.Length < 2 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(left);
        Require(left.Length >= 2 && length <= left.Length - 2, $"an item {item:X2}H with a field that is longer than it");
        var value = left.Slice(2, length);
        left = left[(2 + length)..];
        return value;
    }

    /// <summary>A UID, padded or not.</summary>
    public static string Uid(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes.TrimEnd("\0 "u8));

    public static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidDataException(otherwise);
        }
    }

    /// <summary>An item with its header.</summary>
    public static byte[] Item(byte type, ReadOnlySpan<byte> value)
    {
        var item = new byte[4 + value.Length];
        item[0] = type;
        BinaryPrimitives.WriteUInt16BigEndian(item.AsSpan(2), checked((ushort)value.Length));
        value.CopyTo(item.AsSpan(4));
        return item;
    }

    /// <summary>A field with its length in front.</summary>
    public static byte[] Field(ReadOnlySpan<byte> value)
    {
        var field = new byte[2 + value.Length];
        BinaryPrimitives.WriteUInt16BigEndian(field, checked((ushort)value.Length));
        value.CopyTo(field.AsSpan(2));
        return field;
    }

    /// <summary>The same PDU, without some items of its user information, and with others.</summary>
    /// <param name="pdu">An A-ASSOCIATE-RQ or -AC that has been checked, its header included.</param>
    /// <param name="removed">Types of items that are left out.</param>
    /// <param name="added">Items that are added.</param>
    public static byte[] WithUserItems(ReadOnlySpan<byte> pdu, ReadOnlySpan<byte> removed, IReadOnlyList<byte[]> added)
    {
        const byte userInformation = 0x50;
        using var result = new MemoryStream(pdu.Length);
        result.Write(pdu[..VariableItems]);
        for (var left = pdu[VariableItems..]; !left.IsEmpty;)
        {
            var value = Next(ref left, out var type);
            if (type != userInformation)
            {
                result.Write(Item(type, value));
                continue;
            }

            using var items = new MemoryStream(value.Length);
            while (!value.IsEmpty)
            {
                var item = Next(ref value, out var itemType);
                if (!removed.Contains(itemType))
                {
                    items.Write(Item(itemType, item));
                }
            }

            foreach (var item in added)
            {
                items.Write(item);
            }

            result.Write(Item(userInformation, items.ToArray()));
        }

        var bytes = result.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(2), bytes.Length - PduType.HeaderLength);
        return bytes;
    }
}
