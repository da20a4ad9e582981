using System.Globalization;
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

    /// <summary>"(0010,0020)".</summary>
    public static string Of(DicomTag tag) => string.Create(CultureInfo.InvariantCulture, $"({tag.Group:X4},{tag.Element:X4})");

    /// <summary>The name of a transfer syntax, for tables; without what earlier editions of PS3.6 Table A-1, and libraries made of them, say behind it: what it is the default for.</summary>
    public static string SyntaxName(string uid) => DicomUID.Parse(uid) is { Type: DicomUidType.TransferSyntax } known ? known.Name.Split(": Default Transfer Syntax", 2)[0] : uid;

    /// <summary>"30 s".</summary>
    public static string Time(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? "None" : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    /// <summary>"262,144".</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture).Replace(",", number >= 10_000 ? "," : "", StringComparison.Ordinal);
}
