using FellowOakDicom;
using Microsoft.Extensions.Time.Testing;
using Specgen.Standard;

namespace Specgen.Testing.Tests;

/// <summary>Each kind of roughness, from both sides.</summary>
[TestClass]
public sealed class RoughnessTests
{
    private static readonly Proposal s_echo = new(1, SopClassUids.Verification, DicomUID.ImplicitVRLittleEndian.UID);

    [TestMethod]
    public async Task Provider_is_spoken_to_byte_by_byte()
    {
        await using var scp = await TestScp.StartAsync();
        using var peer = scp.ConnectRough();
        peer.WriteSize = 1;

        await peer.AssociateAsync(scp.AETitle, s_echo);
        await peer.SendAsync(1, DimseCommand.Echo(1));

        Assert.AreEqual(0, await peer.ReadStatusAsync());
        await peer.ReleaseAsync();
        peer.EndSending();
        Assert.IsEmpty(await peer.ReadToEndAsync());
    }

    public static IEnumerable<object[]> Wrong =>
    [
        ["no PDU", (byte[])[0x47, 0x45, 0x54, 0x20, 0x2F, 0x20]],
        ["a PDU type that there is not", new Pdu(0x99, [0, 0, 0, 0]).ToArray()],
        ["a second request", Pdu.RequestAssociation("SPECGEN", "ROUGH", [s_echo]).ToArray()],
        ["a length that is a lie", Pdu.Short(Pdu.ReleaseRequest).ToArray(length: 5000)],
        ["a fragment in no context", Pdu.Fragment(99, isCommand: true, isLast: true, DimseCommand.Echo(1).ToArray()).ToArray()],
        ["no command set", Pdu.Fragment(1, isCommand: true, isLast: true, [1, 2, 3]).ToArray()],
    ];

    [TestMethod]
    [DynamicData(nameof(Wrong))]
    public async Task Provider_aborts_what_is_wrong(string what, byte[] bytes)
    {
        await using var scp = await TestScp.StartAsync();
        using var peer = scp.ConnectRough();
        await peer.AssociateAsync(scp.AETitle, s_echo);

        await peer.SendAsync(bytes);
        peer.EndSending();

        Assert.AreEqual(Pdu.Abort, (await peer.ReadToEndAsync()).Single().Type, what);
    }

    [TestMethod]
    public async Task Provider_is_hung_up_on_in_every_way()
    {
        await using var scp = await TestScp.StartAsync();
        foreach (var hangUp in new Func<RoughPeer, Task>[] { static p => p.AbortAsync(), static p => Task.Run(p.EndSending), static p => Task.Run(p.Dispose) })
        {
            var peer = scp.ConnectRough();
            await peer.AssociateAsync(scp.AETitle, s_echo);
            await hangUp(peer);
            await WaitForAsync(() => scp.AssociationCount == 0);
            peer.Dispose();
        }
    }

    [TestMethod]
    public async Task Waiting_for_something_else_says_what_came()
    {
        await using var scp = await TestScp.StartAsync();
        using var peer = scp.ConnectRough();

        var failure = await Assert.ThrowsExactlyAsync<RoughPeerException>(() => peer.AssociateAsync("NOBODY", s_echo));

        StringAssert.Contains(failure.Message, "A-ASSOCIATE-RJ result 1, source 1, reason 7 came where A-ASSOCIATE-AC");
        StringAssert.Contains(failure.Message, "--> A-ASSOCIATE-RQ ROUGH calls NOBODY");

        using var silent = scp.ConnectRough();
        silent.Patience = TimeSpan.FromMilliseconds(50);
        StringAssert.StartsWith((await Assert.ThrowsExactlyAsync<RoughPeerException>(() => silent.ReadAsync())).Message, "The other side says nothing for");
    }

    [TestMethod]
    public async Task User_is_answered_byte_by_byte()
    {
        await using var provider = RoughProvider.Start(static async peer =>
        {
            peer.WriteSize = 1;
            await peer.AcceptAsync();
            var (context, command, _) = await peer.ReadMessageAsync();
            await peer.SendAsync(context, DimseCommand.Response(command, 0));
            await peer.AnswerReleaseAsync();
        });
        await using (var pinger = await provider.ConnectAsync<Pinger>())
        {
            Assert.AreEqual(VerificationCEchoStatus.Success, (await pinger.CEchoAsync()).Status);
        }

        await provider.WhenOverAsync();
    }

    public static IEnumerable<object[]> Rough =>
    [
        [typeof(AssociationAbortedException), (Func<RoughPeer, Task>)(static peer => peer.AbortAsync())],
        [typeof(AssociationClosedException), (Func<RoughPeer, Task>)(static peer => Task.Run(peer.Dispose))],
        [typeof(AssociationClosedException), (Func<RoughPeer, Task>)(static peer => Task.Run(peer.EndSending))],
        [typeof(AssociationClosedException), (Func<RoughPeer, Task>)(static peer => peer.SendAsync(new Pdu(0x99, [])))],
        [typeof(AssociationClosedException), (Func<RoughPeer, Task>)(static peer => peer.SendAsync(Pdu.Short(Pdu.ReleaseRequest)))],
    ];

    [TestMethod]
    [DynamicData(nameof(Rough))]
    public async Task User_hears_what_became_of_its_request(Type expected, Func<RoughPeer, Task> instead)
    {
        await using var provider = RoughProvider.Start(async peer =>
        {
            await peer.AcceptAsync();
            await peer.ReadMessageAsync();
            await instead(peer);
            await peer.ReadToEndAsync();
        });
        await using var pinger = await provider.ConnectAsync<Pinger>();

        var failure = await Assert.ThrowsAsync<AssociationException>(() => pinger.CEchoAsync().AsTask());

        Assert.IsInstanceOfType(failure, expected, failure.Message);
        StringAssert.Contains(failure.Message, "C-ECHO-RQ");
    }

    [TestMethod]
    public async Task Answers_come_late_by_the_clock_of_the_test()
    {
        var time = new FakeTimeProvider();
        await using var scp = await TestScp.StartAsync(o => o.TimeProvider = time);
        var connecting = scp.ConnectAsync<Pinger>(static o => o.RequestTimeout = TimeSpan.FromSeconds(30), new TestWire { AnswerDelay = TimeSpan.FromSeconds(20) });
        await AdvanceUntilAsync(time, connecting);
        var pinger = await connecting;

        var slow = pinger.CEchoAsync().AsTask();
        await AdvanceUntilAsync(time, slow);

        Assert.AreEqual(VerificationCEchoStatus.Success, (await slow).Status);
        var leaving = pinger.DisposeAsync().AsTask();
        await AdvanceUntilAsync(time, leaving);
        await leaving;
    }

    [TestMethod]
    public async Task Answer_that_never_comes_is_a_time_out()
    {
        var time = new FakeTimeProvider();
        await using var provider = RoughProvider.Start(static async peer =>
        {
            await peer.AcceptAsync();
            await peer.ReadToEndAsync();
        });
        await using var pinger = await provider.ConnectAsync<Pinger>(o => o.TimeProvider = time);

        var echo = pinger.CEchoAsync().AsTask();
        await AdvanceUntilAsync(time, echo);

        var failure = await Assert.ThrowsExactlyAsync<AssociationTimeoutException>(() => echo);
        StringAssert.Contains(failure.Message, "did not answer C-ECHO within 00:02:00");
    }

    [TestMethod]
    public async Task Provider_over_tcp()
    {
        await using var provider = RoughProvider.Listen(static async peer =>
        {
            await peer.AcceptAsync();
            await peer.AnswerReleaseAsync();
        });
        using (var peer = await RoughPeer.ConnectAsync("127.0.0.1", provider.Port))
        {
            await peer.AssociateAsync("ROUGH", s_echo);
            await peer.ReleaseAsync();
        }

        await provider.WhenOverAsync();
    }

    [TestMethod]
    public async Task What_the_script_throws_comes_out()
    {
        var provider = RoughProvider.Start(static async peer =>
        {
            await peer.AcceptAsync();
            throw new InvalidOperationException("The script is wrong.");
        });
        await using (await provider.ConnectAsync<Pinger>())
        {
            await Assert.ThrowsExactlyAsync<InvalidOperationException>(provider.WhenOverAsync);
        }

        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => provider.DisposeAsync().AsTask());
    }

    private static async Task AdvanceUntilAsync(FakeTimeProvider time, Task task)
    {
        for (var i = 0; i < 1000 && !task.IsCompleted; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5);
        }
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        for (var i = 0; i < 400 && !condition(); i++)
        {
            await Task.Delay(25);
        }

        Assert.IsTrue(condition());
    }
}
