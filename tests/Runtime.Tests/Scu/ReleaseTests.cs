using System.Net.Sockets;
using Specgen.Runtime.Tests.Associations;
using Specgen.Runtime.Tests.Wire;
using static Specgen.Runtime.Tests.Scu.RawConnection;

namespace Specgen.Runtime.Tests.Scu;

/// <summary>A release and what is under way, or comes at the same time (PS3.8 §7.2, §9.2).</summary>
[TestClass]
public sealed class ReleaseTests
{
    [TestMethod]
    public async Task A_users_release_waits_for_its_own_handlers()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var user = ScuNotificationTests.User(async (_, _, _) =>
        {
            arrived.SetResult();
            await go.Task;
            return new DimseResponse(0);
        });
        var status = -1;
        List<byte> types = [];
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            await ScuNotificationTests.NotifyAsync(c, 1, 1, []);
            status = await ScuNotificationTests.ReadStatusAsync(c);
            Assert.AreEqual(ReleaseRq, (await c.ReadAsync()).Type);
            await c.WriteAsync(ReleaseRp, 0, 0, 0, 0);
            types = await c.ReadTypesAsync();
        });
        var association = await ScuAssociation.OpenAsync(user, ScuNotificationTests.Options(peer.Port));
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(10));

        var disposing = association.DisposeAsync();
        await Task.Delay(100);
        go.SetResult();
        await disposing;
        await peer.WhenOverAsync();

        Assert.AreEqual(0, status);
        Assert.IsEmpty(types);
    }

    [TestMethod]
    public async Task A_handler_may_release_its_own_association()
    {
        var opened = new TaskCompletionSource<ScuAssociation>();
        var released = new TaskCompletionSource();
        var user = ScuNotificationTests.User(async (_, _, _) =>
        {
            await (await opened.Task).ReleaseAsync();
            released.SetResult();
            return new DimseResponse(0);
        });
        List<byte> types = [];
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            await ScuNotificationTests.NotifyAsync(c, 1, 1, []);
            Assert.AreEqual(ReleaseRq, (await c.ReadAsync()).Type);
            await c.WriteAsync(ReleaseRp, 0, 0, 0, 0);
            types = await c.ReadTypesAsync();
        });

        opened.SetResult(await ScuAssociation.OpenAsync(user, ScuNotificationTests.Options(peer.Port)));

        await released.Task.WaitAsync(TimeSpan.FromSeconds(5));
        await peer.WhenOverAsync();
        Assert.IsEmpty(types);
    }

    [TestMethod]
    public async Task A_report_that_crosses_the_release_does_not_end_in_an_abort()
    {
        var handled = 0;
        var user = ScuNotificationTests.User((_, _, _) =>
        {
            handled++;
            return ValueTask.FromResult(new DimseResponse(0));
        });
        List<byte> types = [];
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            Assert.AreEqual(ReleaseRq, (await c.ReadAsync()).Type);
            await ScuNotificationTests.NotifyAsync(c, 1, 1, []);
            await Task.Delay(100);
            await c.WriteAsync(ReleaseRp, 0, 0, 0, 0);
            types = await c.ReadTypesAsync();
        });

        await (await ScuAssociation.OpenAsync(user, ScuNotificationTests.Options(peer.Port))).ReleaseAsync();
        await peer.WhenOverAsync();

        Assert.IsEmpty(types);
        Assert.AreEqual(0, handled, "Its answer had no way any more: the peer tells it again.");
    }

    [TestMethod]
    public async Task Releases_that_cross_are_both_answered()
    {
        var answered = (byte)0;
        List<byte> types = [];
        await using var peer = new RawPeer(async c =>
        {
            await c.AcceptAsync();
            Assert.AreEqual(ReleaseRq, (await c.ReadAsync()).Type);
            await c.WriteAsync(ReleaseRq, 0, 0, 0, 0);

            // The requestor of the association answers first (PS3.8 §7.2.2.7).
            answered = (await c.ReadAsync()).Type;
            await c.WriteAsync(ReleaseRp, 0, 0, 0, 0);
            types = await c.ReadTypesAsync();
        });
        var user = ScuNotificationTests.User(static (_, _, _) => ValueTask.FromResult(new DimseResponse(0)));

        await (await ScuAssociation.OpenAsync(user, ScuNotificationTests.Options(peer.Port))).ReleaseAsync();
        await peer.WhenOverAsync();

        Assert.AreEqual(ReleaseRp, answered);
        Assert.IsEmpty(types);
    }

    [TestMethod]
    public async Task A_release_is_answered_once_when_the_peer_then_closes_its_side()
    {
        await using var server = await TestServer.StartAsync();
        for (var round = 0; round < 200; round++)
        {
            using var peer = await server.AssociateAsync(new Proposal(1, TestClasses.Verification.Uid, Requestor.Implicit));
            var stream = peer.Stream;
            await peer.ReleaseAsync();
            stream.Socket.Shutdown(SocketShutdown.Send);

            Assert.AreEqual(0, await stream.ReadAsync(new byte[1]).AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
        }

        await TestServer.EventuallyAsync(() => server.Ends.Count == 200, "ended");
        Assert.IsTrue(server.Ends.All(static end => end == AssociationEnd.Released));
    }
}
