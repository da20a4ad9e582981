namespace Specgen.Generators.Tests.Handlers;

/// <summary>Modules of answers: replies to actions and events, attributes of managed instances.</summary>
[TestClass]
public sealed class ReplyTests
{
    private const string Page = """
        Acme Press Service Class
        ========================

        ========== ========== =================
        UID        SOP Class  Module
        ========== ========== =================
        1.3.99.6.1 AcmeSheet  Acme Sheet Module
        1.3.99.6.2 AcmePress
        ========== ========== =================

        +----------------+---------------------+
        | DIMSE Service  | Usage SCU/SCP       |
        +================+=====================+
        | *AcmeSheet*                          |
        +----------------+---------------------+
        | N-CREATE       | Mandatory/Mandatory |
        +----------------+---------------------+
        | N-SET          | Mandatory/Mandatory |
        +----------------+---------------------+
        | N-GET          | Mandatory/Mandatory |
        +----------------+---------------------+
        | N-ACTION       | Mandatory/Mandatory |
        +----------------+---------------------+
        | *AcmePress*                          |
        +----------------+---------------------+
        | N-ACTION       | Optional/Optional   |
        +----------------+---------------------+
        | N-EVENT-REPORT | Mandatory/Mandatory |
        +----------------+---------------------+

        +-------------+----+-------------------+-----------------+
        | Action Type | ID | Information       | Reply           |
        +=============+====+===================+=================+
        | *AcmeSheet*                                            |
        +-------------+----+-------------------+-----------------+
        | Press       | 1  | Acme Sheet Module | Acme Job Module |
        +-------------+----+-------------------+-----------------+
        | Smooth      | 2  |                   |                 |
        +-------------+----+-------------------+-----------------+
        | *AcmeSheet*                                            |
        +--------------------------------------------------------+
        | *AcmePress*                                            |
        +-------------+----+-------------------+-----------------+
        | Heat        | 3  |                   |                 |
        +-------------+----+-------------------+-----------------+

        ========== == =================
        Event Type ID Reply
        ========== == =================
        Jam        1  Acme Job Module
        ========== == =================

        N-CREATE Statuses
        -----------------

        ========== ======== =======
        Code (hex) Category Description
        ========== ======== =======
        0x0000     Success  Success
        0x0120     Failure  Missing Attribute
        ========== ======== =======

        N-SET Statuses
        --------------

        ========== ======== =======
        Code (hex) Category Description
        ========== ======== =======
        0x0000     Success  Success
        ========== ======== =======

        N-GET Statuses
        --------------

        ========== ======== =======
        Code (hex) Category Description
        ========== ======== =======
        0x0000     Success  Success
        0x0001     Warning  Not all attributes
        ========== ======== =======

        N-ACTION Statuses
        -----------------

        ========== ======== =======
        Code (hex) Category Description
        ========== ======== =======
        0x0000     Success  Success
        0xC600     Failure  Nothing to press
        ========== ======== =======

        N-EVENT-REPORT Statuses
        -----------------------

        ========== ======== =======
        Code (hex) Category Description
        ========== ======== =======
        0x0000     Success  Success
        ========== ======== =======

        Acme Sheet Module
        -----------------

        ============== =========== ==
        Attribute Name Tag         VR
        ============== =========== ==
        Patient ID     (0010,0020) LO
        ============== =========== ==

        Acme Job Module
        ---------------

        ============== =========== ==
        Attribute Name Tag         VR
        ============== =========== ==
        Study ID       (0020,0010) SH
        ============== =========== ==
        """;

    /// <summary>The page with a second SOP class that has N-GET, and with a module of its own.</summary>
    private static readonly string s_twoModules = Page.Replace("1.3.99.6.2 AcmePress\n", "1.3.99.6.2 AcmePress  Acme Job Module\n", StringComparison.Ordinal)
        .Replace("| N-EVENT-REPORT | Mandatory/Mandatory |\n", "| N-GET          | Mandatory/Mandatory |\n+----------------+---------------------+\n| N-EVENT-REPORT | Mandatory/Mandatory |\n", StringComparison.Ordinal);

    private const string Usings = """
        using System;
        using System.Linq;
        using System.Reflection;
        using System.Threading;
        using System.Threading.Tasks;
        using FellowOakDicom;
        using Specgen;
        using Specgen.Standard;

        """;

    private const string Create = "public partial ValueTask<DimseResult<AcmePressNCreateStatus>> OnNCreateAsync(NCreateContext context, CancellationToken cancellationToken) => new(AcmePressNCreateStatus.Success);";
    private const string Set = "public partial ValueTask<DimseResult<AcmePressNSetStatus>> OnNSetAsync(NSetContext context, CancellationToken cancellationToken) => new(AcmePressNSetStatus.Success);";
    private const string Get = "public partial ValueTask<DimseResult<AcmePressNGetStatus>> OnNGetAsync(NGetContext context, CancellationToken cancellationToken) => new(AcmePressNGetStatus.Success);";
    private const string Press = "public partial ValueTask<DimseResult<AcmePressNActionStatus, AcmeJobModule>> OnPressAsync(NActionContext context, AcmeSheetModule information, CancellationToken cancellationToken) => default;";
    private const string Smooth = "public partial ValueTask<DimseResult<AcmePressNActionStatus>> OnSmoothAsync(NActionContext context, CancellationToken cancellationToken) => new(AcmePressNActionStatus.Success);";
    private const string Heat = "public partial ValueTask<DimseResult<AcmePressNActionStatus>> OnHeatAsync(NActionContext context, CancellationToken cancellationToken) => new(AcmePressNActionStatus.Success);";

    [TestMethod]
    public void AnAction_AnswersWithItsModule() => Assert.AreEqual("0000 P1!|C600 none|0000 none", Ask(Smooth + Heat + Create + Set + Get + """
        public async partial ValueTask<DimseResult<AcmePressNActionStatus, AcmeJobModule>> OnPressAsync(NActionContext context, AcmeSheetModule information, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return information.PatientId switch
            {
                null => AcmePressNActionStatus.NothingToPress,
                "" => new AcmeJobModule(new DicomDataset()),
                var id => new AcmeJobModule(new DicomDataset()) { StudyId = id + "!" },
            };
        }
        """, "Press(\"P1\") + \"|\" + Press(null) + \"|\" + Press(\"\")"));

    [TestMethod]
    public void AnAnswerMayHaveMoreBesideItsModule_OrComeFromElsewhere() => Assert.AreEqual("0000 P1 so|C600 none no", Ask(Smooth + Heat + Create + Set + Get + """
        public async partial ValueTask<DimseResult<AcmePressNActionStatus, AcmeJobModule>> OnPressAsync(NActionContext context, AcmeSheetModule information, CancellationToken cancellationToken)
        {
            await Task.Yield();
            if (information.PatientId is not { } id)
            {
                return Refused();
            }

            return new(AcmePressNActionStatus.Success, new(new DicomDataset { { DicomTag.StudyID, id } })) { ErrorComment = "so" };
        }

        private static DimseResult<AcmePressNActionStatus> Refused() => new(AcmePressNActionStatus.NothingToPress) { ErrorComment = "no" };
        """, "Press(\"P1\", true) + \"|\" + Press(null, true)"));

    [TestMethod]
    public void AHandlerWithoutTheModuleOfItsAnswer_IsOneStill() => Assert.AreEqual("0000 P", Ask(Smooth + Heat + Create + Set + Get + """
        public partial ValueTask<DimseResult<AcmePressNActionStatus>> OnPressAsync(NActionContext context, AcmeSheetModule information, CancellationToken cancellationToken) =>
            new(new DimseResult<AcmePressNActionStatus>(AcmePressNActionStatus.Success) { Dataset = new DicomDataset { { DicomTag.StudyID, "P" } } });
        """, "Press(\"P1\")"));

    [TestMethod]
    public void AMandatoryHandlerThatIsMissing_IsAskedForWithTheModuleOfItsAnswer()
    {
        var run = Project(Smooth + Heat + Create + Set + Get).Run();
        run.MustLack("OnPressAsync");
        StringAssert.EndsWith(run.Single("SPG1010").GetMessage(), ": write 'private partial ValueTask<DimseResult<AcmePressNActionStatus, AcmeJobModule>> OnPressAsync(NActionContext context, AcmeSheetModule information, CancellationToken cancellationToken)'");
        StringAssert.Contains(run.Source("Press.Handlers"), "private partial global::System.Threading.Tasks.ValueTask<global::Specgen.DimseResult<global::Specgen.Standard.AcmePressNActionStatus, global::Specgen.Standard.AcmeJobModule>> OnPressAsync(");
    }

    [TestMethod]
    [DataRow("DimseResult<AcmePressNActionStatus, AcmeSheetModule>", "OnPressAsync(NActionContext context, AcmeSheetModule information, ", "ValueTask<DimseResult<AcmePressNActionStatus, AcmeJobModule>> OnPressAsync(NActionContext context, AcmeSheetModule information, CancellationToken")]
    [DataRow("DimseResult<AcmePressNActionStatus, AcmeJobModule>", "OnSmoothAsync(NActionContext context, ", "ValueTask<DimseResult<AcmePressNActionStatus>> OnSmoothAsync(NActionContext context, CancellationToken")]
    [DataRow("DimseResult<AcmePressNGetStatus, AcmeJobModule>", "OnNGetAsync(NGetContext context, ", "ValueTask<DimseResult<AcmePressNGetStatus, AcmeSheetModule>> OnNGetAsync(NGetContext context, CancellationToken")]
    [DataRow("DimseResult<AcmePressNGetStatus>", "OnNGetAsync(NGetContext context, AcmeSheetModule sheet, ", "ValueTask<DimseResult<AcmePressNGetStatus>> OnNGetAsync(NGetContext context, CancellationToken")]
    [DataRow("DimseResult<AcmePressNSetStatus>", "OnNSetAsync(NSetContext context, AcmeJobModule job, ", "ValueTask<DimseResult<AcmePressNSetStatus>> OnNSetAsync(NSetContext context, AcmeSheetModule information, CancellationToken")]
    [DataRow("DimseResult<AcmePressNSetStatus, AcmeJobModule>", "OnNSetAsync(NSetContext context, ", "ValueTask<DimseResult<AcmePressNSetStatus, AcmeSheetModule>> OnNSetAsync(NSetContext context, CancellationToken")]
    public void AnotherModuleThanThePages_IsReported(string result, string method, string expected)
    {
        var name = method[..(method.IndexOf('(', StringComparison.Ordinal) + 1)];
        var others = new[] { Press, Smooth, Heat, Create, Set, Get }.Where(other => !other.Contains(name, StringComparison.Ordinal));
        StringAssert.Contains(Project(string.Concat(others) + $"public partial ValueTask<{result}> {method}CancellationToken cancellationToken) => default;").Run().Single("SPG1004").GetMessage(), expected);
    }

    [TestMethod]
    public void ManagedInstances_ComeAndGoAsTheirModule() => Assert.AreEqual("0000 P1+|0120 none|0000 P2|0001 P3", Ask(Smooth + Heat + """
        public partial ValueTask<DimseResult<AcmePressNActionStatus>> OnPressAsync(NActionContext context, AcmeSheetModule information, CancellationToken cancellationToken) => default;

        public partial ValueTask<DimseResult<AcmePressNCreateStatus, AcmeSheetModule>> OnNCreateAsync(NCreateContext context, AcmeSheetModule sheet, CancellationToken cancellationToken) =>
            new(sheet.PatientId is null ? AcmePressNCreateStatus.MissingAttribute : new AcmeSheetModule(new DicomDataset()) { PatientId = sheet.PatientId + "+" });

        public partial ValueTask<DimseResult<AcmePressNSetStatus>> OnNSetAsync(NSetContext context, AcmeSheetModule changes, CancellationToken cancellationToken) =>
            new(new DimseResult<AcmePressNSetStatus> { Dataset = changes });

        public partial ValueTask<DimseResult<AcmePressNGetStatus, AcmeSheetModule>> OnNGetAsync(NGetContext context, CancellationToken cancellationToken) =>
            new(new DimseResult<AcmePressNGetStatus, AcmeSheetModule>(AcmePressNGetStatus.NotAllAttributes) { Reply = new(new DicomDataset { { DicomTag.PatientID, "P3" } }) });
        """,
        """
        string.Join("|",
            Tell(Sheet.NCreate!(new Press(), Context<NCreateContext>(null, false, new DicomDataset { { DicomTag.PatientID, "P1" } }), default)),
            Tell(Sheet.NCreate!(new Press(), Context<NCreateContext>(null, false, null), default)),
            Tell(Sheet.NSet!(new Press(), Context<NSetContext>(null, new DicomDataset { { DicomTag.PatientID, "P2" } }), default)),
            Tell(Sheet.NGet!(new Press(), Context<NGetContext>(null, Array.Empty<DicomTag>()), default)))
        """));

    /// <summary>What has the page's module is typed, in and out; a SOP class is asked for only where the type is of several.</summary>
    [TestMethod]
    public void Users_GetTheModuleOfTheAnswer()
    {
        var run = Project(Smooth + Heat + Create + Set + Get + "public partial ValueTask<DimseResult<AcmePressNActionStatus, AcmeJobModule>> OnPressAsync(NActionContext context, AcmeSheetModule information, CancellationToken cancellationToken) => default;").Source(Usings + """
            internal static class Use
            {
                internal static async Task<string?> Of(PressUser user, DicomDataset data)
                {
                    DimseResult<AcmePressNActionStatus, AcmeJobModule> pressed = await user.PressAsync("1.2", new AcmeSheetModule(data));
                    DimseResult<AcmePressNActionStatus> smoothed = await user.SmoothAsync("1.2", data);
                    DimseResult<AcmePressNActionStatus> heated = await user.HeatAsync(SopClasses.AcmePress, "1.2", null);
                    DimseResult<AcmePressNGetStatus, AcmeSheetModule> got = await user.NGetAsync("1.2", null);
                    DimseResult<AcmePressNGetStatus> untyped = await user.NGetAsync("1.2", null);
                    DimseResult<AcmePressNSetStatus, AcmeSheetModule> set = await user.NSetAsync("1.2", new AcmeSheetModule(data));
                    DimseResult<AcmePressNCreateStatus, AcmeSheetModule> made = await user.NCreateAsync(null, null);
                    return pressed.Reply?.StudyId + got.Reply?.PatientId + set.Reply?.PatientId + made.Reply?.PatientId + untyped.Dataset;
                }
            }
            """, "Use.cs").Run();
        run.MustCompile();
    }

    [TestMethod]
    public void Events_HaveReplies_OfUsersAndToProviders() => Project(Smooth + Heat + Create + Set + Get + """
        public partial ValueTask<DimseResult<AcmePressNActionStatus, AcmeJobModule>> OnPressAsync(NActionContext context, AcmeSheetModule information, CancellationToken cancellationToken) => default;

        public async Task<string?> Tell(PeerLink peer) => (await NotifyJamAsync(peer, "1.2", null)).Reply?.StudyId;
        """).Run().MustCompile();

    /// <summary>Where SOP classes exchange different modules, each may have a method; which one is called, the SOP class tells.</summary>
    [TestMethod]
    public void SopClassesWithModulesOfTheirOwn_HaveMethodsOfTheirOwn() => Assert.AreEqual("AcmeSheet 0000 P True|AcmePress 0000 S False", Project(Press + Smooth + Heat + Create + Set + """
        private partial ValueTask<DimseResult<AcmePressNGetStatus, AcmeSheetModule>> OnNGetAcmeSheetAsync(NGetContext context, CancellationToken cancellationToken) => new(new AcmeSheetModule(new DicomDataset()) { PatientId = "P" });
        private partial ValueTask<DimseResult<AcmePressNGetStatus, AcmeJobModule>> OnNGetAcmePressAsync(NGetContext context, CancellationToken cancellationToken) => new(new AcmeJobModule(new DicomDataset()) { StudyId = "S" });
        """, s_twoModules).Source(Usings + """
        internal static class Body
        {
            internal static string Run() => string.Join("|", ((IDimseHandlers)new Press()).Bindings.Select(Get));

            private static string Get(Specgen.Generated.ServiceBinding binding) => binding.NGet!(new Press(), null!, default).AsTask().GetAwaiter().GetResult() is var response
                ? $"{binding.SopClasses.Single().Keyword} {response.Status:X4} {response.Dataset!.GetString(response.Dataset!.First().Tag)} {binding.NCreate is not null}"
                : "";
        }
        """, "Body.cs").Ask("Body.Run()"));

    [TestMethod]
    [DataRow(Get, null)]
    [DataRow("private partial ValueTask<DimseResult<AcmePressNGetStatus, AcmeSheetModule>> OnNGetAcmeSheetAsync(NGetContext context, CancellationToken cancellationToken) => default;", "OnNGetAcmePressAsync")]
    [DataRow("", "OnNGetAsync")]
    public void OneMethodForAllSopClasses_IsStillOne_AndASecondOfTheirOwnIsAskedFor(string methods, string? missing) =>
        Project(Press + Smooth + Heat + Create + Set + methods, s_twoModules).Run().MustLack(missing is null ? [] : [missing]);

    [TestMethod]
    public void Users_AskEachSopClassForItsModule() => Project(Press + Smooth + Heat + Create + Set + Get, s_twoModules).Source(Usings + """
        internal static class Use
        {
            internal static async Task<string?> Of(PressUser user)
            {
                DimseResult<AcmePressNGetStatus, AcmeSheetModule> sheet = await user.NGetAcmeSheetAsync("1.2", null);
                DimseResult<AcmePressNGetStatus, AcmeJobModule> press = await user.NGetAcmePressAsync("1.2", new[] { DicomTag.StudyID });
                DimseResult<AcmePressNGetStatus> any = await user.NGetAsync(SopClasses.AcmePress, "1.2", null);
                return sheet.Reply?.PatientId + press.Reply?.StudyId + any.Dataset;
            }
        }
        """, "Use.cs").Run().MustCompile();

    private static TestProject Project(string methods, string page = Page) => new TestProject().Page(page, "press.rst").Source(Usings + $$"""
        [Scp<AcmePressServiceClass>]
        internal sealed partial class Press { {{methods}} }

        [Scu<AcmePressServiceClass>]
        internal sealed partial class PressUser
        {
            private partial ValueTask<DimseResult<AcmePressNEventReportStatus, AcmeJobModule>> OnJamAsync(NEventReportContext context, CancellationToken cancellationToken) =>
                new(new AcmeJobModule(new DicomDataset()) { StudyId = context.SopInstanceUid });
        }
        """);

    private static string Ask(string methods, string expression) => Project(methods).Source(Usings + $$"""
        internal static class Body
        {
            internal static readonly Specgen.Generated.ServiceBinding Sheet = ((IDimseHandlers)new Press()).Bindings.Single(binding => binding.NGet is not null);

            internal static string Run() => {{expression}};

            internal static string Press(string? id, bool comments = false) =>
                Tell(Sheet.NAction!(new Press(), Context<NActionContext>(null, (ushort)1, id is null ? null : new DicomDataset { { DicomTag.PatientID, id } }), default), comments);

            internal static string Tell(ValueTask<DimseResponse> answer, bool comments = false) => answer.AsTask().GetAwaiter().GetResult() is var response
                ? $"{response.Status:X4} {response.Dataset?.GetString(response.Dataset.First().Tag) ?? "none"}{(comments ? " " + response.ErrorComment : "")}"
                : "";

            /// <summary>The runtime makes contexts; here they are made past their constructors' accessibility.</summary>
            internal static T Context<T>(params object?[] arguments) => (T)typeof(T).GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic)[0].Invoke(arguments);
        }
        """, "Body.cs").Ask("Body.Run()");
}
