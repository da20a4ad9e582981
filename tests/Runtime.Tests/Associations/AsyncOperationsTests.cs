using FellowOakDicom;
using Specgen.Runtime.Tests.Scu;
using Specgen.Runtime.Tests.Wire;
using Specgen.Wire;
using static Specgen.Runtime.Tests.Wire.Requestor;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>The asynchronous operations window (PS3.7 D.3.3.3), from both sides.</summary>
[TestClass]
public sealed class AsyncOperationsTests
{
    private const string Instance = "1.2.3";

    private static readonly Proposal s_commitment = new(1, TestClasses.Commitment.Uid, Implicit);
    private static readonly TestHandlers s_user = new(TestClasses.Scu(TestClasses.Commitment));

    [TestMethod]
    [DataRow(0, 4, 4)]
    [DataRow(3, 4, 3)]
    [DataRow(9, 4, 4)]
    [DataRow(9, 1, 1)]
    [DataRow(1, 4, 1)]
    public async Task A_peer_gets_what_it_proposes_as_far_as_the_server_allows(int proposed, int allowed, int negotiated)
    {
        await using var server = await TestServer.StartAsync(options => options.MaxAsyncOperations = allowed, Provider(static (_, _) => new(new DimseResponse(0))));
        using var peer = await ConnectAsync(server.Port);
        var accept = await AssociateAsync(peer, (byte)proposed);

        // One in both directions is what counts without the item (PS3.7 D.3.3.3).
        var window = UserItems(accept, 0x53).SingleOrDefault() ?? [0, 1, 0, 1];
        CollectionAssert.AreEqual(new byte[] { 0, (byte)negotiated, 0, 1 }, window);
    }

    [TestMethod]
    public async Task Requests_within_the_window_are_handled_at_the_same_time_and_answered_when_they_are_ready()
    {
        var first = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(
            static options => options.MaxAsyncOperations = 2,
            Provider(async (context, _) =>
            {
                if (context.MessageId == 1)
                {
                    await first.Task.WaitAsync(TimeSpan.FromSeconds(20), CancellationToken.None);
                }

                return new DimseResponse(0);
            }));
        using var peer = await ConnectAsync(server.Port);
        await AssociateAsync(peer, 2);

        await peer.SendCommandAsync(1, Action(1, TestClasses.Commitment.Uid, Instance, 1, hasData: false));
        await peer.SendCommandAsync(1, Action(2, TestClasses.Commitment.Uid, Instance, 1, hasData: false));

        Assert.AreEqual((ushort)2, (await peer.ReadCommandAsync()).MessageIdBeingRespondedTo);
        first.SetResult();
        Assert.AreEqual((ushort)1, (await peer.ReadCommandAsync()).MessageIdBeingRespondedTo);
        await peer.ReleaseAsync();
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public async Task No_more_are_handled_at_a_time_than_were_negotiated(int window)
    {
        var gauge = new Gauge();
        await using var server = await TestServer.StartAsync(options => options.MaxAsyncOperations = window, Provider(async (_, _) => await gauge.PassAsync()));
        using var peer = await ConnectAsync(server.Port);
        await AssociateAsync(peer, 0);

        // A peer that does not keep to the window.
        for (ushort id = 1; id <= 10; id++)
        {
            await peer.SendCommandAsync(1, Action(id, TestClasses.Commitment.Uid, Instance, 1, hasData: false));
        }

        for (var answers = 0; answers < 10; answers++)
        {
            Assert.AreEqual((ushort)0, await peer.ReadStatusAsync());
        }

        Assert.AreEqual(window, gauge.Most);
        await peer.ReleaseAsync();
    }

    [TestMethod]
    public async Task A_peer_that_sends_its_whole_window_at_once_is_answered()
    {
        const int Window = 64;
        await using var server = await TestServer.StartAsync(static options => options.MaxAsyncOperations = Window, Provider(static (_, _) => new(new DimseResponse(0))));
        using var peer = await ConnectAsync(server.Port);
        await AssociateAsync(peer, Window);

        // In one piece: no thread has been there for the first when the last has come.
        var pdus = new List<byte>();
        for (ushort id = 1; id <= Window; id++)
        {
            var fragment = Fragment(1, isCommand: true, isLast: true, Action(id, TestClasses.Commitment.Uid, Instance, 1, hasData: false));
            pdus.AddRange([RawConnection.Data, 0, 0, 0, (byte)(fragment.Length >> 8), (byte)fragment.Length, .. fragment]);
        }

        await peer.Stream.WriteAsync(pdus.ToArray());
        for (var answers = 0; answers < Window; answers++)
        {
            Assert.AreEqual((ushort)0, await peer.ReadStatusAsync());
        }

        await peer.ReleaseAsync();
    }

    [TestMethod]
    [DataRow(4, 2, 2)]
    [DataRow(2, 4, 2)]
    [DataRow(1, 4, 1)]
    [DataRow(4, 1, 1)]
    public async Task A_user_has_as_many_requests_under_way_as_the_peer_accepts(int proposed, int allowed, int negotiated)
    {
        var gauge = new Gauge();
        await using var server = await TestServer.StartAsync(options => options.MaxAsyncOperations = allowed, Provider(async (_, _) => await gauge.PassAsync()));
        var association = await OpenAsync(server, proposed);

        Assert.AreEqual(negotiated, association.MaxAsyncOperations);
        var requests = Enumerable.Range(0, 8).Select(_ => association.NActionAsync<TestStatus>(TestClasses.Commitment, Instance, 1, null).AsTask()).ToList();
        // The release waits for them.
        await association.DisposeAsync();

        foreach (var request in requests)
        {
            Assert.AreEqual(TestStatus.Success, (await request.WaitAsync(TimeSpan.FromSeconds(20))).Status);
        }

        Assert.AreEqual(negotiated, gauge.Most);
    }

    [TestMethod]
    public async Task Answers_find_their_requests_in_any_order()
    {
        var first = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(
            static options => options.MaxAsyncOperations = 2,
            Provider(async (context, _) =>
            {
                if (context.ActionTypeId == 1)
                {
                    await first.Task.WaitAsync(TimeSpan.FromSeconds(20), CancellationToken.None);
                    return new DimseResponse((ushort)TestStatus.ProcessingFailure);
                }

                return new DimseResponse(0);
            }));
        await using var association = await OpenAsync(server, 2);

        var slow = association.NActionAsync<TestStatus>(TestClasses.Commitment, Instance, 1, null).AsTask();
        Assert.AreEqual(TestStatus.Success, (await association.NActionAsync<TestStatus>(TestClasses.Commitment, Instance, 2, null)).Status);
        Assert.IsFalse(slow.IsCompleted);
        first.SetResult();
        Assert.AreEqual(TestStatus.ProcessingFailure, (await slow).Status);
    }

    [TestMethod]
    public async Task All_that_is_under_way_is_told_when_the_connection_is_lost()
    {
        await using var peer = new RawPeer(static async c =>
        {
            await c.AcceptAsync(userItems: [0x53, 0, 0, 4, 0, 2, 0, 1]);
            await c.ReadMessageAsync(hasData: false);
            await c.ReadMessageAsync(hasData: false);
        });
        var options = ScuAssociationTests.Options(peer.Port);
        options.MaxAsyncOperations = 5;
        await using var association = await ScuAssociation.OpenAsync(s_user, options);

        var requests = Enumerable.Range(0, 3).Select(_ => association.NActionAsync<TestStatus>(TestClasses.Commitment, Instance, 1, null).AsTask()).ToList();

        foreach (var request in requests)
        {
            await Assert.ThrowsAsync<AssociationException>(() => request.WaitAsync(TimeSpan.FromSeconds(20)));
        }
    }

    private static ServiceBinding Provider(Func<NActionContext, CancellationToken, ValueTask<DimseResponse>> handler) =>
        TestClasses.Binding(DicomRole.Scp, [TestClasses.Commitment], nAction: (_, context, token) => handler(context, token));

    private static ValueTask<ScuAssociation> OpenAsync(TestServer server, int window)
    {
        var options = ScuAssociationTests.Options(server.Port);
        options.CalledAE = "SERVER";
        options.MaxAsyncOperations = window;
        return ScuAssociation.OpenAsync(s_user, options);
    }

    private static async Task<byte[]> AssociateAsync(Requestor peer, byte invoked)
    {
        var request = AssociateRequest([s_commitment], window: invoked);
        await peer.Stream.WriteAsync(request);
        var (type, accept) = await peer.ReadAsync();
        Assert.AreEqual(RawConnection.Ac, type);
        return accept;
    }

    /// <summary>How many were in it at a time.</summary>
    private sealed class Gauge
    {
        private readonly object _lock = new();
        private int _now;

        public int Most { get; private set; }

        public async ValueTask<DimseResponse> PassAsync()
        {
            lock (_lock)
            {
                Most = Math.Max(Most, ++_now);
            }

            await Task.Delay(50);
            lock (_lock)
            {
                _now--;
            }

            return new DimseResponse(0);
        }
    }
}
