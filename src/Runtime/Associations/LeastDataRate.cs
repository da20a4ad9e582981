namespace Specgen.Associations;

/// <summary>Whether a message comes fast enough: in each period that lies within it, so many bytes that the whole cannot last for ever.</summary>
/// <param name="rate">Bytes a second; 0 for any.</param>
/// <param name="grace">The period.</param>
/// <param name="time">Its clock.</param>
internal sealed class LeastDataRate(int rate, TimeSpan grace, TimeProvider time)
{
    /// <summary>What counts where nothing else is said. The rate is Kestrel's; the period is longer than its five seconds, because there are peers that compress an instance behind its command.</summary>
    public static readonly (int Rate, TimeSpan Grace) Default = (240, TimeSpan.FromSeconds(30));

    private readonly object _lock = new();
    private long _since;
    private long _bytes;
    private bool _isMeasuring;

    /// <summary>Bytes came, and have been seen to.</summary>
    /// <param name="count">How many.</param>
    /// <param name="isInMidst">A message has begun, and has not ended.</param>
    public void Came(int count, bool isInMidst)
    {
        if (rate == 0)
        {
            return;
        }

        lock (_lock)
        {
            if (isInMidst && _isMeasuring)
            {
                _bytes += count;
                return;
            }

            _isMeasuring = isInMidst;
            (_since, _bytes) = (isInMidst ? time.GetTimestamp() : 0, 0);
        }
    }

    /// <summary>We do not read: nobody knows how many would come.</summary>
    public void Pause() => Came(0, isInMidst: false);

    /// <summary>How long what came is too little for; null while it is enough.</summary>
    public TimeSpan? TooSlowFor()
    {
        lock (_lock)
        {
            if (!_isMeasuring || time.GetElapsedTime(_since) is var elapsed && elapsed < grace)
            {
                return null;
            }

            if (_bytes < rate * elapsed.TotalSeconds)
            {
                return elapsed;
            }

            (_since, _bytes) = (time.GetTimestamp(), 0);
            return null;
        }
    }
}
