namespace Specgen.Scp;

/// <summary>Something that may happen thousands of times a second, because of a peer or of the machine: said at once when it happens, and then once in a while, with how often it has happened in between.</summary>
/// <param name="time">The clock.</param>
/// <param name="said">How many are said before others are counted: of peers that fail now and then more than one.</param>
internal sealed class RepeatedEvents(TimeProvider time, int said)
{
    /// <summary>How long others of the kind are counted only.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly object _lock = new();
    private long _since;
    private int _said;
    private int _unsaid;

    /// <summary>It has happened. Whether to say so, and how many times nothing was said before.</summary>
    public bool Happened(out int unsaid)
    {
        lock (_lock)
        {
            unsaid = 0;
            if (_said == 0 || time.GetElapsedTime(_since) >= Interval)
            {
                (unsaid, _unsaid, _said, _since) = (_unsaid, 0, 1, time.GetTimestamp());
                return true;
            }

            if (_said < said)
            {
                _said++;
                return true;
            }

            _unsaid++;
            return false;
        }
    }
}
