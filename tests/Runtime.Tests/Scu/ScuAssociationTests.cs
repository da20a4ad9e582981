using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FellowOakDicom;
using FellowOakDicom.Network;
using Specgen.Runtime.Tests.Associations;
using Specgen.Wire;
using static Specgen.Runtime.Tests.Scu.RawConnection;

namespace Specgen.Runtime.Tests.Scu;

/// <summary>A user's association with peers that answer as the standard says, and with those that do not.</summary>
[TestClass]
public sealed class ScuAssociationTests
{
    private static readonly TestHandlers s_user = new(TestClasses.Scu(TestClasses.Verification), TestClasses.Scu(TestClasses.CT), TestClasses.Scu(TestClasses.Commitment));

    [TestMethod]
    public async Task An_echo_is_answered_and_the_association_released()
    {
        List<byte> rest = [];
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            await EchoAsync(c, 0x0000);
            rest.Add((await c.ReadAsync()).Type);
            await c.WriteAsync(ReleaseRp, 0, 0, 0, 0);
        });

        await using (var association = await ScuAssociation.OpenAsync(s_user, Options(peer.Port)))
        {
            Assert.IsTrue(association.IsOpen);
            Assert.AreEqual(TestStatus.Success, (await association.CEchoAsync<TestStatus>()).Status);
            Assert.AreEqual("PEER", association.Info.CalledAE);
        }

        CollectionAssert.AreEqual(new[] { ReleaseRq }, rest);
    }

    [TestMethod]
    public async Task The_status_is_read_as_it_is_on_the_wire_with_all_that_comes_with_it()
    {
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            var (command, _, _, id) = await c.ReadMessageAsync(hasData: false);
            await c.WriteCommandAsync(
                id,
                (0x00000002, Uid(TestClasses.Verification.Uid)),
                (0x00000100, Us(0x8030)),
                (0x00000120, Element(command, 0x00000110)),
                (0x00000800, Us(0x0101)),
                (0x00000900, Us(0x0124)),
                (0x00000901, [0x10, 0x00, 0x20, 0x00, 0x10, 0x00, 0x10, 0x00]),
                (0x00000902, Text("go away")),
                (0x00000903, Us(77)));
            await c.ReadTypesAsync();
        });

        var association = await ScuAssociation.OpenAsync(s_user, Options(peer.Port));
        var result = await association.CEchoAsync<TestStatus>();
        await association.AbortAsync();

        // fo-dicom's own Status would be 0x0110 here.
        Assert.AreEqual((ushort)0x0124, result.Code);
        Assert.AreEqual("go away", result.ErrorComment);
        Assert.AreEqual((ushort)77, result.ErrorId);
        CollectionAssert.AreEqual(new[] { DicomTag.PatientID, DicomTag.PatientName }, result.OffendingElements.ToArray());
    }

    [TestMethod]
    public async Task What_is_proposed_is_what_the_options_say()
    {
        byte[] rq = [];
        await using var peer = new RawPeer(async c =>
        {
            rq = await c.AcceptAsync();
            await c.ReadTypesAsync();
        });
        var options = Options(peer.Port);
        options.MaxPduLength = 40_000;
        options.PresentationContexts =
        [
            new ProposedContext(TestClasses.CT.Uid, "1.2.840.10008.1.2.4.70"),
            new ProposedContext(TestClasses.Commitment.Uid, "1.2.840.10008.1.2.1", "1.2.840.10008.1.2") { Role = DicomRole.Scp },
        ];

        var association = await ScuAssociation.OpenAsync(s_user, options);
        var accepted = association.AcceptedContexts;
        await association.AbortAsync();
        await peer.WhenOverAsync();

        CollectionAssert.AreEqual(
            new[] { new AcceptedContext(1, TestClasses.CT.Uid, "1.2.840.10008.1.2.4.70"), new AcceptedContext(3, TestClasses.Commitment.Uid, "1.2.840.10008.1.2.1") },
            accepted.ToArray());
        Assert.AreEqual("PEER            TESTER          ", System.Text.Encoding.ASCII.GetString(rq, 4, 32));
        var information = Items(Items(rq.AsMemory(68)).Single(static i => i.Type == 0x50).Value);
        Assert.AreEqual(40_000u, BinaryPrimitives.ReadUInt32BigEndian(information.Single(static i => i.Type == 0x51).Value.Span));
        var role = information.Single(static i => i.Type == 0x54).Value;
        CollectionAssert.AreEqual(new byte[] { 0, 1 }, role[^2..].ToArray());
    }

    [TestMethod]
    public async Task A_rejection_says_who_and_why()
    {
        await using var peer = new RawPeer(async c =>
        {
            await c.ReadAsync();
            await c.WriteAsync(Rj, 0, 1, 1, 7);
            await c.ReadTypesAsync();
        });

        var e = await Assert.ThrowsExactlyAsync<AssociationRejectedException>(async () => await ScuAssociation.OpenAsync(s_user, Options(peer.Port)));

        Assert.AreEqual((DicomRejectResult.Permanent, DicomRejectSource.ServiceUser, DicomRejectReason.CalledAENotRecognized), (e.Result, e.RejectedBy, e.Reason));
        StringAssert.Contains(e.Message, $"PEER at 127.0.0.1:{peer.Port}");
    }

    [TestMethod]
    public async Task An_abort_instead_of_an_answer_says_who_and_why()
    {
        await using var peer = new RawPeer(async c =>
        {
            await c.ReadAsync();
            await c.WriteAsync(Abort, 0, 0, 2, 2);
            await c.ReadTypesAsync();
        });

        var e = await Assert.ThrowsExactlyAsync<AssociationAbortedException>(async () => await ScuAssociation.OpenAsync(s_user, Options(peer.Port)));

        Assert.AreEqual((DicomAbortSource.ServiceProvider, DicomAbortReason.UnexpectedPDU), (e.AbortedBy, e.Reason));
    }

    [TestMethod]
    public async Task Nobody_there_is_said_at_once()
    {
        var port = FreePort();

        var e = await Assert.ThrowsExactlyAsync<AssociationException>(async () => await ScuAssociation.OpenAsync(s_user, Options(port)));

        StringAssert.Contains(e.Message, $"PEER at 127.0.0.1:{port} cannot be reached");
    }

    [TestMethod]
    public async Task A_peer_that_never_answers_the_association_times_out_and_is_aborted()
    {
        List<byte> types = [];
        await using (var peer = new RawPeer(async c => types = await c.ReadTypesAsync()))
        {
            var options = Options(peer.Port);
            options.AssociationTimeout = TimeSpan.FromMilliseconds(200);

            await Assert.ThrowsExactlyAsync<AssociationTimeoutException>(async () => await ScuAssociation.OpenAsync(s_user, options));
        }

        CollectionAssert.AreEqual(new[] { Rq, Abort }, types);
    }

    [TestMethod]
    public async Task A_request_that_is_never_answered_times_out_and_ends_the_association()
    {
        List<byte> types = [];
        await using (var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            types = await c.ReadTypesAsync();
        }))
        {
            var options = Options(peer.Port);
            options.RequestTimeout = TimeSpan.FromMilliseconds(200);
            var association = await ScuAssociation.OpenAsync(s_user, options);

            await Assert.ThrowsExactlyAsync<AssociationTimeoutException>(async () => await association.CEchoAsync<TestStatus>());
            var again = await Assert.ThrowsExactlyAsync<AssociationClosedException>(async () => await association.CEchoAsync<TestStatus>());

            Assert.IsFalse(association.IsOpen);
            StringAssert.Contains(again.Message, "did not answer C-ECHO");
            await association.DisposeAsync();
        }

        CollectionAssert.AreEqual(new[] { Data, Abort }, types);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_lost_connection_fails_the_request_that_waits_promptly(bool abort)
    {
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            await c.ReadAsync();
            if (abort)
            {
                await c.WriteAsync(Abort, 0, 0, 0, 0);
            }
        });
        await using var association = await ScuAssociation.OpenAsync(s_user, Options(peer.Port));
        var clock = Stopwatch.StartNew();

        var e = await Assert.ThrowsAsync<AssociationException>(async () => await association.CEchoAsync<TestStatus>());

        Assert.AreEqual(abort ? typeof(AssociationAbortedException) : typeof(AssociationClosedException), e.GetType());
        Assert.IsLessThan(5_000, clock.ElapsedMilliseconds);
        Assert.IsFalse(association.IsOpen);
    }

    [TestMethod]
    public async Task A_PDU_larger_than_negotiated_is_aborted_without_making_room_for_it()
    {
        List<byte> types = [];
        await using (var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            await c.ReadAsync();
            await c.WriteHeaderAsync(Data, 0x7FFF_FFF0);
            types = await c.ReadTypesAsync();
        }))
        {
            await using var association = await ScuAssociation.OpenAsync(s_user, Options(peer.Port));

            var e = await Assert.ThrowsExactlyAsync<AssociationClosedException>(async () => await association.CEchoAsync<TestStatus>());

            StringAssert.Contains(e.Message, "2147483632 bytes");
        }

        CollectionAssert.AreEqual(new[] { Abort }, types);
    }

    [TestMethod]
    public async Task A_release_that_is_never_answered_becomes_an_abort()
    {
        List<byte> types = [];
        await using (var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            types = await c.ReadTypesAsync();
        }))
        {
            var options = Options(peer.Port);
            options.ReleaseTimeout = TimeSpan.FromMilliseconds(200);
            var association = await ScuAssociation.OpenAsync(s_user, options);

            await Assert.ThrowsExactlyAsync<AssociationTimeoutException>(async () => await association.ReleaseAsync());
            await association.ReleaseAsync();
            await association.DisposeAsync();
        }

        CollectionAssert.AreEqual(new[] { ReleaseRq, Abort }, types);
    }

    [TestMethod]
    public async Task A_release_by_the_peer_is_answered()
    {
        byte answer = 0;
        var answered = new TaskCompletionSource();
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            await c.WriteAsync(ReleaseRq, 0, 0, 0, 0);
            answer = (await c.ReadAsync()).Type;
            answered.SetResult();
        });
        await using var association = await ScuAssociation.OpenAsync(s_user, Options(peer.Port));
        await answered.Task.WaitAsync(TimeSpan.FromSeconds(10));

        var e = await Assert.ThrowsExactlyAsync<AssociationClosedException>(async () => await association.CEchoAsync<TestStatus>());

        Assert.AreEqual(ReleaseRp, answer);
        StringAssert.Contains(e.Message, "released the association");
    }

    [TestMethod]
    public async Task A_SOP_class_that_was_not_accepted_is_said_before_anything_is_sent()
    {
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            await c.ReadTypesAsync();
        });
        var options = Options(peer.Port);
        options.PresentationContexts = [new ProposedContext(TestClasses.CT.Uid, "1.2.840.10008.1.2")];
        await using var association = await ScuAssociation.OpenAsync(s_user, options);

        var e = await Assert.ThrowsExactlyAsync<ContextNotAcceptedException>(async () => await association.CEchoAsync<TestStatus>());

        Assert.AreEqual(TestClasses.Verification.Uid, e.SopClass.Uid);
        Assert.IsTrue(association.IsOpen);
        await association.AbortAsync();
    }

    [TestMethod]
    public async Task Requests_of_many_threads_go_one_after_the_other()
    {
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            for (var i = 0; i < 50; i++)
            {
                // A second request before this one is answered would be read as this one's rest, and fail the test.
                await EchoAsync(c, i);
            }

            await c.ReadAsync();
            await c.WriteAsync(ReleaseRp, 0, 0, 0, 0);
        });
        await using var association = await ScuAssociation.OpenAsync(s_user, Options(peer.Port));

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () => (await association.CEchoAsync<TestStatus>()).Code)));

        CollectionAssert.AreEquivalent(Enumerable.Range(0, 50).Select(static i => (ushort)i).ToArray(), results);
    }

    [TestMethod]
    public async Task A_caller_that_stops_waiting_does_not_disturb_the_next_request()
    {
        using var enough = new CancellationTokenSource();
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            var (command, _, _, id) = await c.ReadMessageAsync(hasData: false);
            await enough.CancelAsync();
            await Task.Delay(100);
            await RespondAsync(c, id, command, 0x8030, 0x0110);
            await EchoAsync(c, 0xB000);
            await c.ReadAsync();
            await c.WriteAsync(ReleaseRp, 0, 0, 0, 0);
        });
        await using var association = await ScuAssociation.OpenAsync(s_user, Options(peer.Port));

        await Assert.ThrowsAsync<OperationCanceledException>(async () => await association.CEchoAsync<TestStatus>(enough.Token));

        Assert.AreEqual(TestStatus.Coercion, (await association.CEchoAsync<TestStatus>()).Status);
    }

    [TestMethod]
    public async Task A_request_that_was_given_up_and_is_never_answered_does_not_hold_up_the_end()
    {
        using var enough = new CancellationTokenSource();
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            await c.ReadMessageAsync(hasData: false);
            await enough.CancelAsync();
            await c.ReadTypesAsync();
        });
        var options = Options(peer.Port);
        (options.RequestTimeout, options.ReleaseTimeout) = (TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(300));
        var association = await ScuAssociation.OpenAsync(s_user, options);

        await Assert.ThrowsAsync<OperationCanceledException>(async () => await association.CEchoAsync<TestStatus>(enough.Token));

        await association.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
    }

    internal static ScuOptions Options(int port) => new("127.0.0.1", port)
    {
        CallingAE = "TESTER",
        CalledAE = "PEER",
        ConnectTimeout = TimeSpan.FromSeconds(10),
        AssociationTimeout = TimeSpan.FromSeconds(10),
        RequestTimeout = TimeSpan.FromSeconds(10),
        ReleaseTimeout = TimeSpan.FromSeconds(10),
    };

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    internal static Task RespondAsync(RawConnection c, byte contextId, byte[] request, int field, int status) => c.WriteCommandAsync(
        contextId,
        (0x00000002, Element(request, 0x00000002)),
        (0x00000100, Us(field)),
        (0x00000120, Element(request, 0x00000110)),
        (0x00000800, Us(0x0101)),
        (0x00000900, Us(status)));

    private static async Task EchoAsync(RawConnection c, int status)
    {
        var (command, _, _, id) = await c.ReadMessageAsync(hasData: false);
        CollectionAssert.AreEqual(Us(0x0030), Element(command, 0x00000100));
        await RespondAsync(c, id, command, 0x8030, status);
    }
}
