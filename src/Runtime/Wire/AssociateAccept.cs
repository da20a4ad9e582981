using System.Buffers.Binary;

namespace Specgen.Network;

/// <summary>An A-ASSOCIATE-AC PDU (PS3.8 §9.3.3), read for what has to be known before the first message: a peer may send one right behind it.</summary>
internal sealed class AssociateAnswer
{
    private const int VariableItems = AssociateItems.VariableItems;
    private const byte PresentationContextItem = 0x21, TransferSyntaxItem = 0x40, UserInformationItem = 0x50, MaximumLengthItem = 0x51, AsyncWindowItem = 0x53, RoleItem = 0x54;

    private readonly Dictionary<byte, string> _contexts = [];
    private readonly Dictionary<string, (bool Scu, bool Scp)> _roles = new(StringComparer.Ordinal);

    private readonly Dictionary<string, byte[]> _extensions = new(StringComparer.Ordinal);

    private AssociateAnswer()
    {
    }

    /// <summary>The transfer syntaxes of the accepted presentation contexts, by their numbers.</summary>
    public IReadOnlyDictionary<byte, string> Contexts => _contexts;

    /// <summary>The longest P-DATA-TF that the peer takes, in bytes without its header; 0 for any (PS3.8 D.1).</summary>
    public uint MaxDataLength { get; private set; }

    /// <summary>How many requests the requestor may have under way at a time (PS3.7 D.3.3.3.2); 0 for any number, 1 where the acceptor does not say.</summary>
    public int OperationsInvoked { get; private set; } = 1;

    /// <summary>The roles that the requestor has, by SOP class (PS3.7 D.3.3.4.2); only those that the peer answered.</summary>
    public IReadOnlyDictionary<string, (bool Scu, bool Scp)> Roles => _roles;

    /// <summary>Service class application information that the acceptor answered, by SOP class (PS3.7 D.3.3.5).</summary>
    public IReadOnlyDictionary<string, byte[]> Extensions => _extensions;

    /// <summary>What the acceptor says to our user identity (PS3.7 D.3.3.7.2); null where it says nothing.</summary>
    public byte[]? UserIdentityResponse { get; private set; }

    /// <param name="pdu">The PDU with its header.</param>
    /// <param name="problem">What is wrong with it, if anything.</param>
    public static AssociateAnswer? Read(ReadOnlySpan<byte> pdu, out Violation? problem)
    {
        problem = null;
        var answer = new AssociateAnswer();
        try
        {
            AssociateItems.Require(pdu.Length >= VariableItems, $"an A-ASSOCIATE-AC of {pdu.Length} bytes");
            for (var left = pdu[VariableItems..]; !left.IsEmpty;)
            {
                var value = AssociateItems.Next(ref left, out var type);
                switch (type)
                {
                    case PresentationContextItem:
                        answer.ReadPresentationContext(value);
                        break;
                    case UserInformationItem:
                        answer.ReadUserInformation(value);
                        break;
                }
            }

            return answer;
        }
        catch (InvalidDataException e)
        {
            problem = Violation.InvalidParameter(e.Message);
            return null;
        }
    }

    private void ReadPresentationContext(ReadOnlySpan<byte> left)
    {
        const int header = 4;
        AssociateItems.Require(left.Length >= header, "a presentation context without a result");
        var (id, isAccepted) = (left[0], left[2] == 0);
        for (left = left[header..]; isAccepted && !left.IsEmpty;)
        {
            var value = AssociateItems.Next(ref left, out var type);
            if (type == TransferSyntaxItem)
            {
                _contexts[id] = AssociateItems.Uid(value);
            }
        }
    }

    private void ReadUserInformation(ReadOnlySpan<byte> left)
    {
        while (!left.IsEmpty)
        {
            var value = AssociateItems.Next(ref left, out var type);
            if (type == MaximumLengthItem)
            {
                AssociateItems.Require(value.Length == 4, "a maximum length that is no number of four bytes");
                MaxDataLength = BinaryPrimitives.ReadUInt32BigEndian(value);
            }
            else if (type == AsyncWindowItem)
            {
                AssociateItems.Require(value.Length == 4, "an asynchronous operations window that is not two numbers");
                OperationsInvoked = BinaryPrimitives.ReadUInt16BigEndian(value);
            }
            else if (type == RoleItem)
            {
                var uid = AssociateItems.Prefixed(ref value, type);
                AssociateItems.Require(value.Length == 2, "a role selection that is not a UID and two roles");
                _roles[AssociateItems.Uid(uid)] = (value[0] == 1, value[1] == 1);
            }
            else if (type == AssociateItems.ExtendedNegotiation)
            {
                var uid = AssociateItems.Uid(AssociateItems.Prefixed(ref value, type));
                _extensions[uid] = value.ToArray();
            }
            else if (type == AssociateItems.UserIdentityResponse)
            {
                UserIdentityResponse = AssociateItems.Prefixed(ref value, type).ToArray();
            }
        }
    }
}
