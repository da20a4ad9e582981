using Specgen.Generators.Standard;

namespace Specgen.Generators.Text;

/// <summary>Names of what is generated and of what generated code refers to; every reference begins with "global::".</summary>
internal static class Names
{
    public const string Runtime = "global::Specgen.";

    /// <summary>The runtime's namespace of what generated code alone calls.</summary>
    public const string Generated = Runtime + "Generated.";
    /// <summary>What a user's own DisposeAsync has to call.</summary>
    public const string Release = "ReleaseAssociationAsync";

    public const string SopClass = Runtime + "SopClass";
    public const string StatusInfo = Runtime + "StatusInfo";
    public const string StatusCategory = Runtime + "StatusCategory";
    public const string DimseOperation = Runtime + "DimseOperation";
    public const string DimseService = Runtime + "DimseService";
    public const string ReadOnlyList = "global::System.Collections.Generic.IReadOnlyList";
    public const string DicomStatus = "global::FellowOakDicom.Network.DicomStatus";
    public const string DicomTag = "global::FellowOakDicom.DicomTag";
    public const string DicomDataset = "global::FellowOakDicom.DicomDataset";
    public const string DicomFile = "global::FellowOakDicom.DicomFile";
    public const string CancellationToken = "global::System.Threading.CancellationToken";
    public const string AsyncEnumerable = "global::System.Collections.Generic.IAsyncEnumerable";
    public const string ValueTask = "global::System.Threading.Tasks.ValueTask";
    public const string Array = "global::System.Array";

    public const string SopClassUids = "SopClassUids";
    public const string SopClasses = "SopClasses";
    public const string Catalogue = "DicomStandard";
    public const string ServiceClassSuffix = "ServiceClass";

    /// <summary>The constant of a service class that says what handlers can be written for.</summary>
    public const string Surface = "SpecgenSurface";

    /// <summary>The constant beside a status enum that has the codes of its table: "0000 A700-A7FF".</summary>
    public const string StatusCodes = "SpecgenCodes";

    /// <summary>"StorageCStoreStatus".</summary>
    public static string StatusEnum(string shortName, DimseOperation operation) => CSharpText.Identifier(shortName + operation + "Status");

    /// <summary>"StorageCommitmentAction" for action types, "StorageCommitmentEvent" for event types; null for a service that has no types.</summary>
    public static string? TypeEnum(string shortName, DimseOperation operation) => operation switch
    {
        Standard.DimseOperation.NAction => CSharpText.Identifier(shortName + "Action"),
        Standard.DimseOperation.NEventReport => CSharpText.Identifier(shortName + "Event"),
        _ => null,
    };

    /// <summary>As in PS3.7: "N-EVENT-REPORT".</summary>
    public static string Dimse(DimseOperation operation) => operation switch
    {
        Standard.DimseOperation.CEcho => "C-ECHO",
        Standard.DimseOperation.CStore => "C-STORE",
        Standard.DimseOperation.CFind => "C-FIND",
        Standard.DimseOperation.CGet => "C-GET",
        Standard.DimseOperation.CMove => "C-MOVE",
        Standard.DimseOperation.NEventReport => "N-EVENT-REPORT",
        Standard.DimseOperation.NGet => "N-GET",
        Standard.DimseOperation.NSet => "N-SET",
        Standard.DimseOperation.NAction => "N-ACTION",
        Standard.DimseOperation.NCreate => "N-CREATE",
        _ => "N-DELETE",
    };
}
