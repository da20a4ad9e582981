using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using FellowOakDicom;
using FellowOakDicom.Network;
using Specgen.Runtime.Tests.Associations;
using Specgen.Runtime.Tests.Scu;
using Specgen.Wire;

namespace Specgen.Runtime.Tests.Scp;

/// <summary>A server from start to stop, with our own user as its peer.</summary>
[TestClass]
public sealed class DicomScpTests
{
    private static readonly TestHandlers s_user = new(TestClasses.Scu(TestClasses.Verification), TestClasses.Scu(TestClasses.CT), TestClasses.Scu(TestClasses.Commitment));

    private readonly string _folder = Directory.CreateTempSubdirectory("specgen-scp").FullName;

    [TestCleanup]
    public void Cleanup() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public async Task A_server_without_providers_answers_an_echo_and_nothing_else()
    {
        await using var scp = await DicomScp.StartAsync(Options());
        await using var association = await ScuAssociation.OpenAsync(s_user, User(scp));

        Assert.AreEqual(TestStatus.Success, (await association.CEchoAsync<TestStatus>()).Status);
        CollectionAssert.AreEqual(new[] { TestClasses.Verification.Uid }, association.AcceptedContexts.Select(static c => c.SopClassUid).ToArray());
        CollectionAssert.AreEqual(new[] { TestClasses.Verification.Uid }, scp.SopClasses.Select(static s => s.Uid).ToArray());
        var e = await Assert.ThrowsExactlyAsync<ContextNotAcceptedException>(async () => await association.NActionAsync<TestStatus>(TestClasses.Commitment, "1.2", 1, null));
        StringAssert.Contains(e.Message, $"did not accept {TestClasses.Commitment}: it does not support the SOP class.");
    }

    [TestMethod]
    public async Task A_port_in_use_is_a_clear_error()
    {
        using var other = new TcpListener(IPAddress.Any, 0);
        other.ExclusiveAddressUse = true;
        other.Start();
        var options = Options();
        options.Port = ((IPEndPoint)other.LocalEndpoint).Port;

        var e = await Assert.ThrowsExactlyAsync<DicomConfigurationException>(() => DicomScp.StartAsync(options));

        StringAssert.Contains(e.Message, $"{options.Port}");
    }

    [TestMethod]
    public async Task Two_servers_take_different_free_ports()
    {
        await using var one = await DicomScp.StartAsync(Options());
        await using var two = await DicomScp.StartAsync(Options());

        Assert.AreNotEqual(0, one.Port);
        Assert.AreNotEqual(one.Port, two.Port);
    }

    [TestMethod]
    public async Task A_stopped_server_frees_its_port_and_can_be_started_again()
    {
        var options = Options();
        options.Port = ScuAssociationTests.FreePort();
        for (var i = 0; i < 3; i++)
        {
            var scp = await DicomScp.StartAsync(options);
            await using (var association = await ScuAssociation.OpenAsync(s_user, User(scp)))
            {
                Assert.AreEqual(TestStatus.Success, (await association.CEchoAsync<TestStatus>()).Status);
            }

            await scp.StopAsync();
            await scp.StopAsync();
            await scp.DisposeAsync();
            await Assert.ThrowsExactlyAsync<AssociationException>(async () => await ScuAssociation.OpenAsync(s_user, User(scp)));
        }
    }

    [TestMethod]
    public async Task Who_may_not_call_or_calls_somebody_else_is_rejected_as_the_standard_says()
    {
        var options = Options();
        options.CallingAETitles.Add("FRIEND");
        await using var scp = await DicomScp.StartAsync(options);
        var friend = User(scp);
        friend.CallingAE = "FRIEND";
        var lost = User(scp);
        lost.CallingAE = "FRIEND";
        lost.CalledAE = "SOMEBODY";

        var stranger = await Assert.ThrowsExactlyAsync<AssociationRejectedException>(async () => await ScuAssociation.OpenAsync(s_user, User(scp)));
        var other = await Assert.ThrowsExactlyAsync<AssociationRejectedException>(async () => await ScuAssociation.OpenAsync(s_user, lost));
        await using var association = await ScuAssociation.OpenAsync(s_user, friend);

        Assert.AreEqual((DicomRejectResult.Permanent, DicomRejectSource.ServiceUser, DicomRejectReason.CallingAENotRecognized), (stranger.Result, stranger.RejectedBy, stranger.Reason));
        Assert.AreEqual((DicomRejectResult.Permanent, DicomRejectSource.ServiceUser, DicomRejectReason.CalledAENotRecognized), (other.Result, other.RejectedBy, other.Reason));
        Assert.IsTrue(association.IsOpen);
    }

    [TestMethod]
    public async Task One_association_too_many_is_told_to_come_back()
    {
        var options = Options();
        options.MaxAssociations = 1;
        options.AcceptAnyCalledAETitle = true;
        await using var scp = await DicomScp.StartAsync(options);
        var user = User(scp);
        user.CalledAE = "WHOEVER";
        var first = await ScuAssociation.OpenAsync(s_user, user);

        var e = await Assert.ThrowsExactlyAsync<AssociationRejectedException>(async () => await ScuAssociation.OpenAsync(s_user, user));
        Assert.AreEqual(1, scp.AssociationCount);
        await first.DisposeAsync();
        await WaitForAsync(() => scp.AssociationCount == 0);
        await using var second = await ScuAssociation.OpenAsync(s_user, user);

        Assert.AreEqual((DicomRejectResult.Transient, DicomRejectReason.LocalLimitExceeded), (e.Result, e.Reason));
    }

    [TestMethod]
    public async Task What_is_stored_is_what_was_sent()
    {
        var target = Path.Combine(_folder, "in", "1.2.3.4.dcm");
        CStoreContext? seen = null;
        var store = TestClasses.Binding(DicomRole.Scp, [TestClasses.CT], cStore: async (_, context, ct) =>
        {
            seen = context;
            await context.SaveAsync(target, ct);
            return new DimseResponse(0xB000) { ErrorComment = "kept", ErrorId = 3, OffendingElements = [DicomTag.PatientID] };
        });
        var path = Path.Combine(_folder, "out.dcm");
        var dataset = new DicomDataset(DicomTransferSyntax.ExplicitVRLittleEndian)
        {
            { DicomTag.SOPClassUID, TestClasses.CT.Uid },
            { DicomTag.SOPInstanceUID, "1.2.3.4" },
            { DicomTag.PatientName, "Doe^Jane" },
        };
        dataset.AddOrUpdate(new DicomOtherByte(DicomTag.PixelData, new byte[600_001 & ~1]));
        await new DicomFile(dataset).SaveAsync(path);
        await using var scp = await DicomScp.StartAsync(Options(), new TestHandlers(store));
        var user = User(scp);
        user.ProposeFor([path]);
        await using var association = await ScuAssociation.OpenAsync(s_user, user);

        var result = await association.CStoreAsync<TestStatus>(path);

        Assert.AreEqual((TestStatus.Coercion, "kept", (ushort?)3), (result.Status, result.ErrorComment, result.ErrorId));
        CollectionAssert.AreEqual(new[] { DicomTag.PatientID }, result.OffendingElements.ToArray());
        CollectionAssert.AreEqual(await DataSetAsync(path), await DataSetAsync(target));
        Assert.AreEqual(("TESTER", "ARCHIVE", "1.2.3.4", TestClasses.CT), (seen!.CallingAE, seen.CalledAE, seen.SopInstanceUid, seen.SopClass));
        Assert.AreEqual((await DataSetAsync(path)).Length, seen.Length);
    }

    [TestMethod]
    public async Task A_handler_that_throws_is_answered_with_a_failure_and_the_association_lives_on()
    {
        var throws = TestClasses.Binding(DicomRole.Scp, [TestClasses.Commitment], nAction: static (_, _, _) => throw new InvalidOperationException(@"disk \ gone"));
        await using var scp = await DicomScp.StartAsync(Options(), new TestHandlers(throws));
        await using var association = await ScuAssociation.OpenAsync(s_user, User(scp));

        for (var i = 0; i < 2; i++)
        {
            var result = await association.NActionAsync<TestStatus>(TestClasses.Commitment, TestClasses.CommitmentInstance, 1, new DicomDataset { { DicomTag.TransactionUID, "1.2" } });

            Assert.AreEqual(StatusCategory.Failure, StatusCategories.Of(result.Code));
            Assert.IsNotNull(result.ErrorComment);
        }

        Assert.AreEqual(TestStatus.Success, (await association.CEchoAsync<TestStatus>()).Status);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task A_notification_finds_its_way_over_the_association_or_a_new_one(bool released)
    {
        var events = new ConcurrentQueue<(string Calling, ushort Type, string? Transaction)>();
        var notified = new TaskCompletionSource<ushort>(TaskCreationOptions.RunContinuationsAsynchronously);
        var gone = new TaskCompletionSource();
        var provider = TestClasses.Binding(DicomRole.Scp, [TestClasses.Commitment], nAction: (_, context, _) =>
        {
            context.AfterResponse(async ct =>
            {
                if (released)
                {
                    await gone.Task;
                    await WaitForAsync(() => !context.Peer.IsConnected);
                }

                try
                {
                    notified.SetResult((await context.Peer.NEventReportAsync<TestStatus>(context.SopClass, context.SopInstanceUid, 2, context.Dataset, ct)).Code);
                }
                catch (Exception e)
                {
                    notified.SetException(e);
                }
            });
            return ValueTask.FromResult(default(DimseResponse));
        });
        var user = new TestHandlers(TestClasses.Binding(DicomRole.Scu, [TestClasses.Commitment], nEventReport: (_, context, _) =>
        {
            events.Enqueue((context.CallingAE, context.EventTypeId, context.Dataset?.GetSingleValueOrDefault<string>(DicomTag.TransactionUID, "")));
            return ValueTask.FromResult(new DimseResponse(0xB000));
        }, eventTypes: [1, 2]));
        var listening = Options();
        listening.AETitle = "TESTER";
        await using var listener = await DicomScp.StartAsync(listening, user);
        var options = Options();
        options.Peers["TESTER"] = new DicomPeer("127.0.0.1", listener.Port);
        await using var scp = await DicomScp.StartAsync(options, new TestHandlers(provider));

        var association = await ScuAssociation.OpenAsync(user, User(scp));
        var result = await association.NActionAsync<TestStatus>(TestClasses.Commitment, TestClasses.CommitmentInstance, 1, new DicomDataset { { DicomTag.TransactionUID, "1.2.3" } });
        if (released)
        {
            await association.DisposeAsync();
            gone.SetResult();
        }

        Assert.AreEqual(TestStatus.Success, result.Status);
        Assert.AreEqual((ushort)0xB000, await notified.Task.WaitAsync(TimeSpan.FromSeconds(15)));
        Assert.AreEqual((released ? "ARCHIVE" : "TESTER", (ushort)2, "1.2.3"), events.Single());
        await association.DisposeAsync();
    }

    [TestMethod]
    public async Task Stopping_lets_a_request_end()
    {
        var (entered, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = Slow(entered, go.Task);
        var scp = await DicomScp.StartAsync(Options(), new TestHandlers(slow));
        var association = await ScuAssociation.OpenAsync(s_user, User(scp));
        var request = association.NActionAsync<TestStatus>(TestClasses.Commitment, TestClasses.CommitmentInstance, 1, null).AsTask();
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(10));

        var stop = scp.StopAsync();
        await WaitForAsync(() => CannotConnect(scp.Port));
        Assert.IsFalse(stop.IsCompleted);
        go.SetResult();
        await stop.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.AreEqual(TestStatus.Success, (await request).Status);
        await association.DisposeAsync();
        await scp.DisposeAsync();
    }

    [TestMethod]
    public async Task Stopping_aborts_what_does_not_end()
    {
        var entered = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        var stuck = TestClasses.Binding(DicomRole.Scp, [TestClasses.Commitment], nAction: async (_, _, ct) =>
        {
            entered.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, ct);
            }
            finally
            {
                cancelled.SetResult();
            }

            return default;
        });
        var options = Options();
        options.StopTimeout = TimeSpan.FromMilliseconds(200);
        var scp = await DicomScp.StartAsync(options, new TestHandlers(stuck));
        var association = await ScuAssociation.OpenAsync(s_user, User(scp));
        var request = association.NActionAsync<TestStatus>(TestClasses.Commitment, TestClasses.CommitmentInstance, 1, null).AsTask();
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(10));
        var clock = Stopwatch.StartNew();

        await scp.StopAsync();

        Assert.IsLessThan(5_000, clock.ElapsedMilliseconds);
        await Assert.ThrowsExactlyAsync<AssociationAbortedException>(() => request);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(5));
        await association.DisposeAsync();
        await scp.DisposeAsync();
    }

    [TestMethod]
    public async Task Observers_meters_and_activities_tell_what_happens()
    {
        var observer = new Observer();
        var measured = new ConcurrentQueue<string>();
        using var meters = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Specgen")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((i, value, tags, _) => measured.Enqueue($"{i.Name}={value} {string.Join(' ', tags.ToArray().Select(static t => t.Value))}"));
        meters.SetMeasurementEventCallback<int>((i, value, _, _) => measured.Enqueue($"{i.Name}={value}"));
        meters.SetMeasurementEventCallback<double>((i, value, _, _) => measured.Enqueue($"{i.Name} {value > 0}"));
        meters.Start();
        var activities = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener { ShouldListenTo = static s => s.Name == "Specgen", Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData, ActivityStopped = activities.Enqueue };
        ActivitySource.AddActivityListener(listener);
        var options = Options();
        options.Observers.Add(new Thrower());
        options.Observers.Add(observer);
        options.CallingAETitles.Add("OBSERVED");
        var scp = await DicomScp.StartAsync(options);
        var user = User(scp);
        user.CallingAE = "OBSERVED";
        await using (var association = await ScuAssociation.OpenAsync(s_user, user))
        {
            await association.CEchoAsync<TestStatus>();
        }

        await Assert.ThrowsExactlyAsync<AssociationRejectedException>(async () => await ScuAssociation.OpenAsync(s_user, User(scp)));
        await scp.DisposeAsync();

        CollectionAssert.AreEqual(
            new[] { "started", "opened OBSERVED", $"{DimseOperation.CEcho} {StatusCategory.Success} 1", $"closed {AssociationEnd.Released}", "rejected TESTER" }, observer.Seen.ToArray());
        foreach (var expected in new[]
        {
            "specgen.associations.open=1", "specgen.associations.open=-1", "specgen.associations=1 Released", "specgen.associations=1 Rejected",
            "specgen.requests=1 Verification Service Class C-ECHO Success", "specgen.request.duration True",
        })
        {
            CollectionAssert.Contains(measured, expected);
        }

        Assert.IsTrue(activities.Any(static a =>
            a.Kind == ActivityKind.Server && a.OperationName == "C-ECHO" && (string?)a.GetTagItem("specgen.calling_ae") == "OBSERVED" && (string?)a.GetTagItem("specgen.status") == "0000"));
        Assert.IsTrue(activities.Any(static a => a.Kind == ActivityKind.Client && a.OperationName == "C-ECHO" && (string?)a.GetTagItem("specgen.status") == "0000"));
    }

    internal static DicomScpOptions Options() => new()
    {
        Address = "127.0.0.1",
        Port = 0,
        AETitle = "ARCHIVE",
        StopTimeout = TimeSpan.FromSeconds(10),
        RequestTimeout = TimeSpan.FromSeconds(20),
    };

    internal static ScuOptions User(DicomScp scp)
    {
        var options = ScuAssociationTests.Options(scp.Port);
        options.CalledAE = scp.AETitle;
        return options;
    }

    internal static async Task WaitForAsync(Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.IsLessThan(10_000, clock.ElapsedMilliseconds);
            await Task.Delay(10);
        }
    }

    private static ServiceBinding Slow(TaskCompletionSource entered, Task go) => TestClasses.Binding(DicomRole.Scp, [TestClasses.Commitment], nAction: async (_, _, _) =>
    {
        entered.SetResult();
        await go;
        return default;
    });

    private static bool CannotConnect(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static async Task<byte[]> DataSetAsync(string path)
    {
        var bytes = await File.ReadAllBytesAsync(path);
        return bytes[(int)DicomFileHeader.Read(path).DataSetOffset..];
    }

    private sealed class Observer : IDicomScpObserver
    {
        public ConcurrentQueue<string> Seen { get; } = new();

        public void Started(DicomScp scp) => Seen.Enqueue("started");

        public void AssociationOpened(AssociationInfo association) => Seen.Enqueue($"opened {association.CallingAE}");

        public void AssociationClosed(AssociationInfo association, AssociationEnd end) => Seen.Enqueue($"closed {end}");

        public void AssociationRejected(AssociationInfo association, string reason) => Seen.Enqueue($"rejected {association.CallingAE}");

        public void RequestCompleted(AssociationInfo association, in CompletedRequest request) => Seen.Enqueue($"{request.Operation} {request.Category} {association.Requests}");
    }

    private sealed class Thrower : IDicomScpObserver
    {
        public void AssociationOpened(AssociationInfo association) => throw new InvalidOperationException("an observer's own business");

        public void RequestCompleted(AssociationInfo association, in CompletedRequest request) => throw new InvalidOperationException("an observer's own business");
    }
}
