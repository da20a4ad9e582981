using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Specgen.Runtime.Tests.Scu;
using Specgen.Runtime.Tests.Wire;
using Specgen.Wire;
using static Specgen.Runtime.Tests.Wire.Requestor;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>What happens while a handler runs, and when an association ends.</summary>
[TestClass]
public sealed class AssociationLifeTests
{
    private static readonly Proposal s_verification = new(1, TestClasses.Verification.Uid, Implicit);
    private static readonly Proposal s_ct = new(3, TestClasses.CT.Uid, Explicit);
    private static readonly Proposal s_commitment = new(5, TestClasses.Commitment.Uid, Implicit);
    private static readonly byte[] s_action = Action(1, TestClasses.Commitment.Uid, TestClasses.CommitmentInstance, 1, hasData: false);

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_handler_is_told_at_once_that_its_association_is_gone(bool abort)
    {
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(Commitment(async (_, _, ct) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, ct).ContinueWith(_ => cancelled.SetResult(), CancellationToken.None);
            return new DimseResponse(0);
        }));
        using (var peer = await server.AssociateAsync(s_commitment))
        {
            await peer.SendCommandAsync(5, s_action);
            await started.Task.WaitAsync(TimeSpan.FromSeconds(10));
            if (abort)
            {
                await peer.Wire.WriteAsync(RawConnection.Abort, 0, 0, 0, 0);
                await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10));
            }
        }

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await TestServer.EventuallyAsync(() => server.Ends.Count == 1, "closed");
        Assert.AreEqual(abort ? AssociationEnd.AbortedByPeer : AssociationEnd.ConnectionLost, server.Ends[0]);
        Assert.IsEmpty(server.Completed);
        await TestServer.EventuallyAsync(() => server.Scp.AssociationCount == 0, "counted");
    }

    [TestMethod]
    public async Task A_handler_that_blocks_its_thread_keeps_nobody_from_reading()
    {
        using var go = new ManualResetEventSlim();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource<bool>();
        await using var server = await TestServer.StartAsync(Commitment((_, _, ct) =>
        {
            started.SetResult();
            go.Wait(TimeSpan.FromSeconds(10), CancellationToken.None);
            cancelled.SetResult(ct.IsCancellationRequested);
            return ValueTask.FromResult(new DimseResponse(0));
        }));
        using var peer = await server.AssociateAsync(s_commitment);
        await peer.SendCommandAsync(5, s_action);
        await started.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await peer.Wire.WriteAsync(RawConnection.Abort, 0, 0, 0, 0);

        await TestServer.EventuallyAsync(() => server.Ends.Count == 1, "The abort was not read.");
        go.Set();

        // Told before the end was: a handler that looks now sees it.
        Assert.IsTrue(await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [TestMethod]
    public async Task A_release_waits_for_the_answers_that_are_due()
    {
        var go = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(Commitment(async (_, _, _) =>
        {
            await go.Task;
            return new DimseResponse(0);
        }));
        using var peer = await server.AssociateAsync(s_commitment);
        await peer.SendCommandAsync(5, s_action);
        await peer.Wire.WriteAsync(RawConnection.ReleaseRq, 0, 0, 0, 0);
        await Task.Delay(100);
        go.SetResult();

        Assert.AreEqual(0, await peer.ReadStatusAsync());
        Assert.AreEqual(RawConnection.ReleaseRp, (await peer.ReadAsync()).Type);
        await TestServer.EventuallyAsync(() => server.Ends.Count == 1, "closed");
        Assert.AreEqual(AssociationEnd.Released, server.Ends[0]);
    }

    [TestMethod]
    public async Task A_notification_after_the_response_and_the_peers_next_request_do_not_wait_for_each_other()
    {
        var answers = new ConcurrentBag<ushort>();
        var reported = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(Commitment((_, context, _) =>
        {
            context.AfterResponse(async ct =>
            {
                var result = await context.Peer.NEventReportAsync<TestStatus>(context.SopClass, context.SopInstanceUid, 2, new FellowOakDicom.DicomDataset { { FellowOakDicom.DicomTag.TransactionUID, "1.2" } }, ct);
                answers.Add(result.Code);
                if (answers.Count == 2)
                {
                    reported.TrySetResult();
                }
            });
            return ValueTask.FromResult(new DimseResponse(0));
        }));
        using var peer = await server.AssociateAsync(s_verification, s_commitment);

        await peer.SendCommandAsync(5, s_action);
        Assert.AreEqual(0, await peer.ReadStatusAsync());
        var (first, data, _, _) = await peer.Wire.ReadMessageAsync(hasData: true);
        Assert.AreEqual(0x0100, CommandSet.Read(first)!.Field);
        Assert.IsNotEmpty(data);

        // Its answer is kept back while two more requests are made and answered, the second of which wants a notification too.
        await peer.AssertLivesAsync(1);
        await peer.SendCommandAsync(5, s_action);
        Assert.AreEqual(0, await peer.ReadStatusAsync());
        Assert.IsEmpty(answers);
        await peer.SendCommandAsync(5, Response(CommandSet.Read(first)!, 0x0110));
        var (second, _, _, _) = await peer.Wire.ReadMessageAsync(hasData: true);
        await peer.SendCommandAsync(5, Response(CommandSet.Read(second)!, 0x0000));

        await reported.Task.WaitAsync(TimeSpan.FromSeconds(10));
        CollectionAssert.AreEquivalent(new ushort[] { 0x0110, 0 }, answers.ToArray());
        await peer.ReleaseAsync();
    }

    [TestMethod]
    public async Task A_handler_may_wait_for_the_answer_to_its_notification()
    {
        await using var server = await TestServer.StartAsync(Commitment(static async (_, context, ct) =>
            new DimseResponse((await context.Peer.NEventReportAsync<TestStatus>(context.SopClass, context.SopInstanceUid, 1, null, ct)).Code)));
        using var peer = await server.AssociateAsync(s_commitment);

        await peer.SendCommandAsync(5, s_action);
        var report = await peer.ReadCommandAsync();
        Assert.AreEqual((ushort?)1, report.GetUInt16(CommandElement.EventTypeId));
        await peer.SendCommandAsync(5, Response(report, 0xA7FF));

        var response = await peer.ReadCommandAsync();
        Assert.AreEqual((0x8130, (ushort?)0xA7FF), (response.Field, response.GetUInt16(CommandElement.Status)));
    }

    [TestMethod]
    public async Task A_notification_that_is_not_answered_before_the_release_fails()
    {
        Exception? failure = null;
        await using var server = await TestServer.StartAsync(Commitment((_, context, _) =>
        {
            context.AfterResponse(async ct => failure = await Assert.ThrowsAsync<AssociationClosedException>(
                async () => await context.Peer.NEventReportAsync<TestStatus>(context.SopClass, context.SopInstanceUid, 1, null, ct)));
            return ValueTask.FromResult(new DimseResponse(0));
        }));
        using var peer = await server.AssociateAsync(s_commitment);
        await peer.SendCommandAsync(5, s_action);
        Assert.AreEqual(0, await peer.ReadStatusAsync());
        Assert.AreEqual(0x0100, (await peer.ReadCommandAsync()).Field);

        await peer.ReleaseAsync();

        await TestServer.EventuallyAsync(() => failure is not null, "failed");
    }

    [TestMethod]
    public async Task A_silent_connection_is_closed_and_a_silent_association_aborted()
    {
        await using var server = await TestServer.StartAsync(static o => (o.AssociationTimeout, o.IdleTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)), Storage());
        using var mute = await ConnectAsync(server.Port);
        using var half = await ConnectAsync(server.Port);
        await half.Stream.WriteAsync(AssociateRequest([s_verification]).AsMemory(0, 50));
        using var idle = await server.AssociateAsync(s_verification);
        using var stuck = await server.AssociateAsync(s_ct);
        await stuck.SendCommandAsync(3, Store(1, TestClasses.CT.Uid, "1.2.3"));
        await stuck.SendDataAsync(3, new byte[100], finish: false);
        var time = Stopwatch.StartNew();

        await mute.AssertClosedAsync();
        await half.AssertClosedAsync();
        Assert.AreEqual(2, (await idle.ReadAbortAsync()).Source);
        Assert.AreEqual(2, (await stuck.ReadAbortAsync()).Source);
        Assert.IsLessThan(15, time.Elapsed.TotalSeconds);
        await TestServer.EventuallyAsync(() => server.Parts().Length == 0, "What came of the instance is gone.");
    }

    [TestMethod]
    public async Task An_association_with_a_request_under_way_is_not_silent()
    {
        await using var server = await TestServer.StartAsync(static o => o.IdleTimeout = TimeSpan.FromSeconds(1), Commitment(static async (_, _, ct) =>
        {
            await Task.Delay(3000, ct);
            return new DimseResponse(0);
        }));
        using var peer = await server.AssociateAsync(s_commitment);

        await peer.SendCommandAsync(5, s_action);

        Assert.AreEqual(0, await peer.ReadStatusAsync());
    }

    [TestMethod]
    public async Task A_handler_that_takes_too_long_is_cancelled_and_answered_for()
    {
        await using var server = await TestServer.StartAsync(static o => o.RequestTimeout = TimeSpan.FromSeconds(0.3), Commitment(static async (_, _, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            return new DimseResponse(0);
        }));
        using var peer = await server.AssociateAsync(s_verification, s_commitment);

        await peer.SendCommandAsync(5, s_action);

        Assert.AreEqual(0x0110, await peer.ReadStatusAsync());
        await peer.AssertLivesAsync(1);
    }

    [TestMethod]
    public async Task Stopping_lets_what_is_under_way_end_and_aborts_the_rest()
    {
        var started = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(Commitment(async (_, _, _) =>
        {
            started.SetResult();
            await Task.Delay(500);
            return new DimseResponse(0);
        }));
        using var idle = await server.AssociateAsync(s_verification);
        using var busy = await server.AssociateAsync(s_commitment);
        await busy.SendCommandAsync(5, s_action);
        await started.Task;

        var stop = server.Scp.StopAsync();

        Assert.AreEqual(2, (await idle.ReadAbortAsync()).Source);
        Assert.AreEqual(0, await busy.ReadStatusAsync());
        await busy.ReadAbortAsync();
        await stop.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.AreEqual(0, server.Scp.AssociationCount);
    }

    [TestMethod]
    public async Task Stopping_does_not_wait_for_ever()
    {
        var token = default(CancellationToken);
        var started = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(static o => o.StopTimeout = TimeSpan.FromSeconds(0.3), Commitment(async (_, _, ct) =>
        {
            token = ct;
            started.SetResult();
            await Task.Delay(Timeout.Infinite, ct);
            return new DimseResponse(0);
        }));
        using var peer = await server.AssociateAsync(s_commitment);
        await peer.SendCommandAsync(5, s_action);
        await started.Task;

        await server.Scp.StopAsync().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.IsTrue(token.IsCancellationRequested);
        await peer.ReadAbortAsync();
    }

    [TestMethod]
    public async Task Every_association_has_a_scope_of_its_own_that_ends_with_it()
    {
        var services = new ServiceCollection();
        services.AddScoped<Scoped>();
        services.AddLogging();
        var started = new Started();
        services.AddSingleton<IDicomScpObserver>(started);
        Scoped.Alive = 0;
        services.AddDicomScp(static o => (o.Address, o.Port, o.AETitle) = ("127.0.0.1", 0, "SERVER")).AddProvider<ScopedEcho>();
        await using var provider = services.BuildServiceProvider();
        var hosted = provider.GetServices<Microsoft.Extensions.Hosting.IHostedService>().ToList();
        foreach (var service in hosted)
        {
            await service.StartAsync(CancellationToken.None);
        }

        var port = await started.Port.Task.WaitAsync(TimeSpan.FromSeconds(10));
        using (var first = await AssociateAsync(port, s_verification))
        using (var second = await AssociateAsync(port, s_verification))
        {
            await first.AssertLivesAsync(1);
            await first.AssertLivesAsync(1);
            Assert.AreEqual(1, Scoped.Alive);
            await second.AssertLivesAsync(1);
            Assert.AreEqual(2, Scoped.Alive);
            await first.ReleaseAsync();
            first.Dispose();
            await TestServer.EventuallyAsync(static () => Scoped.Alive == 1, "The scope ends with the association.");
        }

        await TestServer.EventuallyAsync(static () => Scoped.Alive == 0, "And so does the other's.");
        foreach (var service in hosted)
        {
            await service.StopAsync(CancellationToken.None);
        }
    }

    private static ServiceBinding Commitment(DimseHandler<NActionContext> handler) => TestClasses.Binding(DicomRole.Scp, [TestClasses.Commitment], nAction: handler);

    private static ServiceBinding Storage() => TestClasses.Binding(DicomRole.Scp, [TestClasses.CT], cStore: static (_, _, _) => ValueTask.FromResult(new DimseResponse(0)));

    private sealed class Scoped : IDisposable
    {
        public static int Alive;

        public Scoped() => Interlocked.Increment(ref Alive);

        public void Dispose() => Interlocked.Decrement(ref Alive);
    }

    private sealed class Started : IDicomScpObserver
    {
        public TaskCompletionSource<int> Port { get; } = new();

        void IDicomScpObserver.Started(DicomScp scp) => Port.SetResult(scp.Port);
    }

    private sealed class ScopedEcho(Scoped scoped) : IDimseHandlers<ScopedEcho>
    {
        public static IReadOnlyList<ServiceBinding> ServiceBindings { get; } =
            [TestClasses.Binding(DicomRole.Scp, [TestClasses.Verification], cEcho: static (self, _, _) => ValueTask.FromResult(new DimseResponse(((ScopedEcho)self).Status)))];

        public IReadOnlyList<ServiceBinding> Bindings => ServiceBindings;

        private ushort Status => scoped is null ? (ushort)0x0110 : (ushort)0;
    }
}
