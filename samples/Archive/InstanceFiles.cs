using Specgen;

namespace Archive;

/// <summary>The instances that are named on a command line.</summary>
internal static class InstanceFiles
{
    /// <summary>
    /// Every DICOM file among the paths, and below those that are folders. What is named itself and is no DICOM file is a problem; in a folder there may be other files.
    /// </summary>
    public static (List<(string Path, DicomFileHeader Header)> Files, List<string> Problems) Find(IEnumerable<string> paths)
    {
        var files = new List<(string, DicomFileHeader)>();
        var problems = new List<string>();
        foreach (var path in paths)
        {
            var isFolder = Directory.Exists(path);
            foreach (var file in isFolder ? Directory.GetFiles(path, "*", SearchOption.AllDirectories) : [path])
            {
                try
                {
                    files.Add((file, DicomFileHeader.Read(file)));
                }
                catch (InvalidDataException e)
                {
                    if (!isFolder)
                    {
                        problems.Add(e.Message);
                    }
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    problems.Add(e.Message);
                }
            }
        }
        if (files.Count == 0 && problems.Count == 0)
        {
            problems.Add("There is no DICOM file.");
        }
        return (files, problems);
    }
}
