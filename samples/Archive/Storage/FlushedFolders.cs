using System.Collections.Concurrent;

namespace Archive.Storage;

/// <summary>
/// Series whose own name, and whose study's, are on the disk: a study comes instance by instance, and what was flushed for the first need not be for the others. Only so many are kept: what was
/// forgotten is flushed once more, and that is all.
/// </summary>
internal sealed class FlushedFolders
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, bool> _series = new(StringComparer.Ordinal);

    public bool Contains(string series) => _series.ContainsKey(series);

    public void Add(string series)
    {
        if (_series.Count >= Most)
        {
            _series.Clear();
        }
        _series[series] = true;
    }

    /// <summary>A folder that is not there is about to be made: before that, so that whoever finds it made finds this forgotten.</summary>
    public void Forget(string series) => _series.TryRemove(series, out _);
}
