using System.Text;

namespace Specgen.Network;

/// <summary>The one part of the extended negotiation of Query/Retrieve (PS3.4 C.5.1.1.1, C.5.2.1, C.5.3.1) that providers are asked for: its first byte. The others are left at 0, not supported.</summary>
internal static class RelationalQueries
{
    /// <summary>Items for our request.</summary>
    public static IEnumerable<byte[]> Propose(IEnumerable<ProposedContext> contexts, ProviderRegistry user) =>
        contexts.Where(c => c.Role == DicomRole.Scu && IsFor(user, c.SopClassUid, DicomRole.Scu))
            .Select(static c => c.SopClassUid).Distinct(StringComparer.Ordinal).Select(static uid => Item(uid, [1]));

    /// <summary>The SOP classes that a peer accepted them for.</summary>
    public static HashSet<string> Accepted(AssociateAnswer answer) => answer.Extensions.Where(static e => IsOn(e.Value)).Select(static e => e.Key).ToHashSet(StringComparer.Ordinal);

    /// <summary>Accepts them for what our providers are asked to find or send, and adds the items for the answer.</summary>
    public static IReadOnlyList<NegotiatedContext> Negotiate(IReadOnlyList<NegotiatedContext> contexts, AssociateRequest request, ProviderRegistry providers, List<byte[]> items)
    {
        var relational = request.Extensions.Where(e => IsOn(e.Value) && contexts.Any(c => c.IsScp && c.AbstractSyntax == e.Key) && IsFor(providers, e.Key, DicomRole.Scp)).ToDictionary(StringComparer.Ordinal);
        items.AddRange(relational.Select(static e => Item(e.Key, [1, .. new byte[e.Value.Length - 1]])));
        return [.. contexts.Select(c => relational.ContainsKey(c.AbstractSyntax) ? c with { IsRelational = true } : c)];
    }

    private static bool IsFor(ProviderRegistry providers, string uid, DicomRole role) => providers.TryFind(uid, role, out var sopClass, out _) && sopClass.IsRelational;

    private static bool IsOn(byte[] information) => information.Length > 0 && information[0] == 1;

    private static byte[] Item(string uid, byte[] information) => AssociateItems.Item(AssociateItems.ExtendedNegotiation, [.. AssociateItems.Field(Encoding.ASCII.GetBytes(uid)), .. information]);
}
