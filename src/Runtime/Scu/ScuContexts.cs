using FellowOakDicom;
using FellowOakDicom.Network;

namespace Specgen;

/// <summary>Which presentation contexts a user proposes.</summary>
internal static class ScuContexts
{
    /// <summary>IDs are the odd numbers of a byte (PS3.8 §9.3.2.2).</summary>
    public const int MaxContexts = 128;

    /// <summary>Implicit VR Little Endian must be proposed for every SOP class (PS3.5 §10.1); Explicit first, because it loses nothing.</summary>
    private static readonly string[] s_usual = [DicomTransferSyntax.ExplicitVRLittleEndian.UID.UID, DicomTransferSyntax.ImplicitVRLittleEndian.UID.UID];

    /// <summary>What is needed to send instances of this kind as they are, or, where they are uncompressed, converted to what every peer takes.</summary>
    public static void AddFor(string sopClassUid, string transferSyntaxUid, IList<ProposedContext> contexts)
    {
        Add(contexts, new ProposedContext(sopClassUid, transferSyntaxUid));
        if (!DicomTransferSyntax.Parse(transferSyntaxUid).IsEncapsulated)
        {
            Add(contexts, new ProposedContext(sopClassUid, s_usual));
        }
    }

    /// <summary>What is proposed for a user's bindings, where the options say nothing or name files only.</summary>
    /// <exception cref="ArgumentException">More than 128.</exception>
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
                    contexts.AddRange(binding.SopClasses.Select(static s => new ProposedContext(s.Uid, s_usual)));
                }
            }
        }

        contexts.AddRange(options.ReceiveSopClasses.Select(static uid => new ProposedContext(uid, s_usual) { Role = DicomRole.Scp }));
        return contexts.Count switch
        {
            0 => throw new ArgumentException("There is nothing to propose: the user has no [Scu] binding, and the options name no presentation context.", nameof(options)),
            > MaxContexts => throw new ArgumentException(
                $"{contexts.Count} presentation contexts would be needed, and an association has at most {MaxContexts} (PS3.8 §9.3.2.2). "
                + "Call ScuOptions.ProposeFor with the files to send, fill ScuOptions.PresentationContexts, or narrow the [Scu] attribute with SopClasses.",
                nameof(options)),
            _ => contexts,
        };
    }

    /// <summary>As fo-dicom's presentation contexts, with their IDs.</summary>
    public static void AddTo(DicomPresentationContextCollection collection, IReadOnlyList<ProposedContext> contexts)
    {
        byte id = 1;
        var used = contexts.Where(static c => c.Role == DicomRole.Scu).Select(static c => c.SopClassUid).ToHashSet(StringComparer.Ordinal);
        foreach (var context in contexts)
        {
            if (context.TransferSyntaxUids.Count == 0)
            {
                throw new ArgumentException($"The presentation context for {context.SopClassUid} has no transfer syntax.");
            }

            // Only what differs from the default (requestor is SCU) is negotiated: some peers stumble over an answer that they need not give. Roles are a SOP class's, whatever its contexts are: who both sends
            // and takes its instances has both (PS3.7 D.3.3.4).
            var isScp = context.Role == DicomRole.Scp;
            var item = new DicomPresentationContext(id, DicomUID.Parse(context.SopClassUid), isScp ? used.Contains(context.SopClassUid) : null, isScp ? true : null);
            foreach (var uid in context.TransferSyntaxUids)
            {
                item.AddTransferSyntax(DicomTransferSyntax.Parse(uid));
            }

            collection.Add(item);
            id += 2;
        }
    }

    private static void Add(IList<ProposedContext> contexts, ProposedContext context)
    {
        if (!contexts.Any(c => c.SopClassUid == context.SopClassUid && c.Role == context.Role && c.TransferSyntaxUids.SequenceEqual(context.TransferSyntaxUids)))
        {
            contexts.Add(context);
        }
    }
}
