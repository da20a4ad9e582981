using System.Text;

namespace Specgen.Network;

/// <summary>The extended negotiation of storage (PS3.4 B.3.1): six bytes for each SOP class, of which the first, third and fifth count.</summary>
internal static class StorageNegotiation
{
    private const int Length = 6, Level = 0, SignatureLevel = 2, Coercion = 4;

    /// <summary>In the places of level and coercion: the one who says so is SCU only.</summary>
    private const byte ScuLevel = 3, ScuCoercion = 2;

    /// <summary>Items for our request, which ask an SCP what it does.</summary>
    public static IEnumerable<byte[]> Propose(IEnumerable<ProposedContext> contexts, ProviderRegistry user) =>
        contexts.Where(c => c.Role == DicomRole.Scu && IsStorage(c.SopClassUid, user)).Select(static c => c.SopClassUid).Distinct(StringComparer.Ordinal)
            .Select(static uid => Item(uid, ScuLevel, 0, ScuCoercion));

    /// <summary>Items for our answer, for the SOP classes that a peer asks about and our providers store.</summary>
    public static IEnumerable<byte[]> Answer(AssociateRequest request, IReadOnlyList<NegotiatedContext> contexts, ProviderRegistry providers, StorageSupport support) =>
        request.Extensions.Keys.Where(uid => contexts.Any(c => c.IsScp && c.AbstractSyntax == uid) && providers.Find(uid, DicomRole.Scp, DimseOperation.CStore) is not null)
            .Select(uid => Item(uid, (byte)support.Level, support.SignatureLevel, support.MayCoerce ? (byte)1 : (byte)0));

    /// <summary>What an SCP answered, by SOP class.</summary>
    public static Dictionary<string, StorageSupport> Accepted(AssociateAnswer answer, ProviderRegistry user) =>
        answer.Extensions.Where(e => IsStorage(e.Key, user) && e.Value.Length > Coercion && e.Value[Level] < ScuLevel).ToDictionary(
            static e => e.Key,
            static e => new StorageSupport((StorageLevel)e.Value[Level]) { SignatureLevel = e.Value[SignatureLevel], MayCoerce = e.Value[Coercion] == 1 },
            StringComparer.Ordinal);

    private static bool IsStorage(string uid, ProviderRegistry user) => user.TryFind(uid, DicomRole.Scu, out var sopClass, out _) && sopClass.IsStorage;

    private static byte[] Item(string uid, byte level, byte signatureLevel, byte coercion)
    {
        var information = new byte[Length];
        (information[Level], information[SignatureLevel], information[Coercion]) = (level, signatureLevel, coercion);
        return AssociateItems.Item(AssociateItems.ExtendedNegotiation, [.. AssociateItems.Field(Encoding.ASCII.GetBytes(uid)), .. information]);
    }
}
