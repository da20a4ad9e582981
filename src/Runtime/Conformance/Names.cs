using FellowOakDicom;

namespace Specgen.Conformance;

/// <summary>Names as the standard writes them.</summary>
internal static class Names
{
    public static string Of(DicomRole role) => role == DicomRole.Scp ? "SCP" : "SCU";

    /// <summary>As in PS3.7: "N-EVENT-REPORT".</summary>
    public static string Of(DimseOperation operation)
    {
        var name = operation.ToString();
        return name[0] + "-" + (operation == DimseOperation.NEventReport ? "EVENT-REPORT" : name[1..].ToUpperInvariant());
    }

    /// <summary>The name of a transfer syntax, for tables.</summary>
    public static string SyntaxName(string uid) => DicomUID.Parse(uid) is { Type: DicomUidType.TransferSyntax } known ? known.Name : uid;
}
