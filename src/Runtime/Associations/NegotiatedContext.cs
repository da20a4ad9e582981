using FellowOakDicom;

namespace Specgen.Associations;

/// <summary>An accepted presentation context (PS3.8 §7.1.1.13) and the roles that we have in it (PS3.7 D.3.3.4).</summary>
/// <param name="Id">Its odd number.</param>
/// <param name="AbstractSyntax">The SOP class.</param>
/// <param name="TransferSyntax">How data sets are encoded in it.</param>
/// <param name="IsScp">We take operations, and send notifications.</param>
/// <param name="IsScu">We take notifications.</param>
internal sealed record NegotiatedContext(byte Id, string AbstractSyntax, DicomTransferSyntax TransferSyntax, bool IsScp, bool IsScu)
{
    /// <summary>Relational queries or retrievals were negotiated (PS3.4 C.5.1.1.1, C.5.2.1).</summary>
    public bool IsRelational { get; init; }
}
