using System.Text;
using Specgen.Wire;

namespace Specgen.Associations;

/// <summary>The one part of the extended negotiation of Query/Retrieve (PS3.4 C.5.1.1.1, C.5.2.1, C.5.3.1) that providers are asked for: its first byte. The others are left at 0, not supported.</summary>
internal static class RelationalQueries
{
    /// <summary>For our request: the information models of a user's that are proposed.</summary>
    public static void Propose(IDimseHandlers? user, IReadOnlyList<ProposedContext> contexts, UserInformation information)
    {
        var models = user?.Bindings.SelectMany(static b => b.SopClasses).Where(static s => s.IsRelational).Select(static s => s.Uid).ToHashSet(StringComparer.Ordinal) ?? [];
        foreach (var uid in contexts.Where(static c => c.Role == DicomRole.Scu).Select(static c => c.SopClassUid).Distinct(StringComparer.Ordinal).Where(models.Contains))
        {
            information.Add(new ExtendedItem(uid, [1]));
        }
    }

    /// <summary>The SOP classes that a peer accepted them for.</summary>
    public static HashSet<string> Accepted(AssociateAccept accept) => accept.User.Extensions.Where(static e => IsOn(e)).Select(static e => e.SopClassUid).ToHashSet(StringComparer.Ordinal);

    /// <summary>Accepts them for what our providers are asked to find or send, and says so in the answer.</summary>
    public static void Negotiate(List<NegotiatedContext> contexts, AssociateRequest request, AssociateAccept accept, ProviderRegistry providers)
    {
        foreach (var extension in request.User.Extensions.Where(static e => IsOn(e)).DistinctBy(static e => e.SopClassUid, StringComparer.Ordinal))
        {
            var uid = extension.SopClassUid;
            if (!providers.TryFind(uid, DicomRole.Scp, out var sopClass, out _) || !sopClass.IsRelational || !contexts.Exists(c => c.IsScp && c.AbstractSyntax == uid))
            {
                continue;
            }

            accept.User.Add(new ExtendedItem(uid, [1, .. new byte[extension.Information.Length - 1]]));
            for (var i = 0; i < contexts.Count; i++)
            {
                contexts[i] = contexts[i].AbstractSyntax == uid ? contexts[i] with { IsRelational = true } : contexts[i];
            }
        }
    }

    private static bool IsOn(ExtendedItem extension) => extension.Information is [1, ..];
}
