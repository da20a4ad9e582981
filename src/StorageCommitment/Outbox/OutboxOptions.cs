namespace Specgen.Outbox;

/// <summary>How what is owed is sent, tried again, given up and forgotten.</summary>
public sealed class OutboxOptions
{
    /// <summary>The pause after the first attempt; each further one is twice as long. Default 30 seconds.</summary>
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause; also the one after an answer that another attempt will hardly change. Default 1 hour.</summary>
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromHours(1);

    /// <summary>By how much of its length a pause is made longer or shorter at random. Default 0.2.</summary>
    public double Jitter { get; set; } = 0.2;

    /// <summary>After which time a message expires. Default 7 days.</summary>
    public TimeSpan ExpiresAfter { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a message that was delivered is remembered, with its key. Default 90 days.</summary>
    public TimeSpan KeepDone { get; set; } = TimeSpan.FromDays(90);

    /// <summary>The lease of what is being sent, prolonged while it is: how long the messages of a node that has died wait for another. Default 1
    /// minute.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Messages that are claimed at a time. Default 500.</summary>
    public int Batch { get; set; } = 500;

    /// <summary>Peers that are sent to at a time. Default 8.</summary>
    public int Peers { get; set; } = 8;

    /// <summary>How long one message may take, in which the peer has to answer. Default 5 minutes.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often to look for what is due without being notified. Default 30 seconds.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long stopping waits for what is being sent. Default 5 seconds.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Reports the first option that is wrong.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public void Check()
    {
        RequireTime(nameof(FirstRetry), FirstRetry);
        RequireTime(nameof(LongestRetry), LongestRetry);
        RequireTime(nameof(ExpiresAfter), ExpiresAfter);
        RequireTime(nameof(KeepDone), KeepDone);
        RequireTime(nameof(Lease), Lease);
        RequireTime(nameof(SendTimeout), SendTimeout);
        RequireTime(nameof(PollInterval), PollInterval);
        RequireTime(nameof(StopTimeout), StopTimeout);
        Require(LongestRetry >= FirstRetry, $"{nameof(LongestRetry)} is {LongestRetry}, and {nameof(FirstRetry)} {FirstRetry}.");
        Require(Jitter is >= 0 and < 1, $"{nameof(Jitter)} is {Jitter}; it is 0 to less than 1.");
        Require(Batch is >= 1 and <= 10_000, $"{nameof(Batch)} is {Batch}; it is 1 to 10000.");
        Require(Peers is >= 1 and <= 1_000, $"{nameof(Peers)} is {Peers}; it is 1 to 1000.");
    }

    private static void RequireTime(string option, TimeSpan time) => Require(time > TimeSpan.Zero, $"{option} is {time}; it is more than zero.");

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new ArgumentException(message);
        }
    }
}
