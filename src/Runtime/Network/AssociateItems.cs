using System.Buffers.Binary;
using System.Text;

namespace Specgen.Network;

/// <summary>The items of A-ASSOCIATE PDUs (PS3.8 §9.3.2, §9.3.3). What is wrong with one is an <see cref="InvalidDataException"/>.</summary>
internal static class AssociateItems
{
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
}
