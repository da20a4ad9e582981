using System.Diagnostics;
using Specgen.Interop.Tests.Services;

namespace Specgen.Interop.Tests;

/// <summary>All services at once, and for long: providers and users of ours.</summary>
[TestClass]
public sealed class MixTests
{
    private static readonly DimseOperation[] s_operations = [.. Enum.GetValues<DimseOperation>().Where(static o => o != DimseOperation.NEventReport)];

    [TestMethod]
    public async Task TwoHundredAssociationsAtOnce()
    {
        const int Associations = 200, Rounds = 3, OfEach = Associations / Mix.Kinds * Rounds;
        await using var mix = await Mix.StartAsync();
        var open = 0;
        var most = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // Nobody begins before everybody is there.
        await Task.WhenAll(Enumerable.Range(0, Associations).Select(i => Task.Run(() => mix.RunAsync(i, OpenedAsync, Rounds))));

        Assert.AreEqual(Associations, most);
        var expected = s_operations.ToDictionary(static o => o, static o => o switch
        {
            DimseOperation.NCreate or DimseOperation.NGet => 3 * OfEach,
            DimseOperation.NSet => 2 * OfEach,
            DimseOperation.NAction => (2 * OfEach) + 1,
            _ => OfEach,
        });
        for (var i = 0; i < 100 && expected.Any(pair => mix.Served.GetValueOrDefault(pair.Key) < pair.Value); i++)
        {
            await Task.Delay(50);
        }

        foreach (var (operation, count) in expected)
        {
            Assert.AreEqual(count, mix.Served.GetValueOrDefault(operation), $"{operation}");
        }

        // Two of each step, four of each print job.
        Assert.AreEqual(8 * OfEach, mix.Told);

        Task OpenedAsync()
        {
            if (Interlocked.Increment(ref open) == Associations)
            {
                most = mix.Scp.AssociationCount;
                all.SetResult();
            }

            return all.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    [TestMethod]
    public async Task TenThousandAssociationsLeaveNothingBehind()
    {
        await using var mix = await Mix.StartAsync();
        await RunAsync(mix, 1000);
        var before = await SettledAsync(mix);

        await RunAsync(mix, 10_000);

        var after = await SettledAsync(mix);
        Assert.IsTrue(s_operations.All(mix.Served.ContainsKey));
        Assert.IsLessThanOrEqualTo(before.Handles + 20, after.Handles, "handles");
        Assert.IsLessThanOrEqualTo(before.Timers + 5, after.Timers, "timers");
        Assert.IsLessThan(before.Memory + (4 * 1024 * 1024), after.Memory, "memory");
    }

    private static Task RunAsync(Mix mix, int count) => Parallel.ForAsync(
        0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) => await mix.RunAsync(i, static () => Task.CompletedTask));

    private static async Task<(int Handles, long Timers, long Memory)> SettledAsync(Mix mix)
    {
        for (var i = 0; i < 400 && mix.Scp.AssociationCount > 0; i++)
        {
            await Task.Delay(25);
        }

        Assert.AreEqual(0, mix.Scp.AssociationCount);
        await Task.Delay(500);
        mix.Forget();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var handles = Directory.Exists("/proc/self/fd") ? Directory.GetFileSystemEntries("/proc/self/fd").Length : Process.GetCurrentProcess().HandleCount;
        return (handles, Timer.ActiveCount, memory);
    }
}
