namespace Specgen.Scp;

/// <summary>
/// The connections of a server that have no association, in the order in which they came into that state. Where there are too many, one is closed: the one that has said nothing for the longest time, or the
/// oldest where all have said something. So those who open connections and say nothing keep nobody out, and cost no more than their number.
/// </summary>
/// <param name="limit">How many; 0 for any number.</param>
/// <param name="closed">Told when one had to go.</param>
internal sealed class PendingConnections(int limit, Action closed)
{
    private readonly object _lock = new();
    private readonly LinkedList<Entry> _entries = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>A connection that nothing has been heard from yet.</summary>
    /// <param name="close">Closes it, whatever it is at. Must not wait.</param>
    public Entry Add(Action close)
    {
        var entry = new Entry(this, close);
        entry.Enter();
        return entry;
    }

    /// <summary>Closes the one that has said nothing for the longest time: somebody needs the room. False where all have said something.</summary>
    public bool TryCloseSilent()
    {
        Entry? silent;
        lock (_lock)
        {
            silent = Silent();
            if (silent is null)
            {
                return false;
            }

            _entries.Remove(silent.Node);
        }

        silent.Close();
        return true;
    }

    private void Enter(Entry entry)
    {
        Entry? tooMany = null;
        lock (_lock)
        {
            if (entry.Node.List is not null || entry.IsGone)
            {
                return;
            }

            if (limit > 0 && _entries.Count >= limit)
            {
                tooMany = Silent() ?? _entries.First!.Value;
                _entries.Remove(tooMany.Node);
            }

            _entries.AddLast(entry.Node);
        }

        if (tooMany is not null)
        {
            closed();
            tooMany.Close();
        }
    }

    private void Leave(Entry entry, bool isGone)
    {
        lock (_lock)
        {
            entry.IsGone |= isGone;
            if (entry.Node.List is not null)
            {
                _entries.Remove(entry.Node);
            }
        }
    }

    private Entry? Silent()
    {
        foreach (var entry in _entries)
        {
            if (entry.IsSilent)
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>A connection; disposed when it is closed.</summary>
    internal sealed class Entry : IDisposable
    {
        private readonly PendingConnections _all;
        private Action _close;

        public Entry(PendingConnections all, Action close)
        {
            (_all, _close) = (all, close);
            Node = new LinkedListNode<Entry>(this);
        }

        public LinkedListNode<Entry> Node { get; }

        public bool IsGone { get; set; }

        public bool IsSilent { get; private set; } = true;

        /// <summary>What closes it from now on.</summary>
        public void ClosedBy(Action close) => Volatile.Write(ref _close, close);

        /// <summary>Something has come.</summary>
        public void Heard() => IsSilent = false;

        /// <summary>It has no association, or none any more.</summary>
        public void Enter() => _all.Enter(this);

        /// <summary>It has one.</summary>
        public void Leave() => _all.Leave(this, isGone: false);

        public void Close() => Volatile.Read(ref _close)();

        public void Dispose() => _all.Leave(this, isGone: true);
    }
}
