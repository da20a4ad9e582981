namespace Specgen.Associations;

/// <summary>What an association allows.</summary>
/// <param name="MaxPduLength">The longest P-DATA-TF that is offered to the peer, in bytes.</param>
/// <param name="ArtimTimeout">The ARTIM timer (PS3.8 §9.1.5).</param>
/// <param name="IdleTimeout">How long nothing may come while nothing is under way.</param>
/// <param name="RequestTimeout">How long a message may stand still in its midst, a write may make no progress, and a handler may take.</param>
internal sealed record AssociationLimits(uint MaxPduLength, TimeSpan ArtimTimeout, TimeSpan IdleTimeout, TimeSpan RequestTimeout)
{
    /// <summary>Of what may be offered. Below, a command set would be cut into crumbs; above, one PDU could ask for any amount of memory.</summary>
    public const uint ShortestPduLength = 4_096, LongestPduLength = 16_777_216;

    /// <summary>How many bytes a second a message has to come with, measured over which time.</summary>
    public (int Rate, TimeSpan Grace) LeastData { get; init; } = LeastDataRate.Default;

    public const int MostAsyncOperations = 1000;

    private static readonly TimeSpan s_shortestWatch = TimeSpan.FromMilliseconds(50), s_longestWatch = TimeSpan.FromSeconds(1);

    /// <summary>How often <see cref="Association.Watch"/> has to look.</summary>
    public TimeSpan WatchInterval
    {
        get
        {
            var shortest = new[] { ArtimTimeout, IdleTimeout, RequestTimeout, LeastData.Grace }.Where(static t => t != Timeout.InfiniteTimeSpan).DefaultIfEmpty(s_longestWatch).Min() / 5;
            return shortest < s_shortestWatch ? s_shortestWatch : shortest > s_longestWatch ? s_longestWatch : shortest;
        }
    }

    public static bool IsLonger(TimeSpan time, TimeSpan limit) => limit != Timeout.InfiniteTimeSpan && time > limit;

    public static TimeSpan Shorter(TimeSpan one, TimeSpan other) =>
        one == Timeout.InfiniteTimeSpan ? other : other == Timeout.InfiniteTimeSpan ? one : one < other ? one : other;
}
