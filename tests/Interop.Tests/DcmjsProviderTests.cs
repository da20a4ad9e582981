using System.Text.Json.Nodes;
using FellowOakDicom;
using Specgen.Interop.Tests.Data;
using Specgen.Interop.Tests.Peers;
using Specgen.Interop.Tests.Services;
using Specgen.Standard;

namespace Specgen.Interop.Tests;

/// <summary>Users of ours with dcmjs-dimse as provider.</summary>
[TestClass]
public sealed class DcmjsProviderTests
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = Loopback.FreePort();

    [TestCleanup]
    public void Clear() => _folder.Dispose();

    [TestMethod]
    public async Task TakesInstances()
    {
        await using var provider = await Dcmjs.ServeAsync(_port, settings => settings["folder"] = _folder.Sub("stored"));
        var files = await Task.WhenAll(new[] { "ct", "mr", "multi-frame", "ct-rle" }.Select(TestFiles.GetAsync));
        var options = Options();
        options.ProposeFor(files.Select(static file => file.Path));

        await using (var user = new StorageUser())
        {
            await user.ConnectAsync(options);
            foreach (var file in files)
            {
                Assert.AreEqual(StorageCStoreStatus.Success, (await user.CStoreAsync(file.Path)).Status, provider.Output);
            }
        }

        foreach (var file in files)
        {
            await Dcmjs.AssertSameAsync(file.Path, Path.Combine(_folder["stored"], file.InstanceUid + ".dcm"));
        }

        await provider.WaitForOutputAsync("\"released\"");
    }

    [TestMethod]
    public async Task FindsGetsAndMoves()
    {
        var files = await Task.WhenAll(new[] { "ct", "mr" }.Select(TestFiles.GetAsync));
        await using var receiver = await DicomScp.StartAsync(
            new DicomScpOptions { Address = "127.0.0.1", Port = 0, AETitle = "RECEIVER", ReceiveFolder = _folder["receiving"] }, new InstanceReceiver(_folder.Sub("moved")));
        await using var provider = await Dcmjs.ServeAsync(_port, settings =>
        {
            settings["peers"] = new JsonObject { ["RECEIVER"] = receiver.Port };
            settings["files"] = new JsonArray([.. files.Select(static file => new JsonObject { ["study"] = file.StudyUid, ["path"] = file.Path })]);
            settings["matches"] = new JsonArray([.. files.Select(static file => new JsonObject { ["QueryRetrieveLevel"] = "STUDY", ["PatientName"] = "Müller^" + file.Name, ["SpecificCharacterSet"] = "ISO_IR 192", ["StudyInstanceUID"] = file.StudyUid })]);
        });
        await using var user = new StudyUser();
        var options = Options();
        options.ReceiveFolder = _folder["arriving"];
        options.ReceiveSopClasses = [SopClassUids.CTImageStorage, SopClassUids.MRImageStorage];
        await user.ConnectAsync(options);

        var query = user.CFindAsync(new DicomDataset { { DicomTag.QueryRetrieveLevel, "STUDY" }, { DicomTag.PatientName, "" }, { DicomTag.StudyInstanceUID, "" } });
        var found = new List<string>();
        await foreach (var match in query)
        {
            found.Add($"{match.GetString(DicomTag.PatientName)} {match.GetString(DicomTag.StudyInstanceUID)}");
        }

        CollectionAssert.AreEqual(files.Select(static file => $"Müller^{file.Name} {file.StudyUid}").ToList(), found, provider.Output);
        Assert.AreEqual(QueryRetrieveCFindStatus.Success, query.Result!.Value.Status);

        foreach (var file in files)
        {
            var got = await user.CGetAsync<StorageCStoreStatus>(Study(file), async (context, token) =>
            {
                await context.SaveToAsync(_folder.Sub("got"), token);
                return StorageCStoreStatus.Success;
            });
            Assert.AreEqual((QueryRetrieveCGetStatus.Success, 1), (got.Result.Status, got.Completed), provider.Output);
            await Dcmjs.AssertSameAsync(file.Path, Path.Combine(_folder["got"], file.InstanceUid + ".dcm"));

            var moved = await user.CMoveAsync(Study(file), "RECEIVER");
            Assert.AreEqual((QueryRetrieveCMoveStatus.Success, 1), (moved.Result.Status, moved.Completed), provider.Output);
            await Dcmjs.AssertSameAsync(file.Path, Path.Combine(_folder["moved"], file.InstanceUid + ".dcm"));
        }

        var unknown = await user.CMoveAsync(Study(files[0]), "NOBODY");
        Assert.AreEqual(QueryRetrieveCMoveStatus.MoveDestinationUnknown, unknown.Result.Status, provider.Output);
    }

    [TestMethod]
    public async Task IsCancelledInTheMiddleOfTenThousandMatches()
    {
        await using var provider = await Dcmjs.ServeAsync(_port);
        await using var user = new StudyUser();
        var association = await user.ConnectAsync(Options());

        var query = user.CFindAsync(new DicomDataset { { DicomTag.QueryRetrieveLevel, "STUDY" }, { DicomTag.PatientID, "MANY" }, { DicomTag.StudyInstanceUID, "" } });
        var seen = 0;
        await foreach (var _ in query)
        {
            if (++seen == 20)
            {
                break;
            }
        }

        Assert.AreEqual(StatusCategory.Cancel, query.Result!.Value.Status.Category(), provider.Output);
        Assert.IsLessThan(10_000, DcmjsEvents.Of(provider).The("found").GetProperty("made").GetInt32());
        Assert.IsTrue(association.IsOpen);
    }

    [TestMethod]
    public async Task CommitsInstances()
    {
        await using var provider = await Dcmjs.ServeAsync(_port);
        await using var user = new CommitmentUser();
        await user.ConnectAsync(Options());
        var request = new StorageCommitmentModule(new DicomDataset()) { TransactionUid = "1.2.3.4" };
        var item = request.ReferencedSopSequence.Add();
        (item.ReferencedSopClassUid, item.ReferencedSopInstanceUid) = (SopClassUids.CTImageStorage, "1.2.3.5");

        var answer = await user.RequestStorageCommitmentAsync(WellKnownSopInstanceUids.StorageCommitmentPushModelInstance, request);

        Assert.AreEqual(StorageCommitmentNActionStatus.Success, answer.Status, provider.Output);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var (type, report) = user.Reports.Take(limit.Token);
        Assert.AreEqual((1, "1.2.3.4"), (type, report!.GetString(DicomTag.TransactionUID)));
        await provider.WaitForOutputAsync("{\"event\":\"reported\",\"status\":0}");
    }

    [TestMethod]
    public async Task KeepsManagedInstances()
    {
        await using var provider = await Dcmjs.ServeAsync(_port);
        await using var steps = new PerformedStepUser();
        await steps.ConnectAsync(Options());
        var begun = new DicomDataset { { DicomTag.SpecificCharacterSet, "ISO_IR 192" }, { DicomTag.PatientName, "Müller^Änne" }, { DicomTag.PerformedProcedureStepStatus, "IN PROGRESS" } };

        var created = await steps.NCreateAsync("1.2.3.9", begun);
        var again = await steps.NCreateAsync("1.2.3.9", begun);
        var unnamed = await steps.NCreateAsync(null, begun);
        var changed = await steps.NSetAsync("1.2.3.9", new DicomDataset { { DicomTag.PerformedProcedureStepStatus, "COMPLETED" } });
        var unknown = await steps.NSetAsync("1.2.3.8", new DicomDataset { { DicomTag.PerformedProcedureStepStatus, "COMPLETED" } });
        var all = await steps.NGetAsync("1.2.3.9", null);
        // Of a list of one attribute it makes a list of none.
        var some = await steps.NGetAsync("1.2.3.9", [DicomTag.PerformedProcedureStepStatus, DicomTag.Modality]);

        Assert.AreEqual(ModalityPerformedProcedureStepNCreateStatus.Success, created.Status, provider.Output);
        Assert.AreEqual(ModalityPerformedProcedureStepNCreateStatus.DuplicateSopInstance, again.Status, provider.Output);
        Assert.AreEqual(ModalityPerformedProcedureStepNCreateStatus.Success, unnamed.Status, provider.Output);
        Assert.IsFalse(string.IsNullOrEmpty(unnamed.AffectedSopInstanceUid), "a UID of the provider's");
        Assert.AreEqual(ModalityPerformedProcedureStepNSetStatus.Success, changed.Status, provider.Output);
        Assert.AreEqual(ModalityPerformedProcedureStepNSetStatus.NoSuchSopInstance, unknown.Status, provider.Output);
        Assert.AreEqual(("Müller^Änne", "COMPLETED"), (all.Dataset!.GetString(DicomTag.PatientName), all.Dataset.GetString(DicomTag.PerformedProcedureStepStatus)), provider.Output);
        Assert.AreEqual("COMPLETED", some.Dataset!.GetString(DicomTag.PerformedProcedureStepStatus));
        Assert.IsFalse(some.Dataset.Contains(DicomTag.PatientName), provider.Output);

        await using var print = new PrintUser();
        await print.ConnectAsync(Options());
        Assert.AreEqual(PrintManagementNCreateStatus.Success, (await print.NCreateAsync(SopClasses.BasicFilmSession, "1.2.3.10", null)).Status, provider.Output);
        Assert.AreEqual(PrintManagementNDeleteStatus.Success, (await print.NDeleteAsync(SopClasses.BasicFilmSession, "1.2.3.10")).Status, provider.Output);
        Assert.AreEqual(PrintManagementNDeleteStatus.NoSuchSopInstance, (await print.NDeleteAsync(SopClasses.BasicFilmSession, "1.2.3.10")).Status, provider.Output);
    }

    [TestMethod]
    public async Task IsToldWhoAsks()
    {
        await using var provider = await Dcmjs.ServeAsync(_port, static settings => settings["user"] = new JsonObject { ["name"] = "ann", ["passcode"] = "secret" });
        await using var user = new StudyUser();
        var options = Options();
        options.UserIdentity = UserIdentity.User("ann", "secret");
        var association = await user.ConnectAsync(options);
        Assert.IsNotNull(association.UserIdentityResponse);
        await association.ReleaseAsync();

        options.UserIdentity = UserIdentity.User("ann", "wrong");
        await using var stranger = new StudyUser();
        await Assert.ThrowsExactlyAsync<AssociationRejectedException>(async () => await stranger.ConnectAsync(options));
    }

    [TestMethod]
    public async Task AnswersSeveralRequestsAtATime()
    {
        await using var provider = await Dcmjs.ServeAsync(_port, static settings => settings["matches"] = new JsonArray(new JsonObject { ["PatientID"] = "P1" }));
        await using var user = new StudyUser();
        var options = Options();
        options.MaxAsyncOperations = 8;
        var association = await user.ConnectAsync(options);

        // It takes the window as it is proposed.
        Assert.AreEqual(8, association.MaxAsyncOperations, provider.Output);
        var queries = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
        {
            var query = user.CFindAsync(new DicomDataset { { DicomTag.QueryRetrieveLevel, "STUDY" }, { DicomTag.PatientID, "" } });
            var found = 0;
            await foreach (var match in query)
            {
                found++;
            }

            return (found, query.Result!.Value.Status);
        }));

        Assert.IsTrue(queries.All(static q => q == (1, QueryRetrieveCFindStatus.Success)), provider.Output);
    }

    private static DicomDataset Study(TestFile file) => new() { { DicomTag.QueryRetrieveLevel, "STUDY" }, { DicomTag.StudyInstanceUID, file.StudyUid } };

    private ScuOptions Options() => new("127.0.0.1", _port) { CallingAE = "RECEIVER", CalledAE = "DCMJS", RequestTimeout = TimeSpan.FromSeconds(30) };
}
