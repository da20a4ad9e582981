namespace Specgen.Outbox;

/// <summary>The pauses between attempts: each twice as long as the one before, up to the longest, and a little off so that not everybody comes at
/// once.</summary>
internal static class BackOff
{
    /// <param name="options">First and longest pause, jitter.</param>
    /// <param name="attempts">How often it was tried in vain before this attempt.</param>
    /// <param name="random">0 to less than 1.</param>
    public static TimeSpan Pause(OutboxOptions options, int attempts, double random)
    {
        // 2^40 s is longer than any option: more doublings would only overflow.
        var pause = Math.Min(options.FirstRetry.TotalMilliseconds * Math.Pow(2, Math.Clamp(attempts, 0, 40)), options.LongestRetry.TotalMilliseconds);
        return Jittered(options, TimeSpan.FromMilliseconds(pause), random);
    }

    public static TimeSpan Longest(OutboxOptions options, double random) => Jittered(options, options.LongestRetry, random);

    private static TimeSpan Jittered(OutboxOptions options, TimeSpan pause, double random) => pause * (1 + (options.Jitter * ((2 * random) - 1)));
}
