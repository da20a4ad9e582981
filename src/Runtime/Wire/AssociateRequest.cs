using System.Buffers.Binary;
using System.Text;

namespace Specgen.Network;

/// <summary>
/// An A-ASSOCIATE-RQ PDU (PS3.8 §9.3.2), read for what fo-dicom does not tell (version, application context, roles of every SOP class) and checked for what makes fo-dicom stumble: items that
/// are longer than what they are in, presentation contexts without abstract syntax, or with a number that is taken.
/// </summary>
internal sealed class AssociateRequest
{
    /// <summary>The DICOM Application Context Name (PS3.7 A.2.1).</summary>
    public const string DicomApplicationContext = "1.2.840.10008.3.1.1.1";

    private const int VariableItems = AssociateItems.VariableItems;
    private const byte ApplicationContextItem = 0x10, PresentationContextItem = 0x20, AbstractSyntaxItem = 0x30, TransferSyntaxItem = 0x40, UserInformationItem = 0x50;
    private const byte MaximumLengthItem = 0x51, AsyncWindowItem = 0x53, RoleItem = 0x54, ExtendedNegotiationItem = 0x56, CommonExtendedNegotiationItem = 0x57, UserIdentityItem = 0x58;

    private readonly HashSet<byte> _contexts = [];
    private readonly Dictionary<string, (bool Scu, bool Scp)> _roles = new(StringComparer.Ordinal);

    private readonly Dictionary<string, byte[]> _extensions = new(StringComparer.Ordinal);

    private AssociateRequest()
    {
    }

    /// <summary>Bit 0 is version 1, the only one there is.</summary>
    public ushort ProtocolVersion { get; private set; }

    public string ApplicationContext { get; private set; } = "";

    public string CalledAE { get; private set; } = "";

    public string CallingAE { get; private set; } = "";

    /// <summary>The longest P-DATA-TF that the peer takes, in bytes without its header; 0 for any (PS3.8 D.1).</summary>
    public uint MaxDataLength { get; private set; }

    /// <summary>The roles that the requestor proposes for itself, by SOP class (PS3.7 D.3.3.4.1); where it proposes none, it is SCU.</summary>
    public IReadOnlyDictionary<string, (bool Scu, bool Scp)> Roles => _roles;

    /// <summary>Service class application information that the requestor proposes, by SOP class (PS3.7 D.3.3.5).</summary>
    public IReadOnlyDictionary<string, byte[]> Extensions => _extensions;

    /// <summary>How many requests the requestor would have under way at a time (PS3.7 D.3.3.3.1); 0 for any number, 1 where it does not say.</summary>
    public int OperationsInvoked { get; private set; } = 1;

    /// <summary>Who the requestor says it is (PS3.7 D.3.3.7); null where it does not.</summary>
    public UserIdentity? UserIdentity { get; private set; }

    /// <param name="pdu">The PDU with its header.</param>
    /// <param name="problem">What is wrong with it, if anything.</param>
    public static AssociateRequest? Read(ReadOnlySpan<byte> pdu, out Violation? problem)
    {
        problem = null;
        var request = new AssociateRequest();
        try
        {
            if (pdu.Length < VariableItems)
            {
                throw new InvalidDataException($"an A-ASSOCIATE-RQ of {pdu.Length} bytes");
            }

            request.ProtocolVersion = BinaryPrimitives.ReadUInt16BigEndian(pdu[6..]);
            request.CalledAE = Title(pdu.Slice(10, 16));
            request.CallingAE = Title(pdu.Slice(26, 16));
            request.ReadItems(pdu[VariableItems..]);
            return request;
        }
        catch (InvalidDataException e)
        {
            problem = Violation.InvalidParameter(e.Message);
            return null;
        }
    }

    /// <summary>Puts our own maximum length into a request that fo-dicom made: the sub-item 51H of the user information, 50H (PS3.8 Table D.1-1).</summary>
    /// <param name="pdu">The PDU with its header.</param>
    /// <param name="length">Bytes.</param>
    public static void SetMaxDataLength(Span<byte> pdu, uint length)
    {
        for (var item = VariableItems; item + 4 <= pdu.Length; item += 4 + BinaryPrimitives.ReadUInt16BigEndian(pdu[(item + 2)..]))
        {
            if (pdu[item] != UserInformationItem)
            {
                continue;
            }

            for (var sub = item + 4; sub + 8 <= pdu.Length; sub += 4 + BinaryPrimitives.ReadUInt16BigEndian(pdu[(sub + 2)..]))
            {
                if (pdu[sub] == MaximumLengthItem)
                {
                    BinaryPrimitives.WriteUInt32BigEndian(pdu[(sub + 4)..], length);
                    return;
                }
            }
        }
    }

    /// <summary>A user identity as an item of the user information (PS3.7 Table D.3-14).</summary>
    public static byte[] Item(UserIdentity identity) => AssociateItems.Item(
        UserIdentityItem, [(byte)identity.Type, identity.IsResponseRequested ? (byte)1 : (byte)0, .. AssociateItems.Field(identity.Primary.Span), .. AssociateItems.Field(identity.Secondary.Span)]);

    private static string Title(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes).Trim('\0', ' ');

    private void ReadItems(ReadOnlySpan<byte> left)
    {
        while (!left.IsEmpty)
        {
            var value = AssociateItems.Next(ref left, out var type);
            switch (type)
            {
                case ApplicationContextItem:
                    ApplicationContext = AssociateItems.Uid(value);
                    break;
                case PresentationContextItem:
                    ReadPresentationContext(value);
                    break;
                case UserInformationItem:
                    ReadUserInformation(value);
                    break;
            }
        }
    }

    private void ReadPresentationContext(ReadOnlySpan<byte> left)
    {
        AssociateItems.Require(left.Length >= 4, "a presentation context without a number");
        var id = left[0];
        AssociateItems.Require((id & 1) == 1 && _contexts.Add(id), $"a presentation context with the number {id}, which is even or taken");
        left = left[4..];
        var abstractSyntaxes = 0;
        while (!left.IsEmpty)
        {
            var value = AssociateItems.Next(ref left, out var type);
            AssociateItems.Require(type is AbstractSyntaxItem or TransferSyntaxItem && value.Length > 0, $"an item {type:X2}H of {value.Length} bytes in presentation context {id}");
            AssociateItems.Require((type == AbstractSyntaxItem) == (abstractSyntaxes == 0), $"a presentation context {id} that does not begin with its one abstract syntax");
            abstractSyntaxes += type == AbstractSyntaxItem ? 1 : 0;
        }

        AssociateItems.Require(abstractSyntaxes == 1, $"a presentation context {id} without abstract syntax");
    }

    private void ReadUserInformation(ReadOnlySpan<byte> left)
    {
        while (!left.IsEmpty)
        {
            var value = AssociateItems.Next(ref left, out var type);
            switch (type)
            {
                case MaximumLengthItem:
                    AssociateItems.Require(value.Length == 4, "a maximum length that is no number of four bytes");
                    MaxDataLength = BinaryPrimitives.ReadUInt32BigEndian(value);
                    break;
                case AsyncWindowItem:
                    AssociateItems.Require(value.Length == 4, "an asynchronous operations window that is not two numbers");
                    OperationsInvoked = BinaryPrimitives.ReadUInt16BigEndian(value);
                    break;
                case RoleItem:
                    var uid = AssociateItems.Prefixed(ref value, type);
                    AssociateItems.Require(value.Length == 2, "a role selection that is not a UID and two roles");
                    _roles[AssociateItems.Uid(uid)] = (value[0] == 1, value[1] == 1);
                    break;
                case ExtendedNegotiationItem:
                    _extensions[AssociateItems.Uid(AssociateItems.Prefixed(ref value, type))] = value.ToArray();
                    break;
                case CommonExtendedNegotiationItem:
                    AssociateItems.Prefixed(ref value, type);
                    AssociateItems.Prefixed(ref value, type);
                    var related = AssociateItems.Prefixed(ref value, type);
                    while (!related.IsEmpty)
                    {
                        AssociateItems.Prefixed(ref related, type);
                    }

                    break;
                case UserIdentityItem:
                    AssociateItems.Require(value.Length >= 2, "a user identity without a type");
                    var (identityType, isResponseRequested) = ((UserIdentityType)value[0], value[1] == 1);
                    value = value[2..];
                    UserIdentity = new UserIdentity(identityType, AssociateItems.Prefixed(ref value, type).ToArray(), AssociateItems.Prefixed(ref value, type).ToArray()) { IsResponseRequested = isResponseRequested };
                    break;
            }
        }
    }
}
