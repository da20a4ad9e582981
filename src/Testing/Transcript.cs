using System.Globalization;
using System.Text;

namespace Specgen.Testing;

/// <summary>
/// What went over the wire, as text: PDUs, presentation contexts, commands with their elements, statuses, in the order in which they were sent. Of data sets it has the length. If
/// there are many lines, it keeps the first and the last ones.
/// </summary>
public sealed class Transcript
{
    private readonly object _lock = new();
    private readonly List<string> _first = [];
    private readonly Queue<string> _last = new();
    private int _connections;
    private long _dropped;

    /// <summary>Lines that are kept from the beginning, and as many from the end.</summary>
    public int Keep { get; init; } = 200;

    /// <summary>The lines, and one that says how many are left out, if any are.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _first, .. _dropped > 0 ? new[] { string.Create(CultureInfo.InvariantCulture, $"… {_dropped} lines …") } : [], .. _last];
            }
        }
    }

    /// <summary>The lines, separated by line breaks.</summary>
    public override string ToString() => new StringBuilder("What went over the wire:").AppendLine().AppendJoin(Environment.NewLine, Lines).ToString();

    /// <summary>A connection's number.</summary>
    internal int Open() => Interlocked.Increment(ref _connections);

    /// <summary>Notes what one side of a connection says or does; what is on further lines of the text is indented.</summary>
    internal void Add(int connection, bool isUser, string text)
    {
        lock (_lock)
        {
            var head = string.Create(CultureInfo.InvariantCulture, $"#{connection} {(isUser ? "user     -->" : "provider <--")} ");
            foreach (var line in text.Split('\n'))
            {
                AddLine(head + line);
                head = new string(' ', head.Length + 2);
            }
        }
    }

    private void AddLine(string line)
    {
        if (_first.Count < Keep)
        {
            _first.Add(line);
            return;
        }

        _last.Enqueue(line);
        if (_last.Count > Keep)
        {
            _last.Dequeue();
            _dropped++;
        }
    }
}
