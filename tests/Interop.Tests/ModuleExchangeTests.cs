using FellowOakDicom;
using Specgen.Interop.Tests.Services;
using Specgen.Standard;

namespace Specgen.Interop.Tests;

/// <summary>Modules of requests and answers, from a user of ours to a provider of ours and back.</summary>
[TestClass]
public sealed class ModuleExchangeTests
{
    [TestMethod]
    public async Task Printing()
    {
        var provider = new PrintProvider();
        await using var scp = await StartAsync(provider);
        await using var user = new PrintUser();
        await user.ConnectAsync(Options(scp));

        var session = await user.NCreateBasicFilmSessionAsync("1.2.3.1", new BasicFilmSessionModule(new DicomDataset()) { FilmSessionLabel = "Films" });
        Assert.AreEqual((PrintManagementNCreateStatus.Success, "1", "Films"), (session.Status, session.Reply!.NumberOfCopies, session.Reply.FilmSessionLabel));

        var refused = await user.NCreateBasicFilmBoxAsync("1.2.3.2", null);
        Assert.AreEqual(PrintManagementNCreateStatus.MissingAttribute, refused.Status);
        CollectionAssert.AreEqual(new[] { DicomTag.ImageDisplayFormat }, refused.AttributeIdentifiers.ToArray());
        Assert.IsNull(refused.Reply);

        var box = new BasicFilmBoxModule(new DicomDataset()) { ImageDisplayFormat = @"STANDARD\1,1" };
        (box.ReferencedFilmSessionSequence.Add().ReferencedSopClassUid, box.ReferencedFilmSessionSequence[0].ReferencedSopInstanceUid) = (SopClassUids.BasicFilmSession, "1.2.3.1");
        var made = await user.NCreateBasicFilmBoxAsync(null, box);
        Assert.AreEqual("1.2.3.4.6", made.Reply!.ReferencedImageBoxSequence[0].ReferencedSopInstanceUid);
        StringAssert.StartsWith(made.AffectedSopInstanceUid!, "2.25.");

        var set = await user.NSetBasicFilmSessionAsync("1.2.3.1", new BasicFilmSessionModule(new DicomDataset()) { NumberOfCopies = "2" });
        Assert.AreEqual("2", set.Reply!.NumberOfCopies);
        Assert.AreEqual(PrintManagementNSetStatus.Success, (await user.NSetBasicGrayscaleImageBoxAsync("1.2.3.4.6", new BasicGrayscaleImageBoxModule(new DicomDataset()) { ImageBoxPosition = 1 })).Status);
        Assert.AreEqual(0x0211, (await user.NSetBasicFilmBoxAsync("1.2.3.2", box)).Code, "optional, and not written");

        var printed = await user.PrintAsync(SopClasses.BasicFilmBox, "1.2.3.2", null);
        Assert.AreEqual((PrintManagementNActionStatus.Success, PrintProvider.Job), (printed.Status, printed.Reply!.ReferencedPrintJobSequence.Single().ReferencedSopInstanceUid));
        var without = await user.PrintAsync(SopClasses.BasicFilmSession, "1.2.3.8", null);
        Assert.AreEqual((PrintManagementNActionStatus.Success, true), (without.Status, without.Reply is null));
        var failed = await user.PrintAsync(SopClasses.BasicFilmBox, "1.2.3.9", null);
        Assert.AreEqual((PrintManagementNActionStatus.NoSuchSopInstance, "There is no such film", true), (failed.Status, failed.ErrorComment, failed.Reply is null));

        Assert.AreEqual("NORMAL", (await user.NGetPrinterAsync(WellKnownSopInstanceUids.PrinterInstance, null)).Reply!.PrinterStatus);
        Assert.AreEqual("PRINTING", (await user.NGetPrintJobAsync(PrintProvider.Job, [DicomTag.ExecutionStatus])).Reply!.ExecutionStatus);
        Assert.AreEqual(PrintManagementNGetStatus.NoSuchSopInstance, (await user.NGetPrintJobAsync("1.2", null)).Status);
        CollectionAssert.AreEqual(new[] { "session Films", @"box STANDARD\1,1", "copies 2", "image 1", "print BasicFilmBox", "print BasicFilmSession", "print BasicFilmBox" }, provider.Asked);
    }

    [TestMethod]
    public async Task LoggingAnEvent()
    {
        await using var scp = await StartAsync(new EventLog());
        await using var user = new EventLogUser();
        await user.ConnectAsync(Options(scp));

        var answer = await user.RecordProceduralEventAsync(WellKnownSopInstanceUids.ProceduralEventLoggingInstance, new ProceduralEventLoggingModule(new DicomDataset()) { PatientId = "P1" });
        Assert.AreEqual((ApplicationEventLoggingNActionStatus.Success, "1.2.3.4", "P1"), (answer.Status, answer.Reply!.StudyInstanceUid, answer.Reply.PatientId));

        var untyped = await user.RecordSubstanceAdministrationEventAsync(WellKnownSopInstanceUids.SubstanceAdministrationLoggingInstance, new SubstanceAdministrationLoggingModule(new DicomDataset()) { SubstanceAdministrationDateTime = "20260105" });
        Assert.AreEqual((ApplicationEventLoggingNActionStatus.Success, true), (untyped.Status, untyped.Dataset is null));
    }

    /// <summary>The action names the Push SOP class and goes in the context of the Watch SOP class, the only one that has it (PS3.4 §CC.2.3.2).</summary>
    [TestMethod]
    public async Task WatchingSteps()
    {
        var provider = new WatchedSteps();
        await using var scp = await StartAsync(provider);
        await using var user = new StepWatcher();
        await user.ConnectAsync(Options(scp));

        var end = new UPSSubscriptionEndModule(new DicomDataset()) { ReceivingAE = "WATCHER" };
        Assert.AreEqual(UnifiedProcedureStepNActionStatus.Success, (await user.SuspendGlobalSubscriptionAsync(WellKnownSopInstanceUids.UPSGlobalSubscriptionInstance, end)).Status);
        Assert.AreEqual("WATCHER UnifiedProcedureStepWatch", provider.Suspended);

        var step = await user.NGetAsync(SopClasses.UnifiedProcedureStepWatch, "1.2.3", null);
        Assert.AreEqual("SCHEDULED", step.Reply!.ProcedureStepState);
    }

    private static Task<DicomScp> StartAsync(IDimseHandlers provider) => DicomScp.StartAsync(new DicomScpOptions { Address = "127.0.0.1", Port = 0, AETitle = "PROVIDER" }, provider);

    private static ScuOptions Options(DicomScp scp) => new("127.0.0.1", scp.Port) { CallingAE = "USER", CalledAE = "PROVIDER" };
}
