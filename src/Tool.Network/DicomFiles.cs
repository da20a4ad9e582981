namespace Specgen.Tool.Network;

/// <summary>The instances that are named on a command line.</summary>
/// <param name="Files">Each file with what its header says.</param>
/// <param name="Problems">What was named and is no DICOM file, or cannot be read.</param>
/// <param name="Others">How many files of folders are no DICOM files, and are left alone.</param>
internal sealed record DicomFiles(IReadOnlyList<(string Path, DicomFileHeader Header)> Files, IReadOnlyList<string> Problems, int Others)
{
    public static DicomFiles Find(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var files = new List<(string, DicomFileHeader)>();
        var problems = new List<string>();
        var others = 0;
        foreach (var path in paths)
        {
            var isFolder = Directory.Exists(path);
            IEnumerable<string> found = isFolder ? Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true }).Order(StringComparer.Ordinal) : [path];
            foreach (var file in found)
            {
                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    files.Add((file, DicomFileHeader.Read(file)));
                }
                catch (InvalidDataException) when (isFolder)
                {
                    others++;
                }
                catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
                {
                    problems.Add($"{file}: {exception.Message}");
                }
            }
        }

        return new DicomFiles(files, problems, others);
    }
}
