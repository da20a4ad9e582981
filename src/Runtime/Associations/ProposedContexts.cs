using FellowOakDicom;
using FellowOakDicom.Imaging.Codec;

namespace Specgen.Associations;

/// <summary>Which presentation contexts are proposed to send instances.</summary>
internal static class ProposedContexts
{
    /// <summary>Of an association: their numbers are the odd ones of a byte (PS3.8 §9.3.2.2).</summary>
    public const int Max = 128;

    /// <summary>Implicit VR Little Endian must be proposed for every SOP class (PS3.5 §10.1); Explicit first, because it loses nothing.</summary>
    public static IReadOnlyList<string> Usual { get; } = [DicomTransferSyntax.ExplicitVRLittleEndian.UID.UID, DicomTransferSyntax.ImplicitVRLittleEndian.UID.UID];

    /// <summary>What is needed to send instances of this kind as they are, or, where they are uncompressed or can be decompressed, converted to what every peer takes.</summary>
    /// <param name="sopClassUid">Of the instances.</param>
    /// <param name="transferSyntaxUid">Of the instances.</param>
    /// <param name="contexts">What is proposed.</param>
    /// <param name="transcoders">What can be decompressed; null where nothing may be.</param>
    public static void AddFor(string sopClassUid, string transferSyntaxUid, IList<ProposedContext> contexts, ITranscoderManager? transcoders = null)
    {
        Add(contexts, new ProposedContext(sopClassUid, transferSyntaxUid));
        var syntax = DicomTransferSyntax.Parse(transferSyntaxUid);
        if (!syntax.IsEncapsulated || transcoders?.CanTranscode(syntax, DicomTransferSyntax.ExplicitVRLittleEndian) == true)
        {
            Add(contexts, new ProposedContext(sopClassUid, Usual));
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
