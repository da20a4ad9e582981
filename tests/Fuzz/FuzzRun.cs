using System.Diagnostics;

namespace Specgen.Fuzz;

/// <summary>What came of a run.</summary>
/// <param name="Target">Of what.</param>
/// <param name="Inputs">How many inputs there were.</param>
/// <param name="Failures">Those that did what they may not do, with what it was.</param>
/// <param name="Slowest">The longest that one took.</param>
/// <param name="Growth">Bytes of managed memory that are held after the run and were not after its first tenth.</param>
/// <param name="Duration">How long it took.</param>
internal sealed record FuzzReport(string Target, ulong Inputs, IReadOnlyList<(ulong Number, Exception Problem)> Failures, TimeSpan Slowest, long Growth, TimeSpan Duration)
{
    public override string ToString() =>
        $"{Target}: {Inputs} inputs in {Duration.TotalSeconds:F0} s, {Failures.Count} failures, slowest {Slowest.TotalMilliseconds:F0} ms, memory {Growth / 1024:+#;-#;0} kB";
}

/// <summary>Gives a target inputs, one after the other. One that does not come to an end ends the process, with its number: there is no way to go on.</summary>
internal static class FuzzRun
{
    public const ulong NoLimit = ulong.MaxValue;

    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(60);

    /// <param name="target">What is tried.</param>
    /// <param name="seed">The first input's number.</param>
    /// <param name="inputs">How many.</param>
    /// <param name="time">How long at most.</param>
    public static FuzzReport Run(FuzzTarget target, ulong seed, ulong inputs, TimeSpan time)
    {
        var mutator = new Mutator(target.Seeds);
        var failures = new List<(ulong, Exception)>();
        var (slowest, before) = (TimeSpan.Zero, 0L);
        var (current, since) = (seed, Stopwatch.GetTimestamp());
        var clock = Stopwatch.StartNew();
        using var watch = new Timer(_ =>
        {
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref since)) > s_hang)
            {
                Environment.FailFast($"{target.Name}: input {Volatile.Read(ref current)} does not come to an end.");
            }
        });
        watch.Change(s_hang, s_hang / 10);
        ulong done = 0;
        for (; done < inputs && clock.Elapsed < time; done++)
        {
            if (before == 0 && (done > inputs / 10 || clock.Elapsed > time / 10))
            {
                before = GC.GetTotalMemory(forceFullCollection: true);
            }

            Volatile.Write(ref current, seed + done);
            Volatile.Write(ref since, Stopwatch.GetTimestamp());
            try
            {
                target.Run(mutator.Make(seed + done), new Random((int)(seed + done)));
            }
            catch (Exception e) when (failures.Count < 20)
            {
                failures.Add((seed + done, e));
            }

            var took = Stopwatch.GetElapsedTime(since);
            slowest = took > slowest ? took : slowest;
        }

        return new FuzzReport(target.Name, done, failures, slowest, GC.GetTotalMemory(forceFullCollection: true) - before, clock.Elapsed);
    }
}
