namespace Specgen.Testing;

/// <summary>A presentation context to propose (PS3.8 §9.3.2.2). Nothing is checked.</summary>
/// <param name="Id">Its number; valid ones are odd.</param>
/// <param name="AbstractSyntax">UID of the SOP class.</param>
/// <param name="TransferSyntaxes">UIDs of the transfer syntaxes.</param>
public sealed record Proposal(byte Id, string AbstractSyntax, params string[] TransferSyntaxes);
