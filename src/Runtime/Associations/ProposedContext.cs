namespace Specgen;

/// <summary>A presentation context to propose (PS3.8 §9.3.2.2): the peer picks one of its transfer syntaxes, or rejects it.</summary>
/// <param name="SopClassUid">UID of the abstract syntax.</param>
/// <param name="TransferSyntaxUids">UIDs of the transfer syntaxes, at least one. A compressed one is best proposed alone: then its acceptance does not depend on what else the peer
/// prefers.</param>
public sealed record ProposedContext(string SopClassUid, IReadOnlyList<string> TransferSyntaxUids)
{
    /// <summary>A presentation context of these transfer syntaxes.</summary>
    /// <param name="sopClassUid">UID of the abstract syntax.</param>
    /// <param name="transferSyntaxUids">UIDs of the transfer syntaxes, at least one.</param>
    public ProposedContext(string sopClassUid, params string[] transferSyntaxUids)
        : this(sopClassUid, (IReadOnlyList<string>)transferSyntaxUids)
    {
    }

    /// <summary>The role we want for its SOP class; <see cref="DicomRole.Scp"/> to send its notifications over an association that we open (PS3.7 D.3.3.4).</summary>
    public DicomRole Role { get; init; } = DicomRole.Scu;
}
