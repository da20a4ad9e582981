using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Specgen.Wire;

/// <summary>
/// Reads A-ASSOCIATE PDUs. Items that are longer than what they are in are refused, and so are presentation contexts without an abstract syntax or with a number that is taken; items that are not known
/// are skipped (PS3.8 §9.3.1).
/// </summary>
internal static class AssociateReader
{
    /// <summary>Protocol version, reserved, two titles, reserved: what comes before the items.</summary>
    public const int FixedLength = 68;

    private const int CalledAE = 4, CallingAE = 20, TitleLength = 16, ItemHeader = 4, ContextHeader = 4;

    /// <summary>Null when all is well.</summary>
    public static Violation? Read(ReadOnlySpan<byte> body, AssociatePdu pdu)
    {
        try
        {
            Require(body.Length >= FixedLength, $"an A-ASSOCIATE PDU of {body.Length} bytes");
            pdu.ProtocolVersion = BinaryPrimitives.ReadUInt16BigEndian(body);
            pdu.CalledAE = Title(body.Slice(CalledAE, TitleLength));
            pdu.CallingAE = Title(body.Slice(CallingAE, TitleLength));
            var taken = UInt128.Zero;
            for (var left = body[FixedLength..]; !left.IsEmpty;)
            {
                var value = Next(ref left, out var type);
                switch (type)
                {
                    case ItemType.ApplicationContext:
                        pdu.ApplicationContext = Uid(value);
                        break;
                    case ItemType.ProposedContext when pdu is AssociateRequest request:
                        request.Contexts.Add(ReadProposed(value, ref taken));
                        break;
                    case ItemType.AnsweredContext when pdu is AssociateAccept accept:
                        accept.Contexts.Add(ReadAnswered(value));
                        break;
                    case ItemType.UserInformation:
                        ReadUser(value, pdu.User);
                        break;
                }
            }

            return null;
        }
        catch (InvalidDataException e)
        {
            return Violation.InvalidParameter(e.Message);
        }
    }

    private static ProposedItem ReadProposed(ReadOnlySpan<byte> left, ref UInt128 taken)
    {
        Require(left.Length >= ContextHeader, "a presentation context without a number");
        var id = left[0];
        var bit = UInt128.One << (id >> 1);
        Require((id & 1) == 1 && (taken & bit) == 0, $"a presentation context with the number {id}, which is even or taken");
        taken |= bit;
        string? abstractSyntax = null;
        var transferSyntaxes = new List<string>(1);
        for (left = left[ContextHeader..]; !left.IsEmpty;)
        {
            var value = Next(ref left, out var type);
            if (type is not (ItemType.AbstractSyntax or ItemType.TransferSyntax))
            {
                continue;
            }

            var uid = Uid(value);
            Require(uid.Length > 0, $"an empty item {type:X2}H in presentation context {id}");
            if (type == ItemType.TransferSyntax)
            {
                transferSyntaxes.Add(uid);
                continue;
            }

            Require(abstractSyntax is null, $"a presentation context {id} with two abstract syntaxes");
            abstractSyntax = uid;
        }

        Require(abstractSyntax is not null, $"a presentation context {id} without abstract syntax");
        return new ProposedItem(id, abstractSyntax!, transferSyntaxes);
    }

    private static AnsweredItem ReadAnswered(ReadOnlySpan<byte> left)
    {
        Require(left.Length >= ContextHeader, "a presentation context without a result");
        var (id, result, syntax) = (left[0], (ContextResult)left[2], "");
        for (left = left[ContextHeader..]; !left.IsEmpty;)
        {
            var value = Next(ref left, out var type);
            if (type == ItemType.TransferSyntax)
            {
                syntax = Uid(value);
            }
        }

        return new AnsweredItem(id, result, syntax);
    }

    private static void ReadUser(ReadOnlySpan<byte> left, UserInformation user)
    {
        while (!left.IsEmpty)
        {
            var value = Next(ref left, out var type);
            switch (type)
            {
                case ItemType.MaximumLength:
                    Require(value.Length == sizeof(uint), "a maximum length that is no number of four bytes");
                    user.MaxDataLength = BinaryPrimitives.ReadUInt32BigEndian(value);
                    break;
                case ItemType.ImplementationClassUid:
                    user.ImplementationClassUid = Uid(value);
                    break;
                case ItemType.ImplementationVersionName:
                    user.ImplementationVersionName = Title(value);
                    break;
                case ItemType.AsyncOperationsWindow:
                    Require(value.Length == 2 * sizeof(ushort), "an asynchronous operations window that is not two numbers");
                    user.AsyncOperations = (BinaryPrimitives.ReadUInt16BigEndian(value), BinaryPrimitives.ReadUInt16BigEndian(value[2..]));
                    break;
                case ItemType.RoleSelection:
                    var uid = Field(ref value, type);
                    Require(value.Length == 2, "a role selection that is not a UID and two roles");
                    user.Add(new RoleItem(Uid(uid), value[0] == 1, value[1] == 1));
                    break;
                case ItemType.ExtendedNegotiation:
                    user.Add(new ExtendedItem(Uid(Field(ref value, type)), value.ToArray()));
                    break;
                case ItemType.CommonExtendedNegotiation:
                    CheckCommonExtended(value);
                    break;
                case ItemType.UserIdentity:
                    Require(value.Length >= 2, "a user identity without a type");
                    var (identity, isResponseRequested) = (value[0], value[1] == 1);
                    value = value[2..];
                    user.Identity = new IdentityItem(identity, isResponseRequested, Field(ref value, type).ToArray(), Field(ref value, type).ToArray());
                    break;
                case ItemType.UserIdentityResponse:
                    user.IdentityResponse = Field(ref value, type).ToArray();
                    break;
            }
        }
    }

    /// <summary>Nobody asks for it (PS3.7 D.3.3.6); it is whole all the same, or the PDU is not.</summary>
    private static void CheckCommonExtended(ReadOnlySpan<byte> value)
    {
        const byte Type = ItemType.CommonExtendedNegotiation;
        Field(ref value, Type);
        Field(ref value, Type);
        for (var related = Field(ref value, Type); !related.IsEmpty;)
        {
            Field(ref related, Type);
        }
    }

    /// <summary>Type, reserved, length, value (PS3.8 §9.3.2.1).</summary>
    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> left, out byte type)
    {
        Require(left.Length >= ItemHeader, "an A-ASSOCIATE PDU that ends within the header of an item");
        type = left[0];
        var length = BinaryPrimitives.ReadUInt16BigEndian(left[2..]);
        if (length > left.Length - ItemHeader)
        {
            throw new InvalidDataException($"an item {type:X2}H of {length} bytes in an A-ASSOCIATE PDU that has {left.Length - ItemHeader} left");
        }

        var value = left.Slice(ItemHeader, length);
        left = left[(ItemHeader + length)..];
        return value;
    }

    /// <summary>A field with its length in front.</summary>
    private static ReadOnlySpan<byte> Field(ref ReadOnlySpan<byte> left, byte item)
    {
        var length = left.Length < sizeof(ushort) ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(left);
        if (length > left.Length - sizeof(ushort))
        {
            throw new InvalidDataException($"an item {item:X2}H with a field that is longer than it");
        }

        var value = left.Slice(sizeof(ushort), length);
        left = left[(sizeof(ushort) + length)..];
        return value;
    }

    /// <summary>A UID, padded or not.</summary>
    private static string Uid(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes.TrimEnd("\0 "u8));

    private static string Title(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes.Trim("\0 "u8));

    private static void Require(bool condition, [InterpolatedStringHandlerArgument(nameof(condition))] ref Reason otherwise)
    {
        if (!condition)
        {
            throw new InvalidDataException(otherwise.ToString());
        }
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidDataException(otherwise);
        }
    }

    /// <summary>A reason that is only put into words where there is one.</summary>
    [InterpolatedStringHandler]
    private ref struct Reason
    {
        private DefaultInterpolatedStringHandler _text;

        public Reason(int literalLength, int formattedCount, bool condition, out bool isWanted)
        {
            isWanted = !condition;
            _text = isWanted ? new(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
        }

        public void AppendLiteral(string value) => _text.AppendLiteral(value);

        public void AppendFormatted<T>(T value, string? format = null) => _text.AppendFormatted(value, format);

        public override readonly string ToString() => _text.ToString();
    }
}
