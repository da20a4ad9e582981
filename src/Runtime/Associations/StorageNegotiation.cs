using System.Text;
using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>The extended negotiation of storage (PS3.4 B.3.1): six bytes for each SOP class, of which the first, third and fifth count.</summary>
internal static class StorageNegotiation
{
    private const int Length = 6, Level = 0, SignatureLevel = 2, Coercion = 4;

    /// <summary>In the places of level and coercion: the one who says so is SCU only.</summary>
    private const byte ScuLevel = 3, ScuCoercion = 2;

    /// <summary>For our request: asks an SCP what it does.</summary>
    public static void Propose(IDimseHandlers? user, IReadOnlyList<ProposedContext> contexts, UserInformation information)
    {
        var classes = user?.Bindings.SelectMany(static b => b.SopClasses).Where(static s => s.IsStorage).Select(static s => s.Uid).ToHashSet(StringComparer.Ordinal) ?? [];
        foreach (var uid in contexts.Where(static c => c.Role == DicomRole.Scu).Select(static c => c.SopClassUid).Distinct(StringComparer.Ordinal).Where(classes.Contains))
        {
            information.Add(Item(uid, ScuLevel, 0, ScuCoercion));
        }
    }

    /// <summary>For our answer: the SOP classes that a peer asks about and our providers store.</summary>
    public static void Answer(AssociateRequest request, AssociateAccept accept, IReadOnlyList<NegotiatedContext> contexts, ProviderRegistry providers, StorageSupport support)
    {
        foreach (var uid in request.User.Extensions.Select(static e => e.SopClassUid).Distinct(StringComparer.Ordinal))
        {
            if (contexts.Any(c => c.IsScp && c.AbstractSyntax == uid) && providers.Find(uid, DicomRole.Scp, DimseOperation.CStore) is not null)
            {
                accept.User.Add(Item(uid, (byte)support.Level, support.SignatureLevel, support.MayCoerce ? (byte)1 : (byte)0));
            }
        }
    }

    /// <summary>What an SCP answered, by SOP class.</summary>
    public static Dictionary<string, StorageSupport> Accepted(AssociateAccept accept, ProviderRegistry user)
    {
        var answers = new Dictionary<string, StorageSupport>(StringComparer.Ordinal);
        foreach (var (uid, information) in accept.User.Extensions)
        {
            if (user.TryFind(uid, DicomRole.Scu, out var sopClass, out _) && sopClass.IsStorage && information.Length > Coercion && information[Level] < ScuLevel)
            {
                answers[uid] = new StorageSupport((StorageLevel)information[Level]) { SignatureLevel = information[SignatureLevel], MayCoerce = information[Coercion] == 1 };
            }
        }

        return answers;
    }

    private static ExtendedItem Item(string uid, byte level, byte signatureLevel, byte coercion)
    {
        var information = new byte[Length];
        (information[Level], information[SignatureLevel], information[Coercion]) = (level, signatureLevel, coercion);
        return new ExtendedItem(uid, information);
    }
}
