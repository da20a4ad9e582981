namespace Specgen.Runtime.Tests;

/// <summary>What generated code would give: bindings over delegates, without a generator.</summary>
internal sealed class TestHandlers(params ServiceBinding[] bindings) : IDimseHandlers
{
    public IReadOnlyList<ServiceBinding> Bindings { get; } = bindings;
}

internal enum TestStatus : ushort
{
    Success = 0x0000,
    ProcessingFailure = 0x0110,
    OutOfResources = 0xA700,
    Coercion = 0xB000,
}

internal static class TestClasses
{
    public const string CommitmentInstance = "1.2.840.10008.1.20.1.1";

    public static readonly SopClass Verification = new("1.2.840.10008.1.1", "Verification", "Verification SOP Class", "Verification Service Class", null, false);

    public static readonly SopClass CT = new("1.2.840.10008.5.1.4.1.1.2", "CTImageStorage", "CT Image Storage", "Storage Service Class", "A.3", false) { IsStorage = true };

    public static readonly SopClass MR = new("1.2.840.10008.5.1.4.1.1.4", "MRImageStorage", "MR Image Storage", "Storage Service Class", "A.4", false) { IsStorage = true };

    public static readonly SopClass Commitment = new("1.2.840.10008.1.20.1", "StorageCommitmentPushModel", "Storage Commitment Push Model SOP Class", "Storage Commitment Service Class", null, false);

    /// <summary>Push, Pull and Event of Unified Procedure Step as a page says them (PS3.4 §CC.3.1.1).</summary>
    public static readonly ServiceClassTable Steps = ServiceClassTable.Of(
        "Unified Procedure Step Service Class",
        """
        1.2.840.10008.5.1.4.34.6.1|UnifiedProcedureStepPush|||Unified Procedure Step - Push SOP Class
        1.2.840.10008.5.1.4.34.6.3|UnifiedProcedureStepPull||=0|Unified Procedure Step - Pull SOP Class
        1.2.840.10008.5.1.4.34.6.4|UnifiedProcedureStepEvent||=0|Unified Procedure Step - Event SOP Class
        """,
        "NCreate|M/M|0|\nNGet|M/M|0,1|\nNEventReport|M/M|2|");

    public static ServiceBinding Scu(params SopClass[] sopClasses) => Binding(DicomRole.Scu, sopClasses);

    public static ServiceBinding Binding(
        DicomRole role,
        SopClass[] sopClasses,
        DimseHandler<CEchoContext>? cEcho = null,
        DimseHandler<CStoreContext>? cStore = null,
        DimseHandler<NActionContext>? nAction = null,
        DimseHandler<NEventReportContext>? nEventReport = null,
        ushort[]? eventTypes = null) => new()
        {
            Role = role,
            ServiceClass = sopClasses[0].ServiceClass,
            SopClasses = sopClasses,
            FindStatus = static (_, _) => null,
            EventTypes = eventTypes,
            CEcho = cEcho,
            CStore = cStore,
            NAction = nAction,
            NEventReport = nEventReport,
        };
}
