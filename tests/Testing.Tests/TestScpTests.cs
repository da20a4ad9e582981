using FellowOakDicom;
using Specgen.Standard;
using Specgen.Testing.Tests.Services;

namespace Specgen.Testing.Tests;

/// <summary>A server in memory: every way of talking to it, and what is told about it.</summary>
[TestClass]
public sealed class TestScpTests
{
    [TestMethod]
    public async Task Commitment_is_reported_over_the_association()
    {
        await using var scp = await TestScp.StartAsync(new Promises());
        await using var user = await scp.ConnectAsync<CommitmentUser>();

        var result = await user.NActionAsync("1.2.840.10008.1.20.1.1", StorageCommitmentAction.RequestStorageCommitment, new DicomDataset { { DicomTag.TransactionUID, "1.2.3" } });
        await user.Reported.Task.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.AreEqual(StorageCommitmentNActionStatus.Success, result.Status);
        CollectionAssert.AreEqual(new ushort[] { 1 }, user.Events);
        Assert.AreEqual(1, scp.AssociationCount);
    }

    /// <summary>Two servers and a user: the instances go from one to the other, and nothing of it over a socket.</summary>
    [TestMethod]
    public async Task Move_goes_to_another_server_in_memory()
    {
        var folder = Directory.CreateTempSubdirectory("specgen-testing-").FullName;
        await using (var destination = await TestScp.StartAsync(static o => o.AETitle = "DESTINATION", new ImageStore(folder)))
        await using (var archive = await TestScp.StartAsync(
            o => o.Peers["DESTINATION"] = destination.AsPeer(), new Retriever(ForTestTests.Image("1.2.1"), ForTestTests.Image("1.2.2"))))
        {
            await using var fetcher = await archive.ConnectAsync<Fetcher>();
            var identifier = new DicomDataset { { DicomTag.QueryRetrieveLevel, "STUDY" }, { DicomTag.StudyInstanceUID, "1.2.840.1" } };

            var outcome = await fetcher.CMoveAsync(identifier, "DESTINATION");

            Assert.AreEqual(2, outcome.Completed, archive.Transcript.ToString());
            StringAssert.Contains(destination.Transcript.ToString(), "C-STORE-RQ AffectedSOPClassUID=CT Image Storage (1.2.840.10008.5.1.4.1.1.2)");
        }

        CollectionAssert.AreEquivalent(new[] { "1.2.1.dcm", "1.2.2.dcm" }, Directory.GetFiles(folder).Select(Path.GetFileName).ToArray());
        Directory.Delete(folder, recursive: true);
    }

    [TestMethod]
    public async Task Instances_come_over_the_same_association()
    {
        await using var scp = await TestScp.StartAsync(new Retriever(ForTestTests.Image("1.2.1")));
        await using var association = await ScuAssociation.OpenAsync(new Fetcher(), With(scp.UserOptions(), static o => o.ReceiveSopClasses = [SopClassUids.CTImageStorage]));
        var names = new List<string>();

        var outcome = await association.CGetAsync<QueryRetrieveCGetStatus, StorageCStoreStatus>(
            SopClasses.StudyRootQueryRetrieveInformationModelGet,
            new DicomDataset { { DicomTag.QueryRetrieveLevel, "STUDY" }, { DicomTag.StudyInstanceUID, "1.2.840.1" } },
            (context, _) =>
            {
                names.Add(context.SopInstanceUid);
                return new(StorageCStoreStatus.Success);
            });

        Assert.AreEqual(1, outcome.Completed, scp.Transcript.ToString());
        CollectionAssert.AreEqual(new[] { "1.2.1" }, names);
    }

    [TestMethod]
    public async Task Failures_have_the_transcript()
    {
        await using var scp = await TestScp.StartAsync(static o => o.AETitle = "ARCHIVE");

        var rejected = await Assert.ThrowsExactlyAsync<AssociationRejectedException>(() => scp.ConnectAsync<Pinger>(static o => o.CalledAE = "OTHER"));
        StringAssert.Contains(rejected.Message, "CLIENT calls OTHER");
        StringAssert.Contains(rejected.Message, "A-ASSOCIATE-RJ result 1, source 1, reason 7");

        await using var modality = await scp.ConnectAsync<Modality>();
        var notAccepted = await Assert.ThrowsExactlyAsync<ContextNotAcceptedException>(() => modality.CStoreAsync(ForTestTests.Image("1.2"), CancellationToken.None).AsTask());
        StringAssert.Contains(notAccepted.Message, "[1] rejected: abstract syntax not supported");
    }

    [TestMethod]
    public async Task Transcript_says_what_was_said()
    {
        var folder = Directory.CreateTempSubdirectory("specgen-testing-").FullName;
        await using var scp = await TestScp.StartAsync(static o => o.AETitle = "ARCHIVE", new ImageStore(folder));
        await using (var modality = await scp.ConnectAsync<Modality>())
        {
            await modality.CStoreAsync(ForTestTests.Image("1.2.3"), CancellationToken.None);
        }

        string[] said =
        [
            "#1 user     --> A-ASSOCIATE-RQ CLIENT calls ARCHIVE, takes PDUs of 262144 bytes",
            $"                  [1] CT Image Storage (1.2.840.10008.5.1.4.1.1.2): {DicomUID.ExplicitVRLittleEndian.Name} (1.2.840.10008.1.2.1), {DicomUID.ImplicitVRLittleEndian.Name} (1.2.840.10008.1.2)",
            "#1 provider <-- A-ASSOCIATE-AC CLIENT calls ARCHIVE, takes PDUs of 262144 bytes",
            "                  [1] accepted: Explicit VR Little Endian (1.2.840.10008.1.2.1)",
            "#1 user     --> [1] C-STORE-RQ AffectedSOPClassUID=CT Image Storage (1.2.840.10008.5.1.4.1.1.2) MessageID=1 Priority=0 CommandDataSetType=0000H AffectedSOPInstanceUID=1.2.3",
            "#1 user     --> [1] data set of 86 bytes",
            "#1 provider <-- [1] C-STORE-RSP AffectedSOPClassUID=CT Image Storage (1.2.840.10008.5.1.4.1.1.2) MessageIDBeingRespondedTo=1 CommandDataSetType=0101H Status=0000H AffectedSOPInstanceUID=1.2.3",
            "#1 user     --> A-RELEASE-RQ",
            "#1 provider <-- A-RELEASE-RP",
        ];
        Assert.AreEqual(string.Join('\n', said), string.Join('\n', scp.Transcript.Lines.Take(said.Length)));
        Directory.Delete(folder, recursive: true);
    }

    [TestMethod]
    public void Transcript_keeps_the_beginning_and_the_end()
    {
        var transcript = new Transcript { Keep = 3 };
        for (var i = 0; i < 100; i++)
        {
            transcript.Add(1, isUser: true, $"line {i}");
        }

        CollectionAssert.AreEqual(
            new[] { "#1 user     --> line 0", "#1 user     --> line 1", "#1 user     --> line 2", "… 94 lines …", "#1 user     --> line 97", "#1 user     --> line 98", "#1 user     --> line 99" },
            transcript.Lines.ToArray());
    }

    /// <summary>A handler that never looks at its token, and a clock that stands still: the test ends all the same.</summary>
    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = false)]
    public async Task Server_stops_whatever_its_clock_says()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var scp = await TestScp.StartAsync(o => o.TimeProvider = time);
        await using var pinger = await scp.ConnectAsync<Pinger>();

        await scp.StopAsync();

        await Assert.ThrowsAsync<AssociationException>(() => pinger.CEchoAsync().AsTask());
    }

    private static ScuOptions With(ScuOptions options, Action<ScuOptions> configure)
    {
        configure(options);
        return options;
    }
}
