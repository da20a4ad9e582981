using Specgen;

namespace Archive;

/// <summary>The instances that are named on a command line.</summary>
internal static class InstanceFiles
{
    public static (IReadOnlyList<(string Path, DicomFileHeader Header)> Files, List<string> Problems) Find(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var search = DicomFileSearch.Find(paths, cancellationToken);
        return (search.Files, search.Files.Count == 0 && search.Problems.Count == 0 ? ["There is no DICOM file."] : [.. search.Problems]);
    }
}
