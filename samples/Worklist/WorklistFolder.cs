using System.Collections.Concurrent;
using FellowOakDicom;

namespace Worklist;

/// <summary>Scheduled procedure steps, a JSON file each, read anew for every query: whoever plans them edits the folder.</summary>
internal sealed class WorklistFolder(string root, Action<string> log)
{
    private readonly ConcurrentDictionary<string, string> _problems = new(StringComparer.Ordinal);

    public string Root { get; } = Directory.CreateDirectory(Path.GetFullPath(root)).FullName;

    /// <summary>What the files say; one that cannot be read is left out, and reported once until it is another problem.</summary>
    public IEnumerable<DicomDataset> Entries()
    {
        foreach (var path in Directory.EnumerateFiles(Root, "*.json").Order(StringComparer.Ordinal))
        {
            if (Read(path) is { } entry)
            {
                yield return entry;
            }
        }
    }

    private DicomDataset? Read(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            var entry = JsonFile.Read(path, validate: true);
            _problems.TryRemove(name, out _);
            return entry;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            if (!_problems.TryGetValue(name, out var known) || known != e.Message)
            {
                _problems[name] = e.Message;
                log($"{name} is left out: {e.Message}");
            }

            return null;
        }
    }
}
