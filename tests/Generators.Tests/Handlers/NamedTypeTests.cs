using Microsoft.CodeAnalysis;

namespace Specgen.Generators.Tests.Handlers;

/// <summary>Handlers and requests of single action and event types.</summary>
[TestClass]
public sealed class NamedTypeTests
{
    private const string Result = "public partial ValueTask<DimseResult<AcmeTapeNActionStatus>> ";
    private const string OnMount = Result + "OnMountTapeAsync(NActionContext context, AcmeTapeModule tape, CancellationToken cancellationToken) => new(new DimseResult<AcmeTapeNActionStatus>(AcmeTapeNActionStatus.Success) { ErrorComment = \"mounts \" + tape.PatientId });";
    private const string OnEject = Result + "OnEjectAsync(NActionContext context, CancellationToken cancellationToken) => new(new DimseResult<AcmeTapeNActionStatus>(AcmeTapeNActionStatus.Success) { ErrorComment = \"ejects\" });";
    private const string OnRewind = Result + "OnRewindAsync(NActionContext context, CancellationToken cancellationToken) => new(new DimseResult<AcmeTapeNActionStatus>(AcmeTapeNActionStatus.Success) { ErrorComment = \"rewinds\" });";
    private const string OnNAction = Result + "OnNActionAsync(NActionContext context, CancellationToken cancellationToken) => new(AcmeTapeNActionStatus.Success);";

    private const string Page = """
        Acme Tape Service Class
        =======================

        =========== ============
        UID         SOP Class
        =========== ============
        1.3.99.3.1  AcmeTape
        =========== ============

        ========================= ===================
        DIMSE Service             Usage SCU/SCP
        ========================= ===================
        N-ACTION - Mount          Mandatory/Mandatory
        N-ACTION - Eject          Optional/Mandatory
        N-ACTION - Rewind         Optional/Optional
        N-EVENT-REPORT            Mandatory/Mandatory
        ========================= ===================

        =========== == ================
        Action Type ID Information
        =========== == ================
        Mount tape  1  Acme Tape Module
        Eject       2
        Rewind      3
        =========== == ================

        =========== == ================
        Event Type  ID Information
        =========== == ================
        Tape full   1  Acme Tape Module
        Tape torn   2
        =========== == ================

        N-ACTION Statuses
        -----------------

        ========== ======== =======
        Code (hex) Category Description
        ========== ======== =======
        0x0000     Success  Success
        ========== ======== =======

        N-EVENT-REPORT Statuses
        -----------------------

        ========== ======== =======
        Code (hex) Category Description
        ========== ======== =======
        0x0000     Success  Success
        ========== ======== =======

        Acme Tape Module
        ----------------

        ============== =========== ==
        Attribute Name Tag         VR
        ============== =========== ==
        Patient ID     (0010,0020) LO
        ============== =========== ==
        """;

    [TestMethod]
    public void EachType_GoesToItsMethod_WithItsModule() => Assert.AreEqual(
        "Scp 1,2,3: mounts P1|ejects|rewinds",
        Ask(OnMount + OnEject + OnRewind, """
            var binding = ((IDimseHandlers)new Tape()).Bindings[0];
            return binding.Role + " " + string.Join(",", binding.ActionTypes!) + ": " + string.Join("|", Answer(binding, 1), Answer(binding, 2), Answer(binding, 3));
            """));

    [TestMethod]
    public void AnOptionalType_ThatIsNotWritten_IsUnknown() => Assert.AreEqual("1,2", Ask(OnMount + OnEject, "return string.Join(\",\", ((IDimseHandlers)new Tape()).Bindings[0].ActionTypes!);"));

    [TestMethod]
    public void OneMethodForAll_IsStillOne() => Assert.AreEqual("1,2,3", Ask(OnNAction, "return string.Join(\",\", ((IDimseHandlers)new Tape()).Bindings[0].ActionTypes!);"));

    [TestMethod]
    [DataRow(OnMount, "OnEjectAsync")]
    [DataRow(OnEject + OnRewind, "OnMountTapeAsync")]
    [DataRow("", "OnNActionAsync")]
    public void AMandatoryTypeThatIsMissing_DoesNotCompile(string methods, string missing) => Project(methods).Run().MustLack(missing);

    [TestMethod]
    public void AnotherModuleThanTheTables_IsReported()
    {
        var diagnostic = Project(OnEject + Result + "OnMountTapeAsync(NActionContext context, CancellationToken cancellationToken) => new(AcmeTapeNActionStatus.Success);").Run().Diagnostics.Single();
        StringAssert.Contains(diagnostic.GetMessage(), "OnMountTapeAsync(NActionContext context, AcmeTapeModule information, CancellationToken cancellationToken)");
    }

    [TestMethod]
    public void OneForAllBesideOneForAType_IsReported()
    {
        var diagnostic = Project(OnNAction + OnEject).Run().Diagnostics.Single();
        StringAssert.Contains(diagnostic.GetMessage(), "OnEjectAsync");
        StringAssert.Contains(diagnostic.GetMessage(), "OnNActionAsync");
    }

    [TestMethod]
    public void Users_AskByName_AndTakeEventsByName() => Assert.AreEqual("True,Scu,1,2", Ask(OnNAction, """
        var user = typeof(TapeUser);
        var mount = user.GetMethod("MountTapeAsync");
        var binding = ((IDimseHandlers)new TapeUser()).Bindings[0];
        return (mount!.GetParameters()[1].ParameterType == typeof(AcmeTapeModule)) + "," + binding.Role + "," + string.Join(",", binding.EventTypes!);
        """));

    [TestMethod]
    public void Providers_NotifyByName() => Project(OnNAction + "public ValueTask<DimseResult<AcmeTapeNEventReportStatus>> Full(PeerLink peer, AcmeTapeModule tape) => NotifyTapeFullAsync(peer, \"1.2\", tape);").Run().MustCompile();

    /// <summary>PS3.4 Table CC.2-1 to CC.2-5: what is mandatory depends on the SOP classes that a provider is narrowed to. Un/Subscribe is all three of Table CC.2.3-1.</summary>
    [TestMethod]
    [DataRow("Push", "OnRequestUpsCancelAsync(NActionContext context, RequestUPSCancelModule", "OnNCreateAsync,OnNGetAsync")]
    [DataRow("Pull", "OnChangeUpsStateAsync(NActionContext context, ChangeUPSStateModule", "OnCFindAsync,OnNGetAsync,OnNSetAsync")]
    [DataRow("Watch", "OnRequestUpsCancelAsync(NActionContext context, RequestUPSCancelModule", "OnSubscribeToReceiveUpsEventReportsAsync,OnSuspendGlobalSubscriptionAsync,OnUnsubscribeFromReceivingUpsEventReportsAsync,OnNGetAsync,OnCFindAsync")]
    [DataRow("Watch", "OnSuspendGlobalSubscriptionAsync(NActionContext context, UPSSubscriptionEndModule", "OnRequestUpsCancelAsync,OnSubscribeToReceiveUpsEventReportsAsync,OnUnsubscribeFromReceivingUpsEventReportsAsync,OnNGetAsync,OnCFindAsync")]
    public void UnifiedProcedureSteps_AskForWhatTheirSopClassesHave(string sopClass, string written, string others) =>
        TestFiles.Pages.Aggregate(new TestProject(), static (project, path) => project.Page(File.ReadAllText(path), path, isStandard: true)).Source($$"""
            using System.Threading;
            using System.Threading.Tasks;
            using Specgen;
            using Specgen.Standard;

            [Scp<UnifiedProcedureStepServiceClass>(SopClasses = new[] { SopClassUids.UnifiedProcedureStep{{sopClass}} })]
            internal sealed partial class Steps
            {
                private partial ValueTask<DimseResult<UnifiedProcedureStepNActionStatus>> {{written}} information, CancellationToken cancellationToken) => default;
            }
            """).Run().MustLack(others.Split(','));

    private static TestProject Project(string methods) => new TestProject().Page(Page, "tape.rst").Source($$"""
        using System.Threading;
        using System.Threading.Tasks;
        using FellowOakDicom;
        using Specgen;
        using Specgen.Standard;

        [Scp<AcmeTapeServiceClass>]
        internal sealed partial class Tape { {{methods}} }

        [Scu<AcmeTapeServiceClass>]
        internal sealed partial class TapeUser
        {
            private partial ValueTask<DimseResult<AcmeTapeNEventReportStatus>> OnTapeFullAsync(NEventReportContext context, AcmeTapeModule information, CancellationToken cancellationToken) => new(AcmeTapeNEventReportStatus.Success);
            private partial ValueTask<DimseResult<AcmeTapeNEventReportStatus>> OnTapeTornAsync(NEventReportContext context, CancellationToken cancellationToken) => new(AcmeTapeNEventReportStatus.Success);
        }
        """);

    private static string Ask(string methods, string body) => Project(methods).Source($$"""
        using System;
        using System.Reflection;
        using FellowOakDicom;
        using Specgen;
        using Specgen.Standard;

        internal static class Body
        {
            internal static string Run()
            {
                {{body}}
            }

            /// <summary>The runtime makes contexts; here they are made past their constructors' accessibility.</summary>
            internal static string Answer(Specgen.Generated.ServiceBinding binding, ushort type)
            {
                var constructor = typeof(NActionContext).GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic)[0];
                var context = (NActionContext)constructor.Invoke(new object?[] { null, type, new DicomDataset { { DicomTag.PatientID, "P1" } } });
                return binding.NAction!(new Tape(), context, default).AsTask().GetAwaiter().GetResult().ErrorComment!;
            }
        }
        """, "Body.cs").Ask("Body.Run()");
}
