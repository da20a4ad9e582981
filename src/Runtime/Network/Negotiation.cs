using FellowOakDicom;
using FellowOakDicom.Network;

namespace Specgen.Network;

/// <summary>Decides on the presentation contexts of an association (PS3.8 §7.1.1.13, PS3.7 D.3.3.4) from what the providers serve.</summary>
internal static class Negotiation
{
    private static readonly DicomTransferSyntax[] s_uncompressed = [DicomTransferSyntax.ExplicitVRLittleEndian, DicomTransferSyntax.ImplicitVRLittleEndian, DicomTransferSyntax.ExplicitVRBigEndian];

    /// <summary>Sets the result of every proposed context, and the answers to the roles. Gives what was accepted.</summary>
    public static IReadOnlyList<NegotiatedContext> Negotiate(DicomPresentationContextCollection proposed, AssociateRequest request, ProviderRegistry providers, IReadOnlyList<string> transferSyntaxes)
    {
        var preferred = Preferred(transferSyntaxes);
        var accepted = new List<NegotiatedContext>();
        var answered = new HashSet<string>(StringComparer.Ordinal);
        // A copy, because some are replaced. fo-dicom's collection does not implement CopyTo, which ToList would use.
        var contexts = new List<DicomPresentationContext>();
        foreach (var context in proposed)
        {
            contexts.Add(context);
        }

        var sends = contexts.Any(c => providers.Find(c.AbstractSyntax.UID, DicomRole.Scp, DimseOperation.CGet) is not null);
        foreach (var context in contexts)
        {
            var uid = context.AbstractSyntax.UID;
            var hasRoles = request.Roles.TryGetValue(uid, out var roles);
            if (!hasRoles)
            {
                roles = (Scu: true, Scp: false);
            }

            var isServed = providers.TryFind(uid, DicomRole.Scp, out _, out var asScp) & roles.Scu;
            // What a C-GET asks for is sent over the same association (PS3.4 §C.5.3).
            var isSent = sends && roles.Scp && providers.IsSentByCGet(uid);
            var isUsed = (providers.TryFind(uid, DicomRole.Scu, out _, out _) && roles.Scp) || isSent;
            var takesAll = isSent || (isServed && asScp.Any(static b => b.CStore is not null));
            var syntax = isServed || isUsed ? Choose(context.GetTransferSyntaxes(), preferred, takesAll) : null;
            var result = (isServed || isUsed, syntax) switch
            {
                (false, _) => DicomPresentationContextResult.RejectAbstractSyntaxNotSupported,
                (true, null) => DicomPresentationContextResult.RejectTransferSyntaxesNotSupported,
                _ => DicomPresentationContextResult.Accept,
            };

            // A role may be answered once for each SOP class, and only where it was proposed. fo-dicom would give back what was proposed.
            var answer = hasRoles && result == DicomPresentationContextResult.Accept && answered.Add(uid);
            var decided = context;
            if (context.UserRole is not null || context.ProviderRole is not null || answer)
            {
                decided = new DicomPresentationContext(context.ID, context.AbstractSyntax, answer ? isServed : null, answer ? isUsed : null);
                proposed.Remove(context);
                proposed.Add(decided);
            }

            if (syntax is null)
            {
                decided.SetResult(result, context.GetTransferSyntaxes().FirstOrDefault() ?? DicomTransferSyntax.ImplicitVRLittleEndian);
                continue;
            }

            decided.SetResult(result, syntax);
            accepted.Add(new NegotiatedContext(context.ID, uid, syntax, isServed, isUsed));
        }

        return accepted;
    }

    /// <summary>Of what is proposed: what we prefer; where all is welcome, what the requestor does, which is how it has the data.</summary>
    private static DicomTransferSyntax? Choose(IList<DicomTransferSyntax> proposed, IReadOnlyList<DicomTransferSyntax>? preferred, bool takesAll)
    {
        if (preferred is null && takesAll)
        {
            return proposed.FirstOrDefault();
        }

        foreach (var syntax in preferred ?? s_uncompressed)
        {
            if (proposed.Contains(syntax))
            {
                return syntax;
            }
        }

        return null;
    }

    /// <summary>Null for no preference. Implicit VR Little Endian cannot be left out (PS3.5 §10.1).</summary>
    private static List<DicomTransferSyntax>? Preferred(IReadOnlyList<string> uids)
    {
        if (uids.Count == 0)
        {
            return null;
        }

        var preferred = uids.Select(static uid => DicomTransferSyntax.Parse(uid)).ToList();
        if (!preferred.Contains(DicomTransferSyntax.ImplicitVRLittleEndian))
        {
            preferred.Add(DicomTransferSyntax.ImplicitVRLittleEndian);
        }

        return preferred;
    }
}
