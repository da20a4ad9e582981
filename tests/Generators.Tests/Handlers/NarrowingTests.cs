using Microsoft.CodeAnalysis;

namespace Specgen.Generators.Tests.Handlers;

/// <summary>
/// What is mandatory follows the SOP classes that a provider or a user is narrowed to, on the pages whose SOP classes differ in their DIMSE services: PS3.4 Tables CC.2-1 to CC.2-5 and Annex H.
/// </summary>
[TestClass]
public sealed class NarrowingTests
{
    private const string Usings = """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using FellowOakDicom;
        using Specgen;
        using Specgen.Standard;

        """;

    private static readonly (string Name, string Role, string ServiceClass, string SopClasses, string Asked)[] s_cases =
    [
        ("Push", "Scp", "UnifiedProcedureStep", "UnifiedProcedureStepPush", "NAction NCreate NGet"),
        ("Pull", "Scp", "UnifiedProcedureStep", "UnifiedProcedureStepPull", "CFind NAction NGet NSet"),
        ("Watch", "Scp", "UnifiedProcedureStep", "UnifiedProcedureStepWatch", "CFind NAction NGet"),
        ("Event", "Scp", "UnifiedProcedureStep", "UnifiedProcedureStepEvent", ""),
        ("Query", "Scp", "UnifiedProcedureStep", "UnifiedProcedureStepQuery", "CFind"),
        ("PushAndQuery", "Scp", "UnifiedProcedureStep", "UnifiedProcedureStepPush, UnifiedProcedureStepQuery", "CFind NAction NCreate NGet"),
        ("WholeSteps", "Scp", "UnifiedProcedureStep", "", "CFind NAction NCreate NGet NSet"),
        ("PushUser", "Scu", "UnifiedProcedureStep", "UnifiedProcedureStepPush", ""),
        ("EventUser", "Scu", "UnifiedProcedureStep", "UnifiedProcedureStepEvent", "NEventReport"),
        ("FilmSession", "Scp", "PrintManagement", "BasicFilmSession", "NCreate NDelete NSet"),
        ("FilmBox", "Scp", "PrintManagement", "BasicFilmBox", "NAction NCreate NDelete"),
        ("ColorImageBox", "Scp", "PrintManagement", "BasicColorImageBox", "NSet"),
        ("PresentationLut", "Scp", "PrintManagement", "PresentationLUT", "NCreate NDelete"),
        ("Printer", "Scp", "PrintManagement", "Printer", "NGet"),
        ("GrayscaleMeta", "Scp", "PrintManagement", "BasicGrayscalePrintManagementMeta", "NAction NCreate NDelete NGet NSet"),
        ("PrintJobUser", "Scu", "PrintManagement", "PrintJob", "NEventReport"),
    ];

    private static readonly TestProject s_project = StandardPages.Project.Option("SpecgenServiceClasses", "UnifiedProcedureStep;PrintManagement");
    private static readonly Lazy<ILookup<string, string>> s_asked = new(static () => s_project
        .Source(Usings + string.Join("\n", s_cases.Select(static item => Attribute(item.Role, item.ServiceClass, item.SopClasses) + $" internal sealed partial class {item.Name} {{ }}"))).Run().Output
        .GetDiagnostics().Where(static diagnostic => diagnostic.Id == "CS8795")
        .Select(static diagnostic => diagnostic.GetMessage().Split('\'')[1].Split('(')[0].Split('.'))
        .ToLookup(static name => name[^2], static name => name[^1]));

    public static IEnumerable<object[]> Cases => s_cases.Select(static item => new object[] { item.Name, item.Asked });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void TheCompilerAsksFor(string name, string operations) => Assert.AreEqual(
        operations, string.Join(' ', s_asked.Value[name].Select(static method => method["On".Length..^"Async".Length]).Order(StringComparer.Ordinal)));

    /// <summary>A handler that none of the SOP classes has would never be called.</summary>
    [TestMethod]
    public void AHandlerOfAnotherSopClass_IsReported()
    {
        var run = s_project.Source(Usings + Attribute("Scp", "UnifiedProcedureStep", "UnifiedProcedureStepQuery") + """
             internal sealed partial class Steps
            {
                private partial IAsyncEnumerable<CFindResult<UnifiedProcedureStepCFindStatus>> OnCFindAsync(CFindContext context, CancellationToken cancellationToken) => throw null!;
                private partial ValueTask<DimseResult<UnifiedProcedureStepNCreateStatus>> OnNCreateAsync(NCreateContext context, CancellationToken cancellationToken) => throw null!;
            }
            """).Run();
        var diagnostic = run.Single("SPG1005");
        Assert.AreEqual("OnNCreateAsync", run.TextAt(diagnostic));
        StringAssert.Contains(diagnostic.GetMessage(), "expected OnCFindAsync");
    }

    /// <summary>One class for two SOP classes: each is given the operations that its own table has, so that the other's are answered 0211.</summary>
    [TestMethod]
    public void EachSopClass_HasItsOwnOperations() => Assert.AreEqual(
        "UnifiedProcedureStepPush: NGet NAction NCreate; UnifiedProcedureStepWatch: CFind NGet NAction",
        s_project.Source(Usings + Attribute("Scp", "UnifiedProcedureStep", "UnifiedProcedureStepPush, UnifiedProcedureStepWatch") + """
             internal sealed partial class Steps
            {
                private partial IAsyncEnumerable<CFindResult<UnifiedProcedureStepCFindStatus>> OnCFindAsync(CFindContext context, CancellationToken cancellationToken) => throw null!;
                private partial ValueTask<DimseResult<UnifiedProcedureStepNGetStatus>> OnNGetAsync(NGetContext context, CancellationToken cancellationToken) => throw null!;
                private partial ValueTask<DimseResult<UnifiedProcedureStepNCreateStatus>> OnNCreateAsync(NCreateContext context, CancellationToken cancellationToken) => throw null!;
                private partial ValueTask<DimseResult<UnifiedProcedureStepNActionStatus>> OnNActionAsync(NActionContext context, CancellationToken cancellationToken) => throw null!;
            }

            internal static class Help
            {
                internal static string Of(Specgen.Generated.ServiceBinding b) => string.Join(" ", new[]
                {
                    b.CFind is null ? "" : "CFind", b.NGet is null ? "" : "NGet", b.NSet is null ? "" : "NSet", b.NAction is null ? "" : "NAction", b.NCreate is null ? "" : "NCreate", b.NDelete is null ? "" : "NDelete",
                }.Where(static name => name.Length > 0));
            }
            """).Ask("string.Join(\"; \", ((IDimseHandlers)new Steps()).Bindings.SelectMany(b => b.SopClasses.Select(c => (c.Keyword, Text: c.Keyword + \": \" + Help.Of(b)))).OrderBy(p => p.Keyword, StringComparer.Ordinal).Select(p => p.Text))"));

    /// <summary>An action that is for one SOP class of a provider is unknown (0123) to the other one.</summary>
    [TestMethod]
    public void EachSopClass_HasItsOwnActions() => Assert.AreEqual(
        "UnifiedProcedureStepPull: 1; UnifiedProcedureStepPush: 2",
        s_project.Source(Usings + Attribute("Scp", "UnifiedProcedureStep", "UnifiedProcedureStepPush, UnifiedProcedureStepPull") + """
             internal sealed partial class Steps
            {
                private partial IAsyncEnumerable<CFindResult<UnifiedProcedureStepCFindStatus>> OnCFindAsync(CFindContext context, CancellationToken cancellationToken) => throw null!;
                private partial ValueTask<DimseResult<UnifiedProcedureStepNGetStatus>> OnNGetAsync(NGetContext context, CancellationToken cancellationToken) => throw null!;
                private partial ValueTask<DimseResult<UnifiedProcedureStepNSetStatus>> OnNSetAsync(NSetContext context, CancellationToken cancellationToken) => throw null!;
                private partial ValueTask<DimseResult<UnifiedProcedureStepNCreateStatus>> OnNCreateAsync(NCreateContext context, CancellationToken cancellationToken) => throw null!;
                private partial ValueTask<DimseResult<UnifiedProcedureStepNActionStatus>> OnChangeUpsStateAsync(NActionContext context, ChangeUPSStateModule information, CancellationToken cancellationToken) => throw null!;
                private partial ValueTask<DimseResult<UnifiedProcedureStepNActionStatus>> OnRequestUpsCancelAsync(NActionContext context, RequestUPSCancelModule information, CancellationToken cancellationToken) => throw null!;
            }
            """).Ask("string.Join(\"; \", ((IDimseHandlers)new Steps()).Bindings.SelectMany(b => b.SopClasses.Select(c => (c.Keyword, Text: c.Keyword + \": \" + string.Join(\" \", b.ActionTypes!)))).OrderBy(p => p.Keyword, StringComparer.Ordinal).Select(p => p.Text))"));

    /// <summary>Print jobs and printers have an event 1 each, and both have a failure (PS3.4 Tables H.4-14 and H.4-16).</summary>
    [TestMethod]
    public void TypesThatShareAnId_GoToTheMethodOfTheirSopClass() =>
        s_project.Source(Usings + Attribute("Scu", "PrintManagement", "PrintJob, Printer") + " internal sealed partial class Prints { private partial ValueTask<DimseResult<PrintManagementNEventReportStatus>> OnPendingAsync(NEventReportContext context, PrintJobModule information, CancellationToken cancellationToken) => throw null!; }")
            .Run().MustLack("OnPrintingAsync", "OnDoneAsync", "OnFailure4Async", "OnNormalAsync", "OnWarningAsync", "OnFailure3Async");

    private static string Attribute(string role, string serviceClass, string sopClasses) => $"[{role}<{serviceClass}ServiceClass>"
        + (sopClasses.Length == 0 ? "" : $"(SopClasses = new[] {{ {string.Join(", ", sopClasses.Split(", ").Select(static sop => "SopClassUids." + sop))} }})") + "]";
}
