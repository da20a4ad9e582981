using FellowOakDicom;

namespace Worklist;

/// <summary>Scheduled procedure steps, a JSON file each, read anew for every query: whoever plans them edits the folder.</summary>
internal sealed class WorklistFolder(string root, Action<string> log)
{
    public string Root { get; } = Directory.CreateDirectory(Path.GetFullPath(root)).FullName;

    /// <summary>What the files say; one that cannot be read is reported and left out.</summary>
    public IEnumerable<DicomDataset> Entries()
    {
        foreach (var path in Directory.EnumerateFiles(Root, "*.json").Order(StringComparer.Ordinal))
        {
            DicomDataset entry;
            try
            {
                entry = JsonDataSet.Read(File.ReadAllText(path));
            }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
            {
                log($"{Path.GetFileName(path)} is left out: {e.Message}");
                continue;
            }
            yield return entry;
        }
    }
}
