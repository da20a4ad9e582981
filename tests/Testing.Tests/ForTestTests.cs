using FellowOakDicom;
using Specgen.Standard;
using Specgen.Testing.Tests.Services;

namespace Specgen.Testing.Tests;

/// <summary>Handlers alone: the contexts of all eleven DIMSE services, and what comes out.</summary>
[TestClass]
public sealed class ForTestTests
{
    private static readonly DicomDataset s_dataset = new() { { DicomTag.PatientName, "Test^Patient" } };

    public static IEnumerable<object[]> Contexts =>
    [
        [(Func<TestRequest?, DimseContext>)(CEchoContext.ForTest), ""],
        [(Func<TestRequest?, DimseContext>)(static r => CStoreContext.ForTest(Image("1.2.3"), r)), "1.2.3"],
        [(Func<TestRequest?, DimseContext>)(static r => CFindContext.ForTest(s_dataset, r)), ""],
        [(Func<TestRequest?, DimseContext>)(static r => CGetContext.ForTest(s_dataset, r)), ""],
        [(Func<TestRequest?, DimseContext>)(static r => CMoveContext.ForTest(s_dataset, "DESTINATION", r)), ""],
        [(Func<TestRequest?, DimseContext>)(static r => NGetContext.ForTest("1.2.3", [DicomTag.PatientName], r)), "1.2.3"],
        [(Func<TestRequest?, DimseContext>)(static r => NSetContext.ForTest("1.2.3", s_dataset, r)), "1.2.3"],
        [(Func<TestRequest?, DimseContext>)(static r => NActionContext.ForTest("1.2.3", 1, s_dataset, r)), "1.2.3"],
        [(Func<TestRequest?, DimseContext>)(static r => NCreateContext.ForTest(s_dataset, "1.2.3", r)), "1.2.3"],
        [(Func<TestRequest?, DimseContext>)(static r => NDeleteContext.ForTest("1.2.3", r)), "1.2.3"],
        [(Func<TestRequest?, DimseContext>)(static r => NEventReportContext.ForTest("1.2.3", 2, s_dataset, r)), "1.2.3"],
    ];

    [TestMethod]
    public void Contexts_are_of_all_services()
    {
        var contexts = typeof(DimseContext).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(DimseContext)));

        CollectionAssert.AreEquivalent(contexts.ToArray(), Contexts.Select(static row => ((Func<TestRequest?, DimseContext>)row[0])(null).GetType()).ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Contexts))]
    public void Context_says_what_the_request_says(Func<TestRequest?, DimseContext> make, string instance)
    {
        var request = new TestRequest
        {
            CallingAE = "ME",
            CalledAE = "YOU",
            RemoteHost = "10.0.0.1",
            MessageId = 7,
            SopClass = SopClasses.MRImageStorage,
            TransferSyntax = DicomTransferSyntax.ImplicitVRLittleEndian,
            UserIdentity = UserIdentity.User("user"),
        };

        var context = make(request);

        Assert.AreEqual(("ME", "YOU", "10.0.0.1", 7), (context.CallingAE, context.CalledAE, context.RemoteHost, (int)context.MessageId));
        Assert.AreSame(SopClasses.MRImageStorage, context.SopClass);
        Assert.AreEqual(DicomTransferSyntax.ImplicitVRLittleEndian, context.TransferSyntax);
        Assert.AreSame(request.UserIdentity, context.Association.UserIdentity);
        Assert.AreEqual(instance, context.SopInstanceUid);
        Assert.AreEqual("ME", context.Peer.AETitle);
    }

    [TestMethod]
    public void Contexts_of_their_own_services_have_their_own_things()
    {
        Assert.AreEqual("DESTINATION", CMoveContext.ForTest(s_dataset, "DESTINATION").MoveDestination);
        Assert.AreSame(s_dataset, CFindContext.ForTest(s_dataset, new TestRequest { IsRelational = true }).Identifier);
        Assert.IsTrue(CGetContext.ForTest(s_dataset, new TestRequest { IsRelational = true }).IsRelational);
        CollectionAssert.AreEqual(new[] { DicomTag.PatientName }, NGetContext.ForTest("1.2", [DicomTag.PatientName]).Attributes.ToArray());
        Assert.IsEmpty(NGetContext.ForTest("1.2").Attributes);
        Assert.AreSame(s_dataset, NSetContext.ForTest("1.2", s_dataset).ModificationList);
        Assert.AreEqual(3, NActionContext.ForTest("1.2", 3).ActionTypeId);
        Assert.AreEqual(4, NEventReportContext.ForTest("1.2", 4).EventTypeId);
        Assert.IsFalse(NCreateContext.ForTest(null, "1.2").IsSopInstanceUidAssigned);
        var assigned = NCreateContext.ForTest(s_dataset);
        Assert.IsTrue(assigned.IsSopInstanceUidAssigned && InstanceIdentity.IsUid(assigned.SopInstanceUid));
    }

    [TestMethod]
    public async Task Instance_is_received_as_if_it_came_over_the_network()
    {
        var folder = Directory.CreateTempSubdirectory("specgen-testing-").FullName;
        var file = Image("1.2.840.99");
        file.Dataset.Add(DicomTag.PixelData, new byte[1_000_000]);
        var context = CStoreContext.ForTest(file, new TestRequest { TransferSyntax = DicomTransferSyntax.ImplicitVRLittleEndian });

        Assert.AreEqual(SopClassUids.CTImageStorage, context.SopClass.Uid);
        Assert.AreEqual(new InstanceIdentity(SopClassUids.CTImageStorage, "1.2.840.99", "1.2.840.1", ""), await context.IdentifyAsync());
        Assert.IsGreaterThan(1_000_000, context.Length!.Value);
        Assert.AreEqual("Test^Patient", (await context.OpenAsync()).Dataset.GetString(DicomTag.PatientName));
        var path = await context.SaveToAsync(folder);

        Assert.AreEqual(Path.Combine(folder, "1.2.840.99.dcm"), path);
        Assert.AreEqual(DicomTransferSyntax.ImplicitVRLittleEndian.UID.UID, DicomFileHeader.Read(path).TransferSyntaxUid);
        Directory.Delete(folder, recursive: true);
    }

    [TestMethod]
    public void Instance_without_a_name_is_told_to_the_test() =>
        Assert.Throws<DicomDataException>(() => CStoreContext.ForTest(new DicomFile(new DicomDataset { { DicomTag.PatientName, "Nobody" } })));

    [TestMethod]
    public async Task Work_after_the_answer_and_notifications_are_seen()
    {
        var request = new TestRequest { SopClass = SopClasses.StorageCommitmentPushModel };
        var result = await new Promises().OnNActionAsync(NActionContext.ForTest("1.2.840.10008.1.20.1.1", 1, s_dataset, request), CancellationToken.None);
        Assert.AreEqual(StorageCommitmentNActionStatus.Success, result.Status);
        Assert.IsEmpty(request.Notifications);

        await request.CompleteAsync();
        await request.CompleteAsync();

        var notification = request.Notifications.Single();
        Assert.AreEqual((SopClassUids.StorageCommitmentPushModel, "1.2.840.10008.1.20.1.1", (ushort)1), (notification.SopClass.Uid, notification.SopInstanceUid, notification.EventTypeId));
    }

    [TestMethod]
    public async Task Peer_that_is_gone_gets_no_notification()
    {
        var request = new TestRequest { IsConnected = false };
        await new Promises().OnNActionAsync(NActionContext.ForTest("1.2", 1, s_dataset, request), CancellationToken.None);

        await Assert.ThrowsExactlyAsync<UnknownPeerException>(() => request.CompleteAsync());
    }

    [TestMethod]
    public async Task Private_handlers_are_called_by_their_context()
    {
        Assert.AreEqual(
            StorageCommitmentNEventReportStatus.Success,
            (await new CommitmentUser().CallAsync<StorageCommitmentNEventReportStatus>(NEventReportContext.ForTest("1.2", 1))).Status);
        Assert.AreEqual(
            StorageCommitmentNActionStatus.NoSuchActionType,
            (await new Promises().CallAsync<StorageCommitmentNActionStatus>(NActionContext.ForTest("1.2", 9, s_dataset, SopClasses.StorageCommitmentPushModel))).Status);

        var nobody = await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => new Promises().CallAsync<StorageCStoreStatus>(CStoreContext.ForTest(Image("1.2"))).AsTask());
        StringAssert.Contains(nobody.Message, "no handler for CStoreContext");
    }

    [TestMethod]
    public async Task Instances_of_retrievals_are_enumerated()
    {
        var identifier = new DicomDataset { { DicomTag.QueryRetrieveLevel, "STUDY" } };
        var provider = new Retriever(Image("1.2.1"), Image("1.2.2"));

        var moved = await provider.RetrieveAsync<QueryRetrieveCMoveStatus>(CMoveContext.ForTest(identifier, "DESTINATION")).ToListAsync();
        var got = await provider.RetrieveAsync<QueryRetrieveCGetStatus>(CGetContext.ForTest(identifier)).ToListAsync();
        var refused = await provider.RetrieveAsync<QueryRetrieveCMoveStatus>(CMoveContext.ForTest(s_dataset, "DESTINATION")).FirstAsync();

        CollectionAssert.AreEqual(new[] { "1.2.1", "1.2.2" }, moved.Select(static r => r.Instance!.SopInstanceUid).ToArray());
        CollectionAssert.AreEqual(new[] { "1.2.1", "1.2.2" }, got.Select(static r => r.Instance!.SopInstanceUid).ToArray());
        Assert.IsNull(moved[0].Result);
        Assert.AreEqual(StatusCategory.Failure, refused.Result!.Value.Status.Category());
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
            await provider.RetrieveAsync<QueryRetrieveCGetStatus>(CGetContext.ForTest(identifier), new CancellationToken(canceled: true)).ToListAsync());
    }

    internal static DicomFile Image(string instance) => new(new DicomDataset
    {
        { DicomTag.SOPClassUID, SopClassUids.CTImageStorage },
        { DicomTag.SOPInstanceUID, instance },
        { DicomTag.PatientName, "Test^Patient" },
        { DicomTag.StudyInstanceUID, "1.2.840.1" },
    });
}
