using System.Net.Sockets;
using FellowOakDicom;
using Specgen.Runtime.Tests.Instances;
using Specgen.Runtime.Tests.Scu;
using Specgen.Runtime.Tests.Wire;
using Specgen.Wire;
using static Specgen.Runtime.Tests.Wire.Requestor;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>A server after thousands of associations: it holds what it held before. And under hundreds at once.</summary>
[TestClass]
public sealed class EnduranceTests
{
    private const byte Context = 1;

    private static readonly byte[] s_part = EncodedDataSet.Instance(1000);
    private static readonly byte[] s_instance = EncodedDataSet.Instance(20_000);
    private static readonly byte[] s_level = [0x08, 0, 0x52, 0, 6, 0, 0, 0, .. "STUDY "u8];

    [TestMethod]
    public async Task Ten_thousand_associations_leave_nothing_behind()
    {
        await using var server = await StartAsync();
        await RunAsync(server, 1000);
        var before = await SettledAsync(server);

        await RunAsync(server, 10_000);

        var after = await SettledAsync(server);
        Assert.AreEqual(0, server.Scp.AssociationCount);
        Assert.IsLessThanOrEqualTo(before.Handles + 20, after.Handles, "handles");
        Assert.IsLessThanOrEqualTo(before.Timers + 5, after.Timers, "timers");
        Assert.IsLessThan(before.Memory + (4 * 1024 * 1024), after.Memory, "memory");
        Assert.IsEmpty(server.Parts());
    }

    [TestMethod]
    public async Task Two_hundred_associations_at_once_are_all_served()
    {
        await using var server = await StartAsync();
        var answered = 0;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            using var peer = await server.AssociateAsync(i % 3 == 0 ? Storage : i % 3 == 1 ? Query : Verification);
            for (var round = 0; round < 5; round++)
            {
                switch (i % 3)
                {
                    case 0:
                        await peer.SendCommandAsync(Context, Store(1, TestClasses.CT.Uid, $"1.2.{i + 1}.{round}"));
                        await peer.SendDataAsync(Context, s_instance);
                        Assert.AreEqual(0, await peer.ReadStatusAsync());
                        break;
                    case 1:
                        await peer.SendCommandAsync(Context, Command(0x0020, 1, FindTests.StudyRoot, WithDataSet).UInt16(0x0700, 0).ToArray());
                        await peer.SendDataAsync(Context, s_level);
                        Assert.AreEqual(0xFF00, await peer.ReadStatusAsync());
                        Assert.AreEqual(RawConnection.Data, (await peer.ReadAsync()).Type);
                        Assert.AreEqual(0, await peer.ReadStatusAsync());
                        break;
                    default:
                        await peer.AssertLivesAsync(Context);
                        break;
                }
            }

            await peer.ReleaseAsync();
            Interlocked.Increment(ref answered);
        }));
        Assert.AreEqual(200, answered);
    }

    private static Proposal Verification => new(Context, TestClasses.Verification.Uid, Implicit);

    private static Proposal Storage => new(Context, TestClasses.CT.Uid, Explicit);

    private static Proposal Query => new(Context, FindTests.StudyRoot, Implicit);

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(
        static options => options.MaxAssociations = 1000,
        TestClasses.Binding(DicomRole.Scp, [TestClasses.CT], cStore: static (_, _, _) => ValueTask.FromResult(new DimseResponse(0))),
        new ServiceBinding { Role = DicomRole.Scp, ServiceClass = "Query/Retrieve Service Class", SopClasses = [FindTests.Find], FindStatus = static (_, _) => null, CFind = static (_, _, _) => OneMatchAsync() });

    private static async IAsyncEnumerable<DimseResponse> OneMatchAsync()
    {
        await Task.Yield();
        yield return new DimseResponse(0xFF00) { Dataset = new DicomDataset { { DicomTag.PatientID, "P1" } } };
    }

    /// <summary>Associations as they come: most are released, some aborted, some lost in the middle of a data set, a few are for nothing that is served.</summary>
    private static async Task RunAsync(TestServer server, int count) => await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
    {
        using var peer = await Requestor.ConnectAsync(server.Port);

        // Closed with a reset: ten thousand ports would wait for stray packets otherwise.
        peer.Stream.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        await peer.Stream.WriteAsync(AssociateRequest([i % 10 == 9 ? new Proposal(Context, "1.2.3.4", Implicit) : Storage]));
        Assert.AreEqual(RawConnection.Ac, (await peer.ReadAsync()).Type);
        switch (i % 5)
        {
            case 0:
                await peer.Wire.WriteAsync(RawConnection.Abort, 0, 0, 0, 0);
                break;
            case 1:
                await peer.SendCommandAsync(Context, Store(1, TestClasses.CT.Uid, $"1.2.{i + 1}"));
                await peer.SendDataAsync(Context, s_part, finish: false);
                break;
            case 2:
                await peer.SendCommandAsync(Context, Store(1, TestClasses.CT.Uid, $"1.2.{i + 1}"));
                await peer.SendDataAsync(Context, s_part);
                Assert.AreEqual(0, await peer.ReadStatusAsync());
                await peer.ReleaseAsync();
                break;
            default:
                await peer.ReleaseAsync();
                break;
        }
    });

    private static async Task<(int Handles, long Timers, long Memory)> SettledAsync(TestServer server)
    {
        await TestServer.EventuallyAsync(() => server.Scp.AssociationCount == 0, "all associations over");
        await Task.Delay(500);
        server.Forget();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var handles = Directory.Exists("/proc/self/fd") ? Directory.GetFileSystemEntries("/proc/self/fd").Length : System.Diagnostics.Process.GetCurrentProcess().HandleCount;
        return (handles, Timer.ActiveCount, memory);
    }
}
