using Specgen.Associations;
using Specgen.Wire;

namespace Specgen.Scu;

/// <summary>Which presentation contexts a user proposes.</summary>
internal static class ScuContexts
{
    /// <summary>What is proposed for a user's bindings, where the options say nothing or name files only.</summary>
    /// <exception cref="DicomConfigurationException">More than 128, or one without transfer syntax.</exception>
    public static IReadOnlyList<ProposedContext> For(IDimseHandlers? user, ScuOptions options)
    {
        List<ProposedContext> contexts = [.. options.PresentationContexts];
        if (options.ProposesDefaults)
        {
            // The files name what is proposed for their own service class; a user of several (Storage and Storage Commitment) needs the others as well.
            var named = contexts.Select(static c => c.SopClassUid).ToHashSet(StringComparer.Ordinal);
            foreach (var binding in user?.Bindings ?? [])
            {
                if (binding.Role == DicomRole.Scu && !binding.SopClasses.Any(s => named.Contains(s.Uid)))
                {
                    contexts.AddRange(binding.SopClasses.Select(static s => new ProposedContext(s.Uid, ProposedContexts.Usual)));
                }
            }
        }

        contexts.AddRange(options.ReceiveSopClasses.Select(static uid => new ProposedContext(uid, ProposedContexts.Usual) { Role = DicomRole.Scp }));
        if (contexts.Find(static c => c.TransferSyntaxUids.Count == 0) is { } bare)
        {
            throw new DicomConfigurationException($"The presentation context for {bare.SopClassUid} has no transfer syntax.");
        }

        LeaveOutAlternatives(contexts);
        return contexts.Count switch
        {
            0 => throw new DicomConfigurationException("There is nothing to propose: the user has no [Scu] binding, and the options name no presentation context."),
            > ProposedContexts.Max => throw new DicomConfigurationException(
                $"{contexts.Count} presentation contexts would be needed, and an association has at most {ProposedContexts.Max} (PS3.8 §9.3.2.2). "
                + "Call ScuOptions.ProposeFor with the files to send, each part of ScuOptions.Divide over an association of its own, fill ScuOptions.PresentationContexts, or narrow the [Scu] attribute with SopClasses."),
            _ => contexts,
        };
    }

    /// <summary>Where there are too many: instances go out as they are, and the usual transfer syntaxes beside that are done without, from the last on.</summary>
    private static void LeaveOutAlternatives(List<ProposedContext> contexts)
    {
        for (var i = contexts.Count - 1; i >= 0 && contexts.Count > ProposedContexts.Max; i--)
        {
            var (uid, role) = (contexts[i].SopClassUid, contexts[i].Role);
            if (contexts[i].TransferSyntaxUids.SequenceEqual(ProposedContexts.Usual) && contexts.FindIndex(c => c.SopClassUid == uid && c.Role == role) < i)
            {
                contexts.RemoveAt(i);
            }
        }
    }

    /// <summary>The number of a proposed context by its place.</summary>
    public static byte IdOf(int index) => (byte)((2 * index) + 1);

    /// <summary>Puts them into a request, with their numbers and roles.</summary>
    public static void AddTo(AssociateRequest request, IReadOnlyList<ProposedContext> contexts)
    {
        var used = contexts.Where(static c => c.Role == DicomRole.Scu).Select(static c => c.SopClassUid).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < contexts.Count; i++)
        {
            var context = contexts[i];
            request.Contexts.Add(new ProposedItem(IdOf(i), context.SopClassUid, context.TransferSyntaxUids));

            // Only what differs from the default (requestor is SCU) is negotiated: some peers stumble over an answer that they need not give. Roles are a SOP class's, whatever its contexts are: who both sends
            // and takes its instances has both (PS3.7 D.3.3.4).
            if (context.Role == DicomRole.Scp && request.User.FindRole(context.SopClassUid) is null)
            {
                request.User.Add(new RoleItem(context.SopClassUid, used.Contains(context.SopClassUid), Scp: true));
            }
        }
    }
}
