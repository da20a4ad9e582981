using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using FellowOakDicom;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;
using Specgen.Interop.Tests.Services;
using Specgen.Standard;

namespace Specgen.Interop.Tests;

/// <summary>
/// Notifications of providers of ours to those who want them: dcmjs-dimse, as a provider that takes an association of ours and as a user over its own, and users of
/// ours that listen.
/// </summary>
[TestClass]
public sealed class NotificationTests
{
    private const string Step = "1.2.3.4.5";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = Loopback.FreePort();

    [TestCleanup]
    public void Clear() => _folder.Dispose();

    [TestMethod]
    public async Task OfUnifiedProcedureStepsToEverySubscriber()
    {
        var steps = new UnifiedSteps();
        await using var watcher = await Dcmjs.ServeAsync(_port);
        await using var user = new UnifiedStepUser();
        await using var listening = await DicomScp.StartAsync(Options("LISTENER"), user);
        await using var scp = await StartAsync(steps, ("WATCHER", _port), ("LISTENER", listening.Port));
        await user.ConnectAsync(new ScuOptions("127.0.0.1", scp.Port) { CallingAE = "MODALITY", CalledAE = "PROVIDER" });

        foreach (var receiver in new[] { "WATCHER", "LISTENER" })
        {
            var subscribed = await user.SubscribeToReceiveUpsEventReportsAsync(
                WellKnownSopInstanceUids.UPSGlobalSubscriptionInstance, new UPSSubscriptionModule(new DicomDataset()) { ReceivingAE = receiver, DeletionLock = "FALSE" });
            Assert.AreEqual(UnifiedProcedureStepNActionStatus.Success, subscribed.Status);
        }

        Assert.AreEqual(UnifiedProcedureStepNCreateStatus.Success, (await user.NCreateAsync(Step, new DicomDataset { { DicomTag.ProcedureStepState, "SCHEDULED" } })).Status);
        AssertAnswered(steps.Answers, 2);
        var unsubscribed = await user.UnsubscribeFromReceivingUpsEventReportsAsync(
            WellKnownSopInstanceUids.UPSGlobalSubscriptionInstance, new UPSSubscriptionEndModule(new DicomDataset()) { ReceivingAE = "LISTENER" });
        Assert.AreEqual(UnifiedProcedureStepNActionStatus.Success, unsubscribed.Status);
        Assert.AreEqual(UnifiedProcedureStepNActionStatus.Success, (await user.RequestUpsCancelAsync(SopClasses.UnifiedProcedureStepPush, Step, new RequestUPSCancelModule(new DicomDataset()))).Status);
        AssertAnswered(steps.Answers, 1);

        var told = Take(user.Told);
        Assert.AreEqual((Step, 1, "SCHEDULED"), (told.SopInstanceUid, told.EventTypeId, told.Dataset!.GetString(DicomTag.ProcedureStepState)));
        Assert.IsEmpty(user.Told);
        // All messages about steps name the Push SOP class (PS3.4 §CC.3.1).
        CollectionAssert.AreEqual(
            new[] { $"{SopClassUids.UnifiedProcedureStepPush} {Step} 1 SCHEDULED", $"{SopClassUids.UnifiedProcedureStepPush} {Step} 1 CANCELED" },
            DcmjsEvents.Of(watcher).Named("notified").Select(static e => $"{Notification(e)} {e.GetProperty("data").GetProperty("ProcedureStepState").GetString()}").ToList(),
            watcher.Output);
    }

    [TestMethod]
    public async Task OfPerformedProcedureStepsToThoseWhoWatch()
    {
        var steps = new PerformedSteps("WATCHER", "LISTENER");
        await using var watcher = await Dcmjs.ServeAsync(_port);
        await using var user = new PerformedStepUser();
        await using var listening = await DicomScp.StartAsync(Options("LISTENER"), user);
        await using var scp = await StartAsync(steps, ("WATCHER", _port), ("LISTENER", listening.Port));

        var performed = await Dcmjs.RunAsync(
            scp.Port,
            "PROVIDER",
            [
                Request("N-CREATE", SopClassUids.ModalityPerformedProcedureStep, Step, new JsonObject { ["PerformedProcedureStepStatus"] = "IN PROGRESS", ["PatientID"] = "P1" }),
                Request("N-SET", SopClassUids.ModalityPerformedProcedureStep, Step, new JsonObject { ["PerformedProcedureStepStatus"] = "COMPLETED" }),
            ]);

        performed.Succeeded(2);
        AssertAnswered(steps.Answers, 4);
        foreach (var type in new ushort[] { 1, 2 })
        {
            var told = Take(user.Told);
            Assert.AreEqual((SopClassUids.ModalityPerformedProcedureStepNotification, Step, type), (told.SopClass.Uid, told.SopInstanceUid, told.EventTypeId));
        }

        CollectionAssert.AreEqual(
            new[] { $"{SopClassUids.ModalityPerformedProcedureStepNotification} {Step} 1", $"{SopClassUids.ModalityPerformedProcedureStepNotification} {Step} 2" },
            DcmjsEvents.Of(watcher).Named("notified").Select(Notification).ToList(),
            watcher.Output);
        // Who has been told asks what it is about.
        await user.ConnectAsync(new ScuOptions("127.0.0.1", scp.Port) { CallingAE = "LISTENER", CalledAE = "PROVIDER" });
        var read = await user.NGetAsync(Step, [DicomTag.PatientID, DicomTag.PerformedProcedureStepStatus]);
        Assert.AreEqual(("P1", "COMPLETED"), (read.Dataset!.GetString(DicomTag.PatientID), read.Dataset.GetString(DicomTag.PerformedProcedureStepStatus)));
    }

    [TestMethod]
    public async Task OfPrintJobsAndThePrinterOverTheSameAssociation()
    {
        var printer = new PrintServer();
        await using var scp = await StartAsync(printer);
        const string Session = "1.2.3.10", Film = "1.2.3.11";
        JsonObject Meta(string command, string sopClass, string instance, JsonObject? data = null, int? type = null)
        {
            var request = Request(command, sopClass, instance, data);
            request["metaSopClass"] = SopClassUids.BasicGrayscalePrintManagementMeta;
            request["type"] = type;
            return request;
        }

        var printed = await Dcmjs.RunAsync(
            scp.Port,
            "PROVIDER",
            [
                Meta("N-GET", SopClassUids.Printer, WellKnownSopInstanceUids.PrinterInstance),
                Meta("N-CREATE", SopClassUids.BasicFilmSession, Session, new JsonObject { ["NumberOfCopies"] = "1" }),
                Meta("N-CREATE", SopClassUids.BasicFilmBox, Film, new JsonObject { ["ImageDisplayFormat"] = "STANDARD\\1,1", ["ReferencedFilmSessionSequence"] = new JsonArray(new JsonObject { ["ReferencedSOPClassUID"] = SopClassUids.BasicFilmSession, ["ReferencedSOPInstanceUID"] = Session }) }),
                Meta("N-SET", SopClassUids.BasicGrayscaleImageBox, Film + ".1", new JsonObject { ["ImageBoxPosition"] = 1 }),
                Meta("N-ACTION", SopClassUids.BasicFilmBox, Film, type: 1),
                Meta("N-DELETE", SopClassUids.BasicFilmSession, Session),
            ],
            static job =>
            {
                job["contexts"] = new JsonArray(SopClassUids.PrintJob);
                job["linger"] = 2000;
            });

        printed.Succeeded(6);
        Assert.AreEqual("NORMAL", printed.Final(0).GetProperty("data").GetProperty("PrinterStatus").GetString(), printed.Output);
        StringAssert.Contains(printed.Final(2).GetProperty("data").GetProperty("ReferencedImageBoxSequence").GetRawText(), Film + ".1");
        AssertAnswered(printer.Answers, 4);
        CollectionAssert.AreEqual(
            new[] { $"{SopClassUids.PrintJob} {Film}.99 1", $"{SopClassUids.PrintJob} {Film}.99 2", $"{SopClassUids.PrintJob} {Film}.99 3", $"{SopClassUids.Printer} {WellKnownSopInstanceUids.PrinterInstance} 2" },
            printed.Named("notified").Select(Notification).ToList(),
            printed.Output);
        Assert.DoesNotContain(Session, printer.Made);

        await using var user = new PrintUser();
        await user.ConnectAsync(new ScuOptions("127.0.0.1", scp.Port) { CallingAE = "PRINTS", CalledAE = "PROVIDER" });
        Assert.AreEqual(PrintManagementNActionStatus.Success, (await user.PrintAsync(SopClasses.BasicFilmBox, Film, null)).Status);
        AssertAnswered(printer.Answers, 4);
        CollectionAssert.AreEqual(
            new[] { "NORMAL", "NORMAL", "NORMAL", "SUPPLY EMPTY" },
            user.Told.Select(static told => told.Dataset!.GetSingleValueOrDefault(DicomTag.PrinterStatusInfo, "") is { Length: > 0 } info ? info : told.Dataset!.GetString(DicomTag.ExecutionStatusInfo)).ToList());
    }

    [TestMethod]
    public async Task OfThePrinterToAPeerWithoutAnAssociation()
    {
        var printer = new PrintServer();
        await using var watcher = await Dcmjs.ServeAsync(_port);
        await using var user = new PrintUser();
        await using var listening = await DicomScp.StartAsync(Options("LISTENER"), user);
        await using var scp = await StartAsync(printer, ("WATCHER", _port), ("LISTENER", listening.Port));

        Assert.AreEqual(PrintManagementNEventReportStatus.Success, await printer.WarnAsync(scp.LinkTo("WATCHER")), watcher.Output);
        Assert.AreEqual(PrintManagementNEventReportStatus.Success, await printer.WarnAsync(scp.LinkTo("LISTENER")));

        Assert.AreEqual($"{SopClassUids.Printer} {WellKnownSopInstanceUids.PrinterInstance} 2", Notification(DcmjsEvents.Of(watcher).The("notified")));
        var told = Take(user.Told);
        Assert.AreEqual((WellKnownSopInstanceUids.PrinterInstance, 2, "SUPPLY EMPTY"), (told.SopInstanceUid, told.EventTypeId, told.Dataset!.GetString(DicomTag.PrinterStatusInfo)));
    }

    [TestMethod]
    public async Task OfInstancesThatAreThere()
    {
        var notification = new InstanceAvailabilityNotificationModule(new DicomDataset()) { StudyInstanceUid = "1.2.3" };
        var series = notification.ReferencedSeriesSequence.Add();
        series.SeriesInstanceUid = "1.2.3.1";
        var instance = series.ReferencedSopSequence.Add();
        (instance.ReferencedSopClassUid, instance.ReferencedSopInstanceUid) = (SopClassUids.CTImageStorage, "1.2.3.1.1");
        (instance.InstanceAvailability, instance.RetrieveAETitle) = ("ONLINE", ["ARCHIVE"]);
        notification.ReferencedPerformedProcedureStepSequence.Clear();
        await using var watcher = await Dcmjs.ServeAsync(_port);
        await using var user = new AvailabilityUser();
        await user.ConnectAsync(new ScuOptions("127.0.0.1", _port) { CallingAE = "ARCHIVE", CalledAE = "WATCHER" });

        var answer = await user.NCreateAsync("1.2.3.4", notification.Dataset);

        Assert.AreEqual(InstanceAvailabilityNotificationNCreateStatus.Success, answer.Status, watcher.Output);
        var created = DcmjsEvents.Of(watcher).The("created");
        Assert.AreEqual((SopClassUids.InstanceAvailabilityNotification, "1.2.3.4"), (created.GetProperty("sopClass").GetString(), created.GetProperty("instance").GetString()));
        StringAssert.Contains(created.GetProperty("data").GetRawText(), "\"ONLINE\"");

        // And the other way round.
        var provider = new Availability();
        await using var scp = await StartAsync(provider);
        var told = await Dcmjs.RunAsync(
            scp.Port, "PROVIDER", [Request("N-CREATE", SopClassUids.InstanceAvailabilityNotification, "1.2.3.4", JsonNode.Parse(created.GetProperty("data").GetRawText())!.AsObject())]);
        told.Succeeded(1);
        var received = new InstanceAvailabilityNotificationModule(Take(provider.Told));
        Assert.AreEqual(
            ("1.2.3", "1.2.3.1", "1.2.3.1.1", "ONLINE"),
            (received.StudyInstanceUid, received.ReferencedSeriesSequence[0].SeriesInstanceUid, received.ReferencedSeriesSequence[0].ReferencedSopSequence[0].ReferencedSopInstanceUid, received.ReferencedSeriesSequence[0].ReferencedSopSequence[0].InstanceAvailability));
    }

    private static string Notification(JsonElement e) => $"{e.GetProperty("sopClass").GetString()} {e.GetProperty("instance").GetString()} {e.GetProperty("type").GetInt32()}";

    private static JsonObject Request(string command, string sopClass, string sopInstance, JsonObject? data) =>
        new() { ["command"] = command, ["sopClass"] = sopClass, ["sopInstance"] = sopInstance, ["data"] = data };

    private static T Take<T>(BlockingCollection<T> collection)
    {
        Assert.IsTrue(collection.TryTake(out var item, s_patience), "nothing came");
        return item;
    }

    private static void AssertAnswered<TStatus>(BlockingCollection<TStatus> answers, int count)
        where TStatus : struct, Enum
    {
        for (var i = 0; i < count; i++)
        {
            Assert.AreEqual(default, Take(answers));
        }
    }

    private DicomScpOptions Options(string title) => new() { Address = "127.0.0.1", Port = 0, AETitle = title, ReceiveFolder = _folder["receiving"] };

    private Task<DicomScp> StartAsync(IDimseHandlers provider, params (string AETitle, int Port)[] peers)
    {
        var options = Options("PROVIDER");
        foreach (var (title, port) in peers)
        {
            options.Peers[title] = new DicomPeer("127.0.0.1", port);
        }

        return DicomScp.StartAsync(options, provider);
    }
}
