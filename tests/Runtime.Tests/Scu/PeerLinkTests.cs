using FellowOakDicom;
using Microsoft.Extensions.Logging.Abstractions;
using Specgen.Handlers;
using Specgen.Runtime.Tests.Associations;
using Specgen.Scu;
using static Specgen.Runtime.Tests.Scu.RawConnection;

namespace Specgen.Runtime.Tests.Scu;

/// <summary>Which way a notification goes.</summary>
[TestClass]
public sealed class PeerLinkTests
{
    private static readonly DicomDataset s_event = new() { { DicomTag.TransactionUID, "1.2.3" } };

    [TestMethod]
    public async Task While_the_association_lasts_it_goes_over_it()
    {
        var channel = new Channel();

        var result = await Link(new DicomScpOptions(), channel).NEventReportAsync<TestStatus>(TestClasses.Commitment, TestClasses.CommitmentInstance, 1, s_event);

        Assert.AreEqual(TestStatus.Coercion, result.Status);
        Assert.AreEqual((TestClasses.Commitment, TestClasses.CommitmentInstance, (ushort)1, s_event), channel.Sent.Single());
    }

    [TestMethod]
    [DataRow("closed")]
    [DataRow("no context")]
    [DataRow("wants a new one")]
    [DataRow("ends while waiting")]
    [DataRow("none")]
    public async Task Else_it_goes_over_a_new_one_with_the_SCP_role(string channel)
    {
        (byte[] Command, byte[] Data, int, byte) message = ([], [], 0, 0);
        byte[] rq = [];
        await using var peer = new RawPeer(async c =>
        {
            rq = await c.AcceptAsync();
            message = await c.ReadMessageAsync(hasData: true);
            await ScuAssociationTests.RespondAsync(c, message.Item4, message.Command, 0x8100, 0xB000);
            Assert.AreEqual(ReleaseRq, (await c.ReadAsync()).Type);
            await c.WriteAsync(ReleaseRp, 0, 0, 0, 0);
        });
        var options = new DicomScpOptions { AETitle = "ARCHIVE" };
        options.Peers["MODALITY"] = new DicomPeer("127.0.0.1", peer.Port) { NotifyOnNewAssociation = channel == "wants a new one" };
        var link = Link(options, channel == "none" ? null : new Channel
        {
            IsConnected = channel != "closed",
            HasContext = channel != "no context",
            Ends = channel == "ends while waiting",
        });

        var result = await link.NEventReportAsync<TestStatus>(TestClasses.Commitment, TestClasses.CommitmentInstance, 2, s_event);

        Assert.AreEqual(TestStatus.Coercion, result.Status);
        Assert.AreEqual("MODALITY        ARCHIVE         ", System.Text.Encoding.ASCII.GetString(rq, 4, 32));
        var role = Items(Items(rq.AsMemory(68)).Single(static i => i.Type == 0x50).Value).Single(static i => i.Type == 0x54).Value;
        CollectionAssert.AreEqual(new byte[] { 0, 1 }, role[^2..].ToArray());
        CollectionAssert.AreEqual(Us(2), Element(message.Command, 0x00001002));
        CollectionAssert.AreEqual(Uid(TestClasses.CommitmentInstance), Element(message.Command, 0x00001000));
        Assert.IsNotEmpty(message.Data);
    }

    [TestMethod]
    public async Task Events_of_procedure_steps_go_to_who_takes_events_whoever_asked()
    {
        var (push, taker) = (TestClasses.Steps[0], TestClasses.Steps[2]);
        NEventReportContext? seen = null;
        await using var receiver = await Specgen.Runtime.Tests.Associations.TestServer.StartAsync(
            static options => options.AETitle = "WATCHER",
            TestClasses.Binding(DicomRole.Scu, [taker], nEventReport: (_, context, _) =>
            {
                seen = context;
                return ValueTask.FromResult(new DimseResponse(0));
            }));
        var options = new DicomScpOptions { AETitle = "WORKLIST" };
        options.Peers["WATCHER"] = new DicomPeer("127.0.0.1", receiver.Port);

        var result = await Link(options, null).To("WATCHER").NEventReportAsync<TestStatus>(push, "1.2.3", 1, s_event);

        Assert.AreEqual(TestStatus.Success, result.Status);
        Assert.AreEqual((taker, "1.2.3", "1.2.3"), (seen!.SopClass, seen.SopInstanceUid, seen.Dataset!.GetString(DicomTag.TransactionUID)));
    }

    [TestMethod]
    public async Task Nobody_knows_the_way_to_a_peer_without_an_address()
    {
        var link = Link(new DicomScpOptions(), new Channel { IsConnected = false });

        var e = await Assert.ThrowsExactlyAsync<UnknownPeerException>(async () => await link.NEventReportAsync<TestStatus>(TestClasses.Commitment, TestClasses.CommitmentInstance, 1, null));

        Assert.AreEqual("MODALITY", e.AETitle);
        StringAssert.Contains(e.Message, "Peers[\"MODALITY\"]");
        Assert.IsFalse(link.IsConnected);
    }

    [TestMethod]
    public async Task A_peer_that_does_not_take_the_class_is_said()
    {
        await using var peer = new RawPeer(async c =>
        {
            await c.ReadAsync();
            await c.WriteAsync(Rj, 0, 2, 3, 2);
            await c.ReadTypesAsync();
        });
        var options = new DicomScpOptions();
        options.Peers["MODALITY"] = new DicomPeer("127.0.0.1", peer.Port);

        var e = await Assert.ThrowsExactlyAsync<AssociationRejectedException>(async () =>
            await Link(options, null).NEventReportAsync<TestStatus>(TestClasses.Commitment, TestClasses.CommitmentInstance, 1, null));

        StringAssert.Contains(e.Message, "LocalLimitExceeded");
    }

    private static PeerLink Link(DicomScpOptions options, IPeerChannel? channel) =>
        new("MODALITY", "127.0.0.1", channel, new PeerDirectory(new PeerSettings(options.AETitle, options.Peers, options.AssociationTimeout, options.RequestTimeout, options.MaxPduLength), NullLoggerFactory.Instance));

    private sealed class Channel : IPeerChannel
    {
        public List<(SopClass, string, ushort, DicomDataset?)> Sent { get; } = [];

        public bool IsConnected { get; init; } = true;

        public bool HasContext { get; init; } = true;

        public bool Ends { get; init; }

        public bool CanSend(SopClass sopClass) => IsConnected && HasContext;

        public ValueTask<DimseResponse> SendNEventReportAsync(SopClass sopClass, string sopInstanceUid, ushort eventTypeId, DicomDataset? dataset, CancellationToken cancellationToken)
        {
            Sent.Add((sopClass, sopInstanceUid, eventTypeId, dataset));
            return Ends ? throw new AssociationClosedException("gone") : ValueTask.FromResult(new DimseResponse(0xB000));
        }
    }
}
