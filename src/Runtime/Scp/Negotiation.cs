using FellowOakDicom;
using Specgen.Associations;
using Specgen.Wire;

namespace Specgen.Scp;

/// <summary>Decides on the presentation contexts of an association (PS3.8 §7.1.1.13, PS3.7 D.3.3.4) from what the providers serve.</summary>
internal static class Negotiation
{
    private static readonly string s_implicit = DicomTransferSyntax.ImplicitVRLittleEndian.UID.UID;

    private static readonly string[] s_uncompressed = [DicomTransferSyntax.ExplicitVRLittleEndian.UID.UID, s_implicit, DicomTransferSyntax.ExplicitVRBigEndian.UID.UID];

    /// <summary>Puts the result of every proposed context into the answer, and the answers to the roles. Gives what was accepted.</summary>
    /// <param name="request">What is proposed.</param>
    /// <param name="accept">The answer.</param>
    /// <param name="providers">What is served.</param>
    /// <param name="preferred">UIDs of the transfer syntaxes that are accepted, best first; null for no preference.</param>
    public static List<NegotiatedContext> Negotiate(AssociateRequest request, AssociateAccept accept, ProviderRegistry providers, IReadOnlyList<string>? preferred)
    {
        var accepted = new List<NegotiatedContext>(request.Contexts.Count);
        var sends = request.Contexts.Exists(c => providers.Find(c.AbstractSyntax, DicomRole.Scp, DimseOperation.CGet) is not null);
        foreach (var context in request.Contexts)
        {
            var uid = context.AbstractSyntax;
            var proposed = request.User.FindRole(uid);
            var roles = proposed ?? new RoleItem(uid, Scu: true, Scp: false);
            var isServed = providers.TryFind(uid, DicomRole.Scp, out _, out var asScp) & roles.Scu;

            // What a C-GET asks for is sent over the same association (PS3.4 §C.5.3).
            var isSent = sends && roles.Scp && providers.IsSentByCGet(uid);
            var isUsed = (roles.Scp && providers.TryFind(uid, DicomRole.Scu, out _, out _)) || isSent;
            var takesAll = isSent || (isServed && asScp.Any(static b => b.CStore is not null));
            DicomTransferSyntax? known = null;
            var syntax = isServed || isUsed ? Choose(context.TransferSyntaxes, preferred, takesAll, out known) : null;
            if (syntax is null || known is null)
            {
                var result = isServed || isUsed ? ContextResult.RejectTransferSyntaxesNotSupported : ContextResult.RejectAbstractSyntaxNotSupported;
                accept.Contexts.Add(new AnsweredItem(context.Id, result, context.TransferSyntaxes.Count > 0 ? context.TransferSyntaxes[0] : s_implicit));
                continue;
            }

            // A role may be answered once for each SOP class, and only where it was proposed.
            if (proposed is not null && accept.User.FindRole(uid) is null)
            {
                accept.User.Add(new RoleItem(uid, isServed, isUsed));
            }

            accept.Contexts.Add(new AnsweredItem(context.Id, ContextResult.Accept, syntax));
            accepted.Add(new NegotiatedContext(context.Id, uid, known, isServed, isUsed));
        }

        return accepted;
    }

    /// <summary>Null for no preference. Implicit VR Little Endian cannot be left out (PS3.5 §10.1).</summary>
    public static IReadOnlyList<string>? Preferred(ICollection<string> uids) => uids.Count == 0 ? null : uids.Contains(s_implicit) ? [.. uids] : [.. uids, s_implicit];

    /// <summary>UIDs of the transfer syntaxes that are accepted, best first; null for whatever is proposed.</summary>
    public static IReadOnlyList<string>? Accepted(IReadOnlyList<string>? preferred, bool takesAll) => preferred ?? (takesAll ? null : s_uncompressed);

    /// <summary>Of what is proposed: what we prefer; where all is welcome, what the requestor does, which is how it has the data.</summary>
    private static string? Choose(IReadOnlyList<string> proposed, IReadOnlyList<string>? preferred, bool takesAll, out DicomTransferSyntax? syntax)
    {
        foreach (var uid in Accepted(preferred, takesAll) ?? proposed)
        {
            if (proposed.Contains(uid) && TryFind(uid, out syntax))
            {
                return uid;
            }
        }

        syntax = null;
        return null;
    }

    /// <summary>A peer may propose what is no transfer syntax at all, or one that fo-dicom does not know: what is stored in that could not be read back.</summary>
    private static bool TryFind(string uid, out DicomTransferSyntax? syntax)
    {
        syntax = InstanceIdentity.IsUid(uid) ? DicomTransferSyntax.Query(DicomUID.Parse(uid)) : null;
        return syntax is not null;
    }
}
